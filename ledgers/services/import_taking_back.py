"""A long import taken back some rows at a time in the background, as it was written.

Somebody asked for it (`undone_by`), or it couldn't be written to its end. It may be killed at any point,
run twice or at once. A row that somebody touched meanwhile stays as it stands, and is told.
"""

import logging
from datetime import datetime
from functools import partial

from django.db import transaction
from django.db.models import F, ProtectedError
from django.utils import timezone

from accounts.services import trail
from ledgers.acts import LEDGER_ACTS
from ledgers.models import ImportBatch, ImportedValues, ImportState
from ledgers.services import import_slices
from ledgers.services.import_locking import ledger_of, locked, locked_batch
from ledgers.services.import_removal import Parts, remove, touched_of
from ledgers.signals import import_waits
from reminders import slices

KEPT = "有 {count} 条在撤回期间已有人修改或关联，仍在台账中，请逐条处理；其余的已撤回。"
logger = logging.getLogger(__name__)


def begin(batch: ImportBatch, *, ring: bool = True) -> None:
    """Set the taking back going; call with its ledger and its row locked. Without `ring` the caller
    carries it on."""
    batch.state, batch.done, batch.total = ImportState.UNDOING, 0, len(Parts.of(batch))
    batch.falls, batch.moved_at = 0, timezone.now()
    batch.save(update_fields=["state", "done", "total", "falls", "moved_at", "stopped", "undone_by"])
    if ring:
        transaction.on_commit(partial(import_waits.send, sender=ImportBatch, key=batch.pk))


def carry_on(*, key: int, until: datetime) -> bool:
    """Take rows back until a moment; whether there are more. What falls is tried again by the sweep, for
    half an import is nobody's ledger."""
    try:
        return slices.carry_on(TakingBack(key).some, until)
    except Exception:
        logger.exception("import %s fell while it was taken back", key)
        ImportBatch.objects.filter(pk=key).update(falls=F("falls") + 1, moved_at=timezone.now())
        return False


class TakingBack:
    """One import as one worker takes it back."""

    def __init__(self, key: int):
        self.key = key
        self.size = import_slices.SLICE

    def some(self) -> bool:
        """Take the next rows back; whether there are more."""
        batch = _undoing(self.key)
        if batch is None:
            return False
        began, url = timezone.now(), batch.get_absolute_url()
        with transaction.atomic():
            locked(ledger_of(batch.campaign, batch.agency))
            batch = locked_batch(batch, but=import_slices.LARGE)
            if batch.state != ImportState.UNDOING:
                return False
            parts = Parts.of(batch)
            _remove_untouched(batch, parts.part(batch.done, self.size))
            batch.done, batch.moved_at = min(batch.done + self.size, len(parts)), timezone.now()
            batch.falls = 0
            if batch.done == len(parts):
                _end(batch, url)
            batch.save(update_fields=["done", "moved_at", "falls"])
        self.size = import_slices.next_size(self.size, began)
        return batch.state == ImportState.UNDOING


def _undoing(key: int) -> ImportBatch | None:
    rows = ImportBatch.objects.filter(pk=key, state=ImportState.UNDOING)
    return rows.defer(*import_slices.LARGE, "created", "undo").select_related("campaign", "agency").first()


def _remove_untouched(batch: ImportBatch, part: Parts) -> None:
    free = part.without(touched_of(batch, part))
    if _removed(batch, free):
        return
    for one in free.one_by_one():
        _removed(batch, one)


def _removed(batch: ImportBatch, part: Parts) -> bool:
    """Whether they went: something else may point at one of them by now."""
    try:
        with transaction.atomic():
            remove(batch, part)
    except ProtectedError:
        return False
    return True


def _end(batch: ImportBatch, url: str) -> None:
    """All were looked at: it is taken back, or asks again; what had to stay is told."""
    left = ImportedValues.objects.filter(batch=batch).values("case_id").distinct().count()
    asked = batch.undone_by is not None
    if left:
        _keep(batch, left)
    elif asked:
        batch.state, batch.undone_at = ImportState.UNDONE, batch.moved_at
    else:
        batch.state, batch.created, batch.undo, batch.done = ImportState.PREVIEW, [], {}, 0
    batch.save(update_fields=["state", "created", "undo", "undone_at", "written_at", "stopped"])
    title = "台账导入没有全部撤回" if left else "台账导入已撤回"
    import_slices.tell(
        batch, batch.undone_by or batch.confirmed_by, title if asked else "台账导入没有写完", url
    )


def _keep(batch: ImportBatch, left: int) -> None:
    """Rows that somebody touched meanwhile stay, as what the import wrote."""
    batch.state, batch.written_at = ImportState.WRITTEN, batch.written_at or batch.moved_at
    batch.stopped = KEPT.format(count=left)
    if batch.undone_by:
        trail.record(
            by=batch.undone_by,
            act=LEDGER_ACTS.get("undo_import"),
            thing=ledger_of(batch.campaign, batch.agency),
            changes={"撤回期间有人改动，保留": ("", f"{left}条")},
        )
