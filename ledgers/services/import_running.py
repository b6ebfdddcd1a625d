"""A long import, written some rows at a time in the background.

Each slice is a transaction of its own, so that nobody waits for the whole; it may be killed at any
point, run twice or at once. What is left is worked out anew against the ledger: rows that are written
already say nothing new. What can't be written to its end is taken back (`import_taking_back`): an import
is there whole or not at all.
"""

import logging
from datetime import datetime
from functools import partial

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from accounts.models import Posting, User, local_today
from common.errors import Refused
from ledgers.acts import LEDGER_ACTS
from ledgers.models import EntryState, ImportBatch, ImportState, LedgerEntry
from ledgers.services import import_slices, import_taking_back, import_write
from ledgers.services.import_locking import ledger_of, locked, locked_batch
from ledgers.services.import_plan import Plan, Planned
from ledgers.services.import_planning import plan_import
from ledgers.services.import_reading import read_kept, wanted_of
from ledgers.services.import_removal import Parts, touched_of
from ledgers.services.import_shown import report_of, shown_rows
from ledgers.signals import import_waits
from reminders import slices

# An import that falls so often is taken back.
FALLS = 3
PROGRESS = ("state", "confirmed_by", "all_or_none", "done", "total", "falls", "stopped", "moved_at")
WRITES = ("created", "updated", "history")
HELD = "写入前重新核对时有一行有问题，按“有一行有问题就全部不写入”没有写入。请核对后再写入。"
FELL = "写入时出了错，已写的部分全部撤回，台账没有变化。请稍后再写入；仍不成的，告诉系统管理员。"
STUCK = "写入中途停止：已写入的条目有人改过，不能整批撤回。请逐条核对，没有写入的可以再导入一次。"
CHANGED = "写入期间台账有改动，有 {count} 行没有写入，其余的已写入。请再导入这份工作簿，核对这些行。"
logger = logging.getLogger(__name__)


def begin(*, by: User, batch: ImportBatch, ring: bool = True) -> ImportBatch:
    """Set a long import going; call with its ledger and its row locked. Without `ring` the caller
    carries it on."""
    batch.state, batch.confirmed_by = ImportState.WRITING, by
    batch.done, batch.total = 0, sum(row["outcome"] in WRITES for row in batch.rows)
    batch.falls, batch.stopped, batch.moved_at = 0, "", timezone.now()
    batch.save(update_fields=PROGRESS)
    if ring:
        transaction.on_commit(partial(import_waits.send, sender=ImportBatch, key=batch.pk))
    return batch


def carry_on(*, key: int, until: datetime) -> bool:
    """Write an import, or take it back, until a moment; whether there is more to do."""
    try:
        if slices.carry_on(_Writing(key).some, until):
            return True
    except Refused as refusal:
        _stop(key, refusal.sentence)
    except Exception:
        logger.exception("import %s fell while it was written", key)
        ImportBatch.objects.filter(pk=key).update(falls=F("falls") + 1, moved_at=timezone.now())
        if ImportBatch.objects.filter(pk=key, falls__gte=FALLS).exists():
            _stop(key, FELL)
    return import_taking_back.carry_on(key=key, until=until)


def tend(now: datetime) -> int:
    """Before each sweep: ring again for what stands still. Makes nothing due."""
    stalled = ImportBatch.objects.filter(state__in=ImportState.half(), moved_at__lt=now - slices.STALLED)
    for key in stalled.values_list("pk", flat=True):
        import_waits.send(sender=ImportBatch, key=key)
    return 0


