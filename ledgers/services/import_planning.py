"""Working out what a workbook would do: rows placed, parted, compared, near ones named."""

from collections.abc import Iterator
from datetime import date

from accounts.models import Agency
from campaigns.models import Campaign
from common.words import fold
from ledgers.matching import is_near_folded
from ledgers.services.import_compare import compare
from ledgers.services.import_placing import line_words, placed_rows
from ledgers.services.import_plan import Plan, Planned
from ledgers.services.import_standing import Standing, standing_of
from ledgers.sheets.reading import Reading
from ledgers.sheets.tables import Fault

NAMED = 3


def plan_import(
    *, campaign: Campaign, agency: Agency, reading: Reading, today: date, all_or_none: bool = False
) -> Plan:
    """Work out what `reading` would do to the ledgers under `agency` on the form's own day.

    A form without 填报时间 counts from `today`.
    """
    as_of = min(reading.data_as_of or reading.filled_on or today, today)
    plan = Plan(campaign, agency, reading.form, as_of, all_or_none, skipped_totals=reading.skipped_totals)
    plan.columns = {sheet.name: sheet.columns for sheet in reading.sheets}
    plan.rejected = list(reading.faults)
    plan.rejected_rows = list(reading.rejected_rows)
    plan.warnings = list(reading.warnings)
    placed = placed_rows(plan, reading.rows)
    places = [(planned.agency.pk, planned.key) for planned in placed]
    standing = standing_of(campaign, plan.form, places, as_of, today)
    for planned in _alone(plan, placed, standing):
        compare(planned, plan)
        plan.rows.append(planned)
    _warn_near(plan, standing)
    sheets = {sheet.name: place for place, sheet in enumerate(reading.sheets)}
    plan.rejected.sort(key=lambda fault: _place_of(fault, sheets))
    plan.warnings.sort(key=lambda fault: _place_of(fault, sheets))
    plan.rejected_rows.sort(key=lambda row: (sheets[row.sheet], row.row))
    return plan


def _place_of(fault: Fault, sheets: dict[str, int]) -> tuple:
    """Where a fault stands in the workbook: sheet, row, column from left to right."""
    return sheets.get(fault.sheet, len(sheets)), fault.row, len(fault.column), fault.column


def _alone(plan: Plan, placed: list[Planned], standing: Standing) -> Iterator[Planned]:
    """The rows with what stands for each; two rows that mean one entry are for a person to part,
    the one with the entry's own words goes first."""
    for planned in placed:
        planned.stands = standing.find((planned.agency.pk, planned.key))
    first: dict[int, Planned] = {}
    for planned in sorted(placed, key=lambda each: (each.agency.pk, each.key) not in standing.exact):
        if planned.stands and not planned.stands.gone:
            first.setdefault(planned.stands.entry.pk, planned)
    for planned in placed:
        stands = planned.stands
        other = first.get(stands.entry.pk, planned) if stands and not stands.gone else planned
        if other is planned:
            yield planned
            continue
        reason = (
            f"与{line_words(other.row, planned.row)}是台账中的同一条目（{stands.entry.party}），"
            "同一份文件里只能有一行。请合并或删去一行。"
        )
        plan.reject(planned.row, plan.fault(planned.row, "party", reason))


def _warn_near(plan: Plan, standing: Standing) -> None:
    """Rows that may be a native entry written otherwise: a person joins them."""
    for planned in plan.of("created"):
        values = planned.row.values
        party, place = fold(values["party"]), fold(values.get("place"))
        near = [
            native.words
            for native in standing.natives.get(planned.agency.pk, ())
            if is_near_folded(party, place, native.party, native.place)
        ]
        if near:
            several = f"等 {len(near)} 条" if len(near) > NAMED else ""
            plan.warn(
                planned.row,
                "party",
                f"系统中已有相近的条目：{'、'.join(near[:NAMED])}{several}。如是同一件，请在条目页关联。",
            )
