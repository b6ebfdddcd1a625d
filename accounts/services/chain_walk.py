"""One walk over every entry of the trail: links, ends, sealed points. Memory doesn't grow with the trail."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from accounts.models import SealedHead, TrailEntry, TrailHead
from accounts.services.trail_hashing import GENESIS, HASHED, hash_of

CHUNK = 2000
_OWN = (*HASHED, "hash")
_CHAIN, _SEQ, _PREVIOUS, _SEALED = (HASHED.index(name) for name in ("chain", "seq", "previous", "sealed"))


@dataclass
class Walked:
    """Entries read, of these not sealed yet, and the first place that doesn't hold or None."""

    entries: int = 0
    unsealed: int = 0
    broken: str | None = None


def walk(keep: Callable[[list], None] = lambda lines: None) -> Walked:
    """Walk every chain; `keep` gets what each entry says of the rows that its deed wrote.

    Finds an edited, removed, inserted or reordered entry, a cut tail, a chain without a head, a head
    that names another end, and an end that was sealed and isn't there any more.
    """
    done, ends, points = Walked(), {}, _Points()
    chain, seq, previous = None, 0, GENESIS
    rows = TrailEntry.objects.order_by("chain", "seq").values_list(*_OWN)
    for row in rows.iterator(chunk_size=CHUNK):
        if row[_CHAIN] != chain:
            if len(ends) >= CHUNK:
                done.broken = _ends_that_differ(ends)
                if done.broken:
                    return done
                ends = {}
            chain, seq, previous = row[_CHAIN], 0, GENESIS
        linked = row[_SEQ] == seq + 1 and row[_PREVIOUS] == previous and row[-1] == hash_of(*row[:-1])
        seq, previous = row[_SEQ], row[-1]
        if not linked or points.differ(chain, seq, previous):
            done.broken = f"{chain}#{seq}"
            return done
        ends[chain] = (seq, previous)
        done.entries += 1
        done.unsealed += not points.sealed
        if row[_SEALED]:
            keep(row[_SEALED])
    done.broken = _ends_that_differ(ends) or points.left() or _heads_without_chain()
    return done


class _Points:
    """The sealed ends, in the order of the walk."""

    def __init__(self) -> None:
        rows = SealedHead.objects.order_by("chain", "seq").values_list("chain", "seq", "hash")
        self._rows = rows.iterator(chunk_size=CHUNK)
        self._next = next(self._rows, None)
        self.sealed = False

    def differ(self, chain: str, seq: int, hash: str) -> bool:
        """Whether this entry was sealed as another one; afterwards `sealed` tells of it."""
        self.sealed = self._next is not None and self._next[0] == chain
        if not self.sealed or self._next[1] != seq:
            return False
        said, self._next = self._next[2], next(self._rows, None)
        return said != hash

    def left(self) -> str | None:
        """A sealed end that the walk didn't come by."""
        return f"{self._next[0]}#{self._next[1]}" if self._next else None


def _ends_that_differ(ends: dict) -> str | None:
    """The first chain whose last entry isn't the one its head names."""
    rows = TrailHead.objects.filter(chain__in=ends).values_list("chain", "seq", "hash")
    heads = {chain: (seq, last) for chain, seq, last in rows}
    return next((f"{chain}#{end[0]}" for chain, end in ends.items() if heads.get(chain) != end), None)


def _heads_without_chain() -> str | None:
    lost = (
        TrailHead.objects.filter(seq__gt=0)
        .exclude(Exists(TrailEntry.objects.filter(chain=OuterRef("chain"))))
        .order_by("chain")
        .first()
    )
    return f"{lost.chain}#{lost.seq}" if lost else None
