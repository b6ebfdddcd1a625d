"""Importing a county's own workbook: one deed that writes bulk rows, numbers and the trail.

`preview_import` keeps the workbook and what it would do; `import_rows` does it.
"""

import tempfile
from pathlib import Path

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from accounts.models import local_today
from accounts.services import files, numbering, trail
from cases.models import Case, CaseParty, CaseState, ImportedFacts
from clues.models import Party, PartyKind
from common.errors import Refused
from common.words import fold
from ledgers.acts import LEDGER_ACTS
from ledgers.definitions import FORMS
from ledgers.matching import match_key
from ledgers.models import CountyLedger, EntryLink, ImportBatch, LedgerEntry
from ledgers.services.import_plan import BATCH, FACT_KEYS, Plan, plan_import
from ledgers.sheets.limits import Limits, Unreadable
from ledgers.sheets.reading import read_ledger

NUMBER_KIND, NUMBER_WORD = "imported_case", "台账"
FIRM_WORDS = (
    "公司",
    "厂",
    "矿",
    "场",
    "项目部",
    "合作社",
    "集团",
    "企业",
    "中心",
    "站",
    "部",
    "村委会",
)
WORKBOOK_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xls": "application/vnd.ms-excel",
}
ACT = LEDGER_ACTS.get("import_ledger")


def read_workbook(path: Path | str, campaign):
    """The workbook's ledger by the campaign's form; Refused with a sentence if none is there."""
    form = FORMS[campaign.form_code, campaign.form_version]
    try:
        return read_ledger(path, form, limits=Limits(bytes=settings.WORKBOOK_MAX_BYTES))
    except Unreadable as unreadable:
        raise Refused(unreadable.sentence) from unreadable


@transaction.atomic
def preview_import(*, by, ledger, upload, all_or_none=False, version=None) -> ImportBatch:
    """Keep an uploaded workbook and what it would do; nothing in the ledger changes.

    Raises Refused with a sentence where no ledger can be read.
    """
    LEDGER_ACTS.require("import_ledger", by, ledger)
    campaign, agency = ledger.campaign, ledger.agency
    reading = _read_upload(upload, campaign)
    stored = files.store(
        by=by, upload=upload, agency=agency, content_type=WORKBOOK_TYPES[reading.kind]
    )
    plan = plan_import(campaign=campaign, agency=agency, reading=reading, today=local_today())
    return ImportBatch.objects.create(
        campaign=campaign, agency=agency, workbook=stored, file_name=stored.name,
        as_of=plan.as_of, report={**plan.report(), "rows": shown_rows(plan)},
        all_or_none=all_or_none, imported_by=by,
    )  # fmt: skip


def _read_upload(upload, campaign):
    """Read an upload behind the gate before it is kept anywhere."""
    with tempfile.NamedTemporaryFile(suffix=Path(str(upload.name)).suffix[:8]) as draft:
        for chunk in upload.chunks():
            draft.write(chunk)
        draft.flush()
        return read_workbook(draft.name, campaign)


def shown_rows(plan: Plan) -> list[dict]:
    """The rows as the preview shows them: outcome, words, what changes, what is wrong and where."""
    faults = {}
    for fault in plan.rejected:
        faults.setdefault((fault.sheet, fault.row), {})[fault.key] = fault.reason
    rows = [_shown(each.row, each.outcome, each.changes, {}) for each in plan.rows]
    rows += [
        _shown(row, "rejected", {}, faults.get((row.sheet, row.row), {}))
        for row in plan.rejected_rows
    ]
    return rows


def _shown(row, outcome, changes, faults) -> dict:
    return {
        "sheet": row.sheet,
        "row": row.row,
        "outcome": outcome,
        "typed": dict(row.typed),
        "changes": trail.plain(changes),
        "faults": faults,
    }


def confirm_import(*, by, batch, all_or_none=False, version=None) -> ImportBatch:
    """Write what a preview showed, worked out anew against the ledger as it stands now."""
    if batch.state != "preview":
        raise Refused("这份工作簿已经导入过或已撤回，请重新选择文件。")
    if batch.workbook is None:
        raise Refused("这次导入没有保留工作簿，请重新选择文件。")
    reading = read_workbook(files.path_of(batch.workbook.sha256), batch.campaign)
    return import_rows(
        by=by, ledger=ledger_of(batch.campaign, batch.agency), reading=reading,
        all_or_none=all_or_none or batch.all_or_none, batch=batch,
    )  # fmt: skip


