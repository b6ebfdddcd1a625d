"""The daily root over every chain of the trail.

Nothing inside a database can show that all of it was rewritten or an old copy put back; a root
kept elsewhere (each backup's manifest carries the newest) can. A root counts what was recorded
before the day's end, so it can be computed again at any later time.
"""

import hashlib
from datetime import date, datetime, time, timedelta

from django.db import connection
from django.db.models import F
from django.db.models.functions import Collate
from django.utils import timezone

from accounts.models import TrailEntry, TrailHead, TrailRoot
from common.one_moment import one_moment

# Deeds recorded just before midnight may commit shortly after it.
SETTLED = timedelta(minutes=30)
DAY = timedelta(days=1)


def seal_ended_days(*, now: datetime) -> list[date]:
    """Write the roots that are missing, up to yesterday; the days that were sealed.

    Twice at once writes one root: the day is unique, and both would write the same.
    """
    yesterday = timezone.localdate(now - SETTLED) - DAY
    day = _first_unsealed()
    sealed = []
    while day is not None and day <= yesterday:
        heads, entries, root = root_by_heads(day)
        TrailRoot.objects.get_or_create(day=day, defaults={"heads": heads, "entries": entries, "root": root})
        sealed.append(day)
        day += DAY
    return sealed


def _first_unsealed() -> date | None:
    last = TrailRoot.objects.order_by("-day").values_list("day", flat=True).first()
    if last:
        return last + DAY
    first = TrailEntry.objects.order_by("at").values_list("at", flat=True).first()
    return timezone.localdate(first) if first else None


def root_by_heads(day: date) -> tuple[int, int, str]:
    """What `root_of` would say, by the heads; of entries only those of chains that grew since are read."""
    digest, count, entries = hashlib.sha256(), 0, 0
    with one_moment():
        stood = _stood_at(_end_of(day))
        heads = TrailHead.objects.filter(seq__gt=0).order_by(_by_bytes("chain"))
        for chain, seq, last in heads.values_list("chain", "seq", "hash").iterator(chunk_size=5000):
            of_chain, seq, last = stood.get(chain, (seq, seq, last))
            if of_chain:
                _add(digest, (chain, seq, last))
                count, entries = count + 1, entries + of_chain
    return count, entries, digest.hexdigest()


def _stood_at(end: datetime) -> dict[str, tuple[int, int, str]]:
    """Of chains with entries since `end`: how many they had by then, the last one's number and hash."""
    later = TrailEntry.objects.filter(at__gte=end).values_list("chain", flat=True)
    stood = dict.fromkeys(later.distinct(), (0, 0, ""))
    rows = TrailEntry.objects.filter(chain__in=later, at__lt=end).order_by("chain", "seq")
    for chain, seq, last in rows.values_list("chain", "seq", "hash").iterator(chunk_size=5000):
        stood[chain] = (stood[chain][0] + 1, seq, last)
    return stood


def _end_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day + DAY, time.min))


def root_of(day: date) -> tuple[int, int, str]:
    """Chains, entries and SHA-256 over the last entry of every chain at the end of `day`.

    Read from the entries themselves, for who proves; who seals takes the heads' word for them.
    """
    end = _end_of(day)
    rows = TrailEntry.objects.filter(at__lt=end).order_by(_by_bytes("chain"), "seq")
    digest, heads, entries, last = hashlib.sha256(), 0, 0, None
    for row in rows.values_list("chain", "seq", "hash").iterator(chunk_size=5000):
        if last is not None and row[0] != last[0]:
            heads += 1
            _add(digest, last)
        entries, last = entries + 1, row
    if last is not None:
        heads += 1
        _add(digest, last)
    return heads, entries, digest.hexdigest()


def _by_bytes(name: str) -> F | Collate:
    """In the order of the bytes, as SQLite has it: a house that moves to PostgreSQL keeps its roots."""
    return Collate(name, "C") if connection.vendor == "postgresql" else F(name)


def _add(digest: "hashlib._Hash", head: tuple[str, int, str]) -> None:
    digest.update("|".join(map(str, head)).encode() + b"\n")
