"""When two rows are about the same thing: the same party at the same place, however it is typed."""

import hashlib

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
