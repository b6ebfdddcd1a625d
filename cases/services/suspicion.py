"""Why a case is suspected to be a crime and must be referred (应移送): its findings set against the
thresholds (services/thresholds.py), and a third time within two years."""

from datetime import date
from decimal import Decimal

from accounts.models import local_today
from cases.models import Case
from cases.services import offenders
from cases.services.thresholds import Reason, destroyed_value, farmland, mining_value
from registry import codes

REPEATED = 2
DESTRUCTIVE = {"K32", "K33"}


def reasons_of(case: Case) -> list[Reason]:
    """Every reason why `case` should be referred to public security; empty if there is none."""
    on = case.act_ended_on or case.found_on or local_today()
    region = case.county_id
    reasons = [*_mining_reasons(case, region, on), *_land_reasons(case, region, on)]
    repeated = _repeated(case)
    return [reason for reason in (*reasons, repeated) if reason]


def _mining_reasons(case: Case, region: str, on: date) -> list[Reason | None]:
    rows = case.minerals_now()
    if not rows:
        return []
    special = any(row.special or _protective(row.mineral) for row in rows)
    sold = sum((row.illegal_income or Decimal(0) for row in rows), Decimal(0))
    valued = sum((row.value or Decimal(0) for row in rows), Decimal(0))
    destroyed = sum((row.destroyed_value or Decimal(0) for row in rows), Decimal(0))
    tests = [mining_value(max(sold, valued), special, region, on)]
    if {each.code for each in case.violations.all()} & DESTRUCTIVE or destroyed:
        tests.append(destroyed_value(destroyed, special, region, on))
    return tests


def _protective(mineral: str) -> bool:
    item = codes.mineral_by_name().get(mineral)
    return bool(item and item["protective"])


def _land_reasons(case: Case, region: str, on: date) -> list[Reason | None]:
    # Where 种植条件严重毁坏 was found not to be so, the area alone is no crime.
    rows = [row for row in case.land_now() if row.destroyed is not False]
    if not rows:
        return []
    tests, arable = [], Decimal(0)
    for key in {(row.land_class, row.black_soil) for row in rows}:
        area = sum((r.area for r in rows if (r.land_class, r.black_soil) == key), Decimal(0))
        tests.append(farmland(*_class_and_area(key, area), region, on))
        if codes.by_code("land_classes")[key[0]]["arable"]:
            arable += area
    if not any(tests):
        tests.append(farmland("arable", arable, False, region, on))
    return tests


def _class_and_area(key: tuple[str, bool], area: Decimal) -> tuple[str, Decimal, bool]:
    return key[0], area, key[1]


def _repeated(case: Case) -> Reason | None:
    if not any(each.side == "mining" for each in case.violations.all()):
        return None
    count = offenders.decisions_before(case, case.found_on or local_today(), "mining")
    if count < REPEATED:
        return None
    return Reason(
        f"二年内因非法采矿受过{count}次行政处罚，又实施非法采矿行为",
        "法释〔2016〕25号第三条第一款第（三）项",
        "自然资办函〔2021〕1288号二",
        True,
    )
