"""Taking a whole import back, until something in it was touched or submitted."""

from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone

from accounts.models import IssuedNumber, User
from accounts.services import trail
from cases.models import Case, CaseParty
from common.errors import Refused
from ledgers.acts import LEDGER_ACTS
from ledgers.models import EntryCheck, EntryLink, ImportBatch, ImportedValues, LedgerEntry, SubmissionRow
from ledgers.services.import_standing import BATCH
from ledgers.services.import_write import NUMBER_KIND
from ledgers.services.importing import ledger_of, locked, locked_batch
from registry.models import Party

TOUCHED = "导入的条目已有人修改或关联，不能整批撤回。请逐条处理。"


@transaction.atomic
def undo_import(
    *, by: User, batch: ImportBatch, reason: str = "", version: int | str | None = None
) -> ImportBatch:
    """Take a whole import back; refused once something in it was touched or submitted."""
    ledger = locked(ledger_of(batch.campaign, batch.agency))
    posting = LEDGER_ACTS.require("undo_import", by, ledger)
    batch = locked_batch(batch)
    if batch.state != "written":
        raise Refused("这次导入没有写入台账，或已经撤回，不用再撤回。")
    entries = list(LedgerEntry.objects.select_for_update().filter(pk__in=batch.created))
    updated = list(LedgerEntry.objects.select_for_update().filter(pk__in=batch.undo))
    _refuse_if_followed(batch)
    _refuse_if_touched(batch, entries, updated)
    try:
        _take_back(batch, entries, updated)
    except ProtectedError:
        # Whatever else points at the rows by now: a referral, a document, a decision.
        raise Refused(TOUCHED) from None
    batch.state, batch.undone_at = "undone", timezone.now()
    batch.save(update_fields=["state", "undone_at"])
    trail.record(
        by=by,
        act=LEDGER_ACTS.get("undo_import"),
        thing=ledger,
        posting=posting,
        reason=reason,
        changes={"撤回新增条目": (len(entries), 0), "工作簿": (batch.file_name, "")},
    )
    return batch


def _refuse_if_touched(batch: ImportBatch, entries: list[LedgerEntry], updated: list[LedgerEntry]) -> None:
    """Every row is as the import left it: those made at their first version, those updated at the
    versions of entry and case that were kept at the time."""
    cases = Case.objects.filter(entry_links__entry__in=entries, imported=True)
    case_versions = {was["case"]: was["case_version"] for was in batch.undo.values() if was.get("case")}
    versions = dict(Case.objects.filter(pk__in=case_versions).values_list("pk", "version"))
    touched = (
        len(entries) != len(batch.created)
        or any(entry.version > 1 for entry in entries)
        or any(entry.version != batch.undo[str(entry.pk)]["version"] for entry in updated)
        or versions != case_versions
        or cases.filter(version__gt=1).exists()
        or EntryLink.objects.filter(entry__in=entries).count() != len(entries)
    )
    if touched:
        raise Refused(TOUCHED)


def _refuse_if_followed(batch: ImportBatch) -> None:
    """Nothing imported on top of it, nothing reported."""
    own = ImportedValues.objects.filter(batch_id=batch.pk)
    later = ImportedValues.objects.filter(case_id__in=own.values("case_id"), batch_id__gt=batch.pk)
    if later.exists():
        raise Refused("之后又导入过包含这些条目的工作簿，请先撤回后一次导入。")
    links = EntryLink.objects.filter(case_id__in=own.values("case_id"))
    submitted = SubmissionRow.objects.filter(
        submission__campaign=batch.campaign,
        submission__submitted_at__gte=batch.written_at,
        entry_key__in=links.values("entry__public_id"),
    )
    if submitted.exists():
        raise Refused("导入的条目已随台账报送，不能整批撤回。需要更正的，请修改后重新报送。")


def _take_back(batch: ImportBatch, entries: list[LedgerEntry], updated: list[LedgerEntry]) -> None:
    ImportedValues.objects.filter(batch_id=batch.pk).delete()
    _restore(batch, updated)
    links = EntryLink.objects.filter(entry__in=entries)
    cases = list(links.values_list("case_id", flat=True))
    attached = [was["case"] for was in batch.undo.values() if was.get("attached")]
    EntryLink.objects.filter(case_id__in=attached).delete()
    links.delete()
    # That somebody checked rows which nobody reported goes with the rows.
    EntryCheck.objects.filter(entry__in=entries).delete()
    LedgerEntry.objects.filter(pk__in=[entry.pk for entry in entries]).delete()
    _remove_cases([*cases, *attached])


def _restore(batch: ImportBatch, updated: list[LedgerEntry]) -> None:
    """Entries that stood before get back their words, and the version that an earlier import
    knows them by."""
    changed = []
    for entry in updated:
        before = batch.undo[str(entry.pk)].get("before")
        if before:
            entry.opened_on, entry.mineral = before["opened_on"], before["mineral"]
            entry.version = before["version"]
            changed.append(entry)
    LedgerEntry.objects.bulk_update(changed, ["opened_on", "mineral", "version"], batch_size=BATCH)


def _remove_cases(case_ids: list[int]) -> None:
    """The imported cases that this import alone made; their numbers stay listed as voided."""
    cases = Case.objects.filter(pk__in=case_ids)
    numbers = list(cases.values_list("agency_id", "number"))
    party_ids = list(CaseParty.objects.filter(case_id__in=case_ids).values_list("party_id", flat=True))
    CaseParty.objects.filter(case_id__in=case_ids).delete()
    cases.delete()
    Party.objects.filter(pk__in=party_ids, clue_links=None, case_links=None).delete()
    for agency_id in {agency_id for agency_id, _ in numbers}:
        IssuedNumber.objects.filter(
            agency_id=agency_id, kind=NUMBER_KIND, text__in=[text for _, text in numbers]
        ).update(voided_reason="撤回导入")
