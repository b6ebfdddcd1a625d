"""The trail (全过程记录, 行政处罚法 art 47): written by services in their transaction, chained."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from accounts.acts import Act
from accounts.models import Posting, TrailEntry, TrailHead, User
from accounts.services import row_seals
from accounts.services.trail_hashing import entry_hash, plain
from accounts.signals import recorded


def record(
    *,
    by: User,
    act: Act | str,
    thing: Model,
    posting: Posting | None = None,
    label: str = "",
    changes: dict | None = None,
    reason: str = "",
    happened_on: date | None = None,
    chain: str = "",
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
def record_many(
    *,
    by: User,
    act: Act | str,
    chain: str,
    lines: Iterable[tuple[Model, dict]],
    posting: Posting | None = None,
    label: str = "",
    reason: str = "",
    happened_on: date | None = None,
) -> list[TrailEntry]:
    """Append one entry for each (thing, changes) of `lines` to one chain, in one batch.

    The first one takes the digests of all sealed rows that the transaction wrote since its last entry.
    """
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
            sealed=None if entries else row_seals.take(),
            origin=by.origin,
        )
        entry.hash = entry_hash(entry)
        head.seq, head.hash = entry.seq, entry.hash
        entries.append(entry)
    TrailEntry.objects.bulk_create(entries, batch_size=500)
    head.save(update_fields=["seq", "hash"])
    recorded.send(sender=TrailEntry, entries=entries)
    return entries


def chain_of(thing: Model) -> str:
    """The chain a thing writes to: its own, or the one its owner names (`trail_chain`)."""
    return getattr(thing, "trail_chain", "") or f"{thing._meta.label_lower}:{thing.pk}"


def _locked_head(chain: str) -> TrailHead:
    TrailHead.objects.bulk_create([TrailHead(chain=chain)], ignore_conflicts=True)
    return TrailHead.objects.select_for_update().get(chain=chain)
