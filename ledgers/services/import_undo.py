"""Taking a whole import back, until something in it was touched or submitted.

A small one at once; a long one row by row in the background (`import_taking_back`).
"""

from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone

from accounts.models import User
from accounts.services import trail
from common.errors import Refused
from ledgers.acts import LEDGER_ACTS
from ledgers.models import EntryLink, ImportBatch, ImportedValues, ImportState, SubmissionRow
from ledgers.services import import_slices, import_taking_back
from ledgers.services.import_locking import ledger_of, locked, locked_batch, refuse_while_written
from ledgers.services.import_removal import Parts, remove, touched_of

TOUCHED = "导入的条目已有人修改或关联，不能整批撤回。请逐条处理。"


@transaction.atomic
def undo_import(
    *, by: User, batch: ImportBatch, reason: str = "", version: int | str | None = None
) -> ImportBatch:
    """Take a whole import back; refused once something in it was touched or submitted."""
    ledger = locked(ledger_of(batch.campaign, batch.agency))
    posting = LEDGER_ACTS.require("undo_import", by, ledger)
    refuse_while_written(ledger, "撤回导入")
    batch = locked_batch(batch, but=import_slices.LARGE)
    if batch.state != ImportState.WRITTEN:
        raise Refused("这次导入没有写入台账，或已经撤回，不用再撤回。")
    parts = Parts.of(batch)
    _refuse_if_followed(batch)
    if touched_of(batch, parts):
        raise Refused(TOUCHED)
    batch.undone_by = by
    if len(parts) > import_slices.AT_ONCE:
        import_taking_back.begin(batch)
    else:
        _take_back(batch, parts)
    trail.record(
        by=by,
        act=LEDGER_ACTS.get("undo_import"),
        thing=ledger,
        posting=posting,
        reason=reason,
        changes={"撤回新增条目": (len(parts.created), 0), "工作簿": (batch.file_name, "")},
    )
    return batch


def _take_back(batch: ImportBatch, parts: Parts) -> None:
    try:
        remove(batch, parts)
    except ProtectedError:
        # Whatever else points at the rows by now: a referral, a document, a decision.
        raise Refused(TOUCHED) from None
    batch.state, batch.undone_at = ImportState.UNDONE, timezone.now()
    batch.save(update_fields=["state", "undone_by", "undone_at"])


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
