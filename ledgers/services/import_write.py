"""Writing rows of an import plan: entries, cases, facts, the trail; at most 500 values a statement."""

from collections import defaultdict
from datetime import date

from django.db import models

from accounts.models import Agency, Posting, User
from accounts.services import numbering, trail
from cases.models import Case, CaseParty, CaseState
from common.words import fold
from ledgers.acts import LEDGER_ACTS
from ledgers.fields import FIELDS, is_blank
from ledgers.models import EntryLink, ImportBatch, ImportedValues, LedgerEntry
from ledgers.services.import_plan import Plan, Planned
from ledgers.services.import_standing import BATCH
from ledgers.sheets.choices import Choices
from registry.models import Party, PartyKind
from registry.services import words

NUMBER_KIND, NUMBER_WORD = "imported_case", "台账"
FIRM_WORDS = ("公司", "厂", "矿", "场", "项目部", "合作社", "集团", "企业", "中心", "站", "部", "村委会")


def write_rows(by: User, posting: Posting, plan: Plan, batch: ImportBatch, rows: list[Planned]) -> None:
    """Write planned rows, and into the batch what it made and how the others stood before."""
    made = _create(by, plan, batch, [planned for planned in rows if planned.outcome == "created"])
    known = [planned for planned in rows if planned.outcome != "created"]
    batch.undo = _update(plan, batch, known)
    batch.created = [*batch.created, *(entry.pk for _, entry in made)]
    _record(by, posting, batch, _told(batch, made, known))


def _create(
    by: User, plan: Plan, batch: ImportBatch, new: list[Planned]
) -> list[tuple[Planned, LedgerEntry]]:
    """Entries, imported cases, parties and facts of the new rows."""
    made = []
    for rows in _by_office(new).values():
        office = rows[0].agency
        last = LedgerEntry.objects.filter(campaign=plan.campaign, agency=office).aggregate(
            last=models.Max("position")
        )["last"]
        for start in range(0, len(rows), BATCH):
            part = rows[start : start + BATCH]
            entries = _create_batch(by, plan, batch, office, part, (last or 0) + start)
            made += zip(part, entries, strict=True)
    return made


def _by_office(rows: list[Planned]) -> dict[int, list[Planned]]:
    grouped = {}
    for planned in rows:
        grouped.setdefault(planned.agency.pk, []).append(planned)
    return grouped


def _create_batch(
    by: User, plan: Plan, batch: ImportBatch, office: Agency, rows: list[Planned], last: int
) -> list[LedgerEntry]:
    cases = _cases(plan, office, rows)
    parties = Party.objects.bulk_create([_party(each) for each in rows])
    CaseParty.objects.bulk_create(
        [CaseParty(case=case, party=party) for case, party in zip(cases, parties, strict=True)]
    )
    words.renew(Case._meta.label_lower, [case.pk for case in cases])
    entries = LedgerEntry.objects.bulk_create(
        [_entry(by, plan, each, last + n) for n, each in enumerate(rows, 1)]
    )
    EntryLink.objects.bulk_create(
        [EntryLink(entry=entry, case=case) for entry, case in zip(entries, cases, strict=True)]
    )
    told = [
        _facts(case.pk, plan, batch, day, facts)
        for case, each in zip(cases, rows, strict=True)
        for day, facts in [(each.as_of, each.facts), *each.earlier]
    ]
    ImportedValues.objects.bulk_create(told, batch_size=BATCH)
    return entries


def _cases(plan: Plan, office: Agency, rows: list[Planned]) -> list[Case]:
    """One imported case for each row, numbered in the office's own series."""
    numbers = numbering.issue_many(
        agency=office, kind=NUMBER_KIND, word=NUMBER_WORD, year=plan.as_of.year, count=len(rows)
    )
    return Case.objects.bulk_create(
        [_case(plan, each, number) for each, number in zip(rows, numbers, strict=True)]
    )


def _case(plan: Plan, planned: Planned, number: str) -> Case:
    values = planned.row.values
    return Case(
        agency=planned.agency,
        number=number,
        state=CaseState.INVESTIGATION,
        imported=True,
        cause=_cause(plan, planned),
        found_on=None,
        county=planned.agency.region,
        place=values.get("place") or "",
        mineral=values.get("mineral") or "",
        facts=f"由台账导入，数据截止{planned.as_of}。",
    )


def _cause(plan: Plan, planned: Planned) -> str:
    """What the case is about, as the filled columns tell; else it is about land."""
    causes = (f.cause for f in plan.form.fields if f.cause and not is_blank(planned.row.values.get(f.key)))
    return next(causes, "涉嫌非法占地")


def _party(planned: Planned) -> Party:
    name = planned.row.values["party"]
    firm = any(word in name for word in FIRM_WORDS)
    unknown = "不明" in name
    kind = PartyKind.UNKNOWN if unknown else PartyKind.ORGANISATION if firm else PartyKind.PERSON
    return Party(agency=planned.agency, kind=kind, name=name, name_fold=fold(name))


