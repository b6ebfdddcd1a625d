"""Who did what, where: parties, violations, ore and land by the latest round of findings."""

from datetime import date
from decimal import Decimal

from cases.models import Case, LandFinding, MineralFinding
from law import words
from law.facts import Batch, Land, Party, Violation
from law.places import province_of
from registry import codes
from registry.models import PartyKind


def place(case: Case) -> dict[str, object]:
    """The county and its province, six digits each; a case of a whole province has no county."""
    county = case.county_id
    return {
        "county": None if county.endswith("0000") else county,
        "province": province_of(county),
    }


def acts(case: Case) -> dict[str, object]:
    """Parties, violations with their days, and the days between which all of it happened."""
    violations = list(case.violations.all())
    begun = [each.from_day for each in violations if each.from_day]
    return {
        "parties": tuple(_party(each.party) for each in case.parties.all()),
        "violations": tuple(Violation(each.code, each.from_day, each.until_day) for each in violations),
        "acts_from": min(begun, default=None),
        "acts_ended": act_day(case),
    }


def act_day(case: Case) -> date | None:
    """The day on which all of it had ended: by it the law is chosen (行政处罚法 art 37); else None."""
    ended = [each.until_day for each in case.violations.all()]
    return case.act_ended_on or (max(ended) if ended and None not in ended else None)


def _party(party) -> Party:
    return Party(party.name, party.get_kind_display(), identified=party.kind != PartyKind.UNKNOWN)


def ore(case: Case, on: date) -> dict[str, object]:
    """What was mined: totals of one row, batches of several (a mineral's own limit is its part's alone)."""
    rows = [row for row in case.minerals_now() if row.happened_on <= on]
    totals = {
        "mineral": _mineral(case, rows),
        "destroyed_value": _sum(row.destroyed_value for row in rows),
        "special_area": _special(rows),
    }
    if len(rows) > 1:
        totals["batches"] = tuple(_batch(row) for row in rows)
    elif rows:
        only = rows[0]
        totals |= {
            "quantity": only.tonnes,
            "value": only.value,
            "illegal_income": only.illegal_income,
        }
    return totals


def _mineral(case: Case, rows: list[MineralFinding]) -> str | None:
    """What was found goes before what was reported; of several the case's own word."""
    minerals = list(dict.fromkeys(row.mineral for row in rows if row.mineral))
    return minerals[0] if len(minerals) == 1 else case.mineral or next(iter(minerals), None)


def _batch(row: MineralFinding) -> Batch:
    return Batch(row.tonnes, row.value, row.illegal_income, row.mineral)


def _sum(values) -> Decimal | None:
    given = [value for value in values if value is not None]
    return sum(given, Decimal(0)) if given else None


def _special(rows: list[MineralFinding]) -> bool | None:
    """The box is ticked for areas and for protected minerals alike: a protected mineral explains its own
    tick and limits its own part, any other tick is an area's. Unticked says nothing."""
    return True if any(row.special and not _protective(row.mineral) for row in rows) else None


def _protective(name: str) -> bool:
    mineral = words.mineral(name)
    return bool(mineral and mineral.protective)


def land(case: Case, on: date) -> tuple[Land, ...] | None:
    """The land found occupied, in 平方米; None while nothing was found."""
    rows = [row for row in case.land_now() if row.happened_on <= on]
    return tuple(_land(row) for row in rows) if rows else None


def _land(row: LandFinding) -> Land:
    return Land(
        codes.label("land_classes", row.land_class),
        row.area * 2000 / 3,
        row.conforming,
        row.destroyed,
        row.black_soil or None,
    )