@transaction.atomic
def import_rows(*, by, ledger, reading, all_or_none=False, batch=None, file_name="") -> ImportBatch:
    """Write the clean rows of `reading` as one deed; returns the batch with its report.

    With `all_or_none` a single rejected row keeps everything out. Two imports into the same
    ledger wait for one another: its row is locked first.
    """
    ledger = locked(ledger)
    posting = LEDGER_ACTS.require("import_ledger", by, ledger)
    campaign, agency = ledger.campaign, ledger.agency
    plan = plan_import(campaign=campaign, agency=agency, reading=reading, today=local_today())
    report = plan.report()
    if batch is None:
        batch = ImportBatch(campaign=campaign, agency=agency, file_name=file_name, imported_by=by)
    batch.as_of, batch.all_or_none = plan.as_of, all_or_none
    batch.report = {**report, "rows": shown_rows(plan)}
    if all_or_none and plan.rejected:
        batch.report |= {
            "created": 0,
            "updated": 0,
            "held_back": report["created"] + report["updated"],
        }
        batch.save()
        return batch
    batch.state, batch.written_at = "written", timezone.now()
    batch.save()
    made = _create(by, plan, batch)
    undo = _update(plan, batch)
    batch.created = [entry.pk for entry in made]
    batch.report["undo"] = undo
    batch.save(update_fields=["created", "report"])
    _record(by, posting, plan, made, file_name or batch.file_name)
    return batch


def ledger_of(campaign, agency) -> CountyLedger:
    """An agency's ledger in a campaign; Refused where it isn't a member."""
    ledger = (
        CountyLedger.objects.filter(campaign=campaign, agency=agency)
        .select_related("campaign", "agency__region")
        .first()
    )
    if ledger is None:
        raise Refused(f"{agency.name}不是“{campaign.name}”的成员单位，不能导入。")
    return ledger


def locked(ledger) -> CountyLedger:
    """Lock this ledger and those below it: two imports into one ledger wait for one another."""
    list(
        CountyLedger.objects.select_for_update()
        .filter(campaign=ledger.campaign_id, agency__path__startswith=ledger.agency.path)
        .order_by("pk")
        .values_list("pk")
    )
    return ledger_of(ledger.campaign, ledger.agency)


def _create(by, plan: Plan, batch) -> list[LedgerEntry]:
    """Entries, imported cases, parties and facts of the new rows, 500 at a time."""
    made = []
    for office_rows in _by_office(plan.of("created")).values():
        office = office_rows[0].agency
        top = LedgerEntry.objects.filter(campaign=plan.campaign, agency=office).aggregate(
            top=models.Max("position")
        )["top"]
        for start in range(0, len(office_rows), BATCH):
            rows = office_rows[start : start + BATCH]
            made += _create_batch(by, plan, batch, office, rows, (top or 0) + start)
    return made


def _by_office(rows) -> dict:
    grouped = {}
    for planned in rows:
        grouped.setdefault(planned.agency.pk, []).append(planned)
    return grouped


def _create_batch(by, plan, batch, office, rows, top) -> list[LedgerEntry]:
    numbers = numbering.issue_many(
        agency=office, kind=NUMBER_KIND, word=NUMBER_WORD, year=plan.as_of.year, count=len(rows)
    )
    cases = Case.objects.bulk_create(
        [_case(each, number, plan.as_of) for each, number in zip(rows, numbers, strict=True)]
    )
    parties = Party.objects.bulk_create([_party(each) for each in rows])
    CaseParty.objects.bulk_create(
        [CaseParty(case=case, party=party) for case, party in zip(cases, parties, strict=True)]
    )
    entries = LedgerEntry.objects.bulk_create(
        [_entry(by, plan, each, top + n) for n, each in enumerate(rows, 1)]
    )
    EntryLink.objects.bulk_create(
        [EntryLink(entry=entry, case=case) for entry, case in zip(entries, cases, strict=True)]
    )
    ImportedFacts.objects.bulk_create(
        [_facts(case.pk, plan, batch, each) for case, each in zip(cases, rows, strict=True)]
    )
    return entries


