"""When two rows are about the same thing: the same party at the same place, however it is typed."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable

from common.words import fold


def match_key(party, place, number=1) -> str:
    """One key for one party at one place: SHA-256 of both, folded (common/words.py).

    `number` tells apart what a person said are several entries of one party at one place.
    """
    more = f"\0{number}" if number > 1 else ""
    return hashlib.sha256(f"{fold(party)}\0{fold(place)}{more}".encode()).hexdigest()


def is_near(party, place, other_party, other_place) -> bool:
    """Whether a person should look if these are about one thing: same party, or same place and party
    or place within the other's words."""
    return is_near_folded(fold(party), fold(place), fold(other_party), fold(other_place))


def is_near_folded(party, place, other_party, other_place) -> bool:
    """The same for words that are folded already, where many are compared with many."""
    same_party = bool(party) and party == other_party
    part_party = bool(party and other_party) and (party in other_party or other_party in party)
    part_place = bool(place and other_place) and (place in other_place or other_place in place)
    return same_party or (part_party and part_place)


PART = 2


class Shelf:
    """Many rows (key, party, place), found by words without comparing each with each."""

    def __init__(self, rows: Iterable[tuple[int, str, str]]):
        self.rows, self.order, self.by_words = {}, {}, {}
        self.by_first, self.by_part = defaultdict(list), defaultdict(list)
        for key, party, place in rows:
            party, place = fold(party), fold(place)
            self.rows[key], self.order[key] = (party, place), len(self.order)
            self.by_words[party, place] = key
            if party:
                self.by_first[party[:PART]].append(key)
                for part in parts_of(party):
                    self.by_part[part].append(key)

    def same(self, party: str, place: str) -> int | None:
        """The last row of these very words; None where there is none."""
        return self.by_words.get((fold(party), fold(place)))

    def near(self, party: str, place: str) -> list[int]:
        """The rows that `is_near`, in their order: only those that share a part of the party are asked."""
        party, place = fold(party), fold(place)
        asked = set(self.by_part.get(party[:PART], ()))  # in whose party this one may stand
        for part in parts_of(party):
            asked.update(self.by_first.get(part, ()))  # whose party may stand in this one
        near = (key for key in asked if is_near_folded(party, place, *self.rows[key]))
        return sorted(near, key=self.order.get)


def parts_of(word: str) -> set[str]:
    """Every run of one or two characters."""
    return {word[start : start + size] for size in (1, PART) for start in range(len(word) - size + 1)}
