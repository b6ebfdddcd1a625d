"""Taking a whole import back, until something in it was touched or submitted."""

from django.db import transaction
from django.utils import timezone

from accounts.models import IssuedNumber
from accounts.services import trail
from cases.models import Case, CaseParty, ImportedFacts
from clues.models import Party
from common.errors import Refused
from ledgers.acts import LEDGER_ACTS
from ledgers.models import EntryLink, ImportBatch, LedgerEntry, SubmissionRow
from ledgers.services.import_plan import BATCH
from ledgers.services.importing import NUMBER_KIND, ledger_of, locked


@transaction.atomic
def undo_import(*, by, batch, reason="", version=None) -> ImportBatch:
    """Take a whole import back; refused once something in it was touched or submitted."""
    ledger = locked(ledger_of(batch.campaign, batch.agency))
    posting = LEDGER_ACTS.require("undo_import", by, ledger)
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if batch.state != "written":
        raise Refused("这次导入没有写入台账，或已经撤回，不用再撤回。")
    entries = list(LedgerEntry.objects.select_for_update().filter(pk__in=batch.created))
    restored = LedgerEntry.objects.select_for_update().filter(pk__in=batch.report.get("undo", {}))
    restored = list(restored)
    _refuse_if_touched(batch, entries, restored)
    ImportedFacts.objects.filter(batch_id=batch.pk).delete()
    _restore(batch, restored)
    _remove(entries)
    batch.state, batch.undone_at = "undone", timezone.now()
    batch.save(update_fields=["state", "undone_at"])
    trail.record(
        by=by, act=LEDGER_ACTS.get("undo_import"), thing=ledger, posting=posting, reason=reason,
        changes={"撤回新增条目": (len(entries), 0), "工作簿": (batch.file_name, "")},
    )  # fmt: skip
    return batch


def _refuse_if_touched(batch, entries, restored) -> None:
    cases = Case.objects.filter(entry_links__entry__in=entries, imported=True)
    undo = batch.report.get("undo", {})
    touched = (
        any(entry.version > 1 for entry in entries)
        or any(entry.version != undo[str(entry.pk)]["version"] for entry in restored)
        or cases.filter(version__gt=1).exists()
        or EntryLink.objects.filter(entry__in=entries).count() != len(entries)
    )
    if touched:
        raise Refused("导入的条目已有人修改或关联，不能整批撤回。请逐条处理。")
    facts = ImportedFacts.objects.filter(batch_id=batch.pk)
    later = ImportedFacts.objects.filter(case_id__in=facts.values("case_id"), batch_id__gt=batch.pk)
    if later.exists():
        raise Refused("之后又导入过包含这些条目的工作簿，请先撤回后一次导入。")
    links = EntryLink.objects.filter(case_id__in=facts.values("case_id"))
    keys = links.values("entry__public_id")
    submitted = SubmissionRow.objects.filter(
        submission__campaign=batch.campaign,
        submission__submitted_at__gte=batch.written_at,
        entry_key__in=keys,
    )
    if submitted.exists():
        raise Refused("导入的条目已随台账报送，不能整批撤回。需要更正的，请修改后重新报送。")


def _restore(batch, restored) -> None:
    undo = batch.report.get("undo", {})
    for entry in restored:
        before = undo[str(entry.pk)]
        entry.opened_on, entry.mineral = before["opened_on"], before["mineral"]
        entry.version += 1
    LedgerEntry.objects.bulk_update(restored, ["opened_on", "mineral", "version"], batch_size=BATCH)


def _remove(entries) -> None:
    """The rows that this import alone made; their numbers stay listed as voided."""
    links = EntryLink.objects.filter(entry__in=entries)
    case_ids = list(links.values_list("case_id", flat=True))
    cases = Case.objects.filter(pk__in=case_ids)
    numbers = list(cases.values_list("agency_id", "number"))
    party_ids = list(
        CaseParty.objects.filter(case_id__in=case_ids).values_list("party_id", flat=True)
    )
    links.delete()
    LedgerEntry.objects.filter(pk__in=[entry.pk for entry in entries]).delete()
    CaseParty.objects.filter(case_id__in=case_ids).delete()
    cases.delete()
    Party.objects.filter(pk__in=party_ids, clue_links=None, case_links=None).delete()
    for agency_id in {agency_id for agency_id, _ in numbers}:
        IssuedNumber.objects.filter(
            agency_id=agency_id, kind=NUMBER_KIND, text__in=[text for _, text in numbers]
        ).update(voided_reason="撤回导入")
