"""Proving that the trail is whole.

What a chain alone can't tell: that its tail was cut (its head row does), that it was rewritten
from the start together with its head (the daily root does, where it is kept off this machine).
"""

from collections.abc import Callable

from django.db import transaction
from django.db.models import Exists, OuterRef

from accounts.models import TrailEntry, TrailHead, TrailRoot
from accounts.services import sealing
from accounts.services.trail_hashing import GENESIS, HASHED, hash_of

CHUNK = 2000
_CHECKS: dict[str, Callable] = {}
_OWN = (*HASHED, "hash")
_CHAIN, _SEQ, _PREVIOUS = (HASHED.index(name) for name in ("chain", "seq", "previous"))


def register_check(name: str, check: Callable) -> None:
    """Let an app above prove what it froze; called in its receivers.py.

    `check()` returns (how many were checked, where the first one doesn't hold, or None).
    """
    _CHECKS[name] = check


def verify() -> dict:
    """{"ok", "entries", …, "first_broken"}: the trail and everything the apps above registered.

    Each registered check adds its count under its own name ("submissions").
    """
    count, broken = walk()
    broken = broken or _newest_root_that_differs()
    result = {"ok": True, "entries": count}
    for name, check in _CHECKS.items():
        result[name], faults = check()
        broken = broken or faults
    result.setdefault("submissions", 0)
    result["first_broken"] = broken
    result["ok"] = broken is None
    return result


def _newest_root_that_differs() -> str | None:
    """The newest sealed day, if its root doesn't come out again. It covers all that is older."""
    row = TrailRoot.objects.order_by("-day").first()
    if row is None or (row.heads, row.entries, row.root) == sealing.root_of(row.day):
        return None
    return f"root:{row.day}"


def first_broken() -> str | None:
    """The first place where the trail doesn't hold, or None."""
    return walk()[1]


def walk() -> tuple[int, str | None]:
    """Walk every chain: (entries read, the first place that doesn't hold or None).

    Finds an edited, removed, inserted or reordered entry, a cut tail, a chain without a head and
    a head without its chain. People may go on working meanwhile: a chain that seems cut is read
    once more under its lock before anything is said.
    """
    count, ends = 0, {}
    chain, seq, previous = None, 0, GENESIS
    rows = TrailEntry.objects.order_by("chain", "seq").values_list(*_OWN)
    for row in rows.iterator(chunk_size=CHUNK):
        if row[_CHAIN] != chain:
            if len(ends) >= CHUNK:
                if broken := _ends_that_differ(ends):
                    return count, broken
                ends = {}
            chain, seq, previous = row[_CHAIN], 0, GENESIS
        if row[_SEQ] != seq + 1 or row[_PREVIOUS] != previous or row[-1] != hash_of(*row[:-1]):
            return count, f"{chain}#{row[_SEQ]}"
        seq, previous = row[_SEQ], row[-1]
        ends[chain] = (seq, previous)
        count += 1
    return count, _ends_that_differ(ends) or _heads_without_chain()


def _ends_that_differ(ends: dict) -> str | None:
    """The first chain whose last entry isn't the one its head names."""
    heads = dict(TrailHead.objects.filter(chain__in=ends).values_list("chain", "hash"))
    for chain, (seq, last) in ends.items():
        if heads.get(chain) != last and not _holds_under_lock(chain, seq):
            return f"{chain}#{seq}"
    return None


@transaction.atomic
def _holds_under_lock(chain: str, seq: int) -> bool:
    """Whether a chain that had grown while it was read holds from `seq` to its head."""
    head = TrailHead.objects.select_for_update().filter(chain=chain).first()
    if head is None or head.seq <= seq:
        return False
    rows = TrailEntry.objects.filter(chain=chain, seq__gte=seq).order_by("seq")
    previous, wanted = None, seq
    for row in rows.values_list(*_OWN):
        linked = previous is None or row[_PREVIOUS] == previous
        if row[_SEQ] != wanted or not linked or row[-1] != hash_of(*row[:-1]):
            return False
        previous, wanted = row[-1], wanted + 1
    return (wanted - 1, previous) == (head.seq, head.hash)


def _heads_without_chain() -> str | None:
    lost = (
        TrailHead.objects.filter(seq__gt=0)
        .exclude(Exists(TrailEntry.objects.filter(chain=OuterRef("chain"))))
        .order_by("chain")
        .first()
    )
    return f"{lost.chain}#{lost.seq}" if lost else None