def _case(planned, number, as_of) -> Case:
    values = planned.row.values
    mining = any(values.get(key) is not None for key in ("mined_tonnes", "mining_fine"))
    return Case(
        agency=planned.agency, number=number, state=CaseState.INVESTIGATION, imported=True,
        cause="涉嫌非法采矿" if mining or values.get("mineral") else "涉嫌非法占地",
        found_on=None, county=planned.agency.region, place=(values.get("place") or "")[:200],
        mineral=(values.get("mineral") or "")[:60], facts=f"由台账导入，数据截止{as_of}。",
    )  # fmt: skip


def _party(planned) -> Party:
    name = planned.row.values["party"][:120]
    firm = any(word in name for word in FIRM_WORDS)
    unknown = "不明" in name
    kind = PartyKind.UNKNOWN if unknown else PartyKind.ORGANISATION if firm else PartyKind.PERSON
    return Party(agency=planned.agency, kind=kind, name=name, name_fold=fold(name))


def _entry(by, plan, planned, position) -> LedgerEntry:
    values = planned.row.values
    return LedgerEntry(
        campaign=plan.campaign, agency=planned.agency, position=position,
        party=values["party"][:300], place=(values.get("place") or "")[:300],
        mineral=(values.get("mineral") or "")[:60],
        match_key=match_key(values["party"], values.get("place")),
        opened_on=plan.as_of, imported=True, recorded_by=by,
    )  # fmt: skip


def _facts(case_id, plan, batch, planned) -> ImportedFacts:
    facts = planned.facts
    return ImportedFacts(
        case_id=case_id, as_of=plan.as_of, batch_id=batch.pk,
        mineral=facts.get("mineral") or "", remark=facts.get("remark") or "",
        **{key: facts.get(key) for key in FACT_KEYS},
    )  # fmt: skip


def _update(plan: Plan, batch) -> dict:
    """Append the facts of changed rows; move an entry's first day back; what undo must restore."""
    facts, entries, undo = [], [], {}
    for planned in plan.rows:
        known = planned.known
        if known is None or known.case_id is None:
            continue
        if planned.changes or planned.history_only:
            facts.append(_facts(known.case_id, plan, batch, planned))
            if _amend(planned, plan, undo):
                entries.append(known.entry)
    ImportedFacts.objects.bulk_create(facts, batch_size=BATCH)
    LedgerEntry.objects.bulk_update(entries, ["opened_on", "mineral", "version"], batch_size=BATCH)
    return undo


def _amend(planned, plan: Plan, undo: dict) -> bool:
    """Set what a newer form says of the entry's own words; True if it changed."""
    entry, latest = planned.known.entry, planned.known.latest
    before = {"opened_on": entry.opened_on.isoformat(), "mineral": entry.mineral}
    entry.opened_on = min(entry.opened_on, plan.as_of)
    newer = latest is None or plan.as_of >= latest.as_of
    if newer and latest and entry.mineral == latest.mineral:
        entry.mineral = (planned.facts.get("mineral") or "")[:60]
    changed = before != {"opened_on": entry.opened_on.isoformat(), "mineral": entry.mineral}
    if changed:
        entry.version += 1
        undo[str(entry.pk)] = {**before, "version": entry.version}
    return changed


def _record(by, posting, plan: Plan, made, file_name) -> None:
    """One trail line per entry written, in its county's own chain."""
    lines = {}
    for entry in made:
        lines.setdefault(entry.trail_chain, []).append(
            (entry, {"企业名称（个人）": (None, entry.party)})
        )
    for planned in plan.of("updated"):
        if planned.known.case_id:
            entry = planned.known.entry
            lines.setdefault(entry.trail_chain, []).append((entry, planned.changes))
    for chain, rows in lines.items():
        trail.record_many(
            by=by, act=ACT, chain=chain, lines=rows, posting=posting,
            happened_on=plan.as_of, reason=f"导入工作簿：{file_name}",
        )  # fmt: skip
