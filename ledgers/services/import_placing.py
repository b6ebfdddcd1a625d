"""Which office each row of a workbook belongs to; rows without one, too long or there twice."""

from collections.abc import Iterator

from accounts.models import Agency, Region
from campaigns.models import Campaign
from common.words import fold
from ledgers.matching import match_key
from ledgers.services.import_plan import Plan, Planned
from ledgers.sheets.tables import Fault, ReadRow


def placed_rows(plan: Plan, rows: list[ReadRow]) -> list[Planned]:
    """The rows with the office each belongs to; those without one, too long or there twice are
    rejected."""
    offices, placed, first_rows = _offices(plan.campaign, plan.agency), [], {}
    for row in rows:
        office, fault = _office_of(plan, row, offices)
        faults = [fault] if fault else _too_long(plan, row)
        key = match_key(row.values["party"], row.values.get("place"))
        if not faults:
            first = first_rows.setdefault((office.pk, key), row)
            if first is not row:
                same = line_words(first, row)
                reason = f"县市区、名称和位置与{same}相同，同一份文件里只能有一行。请合并或删去一行。"
                faults = [plan.fault(row, "party", reason)]
        if faults:
            plan.reject(row, *faults)
        else:
            placed.append(Planned(row, office, key))
    return placed


def line_words(first: ReadRow, row: ReadRow) -> str:
    """How a sentence about `row` names another line."""
    sheet = "" if first.sheet == row.sheet else f"工作表“{first.sheet}”"
    return f"{sheet}第 {first.row} 行"


def _too_long(plan: Plan, row: ReadRow) -> list[Fault]:
    return [
        plan.fault(row, field.key, f"{field.label}有 {len(word)} 个字，最多 {field.longest} 个，请改短。")
        for field in plan.form.fields
        if field.longest and len(word := row.values.get(field.key) or "") > field.longest
    ]


def _offices(campaign: Campaign, agency: Agency) -> dict[str, Agency]:
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


def _office_of(plan: Plan, row: ReadRow, offices: dict[str, Agency]) -> tuple[Agency | None, Fault | None]:
    agency = plan.agency
    typed = row.values.get("county") or ""
    if not typed and agency.region.level == "county" and "county" not in row.present:
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
