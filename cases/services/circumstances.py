"""情节 on which a rule of the law hangs, and the days of each violation: both may change until the end."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from accounts.models import User
from accounts.services import deeds, trail
from cases.acts import ACTS
from cases.models import Case, Circumstances, EarlierAct, Violation
from cases.services import findings, flags, officers
from cases.services.days import refuse_future
from common.errors import Refused
from common.fitting import refuse_too_large


@dataclass(frozen=True)
class Found:
    """What was found; what is None or empty isn't known. `earlier` are acts that nobody punished: rows of
    acted_on with value (元), or land_class and area (亩)."""

    mine_scale: str = ""
    right_exists: bool | None = None
    refused_correct: bool | None = None
    destructive: bool | None = None
    eco_damage: bool | None = None
    life_health: bool | None = None
    unpunished: bool | None = None
    earlier: tuple[dict, ...] = ()

    def values(self) -> dict:
        """What stands in the table of circumstances."""
        names = [each.name for each in fields(self) if each.name != "earlier"]
        values = {name: getattr(self, name) for name in names}
        return values | ({"unpunished": True} if self.earlier else {})


@dataclass(frozen=True)
class Days:
    """When an act began and ended, and whether it goes on; what is None isn't known."""

    from_day: date | None = None
    until_day: date | None = None
    continuing: bool | None = None

    @property
    def words(self) -> str:
        """2026-01-02至2026-02-03，仍在继续."""
        span = (
            f"{self.from_day or '未填'}至{self.until_day or '未填'}"
            if self.from_day or self.until_day
            else ""
        )
        goes_on = {True: "仍在继续", False: "没有继续"}.get(self.continuing, "")
        return "，".join(filter(None, [span, goes_on]))


@transaction.atomic
def record_circumstances(
    *,
    by: User,
    case: Case,
    version: int | str | None = None,
    happened_on: date,
    found: Found,
    basis: str = "",
    files: Iterable[UploadedFile] = (),
) -> Case:
    """Enter one round of circumstances; it takes the place of the earlier one."""
    case = deeds.lock(case, version)
    posting = ACTS.require("record_circumstances", by, case)
    refuse_future("认定日期", happened_on)
    officers.require_officers(case, happened_on)
    _refuse_wrong(found)
    before = findings.circumstance_words(case.circumstances_now())
    row = Circumstances.objects.create(
        case=case,
        round=findings.next_round(case.circumstances),
        happened_on=happened_on,
        recorded_by=by,
        basis=basis,
        **found.values(),
    )
    EarlierAct.objects.bulk_create(EarlierAct(circumstances=row, **each) for each in found.earlier)
    findings.finish(
        by=by,
        posting=posting,
        name="record_circumstances",
        case=case,
        changes={"情节": (before, findings.circumstance_words(row))},
        happened_on=happened_on,
        basis=basis,
        files=files,
    )
    return case


def _refuse_wrong(found: Found) -> None:
    if all(value in (None, "") for value in found.values().values()):
        raise Refused("请至少填写一项情节。")
    if found.unpunished and not found.earlier:
        raise Refused("有未经处理的同类行为的，请逐次填写日期和价值（面积）。")
    if found.unpunished is False and found.earlier:
        raise Refused("填写了未经处理的行为，不能又选“否”，请核对。")
    for row in found.earlier:
        refuse_future("未经处理的行为的日期", row["acted_on"])
        refuse_too_large(EarlierAct, row)
        if row.get("value") is None and not (row.get("land_class") and row.get("area")):
            raise Refused("未经处理的行为，请填写矿产品价值，或者毁坏土地的地类和面积。")


@transaction.atomic
def date_violations(*, by: User, case: Case, version: int | str | None = None, days: dict[str, Days]) -> Case:
    """Say of violations, by their code, when each began and ended: the law of that day holds for it
    (行政处罚法 art 37), and no period of limitation runs while it goes on (art 36)."""
    case = deeds.lock(case, version)
    posting = ACTS.require("date_violations", by, case)
    changes = {}
    for row in case.violations.filter(code__in=days):
        was, given = days_of(row), days[row.code]
        _refuse_days(given)
        if was != given:
            row.from_day, row.until_day, row.continuing = given.from_day, given.until_day, given.continuing
            row.save(update_fields=["from_day", "until_day", "continuing"])
            changes[f"{row}的起止"] = (was.words, given.words)
    if not changes:
        raise Refused("没有改动，不必提交。")
    flags.save(case)
    trail.record(by=by, posting=posting, act=ACTS.get("date_violations"), thing=case, changes=changes)
    return case


def days_of(row: Violation) -> Days:
    """The days of a violation as they stand."""
    return Days(row.from_day, row.until_day, row.continuing)


def _refuse_days(given: Days) -> None:
    for label, day in (("开始日期", given.from_day), ("终了日期", given.until_day)):
        if day is not None:
            refuse_future(label, day)
    if given.from_day and given.until_day and given.until_day < given.from_day:
        raise Refused("违法行为的终了日期早于开始日期，请核对。")
