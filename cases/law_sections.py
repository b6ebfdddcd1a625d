"""法律核查 on a case's page: what the law finds, why, by which article and figures, what would change it.

`standing` costs nothing beside the page: its flags are rows. `looked_up` asks the law itself.
"""

from datetime import date

from accounts.models import User
from cases import assessing, showing
from cases.acts import ACTS
from cases.flags import BY_FINDING, FLAGS, LATE, OVERDUE, REPEATED
from cases.models import Case, Outcome
from law.facts import Facts
from law.figures import Figure
from law.findings import Case as Held
from law.findings import Finding, Level, law_day
from law.findings.codes import NAMES
from law.findings.figures import in_words
from law.gates import Draft, unchecked
from law.gates.shape import DEEDS
from law.lapses import LAPSES, lapses

MISSING = "FACTS_MISSING"
TONES = {Level.BLOCK: "red", Level.WARN: "amber", Level.INFO: ""}
# What was not done before a decision is not made good by doing it afterwards.
NOT_MENDED = "没有的，事后补办无效，报负责人决定是否撤销后依法重新作出"
# What would change a finding, and where on the page that is done.
REMEDIES: dict[str, tuple[str, str]] = {
    "MUST_REFER": ("移送公安机关，或者把不批准移送的理由记录下来", "referrals"),
    "CLOSED_WITHOUT_REFERRAL": ("补办移送公安机关", "referrals"),
    "FINE_FOR_CONFISCATION": ("补作没收的决定，或者更正处罚决定", "decisions"),
    "FINE_OUT_OF_RANGE": ("更正罚款；依法减轻的，写明法定情形", "decisions"),
    "NOTICE_MISSING": ("核对告知书送达日期和处罚决定日期", "decisions"),
    "REVIEW_MISSING": (f"决定以前审核过的，更正处罚决定，补录审核人和审核日期；{NOT_MENDED}", "decisions"),
    "LIMITATION_PASSED": ("核对发现日期和行为终了日期；行为仍在继续的，如实登记", "content"),
    "CLOSED_UNPAID": ("登记缴款", "decisions"),
    "CLOSED_NOT_CARRIED_OUT": ("登记移交、拆除和验收", "execution"),
    "SUSPECT_REFERRAL": ("取得认定意见后重新认定", "facts"),
    "NEAR_REFERRAL": ("查清数额后重新认定", "facts"),
    "REPEAT_OFFENDER": ("核对当事人，移送时写明以前的处罚", "parties"),
    "REFERRED_LATE": ("核对批准和移送的时间", "referrals"),
    "PREFECTURE_MUST_JOIN": ("报请市局参与", "next-head"),
    "DECISION_OVERDUE": ("作出处罚决定；不计入的时间和批准的延长，先登记", "period"),
    "NOT_FILED": ("呈批立案，或者写明法定的不予立案理由", "content"),
    "OVERDUE_CLOCK": ("办结这一步；不计入的时间先登记", "period"),
    "EDITED_AFTER_SUBMISSION": ("核对后按更正重新报送", "content"),
    "REOPENED_SITE": ("到现场核查，需要的另行立案", "execution"),
    "REVOKED": ("依法重新作出决定的，另行呈批", "decisions"),
}
# The same for a lapse of the record.
ORDER_OF_DAYS = "核对日期，录错的更正"
LAPSE_REMEDIES: dict[str, tuple[str, str]] = {
    "examine_land": ("鉴定种植条件后重新认定", "facts"),
    "no_confiscation": REMEDIES["FINE_FOR_CONFISCATION"],
    "less_confiscation": REMEDIES["FINE_FOR_CONFISCATION"],
    "fined_unreferred": REMEDIES["MUST_REFER"],
    "fined_while_referred": ("核对罚款和移送的日期；违法的罚款依法撤销", "decisions"),
    "fined_first": ("移送时写明已缴的罚款", "referrals"),
    "without_finding": ("登记占地面积或者开采数量的认定", "facts"),
    "undiscussed": (f"决定以前讨论过的，更正处罚决定，补录讨论日期和参加人员；{NOT_MENDED}", "decisions"),
    "one_handler": ("指定两名承办人", "handlers"),
    **dict.fromkeys(
        ("decided_before_filing", "served_before_decision", "paid_before_decision"),
        (ORDER_OF_DAYS, "decisions"),
    ),
    **dict.fromkeys(("sent_before_approval", "answered_before_sending"), (ORDER_OF_DAYS, "referrals")),
    "unpaid_at_closing": REMEDIES["CLOSED_UNPAID"],
    "not_carried_out": REMEDIES["CLOSED_NOT_CARRIED_OUT"],
}
# What a finding says already isn't said again.
SAID_BY = {
    "no_confiscation": "FINE_FOR_CONFISCATION",
    "less_confiscation": "FINE_FOR_CONFISCATION",
    "unpaid_at_closing": "CLOSED_UNPAID",
    "not_carried_out": "CLOSED_NOT_CARRIED_OUT",
}
CIRCUMSTANCES = (
    *("destructive", "eco_damage", "life_health", "mine_scale", "refused_correct", "right_exists"),
    "unpunished",
)
# Where a missing fact is entered: the act by the fact's name, or by how that begins.
ENTERED = {
    "land": "record_land_finding",
    "value": "record_mineral_finding",
    "illegal_income": "record_mineral_finding",
    "destroyed_value": "record_mineral_finding",
    "special_area": "record_mineral_finding",
    "prior_penalties": "correct_party",
    "decision": "correct_decision",
    "dates.decided": "record_decision",
    "paid": "record_payment",
    "closing": "correct_closing",
    **dict.fromkeys(("acts_from", "acts_ended", "continuing"), "date_violations"),
    **dict.fromkeys(CIRCUMSTANCES, "record_circumstances"),
}
OTHERWISE = "amend_case"


