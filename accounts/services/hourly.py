"""The hourly seal: a signed root over where every chain that had grown stands.

It counts what is there when it is made, not what says to be of that hour: late commits and a clock
that was set back come into the next one. It looks at the chains of the entries since the seal before
the last; once a day at all of them, so that even an entry that took hours to be committed is sealed.
"""

import hashlib
import logging
from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from accounts.models import SealedHead, TrailEntry, TrailHead, TrailSeal
from accounts.services import second_place, trail_keys
from accounts.services.trail_hashing import GENESIS
from common.digests import canonical
from common.keyfiles import KeyringError

log = logging.getLogger(__name__)
AT_ONCE = 1000
Point = tuple[str, int, str]


def seal_hour(*, now: datetime) -> TrailSeal | None:
    """Seal the hour that has ended, if none did yet, and write it to the second place.

    Twice at once makes one seal: its number is unique. What fails is said by `manage.py health`.
    """
    made, last = None, TrailSeal.objects.order_by("-number").first()
    try:
        if _is_due(now, last):
            made = _seal(now, last)
        second_place.write()
    except IntegrityError:
        pass  # another sweep was faster
    except (KeyringError, OSError) as error:
        log.error("hourly seal: %s", error)
    return made


def _is_due(now: datetime, last: TrailSeal | None) -> bool:
    """Each clock hour once, and not before there is anything."""
    if last is None:
        return TrailHead.objects.filter(seq__gt=0).exists()
    return _hour(last.at) != _hour(now)


def _hour(at: datetime) -> datetime:
    return timezone.localtime(at).replace(minute=0, second=0, microsecond=0)


@transaction.atomic
def _seal(now: datetime, last: TrailSeal | None) -> TrailSeal:
    """On top of the `last` that `_is_due` was asked about; IntegrityError where another one came since."""
    newest = TrailEntry.objects.order_by("-pk").values_list("pk", flat=True).first()
    points = list(_grown(_since(now, last)))
    seal = TrailSeal(
        number=last.number + 1 if last else 1,
        at=now.replace(microsecond=0),
        heads=len(points),
        entry=newest,
        previous=last.root if last else GENESIS,
    )
    seal.root = root_of(seal.previous, points)
    seal.key, seal.signature = trail_keys.sign(message_of(seal))
    seal.save(force_insert=True)
    rows = (SealedHead(seal=seal, chain=chain, seq=seq, hash=hash) for chain, seq, hash in points)
    SealedHead.objects.bulk_create(rows, batch_size=AT_ONCE)
    return seal


def _since(now: datetime, last: TrailSeal | None) -> int:
    """After which entry to look; 0 for the first seal of a day, which looks at every chain."""
    if last is None or timezone.localdate(last.at) != timezone.localdate(now):
        return 0
    return TrailSeal.objects.filter(number=last.number - 1).values_list("entry", flat=True).first() or 0


def _grown(since: int = 0) -> Iterable[Point]:
    """Where the chains stand that no seal names as they stand now; only those with an entry after `since`."""
    same = SealedHead.objects.filter(chain=OuterRef("chain"), seq=OuterRef("seq"))
    heads = TrailHead.objects.filter(~Exists(same), seq__gt=0).order_by("chain")
    if since:
        heads = heads.filter(chain__in=TrailEntry.objects.filter(pk__gt=since).values("chain"))
    return heads.values_list("chain", "seq", "hash").iterator(chunk_size=AT_ONCE)


def root_of(previous: str, points: Iterable[Point]) -> str:
    """SHA-256 over the root before and every chain's end, in the order in which they were written."""
    digest = hashlib.sha256(previous.encode())
    for point in points:
        digest.update("|".join(map(str, point)).encode() + b"\n")
    return digest.hexdigest()


def message_of(seal: TrailSeal) -> bytes:
    """What is signed."""
    return canonical(
        {
            "seal": seal.number,
            "at": timezone.localtime(seal.at).isoformat(timespec="seconds"),
            "heads": seal.heads,
            "previous": seal.previous,
            "root": seal.root,
        }
    ).encode()
