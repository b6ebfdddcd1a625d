"""What a workbook would do to a county's ledger, worked out before anything is written.

Preview, dry run and the write itself use the same plan (design.md §6 rule 12): clean rows become
entries with one imported case each, or update those imported before; decided values that the
system holds are never overwritten but come up as conflicts.
"""

from dataclasses import dataclass, field
from datetime import date

from openpyxl.utils import get_column_letter

from accounts.models import Agency, Region
from cases.models import ImportedFacts
from common.words import fold
from ledgers.definitions import FIELDS
from ledgers.matching import match_key
from ledgers.models import EntryLink, EntryState, LedgerEntry
from ledgers.services import drawing
from ledgers.sheets.tables import Fault, ReadRow

FACT_KEYS = (
    "land_area",
    "land_fine",
    "land_restored",
    "mined_tonnes",
    "confiscated_tonnes",
    "mining_fine",
    "shutdown",
    "administrative_detention",
    "criminal_detention",
    "arrest",
)
WORD_KEYS = ("mineral", "remark")
KEYS = (*FACT_KEYS, *WORD_KEYS)
BATCH = 500


@dataclass
class Known:
    """An entry that stands already, with what the workbooks and the system say of it."""

    entry: LedgerEntry
    case_id: int | None = None
    then: ImportedFacts | None = None
    latest: ImportedFacts | None = None
    system: dict = field(default_factory=dict)


@dataclass
class Planned:
    """One clean row and what it would do: created, updated or unchanged."""

    row: ReadRow
    agency: Agency
    known: Known | None = None
    facts: dict = field(default_factory=dict)
    changes: dict = field(default_factory=dict)
    history_only: bool = False

    @property
    def outcome(self) -> str:
        """created, updated or unchanged."""
        if self.known is None:
            return "created"
        return "updated" if self.changes else "unchanged"


@dataclass
class Plan:
    """The whole workbook's effect, row by row, with the rejected rows and the warnings."""

    campaign: object
    agency: Agency
    as_of: date
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
        return Fault(
            row.sheet, row.row, letter, FIELDS[key].label, row.typed.get(key, ""), reason, key
        )

    def of(self, outcome: str) -> list[Planned]:
        """The rows with this outcome."""
        return [planned for planned in self.rows if planned.outcome == outcome]

    def report(self) -> dict:
        """The counts and faults, in the keys of `import_ledger --json`."""
        return {
            "created": len(self.of("created")),
            "updated": len(self.of("updated")),
            "unchanged": len(self.of("unchanged")),
            "skipped_totals": self.skipped_totals,
            "warnings": [said(fault) for fault in self.warnings],
            "rejected": [said(fault) for fault in self.rejected],
        }


def said(fault: Fault) -> dict:
    """A fault in the words of the report."""
    return {
        "sheet": fault.sheet,
        "row": fault.row,
        "column": fault.column,
        "value": fault.value,
        "reason": fault.reason,
    }


def plan_import(*, campaign, agency, reading, today) -> Plan:
    """Work out what `reading` would do to the ledgers under `agency` on the form's own day.

    A form without 填报时间 counts from `today`.
    """
    as_of = min(reading.data_as_of or reading.filled_on or today, today)
    plan = Plan(campaign, agency, as_of, skipped_totals=reading.skipped_totals)
    plan.columns = {sheet.name: sheet.columns for sheet in reading.sheets}
    plan.rejected = list(reading.faults)
    plan.rejected_rows = list(reading.rejected_rows)
    plan.warnings = list(reading.warnings)
    offices = _offices(campaign, agency)
    placed = []
    for row in reading.rows:
        office, fault = _office_of(plan, row, offices)
        if fault:
            plan.rejected.append(fault)
            plan.rejected_rows.append(row)
        else:
            placed.append((row, office))
    known = _known(campaign, placed, as_of, today)
    for row, office in placed:
        key = (office.pk, match_key(row.values["party"], row.values.get("place")))
        planned = Planned(row, office, known.get(key))
        _compare(planned, plan)
        plan.rows.append(planned)
    _warn_near(plan)
    plan.rejected.sort(key=lambda fault: (fault.sheet, fault.row, fault.column))
    plan.rejected_rows.sort(key=lambda row: (row.sheet, row.row))
    return plan


def _offices(campaign, agency) -> dict:
    """County name (folded) → the natural-resources agency that handles it, under `agency`."""
    offices = {}
    members = Agency.objects.filter(memberships__campaign=campaign).natural_resources()
    for office in members.filter(path__startswith=agency.path).select_related("region__parent"):
        for name in (office.region.name, office.region.full_name):
            offices[fold(name)] = office
    return offices


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
    known = Region.objects.filter(name=typed).exists()
    place = f"{agency.name}的辖区" if known else "行政区划表"
    return None, plan.fault(
        row, "county", f"“{typed}”不在{place}内，不能由{agency.name}导入。请核对县市区名称。"
    )


