"""Drafts of the file store, and sweeping those that a killed process left half written."""

import tempfile
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

PREFIX = ".draft-"
# Long after any upload has ended: who still writes into one never loses it.
KEPT = timedelta(days=1)
COPIES = ".copies"  # of pictures: they have drafts of their own, in folders one below


def begin(folder: Path) -> tuple[int, str]:
    """An open file in `folder` to write into before it gets its name: (descriptor, path)."""
    return tempfile.mkstemp(dir=folder, prefix=PREFIX)


def forget_old(now: datetime) -> int:
    """Drop the drafts that nobody has written into for a day; how many went."""
    root, gone = Path(settings.FILES_DIR), 0
    for place in (*root.glob(f"{PREFIX}*"), *root.glob(f"{COPIES}/*/{PREFIX}*")):
        with suppress(OSError):  # another sweep was faster; and what can't go stops no sweep
            if place.stat().st_mtime < (now - KEPT).timestamp():
                place.unlink()
                gone += 1
    return gone
