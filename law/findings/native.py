"""What only a case kept in the system can show: its builder hands in `Facts.native`."""

from dataclasses import replace

from law.facts import Native, Told
from law.findings.shape import Case, Finding
from law.large_fines import weighs
from law.places import lies_in
from law.words import is_mining

REVIEW = "legal_review"  # the figure that says from when on, by which article
UNHELD = "（当时的条文没有收录，请法制人员核对）"
FILING = "自然资源行政处罚办法第十六条"
# The ministry's letter speaks of mining alone.
MINING_FILED, REOPENED = "自然资办函〔2021〕1288号四", "自然资办函〔2021〕1288号三"
REPORTING, UNWRITTEN = (
    "自然资源行政处罚办法第五十一条",
    "报送后改动没有专门条文，按逐级上报查处情况的要求核对。",
)
REPORTED, REPORTED_IN = "川自然资办函〔2021〕203号四", "510000"


def native_findings(case: Case) -> list[Finding]:
    """Every native finding of a case; none where it is not kept here."""
    native = case.facts.native
    if native is None:
        return []
    found = [_review(case, native), *_told(case, native), _edited(case, native)]
    return [each for each in found if each is not None]


def _review(case: Case, native: Native) -> Finding | None:
    """By the law of the day of each decision (行政处罚法 art 58: 在作出决定之前)."""
    region = case.facts.region
    heavy = [each for each in native.unreviewed if weighs(each, case.figures, region)]
    asked = [row for each in heavy if (row := case.figures.get(REVIEW, region, each.on))]
    if not asked or not case.facts.decided:
        return None
    articles = "；".join(dict.fromkeys(row.article for row in asked))
    unsure = "" if all(row.sure for row in asked) else UNHELD
    return Finding("REVIEW_MISSING", articles, f"作出重大行政处罚决定以前，没有法制审核的记录{unsure}。")


def _told(case: Case, native: Native) -> list[Finding | None]:
    unfiled = "核查属实，没有立案，也没有法定的不予立案理由"
    mining = any(is_mining(code) for code in case.facts.codes)
    return [
        _one("NOT_FILED", native.unfiled, unfiled, f"{FILING}；{MINING_FILED}" if mining else FILING),
        _one("OVERDUE_CLOCK", native.overdue, "已过期的时限"),
        _one("SOFT_GATE_PASSED", native.soft_passed, "有提示仍办理"),
        _one("REVOKED", native.revoked, "处罚决定已被撤销或者确认违法", "行政处罚法第四十八条"),
        _one("REOPENED_SITE", native.reopened, "取缔验收后又有新的线索或者案件", REOPENED if mining else ""),
    ]


def _edited(case: Case, native: Native) -> Finding | None:
    """By the duty that was reported for, and a province's own word where it has one; else by the general duty
    to report, with the word that no article speaks of edits."""
    article = REPORTED if lies_in(case.facts.region, REPORTED_IN) else ""
    found = _one("EDITED_AFTER_SUBMISSION", native.edited, "报送后又改动的数据", article)
    if found is None or found.article:
        return found
    return replace(found, article=REPORTING, because=found.because + UNWRITTEN)


def _one(code: str, several: tuple[Told, ...], head: str, article: str = "") -> Finding | None:
    """One finding of all that was told: their own articles, then the code's, each once."""
    if not several:
        return None
    articles = [part for each in several for part in each.article.split("；")] + [article]
    because = f"{head}：{'；'.join(each.words for each in several)}。"
    since = min((each.on for each in several if each.on), default=None)
    return Finding(code, "；".join(dict.fromkeys(filter(None, articles))), because, since=since)
