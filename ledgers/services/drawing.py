"""A ledger draws itself from the cases behind its entries (design rules 3 to 8 and 11).

The one rule of how a cell comes about: the same call on the same day over the same facts gives the same
rows, and the number of queries doesn't depend on how many entries there are. What pages read is kept
from here (`refreshing.py`).
"""

from datetime import date

from django.db.models import QuerySet

from accounts.models import Agency, local_today
from campaigns.models import Campaign
from ledgers.facts import Facts
from ledgers.fields import FIELDS
from ledgers.fields.remark import flags_of, remark_of
from ledgers.layouts import Layout
from ledgers.models import LedgerEntry, Submission
from ledgers.rows import LATE, Cell, Row
from ledgers.services import reading
from ledgers.services.ledger_forms import form_of


def draw(
    campaign: Campaign,
    agency: Agency | None = None,
    as_of: date | None = None,
    *,
    entries: QuerySet[LedgerEntry] | None = None,
    reported: dict[int, Submission | None] | None = None,
    form: Layout | None = None,
    whole: bool = False,
) -> list[Row]:
    """The rows of a campaign as of a day (today), in the order of county and of first report.

    `agency` narrows to it and all below; `entries` (such as what a person may see) narrows further.
    `reported` maps an agency's id to the submission that lateness is told against (by default each
    agency's last effective one on the day). `form` is the campaign's, where it is at hand; a `whole`
    row has a cell for each field of the catalogue, whichever of them the form shows.
    """
    as_of = as_of or local_today()
    form = form or form_of(campaign)
    rows = entries if entries is not None else LedgerEntry.objects.all()
    rows = rows.filter(campaign=campaign, opened_on__lte=as_of).standing()
    if agency is not None:
        rows = rows.under(agency)
    facts = reading.load(campaign, rows, as_of, reported=reported)
    drawn = [_row(form, facts, entry) for entry in facts.entries]
    if whole:
        others = [field for field in FIELDS if field.key not in form.keys and form.row_kind.key in field.rows]
        for row in drawn:
            row.cells |= {field.key: _unreported(field.draw(facts, row.entry, field)) for field in others}
    for serial, row in enumerate(drawn, start=1):
        row.number(serial)
    return drawn


def _row(form: Layout, facts: Facts, entry: LedgerEntry) -> Row:
    cells = {field.key: field.draw(facts, entry, field) for field in form.fields}
    row = Row(entry.public_id, entry.agency_id, cells, entry, entry.pk)
    row.flags = flags_of(facts, entry)
    row.remark = remark_of(facts, entry, row)
    _tell_late(form, facts, entry, row)
    return row


def _tell_late(form: Layout, facts: Facts, entry: LedgerEntry, row: Row) -> None:
    """Whether a row is late, when all its facts are marked, and what of it says so."""
    row.late = bool(row.late_keys) or _is_late_entry(facts, entry)
    for field in form.fields:
        if field.compose:
            row.cells[field.key] = field.compose(row)
    if row.late:
        row.flags.append(LATE)


def tell_late_against(
    campaign: Campaign,
    rows: list[Row],
    reported: dict[int, Submission | None],
    as_of: date,
    form: Layout,
) -> None:
    """Tell anew what is late in rows with what stands behind them, against other reports than those they
    were drawn against; nothing else of them depends on a report."""
    entries = LedgerEntry.objects.filter(pk__in=[row.entry_id for row in rows])
    facts = reading.load_reported(campaign, entries, as_of, reported)
    by_pk = {entry.pk: entry for entry in facts.entries}
    for row in rows:
        if entry := by_pk.get(row.entry_id):
            row.late_columns, row.flags = None, [flag for flag in row.flags if flag != LATE]
            for fact in (fact for cell in row.cells.values() for fact in cell.evidence if not fact.is_want):
                facts.mark_late(entry, fact)
            _tell_late(form, facts, entry, row)


def _unreported(cell: Cell) -> Cell:
    """What the form doesn't show is in no report, and so is late for none."""
    for fact in cell.evidence:
        fact.late = False
    return cell


def _is_late_entry(facts: Facts, entry: LedgerEntry) -> bool:
    """An entry of a period already reported that was entered after that report."""
    reported = facts.reported.get(entry.agency_id)
    if reported is None or entry.pk in facts.moved_from or entry.split_from_id:
        return False
    return entry.opened_on <= reported.data_as_of and entry.recorded_at > reported.submitted_at
