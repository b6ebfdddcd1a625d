"""A submission: its frozen sheet, its three times and figures, what differs from another one."""

from django.urls import NoReverseMatch, reverse

from accounts import showing
from common.templatetags.ui import moment
from ledgers.acts import STATES, SUBMISSION_ACTS
from ledgers.fields import FIELDS
from ledgers.models import CountyLedger, LedgerEntry, PaperReport, Submission
from ledgers.services.answering import is_offline
from ledgers.services.comparing import ADDED, CHANGED, GONE, compare, three_figures
from ledgers.services.consolidating import missing_words
from ledgers.services.exporting import foot_of
from ledgers.services.freezing import thawed_rows
from ledgers.services.ledger_forms import submitted_form
from ledgers.services.movement import REASONS
from ledgers.showing.duties import to_the_second, words_of
from ledgers.showing.sheets import lines, row_of, sheet, signatures, text_of
from ledgers.showing.sums import regions_of

ON_PAPER = {"record_paper_report", "record_paper_answer"}
GRAVE = frozenset({"return_submission"})
MOVES = ("before", "added", "corrected", "now")


def page_of(user, submission, other=None) -> dict:
    """The context of ledgers/submitting/submission.html."""
    form = submitted_form(submission)
    rows = thawed_rows(form, submission)
    context = {
        "submission": submission,
        "missing": missing_words(submission),
        "bar": bar(user, submission),
        "facts": facts(submission),
        "answers": answers(submission),
        "figures": figures(three_figures(form, submission), submission.previous),
        "falls": falls(submission, rows),
        "others": others(user, submission, other),
        "trail": showing.trail_of(submission),
    }
    if other is None:
        several = len({row.value("county") for row in rows}) > 1
        sums = sum_address_of(submission, rows)
        drawn = lines(form, rows, address_of(submission), sums, subtotals=several)
        return {**context, "sheet": _sheet(form, submission, drawn)}
    earlier, later = sorted((submission, other), key=lambda one: (one.submitted_at, one.pk))
    differences = compare(form, thawed_rows(form, earlier), thawed_rows(form, later))
    return {
        **context,
        "compared": compared(earlier, later, differences),
        "sheet": _sheet(form, submission, marked(form, earlier, later, differences), True),
    }


def _sheet(form, submission, drawn, compare=False) -> dict:
    return sheet(
        form,
        drawn,
        filler=submission.agency.name,
        compare=compare,
        print_foot=foot_of(form, submission),
        signatures=signatures(
            auditor=submission.checked_by.name,
            filled_at=submission.filled_at,
            as_of=submission.data_as_of,
            filler=submission.filled_by.name,
        ),
        nothing="零报告：本期没有条目。",
    )


def address_of(submission):
    """What a frozen cell opens: the facts kept with it."""

    def address(row, key):
        return reverse("ledgers:submission_cell", args=[submission.public_id, row.key, key])

    return address


def sum_address_of(submission, rows):
    """What a frozen 小计 or 合计 opens: the rows that it adds up."""
    regions = regions_of(rows)

    def address(key, agency_id=None):
        url = reverse("ledgers:submission_sum", args=[submission.public_id, key])
        return f"{url}?region={regions[agency_id]}" if agency_id else url

    return address


def bar(user, submission) -> dict:
    """The context of parts/sheet_bar.html: where it stands, and the acts open to this person."""
    rows = acts(user, submission)
    return {
        "campaign": submission.campaign.name,
        "county": f"第{submission.sequence}期",
        "as_of": submission.data_as_of,
        "states": steps(submission),
        "acts": [
            {"label": row["label"], "url": row["url"], "strong": place == 0}
            for place, row in enumerate(row for row in rows if row["open"])
        ],
        "links": [
            {
                "label": "现在的台账",
                "url": f"{submission.campaign.get_absolute_url()}"
                + ("" if submission.consolidated else f"?county={submission.agency.code}"),
            }
        ],
        "export": {
            "label": "下载台账",
            "url": reverse("ledgers:submission_download", args=[submission.public_id]),
        },
    }


def acts(user, submission) -> list[dict]:
    """Acts of this person on the submission; the paper ones only where paper is the way, and
    线下报送登记 only once."""
    offline = is_offline(submission)
    recorded = offline and PaperReport.objects.filter(submission=submission).exists()

    def address(act):
        if act.name in ON_PAPER and not offline:
            raise NoReverseMatch
        if act.name == "record_paper_report" and recorded:
            raise NoReverseMatch
        return reverse(f"ledgers:{act.name}", args=[submission.public_id])

    return showing.next_acts(SUBMISSION_ACTS, user, submission, address, GRAVE)


