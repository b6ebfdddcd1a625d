"""Which office each row of a workbook belongs to; rows without one or too long, several that are one."""

from collections.abc import Iterator
from datetime import date

from accounts.models import Agency, Region
from campaigns.models import Campaign
from common.words import fold
from ledgers.matching import match_key
from ledgers.services.import_joining import Joining, are_the_same, clashing, joined
from ledgers.services.import_plan import Alike, Plan, Planned
from ledgers.sheets.tables import Fault, ReadRow

Offices = dict[str, Agency]


def placed_rows(plan: Plan, rows: list[ReadRow], as_of: date, offices: Offices) -> list[Planned]:
    """The rows with the office each belongs to; those without one or too long are rejected.

    Several lines of one firm at one place become one row, or a question.
    """
    groups: dict[tuple[int, str], list[ReadRow]] = {}
    office_of: dict[int, Agency] = {}
    for row in rows:
        office, fault = _office_of(plan, row, offices)
        faults = [fault] if fault else _too_long(plan, row)
        if faults:
            plan.reject(row, *faults)
            continue
        office_of[office.pk] = office
        key = match_key(row.values["party"], row.values.get("place"))
        groups.setdefault((office.pk, key), []).append(row)
    return [
        planned
        for (office_id, key), lines in groups.items()
        for planned in _of_lines(plan, office_of[office_id], key, lines, as_of)
    ]


def _of_lines(plan: Plan, office: Agency, key: str, lines: list[ReadRow], as_of: date) -> Iterator[Planned]:
    """What the lines of one firm at one place become: one row, several, or none yet."""
    if len(lines) == 1:
        yield Planned(lines[0], office, as_of, key, (lines[0],))
        return
    how = _what_they_are(plan, f"{office.pk}:{key}", lines)
    if how == Joining.APART:
        for number, row in enumerate(lines, 1):
            own = match_key(row.values["party"], row.values.get("place"), number)
            yield Planned(row, office, as_of, own, (row,))
    elif how:
        yield Planned(joined(plan.form, lines, how), office, as_of, key, tuple(lines))


def _what_they_are(plan: Plan, name: str, lines: list[ReadRow]) -> str:
    """Whether the lines are one entry or several; "" where a person must say it first."""
    keys = clashing(plan.form, lines)
    if not keys:
        return Joining.FIRST
    answer = plan.wanted.joins.get(name, "")
    if not answer and are_the_same(plan.form, lines):
        answer = Joining.FIRST
        others = "、".join(str(row.row) for row in lines[1:])
        plan.warn(lines[0], "party", f"第 {others} 行与这一行逐格相同，只写成一个条目。")
    plan.alike.append(Alike(name, tuple(lines), keys, answer))
    return answer


def _too_long(plan: Plan, row: ReadRow) -> list[Fault]:
    return [
        plan.fault(row, field.key, f"{field.label}有 {len(word)} 个字，最多 {field.longest} 个，请改短。")
        for field in plan.form.fields
        if field.longest and len(word := row.values.get(field.key) or "") > field.longest
    ]


def offices_of(campaign: Campaign, agency: Agency) -> Offices:
    """County name (folded) → the natural-resources agency that handles it, under `agency`."""
    offices, short = {}, {}
    members = Agency.objects.filter(memberships__campaign=campaign).natural_resources()
    rows = members.filter(path__startswith=agency.path)
    for office in rows.select_related("region__parent__parent"):
        for name in _names_of(office.region):
            offices[fold(name)] = office
        if len(office.region.name) > 2:
            short.setdefault(fold(office.region.name[:-1]), []).append(office)
    for name, several in short.items():
        if len(several) == 1:
            offices.setdefault(name, several[0])
    return offices


def _names_of(region: Region) -> Iterator[str]:
    """交城县, 吕梁市交城县, 山西省吕梁市交城县."""
    name, above = region.name, region.parent
    yield name
    while above:
        name = above.name + name
        yield name
        above = above.parent


def _office_of(plan: Plan, row: ReadRow, offices: Offices) -> tuple[Agency | None, Fault | None]:
    agency = plan.agency
    typed = row.values.get("county") or ""
    if not typed and agency.region.level == "county":
        return offices.get(fold(agency.region.name)), None
    office = offices.get(fold(typed))
    if office:
        return office, None
    if not typed:
        return None, plan.fault(row, "county", "没有填写县市区。请填写县（市、区）名称后再导入。")
    is_place = Region.objects.filter(name=typed).exists()
    place = f"{agency.name}的辖区" if is_place else "行政区划表"
    return None, plan.fault(
        row, "county", f"“{typed}”不在{place}内，不能由{agency.name}导入。请核对县市区名称。"
    )
