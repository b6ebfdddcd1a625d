"""A submission: its frozen ledger, its three times and figures, what differs from another one."""

from django.urls import NoReverseMatch, reverse

from accounts import showing
from ledgers import stages
from ledgers.acts import SUBMISSION_ACTS
from ledgers.models import CountyLedger, LedgerEntry, PaperReport, Submission
from ledgers.services.answering import is_offline
from ledgers.services.comparing import GONE, compare, three_figures
from ledgers.services.consolidating import missing_words
from ledgers.services.differing import Differing, differences_of, differing, rows_of_both
from ledgers.services.exporting import foot_of
from ledgers.services.freezing import frozen_sums, thaw, thawed_rows
from ledgers.services.ledger_forms import submitted_form
from ledgers.services.proxy_words import proxy_words, reporting_unit
from ledgers.showing import returned
from ledgers.showing.ledger_bar import exports
from ledgers.showing.ledger_table import (
    ON_ONE_PAGE,
    PER_PAGE,
    columns_of,
    frozen_address,
    ledger_table,
    lines,
    pages_of,
    row_of,
    signatures,
    text_of,
)
from ledgers.showing.reported import answers, facts, falls, figures
from ledgers.showing.sums import regions_of

ON_PAPER = {"record_paper_report", "record_paper_answer"}
GRAVE = frozenset({"return_submission"})


def page_of(user, submission, other=None, number=1) -> dict:
    """The context of ledgers/submitting/submission.html; page `number` of a long one."""
    form = submitted_form(submission)
    marks = returned.of_submission(submission)
    context = {
        "submission": submission,
        "missing": missing_words(submission),
        "proxy": proxy_words(submission),
        "bar": bar(user, submission),
        "facts": facts(submission),
        "answers": answers(submission),
        "books": returned.books_of(submission, marks),
        "figures": figures(three_figures(form, submission), submission.previous),
        "falls": falls(submission),
        "others": others(user, submission, other),
        "trail": showing.trail_of(submission),
    }
    if other is None:
        return context | _whole(form, submission, marks, number)
    return context | _beside(form, submission, other, number)


def _beside(form, submission, other, number) -> dict:
    """Two reports compared: all rows of the later one, or of a long one a page of those that differ."""
    earlier, later = sorted((submission, other), key=lambda report: (report.submitted_at, report.pk))
    words, pages = "", None
    if rows_of_both(earlier, later) <= 2 * ON_ONE_PAGE:
        differences = compare(form, thawed_rows(form, earlier), thawed_rows(form, later))
        found = Differing.of(differences)
    else:
        found = differing(form, earlier, later)
        words, start = "条目较多，只列出有变化的。", (number - 1) * PER_PAGE
        differences = differences_of(form, earlier, later, found.order[start : start + PER_PAGE])
        pages = pages_of(len(found), number, PER_PAGE, f"?with={other.public_id}&", all_too=False)
    return {
        "compared": compared(earlier, later, found) + words,
        "table": _table(form, submission, marked(form, earlier, later, differences), True),
        "pages": pages,
    }


def _whole(form, submission, marks, number) -> dict:
    """All rows, or of a long ledger a page of them."""
    sums = frozen_sums(form, submission)
    paged = len(sums) > ON_ONE_PAGE
    start, size = ((number - 1) * PER_PAGE, PER_PAGE) if paged else (0, ON_ONE_PAGE)
    stored = submission.rows.order_by("position")[start : start + size + 1]
    rows = [thaw(form, each) for each in stored]
    drawn = lines(
        form,
        rows[:size],
        frozen_address(submission),
        sum_address_of(submission, rows),
        subtotals=len(sums.counts) > 1,
        sums=sums,
        after=rows[size] if len(rows) > size else None,
    )
    returned.lay_on(form, drawn, marks)
    pages = pages_of(len(sums), number, PER_PAGE, "?", all_too=False) if paged else None
    return {"table": _table(form, submission, drawn), "pages": pages}


def _table(form, submission, drawn, compare=False) -> dict:
    return ledger_table(
        form,
        drawn,
        filler=reporting_unit(submission),
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


def sum_address_of(submission, rows):
    """What a frozen 小计 or 合计 opens: the rows that it adds up."""
    regions = regions_of(rows)

    def address(key, agency_id=None):
        url = reverse("ledgers:submission_sum", args=[submission.public_id, key])
        return f"{url}?region={regions[agency_id]}" if agency_id else url

    return address


def bar(user, submission) -> dict:
    """The context of parts/ledger_bar.html: where it stands, and the acts open to this person."""
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
        "export": exports("下载台账", reverse("ledgers:submission_download", args=[submission.public_id])),
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

    first = stages.stage_of(submission).first
    order = {act.label: first.index(act.name) for act in SUBMISSION_ACTS.acts if act.name in first}
    rows = showing.next_acts(SUBMISSION_ACTS, user, submission, address, GRAVE)
    return sorted(rows, key=lambda row: order.get(row["label"], len(order)))


def steps(submission) -> list[dict]:
    """已报送 → 已接收, or → 已退回."""
    stage = stages.stage_of(submission)
    sent = {"label": stages.SUBMITTED.label, "state": "done", "on": submission.submitted_at}
    if stage is stages.TOTAL:
        return [{**sent, "label": stage.label}]
    verdict = submission.verdicts.first()
    answered = stages.RETURNED if stage is stages.RETURNED else stages.ACCEPTED
    mark = {stages.ACCEPTED: "done", stages.RETURNED: "current"}.get(stage, "todo")
    on = verdict.happened_on if verdict else None
    return [sent, {"label": answered.label, "state": mark, "on": on}]


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
            "label": f"第{row.sequence}期　数据截止 {row.data_as_of}",
            "url": f"?with={row.public_id}",
            "current": other is not None and row.pk == other.pk,
        }
        for row in rows
    ]


def compared(earlier, later, found) -> str:
    """第2期 beside 第1期: how many rows were added, changed, gone."""
    return (
        f"第{later.sequence}期与第{earlier.sequence}期相比：新增 {len(found.added)} 条，"
        f"有变化 {len(found.changed)} 条，移除 {len(found.gone)} 条。"
    )


def marked(form, earlier, later, differences) -> list[dict]:
    """The rows with what was added, changed (old value struck) and gone."""
    drawn, columns = [], columns_of(form)
    opens = {each.pk: frozen_address(each) for each in (earlier, later)}
    for difference in differences:
        holder = earlier if difference.state == GONE else later
        line = row_of(columns, difference.row, opens[holder.pk])
        line["state"] = difference.state
        for key, shown in zip(form.keys, line["cells"], strict=True):
            if key in difference.old:
                shown["state"], shown["old"] = "changed", text_of(key, difference.old[key])
        drawn.append(line)
    return drawn


def entry_address(user, entry_key) -> str:
    """The entry's page, for whom may see it."""
    entry = LedgerEntry.objects.visible_to(user).filter(public_id=entry_key).first()
    return entry.get_absolute_url() if entry else ""


def seat_of(submission) -> CountyLedger:
    """The ledger that a submission froze."""
    return CountyLedger.objects.get(campaign=submission.campaign_id, agency=submission.agency_id)
