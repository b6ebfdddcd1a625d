"""The trail (全过程记录, 行政处罚法 art 47): appended inside the deed's transaction, hash-chained."""

import hashlib
import json
from datetime import date, datetime
from decimal import Decimal

from django.db import models, transaction
from django.utils import timezone

from accounts.models import TrailEntry, TrailHead

GENESIS = "0" * 64


def record(
    *, by, act, thing, posting=None, label="", changes=None, reason="", happened_on=None, chain=""
) -> TrailEntry:
    """Append one entry about `thing` to its chain; call inside the deed's transaction.

    `act` is an Act or a name with `label`; `changes` maps a field's label to (old, new).
    """
    return record_many(
        by=by,
        act=act,
        label=label,
        posting=posting,
        chain=chain or chain_of(thing),
        lines=[(thing, changes or {})],
        reason=reason,
        happened_on=happened_on,
    )[0]


@transaction.atomic
def record_many(*, by, act, chain, lines, posting=None, label="", reason="", happened_on=None):
    """Append one entry for each (thing, changes) of `lines` to one chain, in one batch."""
    head = _locked_head(chain)
    now = timezone.now()
    entries = []
    for thing, changes in lines:
        entry = TrailEntry(
            chain=chain,
            seq=head.seq + 1,
            previous=head.hash,
            at=now,
            happened_on=happened_on,
            actor=by,
            agency_id=posting.agency_id if posting else None,
            role=posting.role if posting else "",
            act=getattr(act, "name", act),
            label=label or getattr(act, "label", ""),
            subject_kind=thing._meta.label_lower,
            subject_id=thing.pk,
            changes=plain(changes),
            reason=reason,
            origin=by.origin,
        )
        entry.hash = entry_hash(entry)
        head.seq, head.hash = entry.seq, entry.hash
        entries.append(entry)
    TrailEntry.objects.bulk_create(entries, batch_size=500)
    head.save(update_fields=["seq", "hash"])
    return entries


def chain_of(thing) -> str:
    """The chain a thing writes to: its own, or the one its owner names (`trail_chain`)."""
    return getattr(thing, "trail_chain", "") or f"{thing._meta.label_lower}:{thing.pk}"


def _locked_head(chain: str) -> TrailHead:
    TrailHead.objects.bulk_create([TrailHead(chain=chain)], ignore_conflicts=True)
    return TrailHead.objects.select_for_update().get(chain=chain)


def plain(value):
    """A JSON-ready copy: dates as ISO text, decimals as text, things by their name."""
    if isinstance(value, dict):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    if isinstance(value, datetime):
        return timezone.localtime(value).isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, models.Model):
        return str(value)
    return value


HASHED = (
    "chain seq previous happened_on actor_id agency_id role act label subject_kind subject_id "
    "changes reason origin"
).split()


def entry_hash(entry) -> str:
    """SHA-256 over every field of the entry in canonical JSON, the time to the microsecond."""
    body = {name: plain(getattr(entry, name)) for name in HASHED}
    body["at"] = entry.at.astimezone(timezone.get_fixed_timezone(0)).isoformat(
        timespec="microseconds"
    )
    text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def first_broken() -> str | None:
    """Walk every chain; the first place where it doesn't hold, or None.

    Finds an edited, removed, inserted or reordered entry, a cut tail (the head row tells), and
    a chain without a head.
    """
    chain, seq, previous = "", 0, GENESIS
    for entry in TrailEntry.objects.order_by("chain", "seq").iterator(chunk_size=2000):
        if entry.chain != chain:
            chain, seq, previous = entry.chain, 0, GENESIS
        if entry.seq != seq + 1 or entry.previous != previous or entry.hash != entry_hash(entry):
            return f"{entry.chain}#{entry.seq}"
        seq, previous = entry.seq, entry.hash
    return _heads_that_differ()


def _heads_that_differ() -> str | None:
    last = TrailEntry.objects.filter(
        chain=models.OuterRef("chain"), seq=models.OuterRef("seq")
    ).values("hash")[:1]
    count = (
        TrailEntry.objects.filter(chain=models.OuterRef("chain"))
        .values("chain")
        .annotate(n=models.Count("pk"))
        .values("n")
    )
    heads = TrailHead.objects.annotate(
        last_hash=models.Subquery(last), entries=models.Subquery(count)
    ).filter(seq__gt=0)
    for head in heads.order_by("chain").iterator(chunk_size=2000):
        if head.last_hash != head.hash or head.entries != head.seq:
            return f"{head.chain}#{head.seq}"
    orphan = (
        TrailEntry.objects.filter(
            ~models.Exists(TrailHead.objects.filter(chain=models.OuterRef("chain")))
        )
        .order_by("chain")
        .first()
    )
    return f"{orphan.chain}#{orphan.seq}" if orphan else None
