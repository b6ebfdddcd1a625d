"""Working out what a workbook would do: rows placed, parted, compared, near ones named."""

from dataclasses import dataclass
from datetime import date

from accounts.models import Agency
from campaigns.models import Campaign
from common.words import fold
from ledgers.matching import is_near_folded
from ledgers.services.import_compare import compare, same
from ledgers.services.import_placing import offices_of, placed_rows
from ledgers.services.import_plan import AS_IT_IS, Plan, Planned, Wanted
from ledgers.services.import_renamed import found_rows
from ledgers.services.import_standing import Standing, standing_of
from ledgers.sheets.choices import Role
from ledgers.sheets.found import FoundSheet
from ledgers.sheets.reading import Reading
from ledgers.sheets.tables import Fault

NAMED = 3


def plan_import(
    *, campaign: Campaign, agency: Agency, reading: Reading, today: date, wanted: Wanted = AS_IT_IS
) -> Plan:
    """Work out what `reading` would do to the ledgers under `agency` on the form's own day.

    A form without 填报时间 counts from `today`. What its older sheets say fills history.
    """
    parts = _parts_of(reading, today)
    plan = Plan(campaign, agency, reading.form, parts[0].as_of, wanted)
    offices = offices_of(campaign, agency)
    for part in parts:
        plan.skipped_totals += part.reading.skipped_totals
        plan.rejected += part.reading.faults
        plan.rejected_rows += part.reading.rejected_rows
        plan.warnings += part.reading.warnings
        part.placed = placed_rows(plan, part.reading.rows, part.as_of, offices)
    plan.asked = [column.head for column in reading.questions]
    places = [(planned.agency.pk, planned.key) for part in parts for planned in part.placed]
    standing = standing_of(campaign, plan.form, list(dict.fromkeys(places)), today)
    for part in parts:
        _take(plan, part, standing)
    _warn_near(plan, standing)
    _sort(plan, reading, parts)
    return plan


@dataclass
class _Part:
    """The sheets of one day: those of the newest are the ledger, older ones are history."""

    reading: Reading
    as_of: date
    placed: list[Planned]


def _parts_of(reading: Reading, today: date) -> list[_Part]:
    """The ledger first, then what is older, the newest first."""
    named = max((sheet.as_of for sheet in reading.found_sheets if _is_ledger(sheet)), default=today)
    days = [reading.data_as_of or reading.filled_on or named]
    days += [each.data_as_of or each.filled_on for each in reversed(reading.history)]
    readings = [reading, *reversed(reading.history)]
    return [_Part(each, min(day, today), []) for each, day in zip(readings, days, strict=True)]


def _is_ledger(sheet: FoundSheet) -> bool:
    """Whether a sheet is the ledger of a day that it, or its name, tells."""
    return sheet.role == Role.LEDGER and sheet.as_of is not None


def _take(plan: Plan, part: _Part, standing: Standing) -> None:
    """Compare the rows of one day; a row that stands nowhere yet goes with the newer one that makes it."""
    newer = {(each.agency.pk, each.key): each for each in plan.of("created") if not each.told}
    offices = {each.agency.pk for each in plan.rows}
    for planned in found_rows(plan, part.placed, standing):
        compare(planned, plan)
        made = newer.get((planned.agency.pk, planned.key)) if planned.stands is None else None
        if made:
            _tell(plan, made, planned)
        elif planned.stands is None and planned.agency.pk in offices:
            plan.warn(planned.row, "party", "本期的工作表中没有这一行，按往期的数据写入。请核对。")
        plan.rows.append(planned)


def _tell(plan: Plan, made: Planned, planned: Planned) -> None:
    """An older row of one that is made by a newer sheet: what changed between them."""
    planned.told = True
    planned.changes = {
        field.label: (planned.facts.get(field.key), value)
        for field in plan.form.imported
        if not same(value := made.facts.get(field.key), planned.facts.get(field.key))
    }
    made.earlier.append((planned.as_of, planned.facts))


def _sort(plan: Plan, reading: Reading, parts: list[_Part]) -> None:
    """Everything in the order of the workbook."""
    names = [sheet.name for sheet in reading.found_sheets]
    names += [sheet.name for part in parts for sheet in part.reading.sheets]
    sheets = {name: place for place, name in enumerate(dict.fromkeys(names))}
    plan.rejected.sort(key=lambda fault: _place_of(fault, sheets))
    plan.warnings.sort(key=lambda fault: _place_of(fault, sheets))
    plan.rejected_rows.sort(key=lambda row: (sheets[row.sheet], row.row))


def _place_of(fault: Fault, sheets: dict[str, int]) -> tuple:
    """Where a fault stands in the workbook: sheet, row, column from left to right."""
    return sheets.get(fault.sheet, len(sheets)), fault.row, len(fault.column), fault.column


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
