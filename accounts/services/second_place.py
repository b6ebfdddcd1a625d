"""The seals once more outside the database: a line each, in one file a month that only grows.

The folder (TRAIL_COPY_DIR) belongs on another disk or share, best one that takes new lines only: whoever
rewrites the database and has our key can't rewrite what lies there.
"""

import json
import os
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from accounts.models import TrailSeal

PATTERN = "trail-*.jsonl"


def line_of(seal: TrailSeal) -> str:
    """What stands there for a seal."""
    body = {
        "number": seal.number,
        "at": f"{timezone.localtime(seal.at):%Y-%m-%d %H:%M:%S}",
        "heads": seal.heads,
        "previous": seal.previous,
        "root": seal.root,
        "key": seal.key,
        "signature": seal.signature,
    }
    return json.dumps(body, separators=(",", ":"))


def lines() -> Iterator[tuple[int, str]]:
    """(number, line) of all that was written, in the order of writing; OSError where it can't be read.

    A line cut short by a power cut has no number and counts as 0: a seal that was not written.
    """
    yield from _read(_paths())


def last() -> int:
    """The number of the last seal that stands there; 0 for none."""
    # The newest two: a clock set back over midnight writes into the month before.
    return max((number for number, _ in _read(_paths()[-2:])), default=0)


def _paths() -> list[Path]:
    return sorted(_folder().glob(PATTERN))


def _read(paths: list[Path]) -> Iterator[tuple[int, str]]:
    for path in paths:
        with path.open(encoding="utf-8", errors="replace") as file:
            for line in file:
                yield _number(line), line.rstrip("\n")


def write() -> None:
    """Append every seal that isn't there yet; OSError where it can't be written.

    Two at once write the same line twice, which says nothing else.
    """
    missing = TrailSeal.objects.filter(number__gt=last()).order_by("number")
    for seal in missing.iterator(chunk_size=500):
        _append(_folder() / f"trail-{timezone.localtime(seal.at):%Y-%m}.jsonl", line_of(seal))


def leave_room(mark: str) -> bool:
    """After a restore: files that end with another seal than the database had get another name.

    Whether they did. Each seal names the one before, so the last one tells of them all.
    """
    number, line = max(_read(_paths()[-2:]), default=(0, ""))
    seal = TrailSeal.objects.filter(number=number).first()
    foreign = number > 0 and (seal is None or line_of(seal) != line)
    for path in _paths() if foreign else ():
        path.rename(path.with_name(f"{path.name}.before-{mark}"))
    return foreign


def beside_data() -> bool:
    """Whether the second place is on the disk on which our data is: who has one then has both."""
    return _disk_of(_folder()) == _disk_of(Path(settings.VAR_DIR))


def _disk_of(folder: Path) -> int:
    """By the nearest folder that is there already."""
    return next(each for each in (folder, *folder.absolute().parents) if each.exists()).stat().st_dev


def _append(path: Path, line: str) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        size = os.fstat(descriptor).st_size
        cut = size and os.pread(descriptor, 1, size - 1) != b"\n"
        os.write(descriptor, (("\n" if cut else "") + line + "\n").encode())
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _number(line: str) -> int:
    try:
        return int(json.loads(line)["number"])
    except (ValueError, KeyError, TypeError):
        return 0


def _folder() -> Path:
    return Path(settings.TRAIL_COPY_DIR)
