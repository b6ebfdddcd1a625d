"""Rows held against the digests that the trail has of them, and stored files against their bytes."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

from django.db.models import Model

from accounts.models import StoredFile
from accounts.models.sealed import digests
from accounts.services import files, row_seals
from common.errors import Refused

SCHEMA = "CREATE TABLE line (kind TEXT, key INTEGER, digest TEXT, n INTEGER)"
LEFT = """
SELECT key, digest, sum(n) FROM line WHERE kind = ? AND digest <> ''
GROUP BY key, digest HAVING sum(n) <> 0 ORDER BY key
"""


class Lines:
    """What the trail says of rows, outside our memory: in a file that goes with the process."""

    def __init__(self) -> None:
        self._kept = sqlite3.connect("")
        self._kept.execute(SCHEMA)

    def keep(self, lines: list[row_seals.Line]) -> None:
        """What one entry says."""
        rows = [
            (kind, key, digest, n)
            for kind, key, before, now in lines
            for digest, n in ((before, -1), (now, 1))
        ]
        self._kept.executemany("INSERT INTO line VALUES (?, ?, ?, ?)", rows)

    def left(self, kind: str) -> Iterator[tuple[int, str, int]]:
        """(key, digest, 1) of each row that must be there; whatever else comes was never so."""
        return iter(self._kept.execute(LEFT, (kind,)))

    def close(self) -> None:
        """Let go of the file."""
        self._kept.close()


def check(lines: Lines) -> tuple[int, str | None]:
    """(rows read, the first that isn't as the trail says, is missing or was never entered; or None)."""
    count = 0
    for model in row_seals.tables():
        some, broken = _check(model, lines.left(model._meta.label_lower))
        count += some
        if broken:
            return count, broken
    return count, None


def _check(model: type[Model], left: Iterator[tuple[int, str, int]]) -> tuple[int, str | None]:
    count, wanted = 0, next(left, None)
    for key, digest in digests(model._base_manager.order_by("pk")):
        if wanted != (key, digest, 1):
            return count, _name(model, min(key, wanted[0]) if wanted else key)
        count, wanted = count + 1, next(left, None)
    return count, _name(model, wanted[0]) if wanted else None


def check_files() -> tuple[int, str | None]:
    """(files read, the first whose bytes are gone, can't be read or aren't those received; or None).

    What lies twice is read once, an encrypted copy of its own always.
    """
    count, last = 0, ""
    for stored in StoredFile.objects.order_by("kept_as", "sha256", "pk").iterator(chunk_size=500):
        if stored.on_disk == last:
            continue
        try:
            with closing(files.open_checked(stored)):
                count, last = count + 1, stored.on_disk
        except (Refused, OSError):
            return count, f"{_name(StoredFile, stored.pk)} {stored.sha256}"
    return count, None


def _name(model: type[Model], key: int) -> str:
    return f"{model._meta.verbose_name}（{model._meta.label_lower}:{key}）"
