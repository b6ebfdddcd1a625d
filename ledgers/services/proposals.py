"""The county's answer to a figure that was changed in a workbook that came back.

Taking one never changes a figure behind anybody's back. What a workbook had brought is corrected
as a workbook brings it, in an import of its own that can be taken back; what the cases say is
corrected in the case, to which the page leads.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from django.db import transaction
from django.db.models import Q

from accounts.models import Posting, User, local_today
from accounts.services import deeds, files, remarks, trail
from common.errors import Refused
from ledgers.acts import PROPOSAL_ACTS
from ledgers.fields import FIELDS, Use
from ledgers.models import (
    CountyLedger,
    ImportedValues,
    LedgerEntry,
    ProposalAnswer,
    ReturnedMark,
    Submission,
)
from ledgers.rows import Cell, Row
from ledgers.services.answering import chain_of
from ledgers.services.drawing import draw
from ledgers.services.import_compare import same
from ledgers.services.import_plan import Wanted
from ledgers.services.importing import import_rows, ledger_of, read_workbook
from ledgers.sheets.reading import Reading

BY_WORKBOOK, BY_CASE, BY_ENTRY = "workbook", "case", "entry"
_WHERE = {
    BY_CASE: "这个数来自案件，请到案件中更正，台账随之变化。",
    BY_ENTRY: "这一栏在条目中修改，请到条目页改好。",
}


@transaction.atomic
def take_proposal(*, by: User, mark: ReturnedMark, version: int | str | None = None) -> ReturnedMark:
    """采纳. What workbooks had brought is changed by one more; for the rest it is said where."""
    ledger, posting = _opened("take_proposal", by, mark)
    row = standing_row(mark)
    if row is None:
        raise Refused("这一条已不在台账中（已剔除、归并或移出），不能采纳。请核对后按“不采纳”答复。")
    way = way_of(row, mark.key)
    if not same(row.value(mark.key), mark.proposed_value):
        if way == BY_WORKBOOK:
            _bring(by, ledger, mark, row)
        else:
            remarks.remark(_WHERE[way])
    return _answer("take_proposal", by, posting, mark, taken=True)


@transaction.atomic
def decline_proposal(
    *, by: User, mark: ReturnedMark, reason: str, version: int | str | None = None
) -> ReturnedMark:
    """不采纳, with the reason; the figure stays."""
    _, posting = _opened("decline_proposal", by, mark)
    if not reason.strip():
        raise Refused("请写明不采纳的理由，市级据此核对。")
    return _answer("decline_proposal", by, posting, mark, taken=False, reason=reason.strip())


def _opened(act: str, by: User, mark: ReturnedMark) -> tuple[CountyLedger, Posting]:
    """The ledger, locked: two answers wait for one another."""
    submission = mark.returned.submission
    ledger = deeds.lock(ledger_of(submission.campaign, submission.agency))
    fresh = ReturnedMark.objects.whole().get(pk=mark.pk)
    return ledger, PROPOSAL_ACTS.require(act, by, fresh)


def _answer(
    act: str, by: User, posting: Posting, mark: ReturnedMark, *, taken: bool, reason: str = ""
) -> ReturnedMark:
    mark = ReturnedMark.objects.whole().get(pk=mark.pk)
    was = mark.state
    ProposalAnswer.objects.create(mark=mark, taken=taken, reason=reason, by=by)
    deeds.check_landing(mark, PROPOSAL_ACTS.get(act), was)
    field = FIELDS[mark.key]
    trail.record(
        by=by,
        posting=posting,
        act=PROPOSAL_ACTS.get(act),
        thing=mark,
        changes={
            f"{mark.party}　{field.name}": (field.show(mark.old_value), field.show(mark.proposed_value))
        },
        reason=reason,
        chain=chain_of(mark.returned.submission),
        happened_on=local_today(),
    )
    return mark


def standing_rows(submission: Submission, keys: Iterable[str]) -> dict[str, Row]:
    """The rows of today by entry; those that left the ledger are missing."""
    entries = LedgerEntry.objects.filter(public_id__in=set(keys))
    return {row.key: row for row in draw(submission.campaign, entries=entries)}


def standing_row(mark: ReturnedMark) -> Row | None:
    """The row of today that the mark is about; None where the entry left the ledger."""
    return standing_rows(mark.returned.submission, [mark.entry_key]).get(mark.entry_key)


def way_of(row: Row, key: str) -> str:
    """Where a figure is corrected: by one more workbook, in the case, or on the entry's page."""
    field = FIELDS[key]
    if field.use in (Use.NAME, Use.REMARK):
        return BY_ENTRY
    return BY_WORKBOOK if _only_imported(row.cells[key], row) else BY_CASE


def _only_imported(cell: Cell, row: Row) -> bool:
    """Whether nothing but workbooks stands behind a cell; an empty one of an imported row, too."""
    if not cell.evidence:
        return row.entry.imported
    return all(fact.key.startswith("imported:") for fact in cell.evidence)


def _bring(by: User, ledger: CountyLedger, mark: ReturnedMark, row: Row) -> None:
    """Import the one cell of the one row; Refused where the import doesn't take it."""
    returned = mark.returned
    reading = read_workbook(files.path_of(returned.workbook.sha256), returned.submission.campaign)
    batch = import_rows(
        by=by,
        ledger=ledger,
        reading=_narrowed(reading, mark, row),
        wanted=Wanted(clear_blanks=True),  # who takes an emptied figure means it
        file_name=f"{returned}（采纳改数）",
    )
    if not batch.report["updated"]:
        said = [each["reason"] for each in (*batch.report["rejected"], *batch.report["warnings"])]
        raise Refused(said[0] if said else "台账没有接受这个数，请到条目页核对后修改。")


def _narrowed(reading: Reading, mark: ReturnedMark, row: Row) -> Reading:
    """Of the whole workbook the one cell, on the line as it is called now."""
    lines = (*reading.rows, *reading.rejected_rows)
    line = next((each for each in lines if (each.sheet, each.row) == (mark.sheet, mark.row)), None)
    if line is None:
        raise Refused("改回的工作簿里找不到这一行了，请到条目页核对后修改。")
    named = {key: row.value(key) for key in ("county", "party", "place")}
    values = {**dict.fromkeys(line.values), **named, mark.key: mark.proposed_value}
    only = replace(line, values=values, present=frozenset({*named, mark.key}), faults=())
    return replace(reading, rows=[only], rejected_rows=[], warnings=[], data_as_of=_day_of(mark, row))


def _day_of(mark: ReturnedMark, row: Row) -> date:
    """The day of the report that is corrected, or of what a later workbook said of the row."""
    latest = ImportedValues.objects.filter(case__entry_links__entry=row.entry).first()
    reported = mark.returned.submission.data_as_of
    return max(reported, latest.as_of) if latest else reported


def marks_on_draft(user: User, campaign_id: int, agency_id: int) -> list[ReturnedMark]:
    """What a ledger's draft shows the person on its cells: all marks of the last report, and of
    earlier ones the changed figures that nobody has answered."""
    reports = Submission.objects.filter(campaign_id=campaign_id, agency_id=agency_id)
    last = reports.order_by("-sequence").values("pk")[:1]
    rows = ReturnedMark.objects.visible_to(user).exclude(entry_key="")
    rows = rows.filter(returned__submission__in=reports)
    rows = rows.filter(Q(changes=True, answer=None) | Q(returned__submission_id__in=last))
    return list(rows.whole().order_by("returned_id", "position"))
