"""A ledger draws itself from the cases behind its entries (design rules 3 to 8 and 11).

Nothing is stored: the same call on the same day over the same facts gives the same rows, and the
number of queries doesn't depend on how many entries there are.
"""

from collections import defaultdict
from decimal import Decimal

from accounts.models import local_today
from ledgers.models import LedgerEntry
from ledgers.rows import LATE, Cell, Row
from ledgers.services import facts as reading
from ledgers.services.cells import side_cells
from ledgers.services.police import police_cells
from ledgers.services.words import flags_of, remark_of, with_late, words_of


def draw(campaign, agency=None, as_of=None, *, entries=None, reported=None) -> list[Row]:
    """The rows of a campaign as of a day (today), in the order of county and of first report.

    `agency` narrows to it and all below; `entries` (a queryset, such as what a person may see)
    narrows further. `reported` maps an agency's id to the submission that lateness is told
    against (by default each agency's last effective one on the day).
    """
    as_of = as_of or local_today()
    rows = entries if entries is not None else LedgerEntry.objects.all()
    rows = rows.filter(campaign=campaign, opened_on__lte=as_of).standing()
    if agency is not None:
        rows = rows.under(agency)
    facts = reading.load(campaign, rows, as_of, reported=reported)
    drawn = [_row(facts, entry) for entry in facts.entries]
    for serial, row in enumerate(drawn, start=1):
        row.serial = serial
        row.cells["serial"].value = serial
    return drawn


def _row(facts, entry) -> Row:
    party, place, mineral = words_of(facts, entry)
    cells = {
        "serial": Cell(),
        "county": Cell(entry.agency.region.name),
        "party": Cell(party),
        "place": Cell(place or None),
        "mineral": Cell(mineral or None),
        **side_cells(facts, entry),
        **police_cells(facts, entry),
    }
    if not mineral and not cells["mined_tonnes"].applicable:
        cells["mineral"].applicable = False
    row = Row(entry.public_id, entry.agency_id, cells, entry)
    row.flags = flags_of(facts, entry)
    row.late = bool(row.late_keys) or _is_late_entry(facts, entry)
    remark = remark_of(facts, entry, row)
    cells["remark"] = Cell(with_late(remark, row.late) or None)
    row.remark = remark
    if row.late:
        row.flags.append(LATE)
    return row


def _is_late_entry(facts, entry) -> bool:
    """An entry of a period already reported that was entered after that report."""
    reported = facts.reported.get(entry.agency_id)
    if reported is None or entry.pk in facts.moved_from or entry.split_from_id:
        return False
    return entry.opened_on <= reported.data_as_of and entry.recorded_at > reported.submitted_at


def total_of(form, rows) -> dict[str, Decimal]:
    """Sums of the form's figures; a column in which nobody entered anything stays None."""
    sums: dict = dict.fromkeys(form.sum_keys)
    for row in rows:
        for key in form.sum_keys:
            value = row.values.get(key)
            if value is not None:
                sums[key] = value + (sums[key] if sums[key] is not None else 0)
    return sums


def subtotals_of(form, rows) -> dict[str, dict[str, Decimal]]:
    """Sums by county word, in the order of the rows."""
    groups = defaultdict(list)
    for row in rows:
        groups[row.values["county"]].append(row)
    return {county: total_of(form, members) for county, members in groups.items()}
