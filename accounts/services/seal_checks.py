"""The hourly seals held against themselves, their signatures and the second place."""

import hashlib
from dataclasses import dataclass, field

from accounts.models import TrailSeal
from accounts.services import hourly, second_place, trail_keys
from accounts.services.trail_hashing import GENESIS
from common.keyfiles import KeyringError


@dataclass
class Kept:
    """The second place: a digest of each seal's line, and what can't be said of it."""

    lines: dict[int, str] = field(default_factory=dict)
    unlike: int = 0
    silent: str = ""


def check() -> tuple[int, str | None, str]:
    """(seals read, the first that doesn't hold or None, what the second place can't tell or "")."""
    count, previous, kept = 0, GENESIS, _kept()
    try:
        trusted = trail_keys.trusted() if TrailSeal.objects.exists() else set()
    except KeyringError as error:
        return 0, f"封存签名：{error}", kept.silent
    if kept.unlike:
        return 0, f"第二处的第{kept.unlike}次封存有两种", kept.silent
    last = max(kept.lines, default=0)
    for seal in TrailSeal.objects.order_by("number").iterator(chunk_size=500):
        if seal.number != count + 1 or seal.previous != previous or not _holds(seal, trusted):
            return count, f"第{count + 1}次封存", kept.silent
        if seal.number <= last and kept.lines.get(seal.number) != _digest(second_place.line_of(seal)):
            return count, f"第{seal.number}次封存与第二处", kept.silent
        count, previous = count + 1, seal.root
    if last > count:
        return count, f"第二处有的第{count + 1}次封存", kept.silent
    silent = kept.silent or (f"第二处还没有第{last + 1}次封存" if last < count else "")
    return count, None, silent


def _holds(seal: TrailSeal, trusted: set[str]) -> bool:
    points = seal.points.order_by("pk").values_list("chain", "seq", "hash")
    root = hourly.root_of(seal.previous, points.iterator(chunk_size=2000))
    signed = seal.key in trusted and trail_keys.holds(seal.key, seal.signature, hourly.message_of(seal))
    return root == seal.root and signed


def _kept() -> Kept:
    kept = Kept()
    try:
        for number, line in second_place.lines():
            if number and kept.lines.setdefault(number, _digest(line)) != _digest(line):
                kept.unlike = kept.unlike or number
    except OSError:
        return Kept(silent="第二处读不了")
    return kept


def _digest(line: str) -> str:
    return hashlib.sha256(line.encode()).hexdigest()
