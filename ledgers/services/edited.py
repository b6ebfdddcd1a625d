"""EDITED_AFTER_SUBMISSION: figures that a frozen report holds, and that aren't so any more for its own day.

The row is drawn as of the day to which the report's data run (数据截止): what came after is no edit. A figure
that only grew by facts typed late is 迟录补报 and told there.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from cases.models import Case
from law.facts import Told
from ledgers.layouts import Layout
from ledgers.models import EntryLink, LedgerEntry, Submission, SubmissionRow
from ledgers.rows import Row
from ledgers.services.drawing import draw
from ledgers.services.freezing import thaw
from ledgers.services.ledger_forms import submitted_form
from ledgers.services.reading import last_reports


def edited_of(cases: Sequence[Case], on: date) -> dict[int, tuple[Told, ...]]:
    """By case: the figures that were changed, by the last effective report of each row it stands behind."""
    links = EntryLink.objects.filter(case__in=cases).select_related("entry__campaign")
    entries = {link.entry.public_id: link.entry for link in links}
    behind: dict[str, list[int]] = defaultdict(list)
    for link in links:
        behind[link.entry.public_id].append(link.case_id)
    told: dict[int, tuple[Told, ...]] = {}
    for report, rows in _reported(list(entries.values()), on):
        for key, notes in _changed(report, rows, entries).items():
            for pk in behind[key]:
                told[pk] = (*told.get(pk, ()), *notes)
    return told


def _reported(entries: list[LedgerEntry], on: date) -> list[tuple[Submission, list[SubmissionRow]]]:
    """The last effective reports of their offices, each with the rows of these entries."""
    campaigns = {entry.campaign_id: entry.campaign for entry in entries}
    offices = {(entry.campaign_id, entry.agency_id) for entry in entries}
    reports = [
        report
        for campaign in campaigns.values()
        for report in last_reports(campaign, on).values()
        if (report.campaign_id, report.agency_id) in offices
    ]
    keys = [entry.public_id for entry in entries]
    rows: dict[int, list[SubmissionRow]] = defaultdict(list)
    for row in SubmissionRow.objects.filter(submission__in=reports, entry_key__in=keys):
        rows[row.submission_id].append(row)
    return [(report, rows[report.pk]) for report in reports if report.pk in rows]


def _changed(
    report: Submission, rows: list[SubmissionRow], entries: dict[str, LedgerEntry]
) -> dict[str, list[Told]]:
    form = submitted_form(report)
    ids = [entries[row.entry_key].pk for row in rows]
    drawn = draw(
        report.campaign,
        as_of=report.data_as_of,
        entries=LedgerEntry.objects.filter(pk__in=ids),
        reported={report.agency_id: report},
        form=form,
    )
    now = {row.key: row for row in drawn}
    frozen = ((row.entry_key, thaw(form, row)) for row in rows)
    changed = ((key, _edits(form, report, row, now[key])) for key, row in frozen if key in now)
    return {key: notes for key, notes in changed if notes}


def _edits(form: Layout, report: Submission, before: Row, now: Row) -> list[Told]:
    head = f"第{report.sequence}期（数据截止{report.data_as_of}）"
    article = report.duty.rule.article if report.duty_id else ""
    edits = []
    for field in form.fields:
        old, new = before.value(field.key), now.value(field.key)
        if not field.is_summed or field.keep(old) == field.keep(new):
            continue
        if now.cells[field.key].late and (new or 0) > (old or 0):
            continue
        words = f"{head}{field.name}：{field.say(old).strip()}，现为{field.say(new).strip()}"
        edits.append(Told(words, article))
    return edits