class _Writing:
    """One import as one worker writes it: the plan, and what of it is left."""

    def __init__(self, key: int):
        self.key = key
        self.plan: Plan | None = None
        self.left: list[Planned] = []
        self.done = 0
        self.url = ""
        self.size = import_slices.SLICE

    def some(self) -> bool:
        """Write the next rows; whether there are more."""
        batch = _writing(self.key)
        if batch is None:
            return False
        if self.plan is None:
            self._work_out(batch)
        began = timezone.now()
        with transaction.atomic():
            ledger = locked(ledger_of(batch.campaign, batch.agency))
            batch = locked_batch(batch, but=import_slices.LARGE)
            if batch.state != ImportState.WRITING or batch.done != self.done:
                return False  # somebody else is at it
            part, self.left = self.left[: self.size], self.left[self.size :]
            if _has_moved(self.plan, part):
                self.plan = None
                return True
            posting = LEDGER_ACTS.require("import_ledger", batch.confirmed_by, ledger)
            self._write(batch, posting, part)
        self.size = import_slices.next_size(self.size, began)
        return bool(self.left)

    def _work_out(self, batch: ImportBatch) -> None:
        """Read and plan outside a transaction, for that takes seconds."""
        reading = read_kept(batch)
        self.plan = plan_import(
            campaign=batch.campaign,
            agency=batch.agency,
            reading=reading,
            today=local_today(),
            wanted=wanted_of(batch),
        )
        if self.plan.is_held:
            raise Refused(HELD)
        self.left, self.done, self.url = self.plan.writes, batch.done, batch.get_absolute_url()
        if not batch.done:
            ImportBatch.objects.filter(pk=batch.pk, state=ImportState.WRITING, done=0).update(
                report=report_of(self.plan, reading), rows=shown_rows(self.plan), total=len(self.left)
            )

    def _write(self, batch: ImportBatch, posting: Posting, part: list[Planned]) -> None:
        import_write.write_rows(batch.confirmed_by, posting, self.plan, batch, part)
        batch.done = self.done = batch.done + len(part)
        batch.moved_at, batch.falls = timezone.now(), 0
        if not self.left:
            batch.state, batch.written_at = ImportState.WRITTEN, batch.moved_at
            if batch.done < batch.total:
                batch.stopped = CHANGED.format(count=batch.total - batch.done)
            import_slices.tell(batch, batch.confirmed_by, f"台账导入已写完，共 {batch.done} 条", self.url)
        fields = ["created", "undo", "done", "moved_at", "falls", "state", "written_at", "stopped"]
        batch.save(update_fields=fields)


def _writing(key: int) -> ImportBatch | None:
    rows = ImportBatch.objects.filter(pk=key, state=ImportState.WRITING).defer(*import_slices.LARGE)
    return rows.select_related("campaign", "agency__region", "workbook", "confirmed_by").first()


def _has_moved(plan: Plan, part: list[Planned]) -> bool:
    """Whether somebody changed, struck or made one of these rows since the plan was worked out."""
    entries = [planned.stands.entry for planned in part if planned.stands]
    rows = LedgerEntry.objects.select_for_update().filter(pk__in=[entry.pk for entry in entries])
    versions = dict(rows.values_list("pk", "version"))
    if any(versions.get(entry.pk) != entry.version for entry in entries):
        return True
    new = [planned for planned in part if planned.stands is None]
    keys, offices = {planned.key for planned in new}, {planned.agency.pk for planned in new}
    made = LedgerEntry.objects.filter(campaign=plan.campaign, agency_id__in=offices, state=EntryState.IN)
    made = made.exclude(pk__in=[planned.apart_from for planned in new if planned.apart_from])
    return made.filter(Q(match_key__in=keys) | Q(import_key__in=keys)).exists()


@transaction.atomic
def _stop(key: int, sentence: str) -> None:
    """Have what was written taken back, say why, and ask again."""
    batch = ImportBatch.objects.filter(pk=key).select_related("campaign", "agency__region").first()
    locked(ledger_of(batch.campaign, batch.agency))
    batch = locked_batch(batch, but=import_slices.LARGE)
    if batch.state != ImportState.WRITING:
        return
    batch.stopped = sentence
    if not touched_of(batch, Parts.of(batch)):
        batch.undone_by = None
        import_taking_back.begin(batch, ring=False)
        return
    batch.state, batch.stopped, batch.written_at = ImportState.WRITTEN, STUCK, timezone.now()
    batch.save(update_fields=["state", "stopped", "written_at"])
    import_slices.tell(batch, batch.confirmed_by, "台账导入没有写完", batch.get_absolute_url())