def _entry(by: User, plan: Plan, planned: Planned, position: int) -> LedgerEntry:
    values = planned.row.values
    return LedgerEntry(
        campaign=plan.campaign,
        agency=planned.agency,
        position=position,
        party=values["party"],
        place=values.get("place") or "",
        mineral=values.get("mineral") or "",
        match_key=planned.key,
        import_key=planned.key,
        opened_on=planned.opened_on,
        imported=True,
        recorded_by=by,
    )


def _facts(case_id: int, plan: Plan, batch: ImportBatch, day: date, facts: dict) -> ImportedValues:
    values = {field.key: field.keep(facts.get(field.key)) for field in plan.form.imported}
    return ImportedValues(case_id=case_id, as_of=day, batch=batch, values=values)


def _update(plan: Plan, batch: ImportBatch, rows: list[Planned]) -> dict:
    """Append the facts of changed rows, move an entry's first day back; returns how each stood
    before and right after, for taking it back."""
    attached = _attach([planned for planned in rows if planned.stands.case_id is None], plan)
    facts, changed, undo = [], {}, dict(batch.undo)
    for planned in rows:
        stands, entry = planned.stands, planned.stands.entry
        was = undo.get(str(entry.pk), {})
        is_new = entry.pk in attached and not was
        facts.append(_facts(stands.case_id, plan, batch, planned.as_of, planned.facts))
        before = _amend(planned, is_new)
        if before:
            changed[entry.pk] = entry
        undo[str(entry.pk)] = {
            "version": entry.version,
            "case": stands.case_id,
            "case_version": stands.case_version,
            "attached": is_new or was.get("attached", False),
            "before": was.get("before") or before,
        }
    ImportedValues.objects.bulk_create(facts, batch_size=BATCH)
    LedgerEntry.objects.bulk_update(changed.values(), ["opened_on", "mineral", "version"], batch_size=BATCH)
    return undo


def _attach(rows: list[Planned], plan: Plan) -> set[int]:
    """A native entry takes up an imported case for what the system has not; its parties stay
    those of its own cases. Returns the entries."""
    once = list({planned.stands.entry.pk: planned for planned in rows}.values())
    for office_rows in _by_office(once).values():
        for start in range(0, len(office_rows), BATCH):
            part = office_rows[start : start + BATCH]
            cases = _cases(plan, part[0].agency, part)
            words.renew(Case._meta.label_lower, [case.pk for case in cases])
            EntryLink.objects.bulk_create(
                [
                    EntryLink(entry=planned.stands.entry, case=case)
                    for planned, case in zip(part, cases, strict=True)
                ]
            )
            for planned, case in zip(part, cases, strict=True):
                planned.stands.case_id, planned.stands.case_version = case.pk, case.version
    return {planned.stands.entry.pk for planned in rows}


def _amend(planned: Planned, attached: bool) -> dict | None:
    """Set what a newer form says of an imported entry's own words; how they were if it changed."""
    entry, latest = planned.stands.entry, planned.stands.latest
    before = {"opened_on": entry.opened_on.isoformat(), "mineral": entry.mineral}
    if entry.imported:
        entry.opened_on = min(entry.opened_on, planned.as_of)
        if latest and not planned.older and entry.mineral == (latest.of("mineral") or ""):
            entry.mineral = planned.facts.get("mineral") or ""
    now = {"opened_on": entry.opened_on.isoformat(), "mineral": entry.mineral}
    if now == before and not attached:
        return None
    entry.version += 1
    return {**before, "version": entry.version - 1}


def _told(
    batch: ImportBatch, made: list[tuple[Planned, LedgerEntry]], known: list[Planned]
) -> list[tuple[LedgerEntry, dict]]:
    """What the trail tells of each entry, and which of its cells were typed in the preview."""
    corrected = _corrected(batch)
    lines = [(planned, entry, {"企业名称（个人）": (None, entry.party)}) for planned, entry in made]
    for planned in known:
        changes = planned.changes or {"补入历史": ("", f"数据截止{planned.as_of}")}
        lines.append((planned, planned.stands.entry, changes))
    return [
        (
            entry,
            changes | {k: v for line in planned.lines for k, v in corrected[line.sheet, line.row].items()},
        )
        for planned, entry, changes in lines
    ]


def _corrected(batch: ImportBatch) -> dict[tuple[str, int], dict]:
    """(sheet, row) → what was typed in the preview: the cell as it stood, and as it was typed."""
    edits = Choices.from_dict(batch.choices).edits
    corrected = defaultdict(dict)
    for sheet, row, key, old in batch.choices.get("edited", ()):
        label = f"预览中改正“{FIELDS[key].label}”"
        corrected[sheet, row][label] = (old, edits.get((sheet, row, key), ""))
    return corrected


def _record(by: User, posting: Posting, batch: ImportBatch, told: list[tuple[LedgerEntry, dict]]) -> None:
    """One trail line per entry written, in its county's own chain."""
    lines = defaultdict(list)
    for entry, changes in told:
        lines[entry.trail_chain].append((entry, changes))
    for chain, rows in lines.items():
        trail.record_many(
            by=by,
            act=LEDGER_ACTS.get("import_ledger"),
            chain=chain,
            lines=rows,
            posting=posting,
            happened_on=batch.as_of,
            reason=f"导入工作簿：{batch.file_name}",
        )