def _known(campaign, placed, as_of, today) -> dict:
    """(agency, match key) → what stands already, in a constant number of queries per 500 rows."""
    keys = [match_key(row.values["party"], row.values.get("place")) for row, _ in placed]
    offices = {office.pk for _, office in placed}
    found = {}
    for start in range(0, len(keys), BATCH):
        entries = LedgerEntry.objects.filter(
            campaign=campaign,
            agency_id__in=offices,
            match_key__in=keys[start : start + BATCH],
            state=EntryState.IN,
        )
        batch = {entry.pk: Known(entry) for entry in entries}
        _add_imported(batch, as_of)
        found |= {(each.entry.agency_id, each.entry.match_key): each for each in batch.values()}
    _add_system(found, set(keys), campaign, offices, today)
    return found


def _add_imported(batch: dict, as_of) -> None:
    links = EntryLink.objects.filter(entry_id__in=batch, case__imported=True)
    cases = {link.case_id: batch[link.entry_id] for link in links}
    for case_id, known in cases.items():
        known.case_id = case_id
    for facts in ImportedFacts.objects.filter(case_id__in=cases).order_by("as_of", "pk"):
        known = cases[facts.case_id]
        known.latest = facts
        if facts.as_of <= as_of:
            known.then = facts


def _add_system(found: dict, keys: set, campaign, offices, today) -> None:
    """What the system draws for each row; also rows whose party was named after they were taken
    in, which are found by the words they now show."""
    by_entry = {known.entry.pk: known for known in found.values()}
    for office in Agency.objects.filter(pk__in=offices):
        for row in drawing.draw(campaign, agency=office, as_of=today):
            shown = match_key(row.values["party"], row.values["place"])
            if row.entry.pk not in by_entry and shown in keys:
                by_entry[row.entry.pk] = found.setdefault((row.agency_id, shown), Known(row.entry))
            if row.entry.pk in by_entry:
                by_entry[row.entry.pk].system = dict(row.values)


def _compare(planned: Planned, plan: Plan) -> None:
    """Fill in what the row would change, and list as conflicts what it may not."""
    row, known = planned.row, planned.known
    brought = {key: row.values.get(key) for key in KEYS if key in row.present}
    if known is None:
        planned.facts = brought
        return
    before = {key: getattr(known.then, key, None) for key in KEYS} if known.then else {}
    conflicts = _conflicts(known, brought, plan.as_of)
    settled = conflicts | _agreed(known, brought, plan.as_of)
    planned.facts = {**before, **{k: v for k, v in brought.items() if k not in settled}}
    if known.case_id is None:
        planned.facts = {}
    for key in conflicts:
        plan.warnings.append(plan.fault(row, key, _conflict(key, known.system.get(key))))
    if known.then is None and known.latest is not None:
        planned.history_only = True
        before = {key: getattr(known.latest, key) for key in KEYS}
    planned.changes = {
        FIELDS[key].label: (before.get(key), value)
        for key, value in planned.facts.items()
        if not same(before.get(key), value)
    }


def _agreed(known: Known, brought: dict, as_of) -> set:
    """Keys whose value the system shows already, from whatever fact: a ledger that was exported
    comes back unchanged. An older form fills history all the same."""
    if known.latest is not None and as_of < known.latest.as_of:
        return set()
    return {key for key, value in brought.items() if same(known.system.get(key), value)}


def _conflicts(known: Known, brought: dict, as_of) -> set:
    """Keys whose value was changed in the system since the last workbook and isn't the row's."""
    if known.latest is not None and as_of < known.latest.as_of:
        return set()
    found = set()
    for key, value in brought.items():
        imported = getattr(known.latest, key, None) if known.latest else None
        system = known.system.get(key)
        if key == "remark":
            system = known.entry.remark_typed if known.entry.remark_typed is not None else imported
            if known.latest is None and not value:
                continue
        if not same(system, imported) and not same(system, value):
            found.add(key)
    return found


def _conflict(key, system) -> str:
    now = "空" if system in (None, "") else _words(system)
    return f"系统中“{FIELDS[key].label}”已改为{now}，没有用表中的值覆盖。请核对以哪个为准。"


def _words(value) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return format(value, "f") if hasattr(value, "as_tuple") else str(value)


def same(one, other) -> bool:
    """Whether two cell values say the same; nothing and an empty text do."""
    return (one if one not in ("", None) else None) == (other if other not in ("", None) else None)


def _warn_near(plan: Plan) -> None:
    """Rows that may be a native entry written otherwise: a person joins them."""
    created = plan.of("created")
    natives = LedgerEntry.objects.filter(
        campaign=plan.campaign,
        agency_id__in={planned.agency.pk for planned in created},
        state=EntryState.IN,
        imported=False,
    ).values_list("agency_id", "party", "place")
    near = {(agency_id, fold(party)): place for agency_id, party, place in natives}
    for planned in created:
        place = near.get((planned.agency.pk, fold(planned.row.values["party"])))
        if place is not None:
            plan.warnings.append(
                plan.fault(
                    planned.row,
                    "party",
                    f"系统中已有同一当事人的条目（位置：{place or '未填'}）。"
                    "如是同一件，请在条目页关联。",
                )
            )
