"""What a workbook would do to a county's ledger, worked out before anything is written.

Preview, dry run and the write itself use the same plan (design.md §6 rule 12): clean rows become
entries with one imported case each, or update those that stand already.
"""

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date

from openpyxl.utils import get_column_letter

from accounts.models import Agency, Region
from common.words import fold
from ledgers.fields import FIELDS
from ledgers.layouts import Layout
from ledgers.matching import is_near_folded, match_key
from ledgers.models import Campaign
from ledgers.services.import_compare import compare
from ledgers.services.import_standing import Standing, StandingRow, standing_of
from ledgers.sheets.reading import Fault, Reading, ReadRow

NAMED = 3


@dataclass
class Planned:
    """One clean row and what it would do; `older` than what a newer workbook told already."""

    row: ReadRow
    agency: Agency
    key: str = ""
    stands: StandingRow | None = None
    facts: dict = field(default_factory=dict)
    changes: dict = field(default_factory=dict)
    older: bool = False
    kept_out: str = ""

    @property
    def outcome(self) -> str:
        """created, updated, history (fills in an earlier day) or unchanged."""
        if self.stands is None:
            return "created"
        if self.kept_out:
            return "unchanged"
        if self.older and (self.changes or self.stands.then is None):
            return "history"
        return "updated" if self.changes else "unchanged"

    @property
    def counted(self) -> str:
        """How the report counts it: history that says nothing new is unchanged."""
        if self.outcome == "history":
            return "updated" if self.changes else "unchanged"
        return self.outcome


@dataclass
class Plan:
    """The whole workbook's effect, row by row, with the rejected rows and the warnings."""

    campaign: Campaign
    agency: Agency
    form: Layout
    as_of: date
    all_or_none: bool = False
    rows: list[Planned] = field(default_factory=list)
    rejected: list[Fault] = field(default_factory=list)
    rejected_rows: list[ReadRow] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)
    skipped_totals: int = 0
    columns: dict = field(default_factory=dict)

    def fault(self, row: ReadRow, key: str, reason: str) -> Fault:
        """Something to say about one cell of one row."""
        number = self.columns[row.sheet].get(key)
        letter = get_column_letter(number) if number else ""
        return Fault(row.sheet, row.row, letter, FIELDS[key].label, row.typed.get(key, ""), reason, key)

    def warn(self, row: ReadRow, key: str, reason: str) -> None:
        """Something to look at that keeps nothing out."""
        self.warnings.append(self.fault(row, key, reason))

    def reject(self, row: ReadRow, *faults: Fault) -> None:
        """A row that isn't taken over, and why."""
        self.rejected += faults
        self.rejected_rows.append(replace(row, faults=(*row.faults, *faults)))

    @property
    def is_held(self) -> bool:
        """One rejected row keeps everything out, if that was asked for."""
        return self.all_or_none and bool(self.rejected)

    def of(self, *outcomes: str) -> list[Planned]:
        """The rows with these outcomes."""
        return [planned for planned in self.rows if planned.outcome in outcomes]

    def report(self) -> dict:
        """The counts and faults, in the keys of `import_ledger --json`."""
        counts = Counter(planned.counted for planned in self.rows)
        report = {
            "created": counts["created"],
            "updated": counts["updated"],
            "unchanged": counts["unchanged"],
            "skipped_totals": self.skipped_totals,
            "warnings": [reported(fault) for fault in self.warnings],
            "rejected": [reported(fault) for fault in self.rejected],
        }
        if self.is_held:
            held_back = report["created"] + report["updated"]
            report |= {"created": 0, "updated": 0, "held_back": held_back}
        return report


def reported(fault: Fault) -> dict:
    """A fault in the words of the report."""
    return {
        "sheet": fault.sheet,
        "row": fault.row,
        "column": fault.column,
        "value": fault.value,
        "reason": fault.reason,
    }


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
    placed = _placed(plan, reading.rows)
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


def _place_of(fault, sheets) -> tuple:
    """Where a fault stands in the workbook: sheet, row, column from left to right."""
    return sheets.get(fault.sheet, len(sheets)), fault.row, len(fault.column), fault.column


def _placed(plan: Plan, rows) -> list[Planned]:
    """The rows with the office each belongs to; those without one, too long or there twice are
    rejected."""
    offices, placed, seen = _offices(plan.campaign, plan.agency), [], {}
    for row in rows:
        office, fault = _office_of(plan, row, offices)
        faults = [fault] if fault else _too_long(plan, row)
        key = match_key(row.values["party"], row.values.get("place"))
        if not faults:
            first = seen.setdefault((office.pk, key), row)
            if first is not row:
                reason = (
                    f"县市区、名称和位置与{_line(first, row)}相同，同一份文件里只能有一行。请合并或删去一行。"
                )
                faults = [plan.fault(row, "party", reason)]
        if faults:
            plan.reject(row, *faults)
        else:
            placed.append(Planned(row, office, key))
    return placed


def _line(first: ReadRow, row: ReadRow) -> str:
    sheet = "" if first.sheet == row.sheet else f"工作表“{first.sheet}”"
    return f"{sheet}第 {first.row} 行"


def _too_long(plan: Plan, row: ReadRow) -> list[Fault]:
    return [
        plan.fault(row, field.key, f"{field.label}有 {len(word)} 个字，最多 {field.longest} 个，请改短。")
        for field in plan.form.fields
        if field.longest and len(word := row.values.get(field.key) or "") > field.longest
    ]


def _alone(plan: Plan, placed, standing: Standing):
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
            f"与{_line(other.row, planned.row)}是台账中的同一条目（{stands.entry.party}），"
            "同一份文件里只能有一行。请合并或删去一行。"
        )
        plan.reject(planned.row, plan.fault(planned.row, "party", reason))


def _offices(campaign, agency) -> dict:
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


def _names_of(region):
    """交城县, 吕梁市交城县, 山西省吕梁市交城县."""
    name, above = region.name, region.parent
    yield name
    while above:
        name = above.name + name
        yield name
        above = above.parent


def _office_of(plan: Plan, row: ReadRow, offices):
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