def steps(submission) -> list[dict]:
    """已报送 → 已接收, or → 已退回."""
    state = submission.state
    rows = [{"label": "已报送", "state": "done", "on": submission.submitted_at}]
    if submission.consolidated:
        return [{"label": "已汇总", "state": "done", "on": submission.submitted_at}]
    verdict = submission.verdicts.first()
    last = {"label": STATES["returned" if state == "returned" else "accepted"]}
    last["state"] = {"submitted": "todo", "accepted": "done", "returned": "current"}[state]
    last["on"] = verdict.happened_on if verdict else None
    return [*rows, last]


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
        {"label": "公安数据", "value": police_words(submission)},
        *_duty_rows(submission),
        {"label": "表式版本", "value": submission.version_code},
        {"label": "校验码", "value": submission.digest},
    ]
    for label, one in (("更正的是", submission.corrects), ("上期", submission.previous)):
        if one:
            rows.append({"label": label, "value": f"第{one.sequence}期", "url": one.get_absolute_url()})
    later = submission.corrections.order_by("-pk").first()
    if later:
        url = later.get_absolute_url()
        rows.append({"label": "已更正为", "value": f"第{later.sequence}期", "url": url})
    return rows


def police_words(submission) -> str:
    """Who of public security confirmed the figures, or 待公安核对."""
    if submission.consolidated:
        return "以各县报送为准"
    if submission.police_confirmed_at is None:
        return "待公安核对"
    return f"{submission.police_confirmed_by.name}　{moment(submission.police_confirmed_at)} 已核对"


def _duty_rows(submission) -> list[dict]:
    """Which duty it answers, and by how much that was late."""
    rows = submission.duties.select_related("claim", "submission__paper_report")
    return [
        {
            "label": "报送任务",
            "value": str(duty),
            "url": duty.get_absolute_url(),
            "flags": words_of(duty, submission.submitted_at)[1:],
        }
        for duty in rows
    ]


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
            "on": one.sent_at,
            "who": one.recorded_by.name,
            "reason": "",
            "url": one.scan.get_absolute_url(),
        }
        for one in report
    ]
    return rows


def figures(columns, previous) -> list[dict]:
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


def falls(submission, rows) -> list[dict]:
    """Figures that fell and why, as it was explained."""
    parties = {row.key: row.value("party") for row in rows}
    before = submission.previous
    if submission.explanations and before:
        missing = before.rows.filter(entry_key__in=submission.explanations).values_list("entry_key", "values")
        parties = {key: values["party"] for key, values in missing} | parties
    return [
        {
            "party": parties.get(key, ""),
            "label": FIELDS[column].label,
            "reason": REASONS.get(said["reason"], ""),
            "note": said.get("note", ""),
        }
        for key, columns in submission.explanations.items()
        for column, said in columns.items()
    ]


def others(user, submission, other) -> list[dict]:
    """The other submissions of the same office, to compare with."""
    rows = (
        Submission.objects.visible_to(user)
        .filter(campaign_id=submission.campaign_id, agency_id=submission.agency_id)
        .exclude(pk=submission.pk)
        .order_by("-sequence")
    )
    return [
        {
            "label": f"第{one.sequence}期　数据截止 {one.data_as_of}",
            "url": f"?with={one.public_id}",
            "current": other is not None and one.pk == other.pk,
        }
        for one in rows
    ]


def compared(earlier, later, differences) -> str:
    """第2期 beside 第1期: how many rows were added, changed, gone."""
    counts = {state: sum(1 for one in differences if one.state == state) for state in (ADDED, CHANGED, GONE)}
    return (
        f"第{later.sequence}期与第{earlier.sequence}期相比：新增 {counts[ADDED]} 条，"
        f"有变化 {counts[CHANGED]} 条，移除 {counts[GONE]} 条。"
    )


def marked(form, earlier, later, differences) -> list[dict]:
    """The rows with what was added, changed (old value struck) and gone."""
    drawn = []
    for one in differences:
        source = earlier if one.state == GONE else later
        line = row_of(form, one.row, address_of(source))
        line["state"] = one.state
        for key, shown in zip(form.keys, line["cells"], strict=True):
            if key in one.old:
                shown["state"], shown["old"] = "changed", text_of(key, one.old[key])
        drawn.append(line)
    return drawn


def entry_address(user, entry_key) -> str:
    """The entry's page, for whom may see it."""
    entry = LedgerEntry.objects.visible_to(user).filter(public_id=entry_key).first()
    return entry.get_absolute_url() if entry else ""


def seat_of(submission) -> CountyLedger:
    """The ledger that a submission froze."""
    return CountyLedger.objects.get(campaign=submission.campaign_id, agency=submission.agency_id)
