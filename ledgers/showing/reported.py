"""What is told beside a frozen ledger: its times and people, answers, figures, and what fell."""

from campaigns.answers import Answer
from campaigns.models import DutyPaper
from campaigns.services.together import papers_beside
from campaigns.showing.duties import to_the_second, words_of
from common.showing.times import moment
from ledgers.fields import FIELDS
from ledgers.models import PaperReport
from ledgers.rows import PROXY
from ledgers.services.movement import REASONS, ColumnMovement
from ledgers.services.settling import answered_by
from ledgers.showing.ledger_table import text_of

MOVES = ("before", "added", "corrected", "now")


def facts(submission) -> list[dict]:
    """期次, 数据截止, 填报时间, 报送时间, people, form and digest."""
    words = ["零报告"] * submission.nil_report + ["汇总"] * submission.consolidated
    rows = [
        {"label": "期次", "value": f"第{submission.sequence}期", "flags": [(w, "") for w in words]},
        {"label": "数据截止", "value": submission.data_as_of.isoformat()},
        {"label": "填报时间", "value": moment(submission.filled_at)},
        {"label": "报送时间", "value": to_the_second(submission.submitted_at)},
        {"label": "填报人", "value": submission.filled_by.name},
        {"label": "审核人", "value": submission.checked_by.name},
        *_proxy_rows(submission),
        {"label": "公安数据", "value": police_words(submission)},
        *_duty_rows(submission),
        {"label": "表式版本", "value": submission.version_code},
        {"label": "校验码", "value": submission.digest},
    ]
    for label, other in (("更正的是", submission.corrects), ("上期", submission.previous)):
        if other:
            rows.append({"label": label, "value": f"第{other.sequence}期", "url": other.get_absolute_url()})
    if submission.correction:
        rows.append({"label": "更正说明", "value": submission.correction})
    later = submission.corrections.order_by("-pk").first()
    if later:
        url = later.get_absolute_url()
        rows.append({"label": "已更正为", "value": f"第{later.sequence}期", "url": url})
    return rows


def _proxy_rows(submission) -> list[dict]:
    """Who entered it for the county, why, and what the county had sent."""
    proxy = submission.proxy
    if proxy is None:
        return []
    evidence = [
        {"label": f"{label}（{stored.name}）", "url": stored.get_absolute_url()}
        for label, stored in (("来件工作簿", proxy.workbook), ("来件扫描件", proxy.scan))
        if stored
    ]
    came = f"{moment(proxy.received_at)} {proxy.way}"
    return [
        {"label": "代录单位", "value": str(proxy.office), "flags": [(PROXY, "amber")]},
        {"label": "代录原因", "value": proxy.reason},
        {"label": "县里来件", "value": came, "evidence": evidence},
    ]


def police_words(submission) -> str:
    """Who of public security confirmed the figures, or 待公安核对."""
    if submission.consolidated:
        return "以各县报送为准"
    if submission.police_confirmed_at is None:
        return "待公安核对"
    return f"{submission.police_confirmed_by.name}　{moment(submission.police_confirmed_at)} 已核对"


def _duty_rows(submission) -> list[dict]:
    """Which duty it answers, by how much that was late, and the paper that came along with it."""
    duties = list(answered_by(submission).select_related("claim"))
    papers = DutyPaper.objects.filter(duty__in=_beside(duties)).select_related("file", "duty")
    return [
        {
            "label": "报送任务",
            "value": str(duty),
            "url": duty.get_absolute_url(),
            "flags": words_of(duty, submission.submitted_at)[1:],
        }
        for duty in duties
    ] + [
        {"label": paper.duty.name, "value": paper.file.name, "url": paper.file.get_absolute_url()}
        for paper in papers
    ]


def _beside(duties) -> list[int]:
    return [paper.pk for papers in papers_beside(duties).values() for paper in papers]


def answer_of(duty) -> Answer | None:
    """The submission that answers a duty, the last one where it was corrected."""
    last = max(duty.submissions.all(), key=lambda submission: submission.pk, default=None)
    if last is None:
        return None
    words = f"第{last.sequence}期 {PROXY}" if last.proxy_id else f"第{last.sequence}期"
    return Answer(words, last.get_absolute_url())


def answers(submission) -> list[dict]:
    """线下报送 and the prefecture's answers, newest first."""
    rows = []
    for verdict in submission.verdicts.select_related("by", "scan"):
        proof = verdict.scan
        rows.append(
            {
                "what": ("线下" if verdict.on_paper else "") + ("接收" if verdict.accepted else "退回"),
                "tone": "green" if verdict.accepted else "red",
                "on": verdict.happened_on,
                "who": verdict.by.name,
                "reason": verdict.reason,
                "url": proof.get_absolute_url() if proof else "",
            }
        )
    report = PaperReport.objects.filter(submission=submission).select_related("recorded_by", "scan")
    rows += [
        {
            "what": "线下报送",
            "tone": "",
            "on": paper.sent_at,
            "who": paper.recorded_by.name,
            "reason": "",
            "url": paper.scan.get_absolute_url(),
        }
        for paper in report
    ]
    return rows


def figures(columns: list[ColumnMovement], previous) -> list[dict]:
    """上期累计, 本期新增, 更正, 本期累计 of each column as text; `previous` is 上期 or None."""
    return [
        {
            "label": column.label,
            "unit": FIELDS[column.key].unit,
            "first": previous is None,
            **{name: text_of(column.key, getattr(column, name)) for name in MOVES},
        }
        for column in columns
    ]


def falls(submission) -> list[dict]:
    """Figures that fell and why, as it was explained."""
    parties = {}
    for report in filter(None, (submission.previous, submission)) if submission.explanations else ():
        rows = report.rows.filter(entry_key__in=submission.explanations).values_list("entry_key", "values")
        parties |= {key: values["party"] for key, values in rows}
    return [
        {
            "party": parties.get(key, ""),
            "label": FIELDS[column].label,
            "reason": REASONS.get(explanation["reason"], ""),
            "note": explanation.get("note", ""),
        }
        for key, columns in submission.explanations.items()
        for column, explanation in columns.items()
    ]
