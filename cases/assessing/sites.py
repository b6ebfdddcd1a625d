"""Who did what, where: parties, violations, ore, land and circumstances by the latest round of findings."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from operator import attrgetter

from cases.models import (
    UNSPECIFIED,
    Case,
    Circumstances,
    EarlierAct,
    Fact,
    LandFinding,
    MineralFinding,
    latest_round,
)
from law import words
from law.facts import Batch, Earlier, Land, Party, Violation
from law.places import province_of
from registry import codes
from registry.models import PartyKind

Areas = bool | tuple[str, ...] | None


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
    goes_on = {each.continuing for each in violations}
    return {
        "parties": tuple(_party(each.party) for each in case.parties.all()),
        "violations": tuple(Violation(each.code, each.from_day, each.until_day) for each in violations),
        "acts_from": min(begun, default=None),
        "acts_ended": act_day(case),
        "continuing": True if True in goes_on else None if None in goes_on or not goes_on else False,
    }


def act_day(case: Case) -> date | None:
    """The day on which all of it had ended: by it the law is chosen (行政处罚法 art 37); else None."""
    violations = list(case.violations.all())
    ended = [each.until_day for each in violations if each.until_day]
    if not case.act_ended_on and len(ended) < len(violations):
        return None
    return max(filter(None, (case.act_ended_on, *ended)), default=None)


def _party(party) -> Party:
    return Party(party.name, party.get_kind_display(), identified=party.kind != PartyKind.UNKNOWN)


def found(case: Case, on: date) -> dict[str, object]:
    """Ore, land and circumstances as the latest rounds have them; what came after the day wasn't known."""
    return _found(case, *(_by(rows, on) for rows in _latest(case, attrgetter("stands"))))


def found_then(case: Case, on: date, moment: datetime, known: Callable[[Fact], bool]) -> dict[str, object]:
    """The same of the rows that were known at a moment; what was withdrawn later still stood."""

    def stood(row: Fact) -> bool:
        return known(row) and (row.withdrawn_at is None or row.withdrawn_at > moment)

    return _found(case, *(_by(rows, on) for rows in _latest(case, stood)))


def _latest(case: Case, stood: Callable[[Fact], bool]) -> list[list[Fact]]:
    return [
        latest_round(rows.all(), stood)
        for rows in (case.mineral_findings, case.land_findings, case.circumstances)
    ]


def _by(rows: list[Fact], on: date) -> list[Fact]:
    return [row for row in rows if row.happened_on <= on]


def _found(
    case: Case, minerals: list[MineralFinding], lands: list[LandFinding], rows: list[Circumstances]
) -> dict[str, object]:
    land = tuple(_land(row) for row in lands) if lands else None
    return {**_ore(case, minerals), "land": land, **_circumstances(next(iter(rows), None))}


def _ore(case: Case, rows: list[MineralFinding]) -> dict[str, object]:
    """What was mined: totals of one row, batches of several (a mineral's own limit is its part's alone)."""
    totals = {
        "mineral": _mineral(case, rows),
        "destroyed_value": _sum(row.destroyed_value for row in rows),
        "special_area": _all_areas(rows),
    }
    if len(rows) > 1:
        totals["batches"] = tuple(_batch(row, totals["special_area"]) for row in rows)
        totals["value_estimated"] = any(row.estimated and row.destroyed_value is not None for row in rows)
    elif rows:
        only = rows[0]
        totals |= {
            "value_estimated": only.estimated,
            "quantity": only.tonnes,
            "value": only.value,
            "illegal_income": only.illegal_income,
        }
    return totals


def _mineral(case: Case, rows: list[MineralFinding]) -> str | None:
    """What was found goes before what was reported; of several the case's own word."""
    minerals = list(dict.fromkeys(row.mineral for row in rows if row.mineral))
    return minerals[0] if len(minerals) == 1 else case.mineral or next(iter(minerals), None)


def _batch(row: MineralFinding, all_areas: Areas) -> Batch:
    """A part that doesn't say where it was mined isn't of the area that another part names."""
    area = _areas(row)
    area = () if area is None and all_areas else area
    return Batch(row.tonnes, row.value, row.illegal_income, row.mineral, row.estimated, area)


def _sum(values) -> Decimal | None:
    given = [value for value in values if value is not None]
    return sum(given, Decimal(0)) if given else None


def _areas(row: MineralFinding) -> Areas:
    """The special areas of one row in the law's words; True where an older row doesn't say which.

    Its one box was ticked for areas and for protected minerals alike: a protected mineral explains its
    own tick and limits its own part, any other tick is an area's.
    """
    if row.special_areas is None:
        return None
    if UNSPECIFIED in row.special_areas:
        return None if _protective(row.mineral) else True
    return tuple(codes.label("special_areas", code) for code in row.special_areas)


def _all_areas(rows: list[MineralFinding]) -> Areas:
    """Those of all rows; known to be none only where each says so."""
    areas = [_areas(row) for row in rows]
    named = tuple(dict.fromkeys(word for each in areas if isinstance(each, tuple) for word in each))
    if named or True in areas:
        return named or True
    return None if None in areas or not areas else ()


def _protective(name: str) -> bool:
    mineral = words.mineral(name)
    return bool(mineral and mineral.protective)


def _land(row: LandFinding) -> Land:
    """In 平方米."""
    return Land(
        codes.label("land_classes", row.land_class),
        row.area * 2000 / 3,
        row.conforming,
        row.destroyed,
        row.black_soil,
        row.black_volume,
        row.forest or None,
    )


def _circumstances(row: Circumstances | None) -> dict[str, object]:
    """On what else a rule hangs."""
    if row is None:
        return {}
    earlier = tuple(_earlier(each) for each in row.earlier_acts.all()) if row.unpunished else ()
    return {
        "mine_scale": codes.label("mine_scales", row.mine_scale) or None,
        "right_exists": row.right_exists,
        "refused_correct": row.refused_correct,
        "destructive": row.destructive,
        "eco_damage": row.eco_damage,
        "life_health": row.life_health,
        "unpunished": None if row.unpunished is None else earlier,
    }


def _earlier(row: EarlierAct) -> Earlier:
    """Its land was destroyed: no other is entered."""
    size = None if row.area is None else row.area * 2000 / 3
    land = Land(codes.label("land_classes", row.land_class) or None, size, destroyed=True)
    return Earlier(row.acted_on, row.value, (land,) if size else ())