def standing(case: Case) -> list[dict]:
    """What stops something or warns, by the rows that deed and sweep keep: word, tone, article, since."""
    rows = [row for row in case.flags_now() if row.level != Level.INFO]
    rows.sort(key=lambda row: row.level != Level.BLOCK)
    return [
        {
            "word": str(row),
            "level": Outcome(row.level).label,
            "tone": TONES[Level(row.level)],
            "article": row.figures.get("article") or FLAGS[row.code].article,
            "since": row.since,
        }
        for row in rows
    ]


def looked_up(user: User, case: Case) -> dict:
    """The whole of it for this person: findings, the facts that are missing, what nobody records yet."""
    showing.load(case)  # what acts ask of it, at once
    held, findings = assessing.looked_at(case)
    since = {row.code: row.since for row in case.flags_now()}
    edits = showing.edits(user, case)
    rows = [_row(each, held, since) for each in findings if each.code != MISSING]
    codes = {each.code for each in findings}
    rows += [
        _lapse(code, article, held, since)
        for code, article in lapses(held).items()
        if SAID_BY.get(code) not in codes
    ]
    return {
        "case": case,
        "as_of": held.facts.as_of,
        "act_day": held.facts.act_end,
        "findings": sorted(rows, key=lambda row: list(TONES.values()).index(row["tone"])),
        "missing": [_missing(each, case, edits) for each in findings if each.code == MISSING],
        "unchecked": _unchecked(held),
    }


def _row(finding: Finding, held: Held, since: dict[str, date]) -> dict:
    words, anchor = REMEDIES.get(finding.code, ("", ""))
    return {
        "word": NAMES[finding.code],
        "level": Outcome(str(finding.level)).label,
        "tone": TONES[finding.level],
        "because": finding.because,
        "article": finding.article,
        "on": law_day(finding.code, held.facts),
        "figures": [line for row in finding.figures if (line := _figure(finding.code, row, held))],
        "since": finding.since or since.get(_flag(finding.code, held.facts)),
        "remedy": words,
        "anchor": anchor,
    }


def _lapse(code: str, article: str, held: Held, since: dict[str, date]) -> dict:
    words, anchor = LAPSE_REMEDIES[code]
    level = LAPSES[code].level
    return {
        "word": FLAGS[code].word,
        "level": Outcome(str(level)).label,
        "tone": TONES[level],
        "because": LAPSES[code].because,
        "article": article,
        "on": held.facts.judged_on,
        "since": since.get(code),
        "remedy": words,
        "anchor": anchor,
    }


def _flag(code: str, facts: Facts) -> str:
    """The flag that stands for a finding."""
    if code == "DECISION_OVERDUE":
        return LATE if facts.decided else OVERDUE
    if code == "FINE_FOR_CONFISCATION":
        return "no_confiscation"
    return REPEATED if code == "REPEAT_OFFENDER" else BY_FINDING.get(code, "")


def _figure(code: str, row: dict[str, object], held: Held) -> dict | None:
    """One line of figures with where its limit is from and when that holds."""
    words = in_words(code, row)
    limits = (each.limit for each in held.threshold_tests if each.limit.key == row.get("key"))
    limit = next(limits, None)
    source = _source(limit) if limit else str(row.get("source") or "")
    unsure = row.get("sure") is False
    return {"words": words, "source": source, "unsure": unsure} if words or source else None


def _source(limit: Figure) -> str:
    """Its document and the days between which it holds; that a stand-in is one."""
    days = f"{limit.since}起" if limit.since else ""
    days += f"至{limit.until}" if limit.until else ""
    stands_in = "本省数额没有录入，按最严标准代用" if limit.fallback else ""
    return "，".join(filter(None, (limit.provenance, days, stands_in)))


def _missing(finding: Finding, case: Case, edits: dict[str, str]) -> dict:
    fact = str(finding.figures[0]["fact"])
    act = ACTS.get(ENTERED.get(fact) or ENTERED.get(fact.split(".")[0]) or OTHERWISE)
    return {
        "because": finding.because,
        "label": act.label,
        "url": edits.get(act.name, f"#{act.at}" if act.at else ""),
    }


def _unchecked(held: Held) -> list[dict]:
    """What no act records yet, by the deed before which it stands."""
    groups = [(label, unchecked(held, Draft(deed))) for deed, label in DEEDS.items()]
    return [{"label": label, "gates": gates} for label, gates in groups if gates]
