"""Copying attachments between the house and a backup: what can't be read is one file's fault, not a stop."""

import errno
import hashlib
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from config.backups import manifest

PIECE = 1024 * 1024
# No other file could be written either.
NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EROFS}


class _Unreadable(Exception):  # noqa: N818 - said of a file, caught here
    """Gone, without rights, a folder, or the disk gives it no more."""


def is_whole(path: Path, sha256: str) -> bool:
    """Whether a file is there, can be read, and is what was stored."""
    digest = hashlib.sha256()
    try:
        for piece in _pieces(path):
            digest.update(piece)
    except _Unreadable:
        return False
    return digest.hexdigest() == sha256


def copy_checked(source: Path, place: Path, sha256: str) -> bool:
    """Copy a file if it can be read, is what was stored, and comes out so; whether it did.

    OSError where there is no room for any file. A place that alone can't be written, because a folder
    lies there say, is False: as little as the source is it a reason to stop the rest.
    """
    draft = place.with_name(f".{place.name}.draft")
    try:
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as target:
            for piece in _pieces(source):
                target.write(piece)
        if not is_whole(draft, sha256):
            return False
        manifest.sync(draft)
        draft.replace(place)
        manifest.sync(place.parent)
    except _Unreadable:
        return False
    except OSError as error:
        if error.errno in NO_ROOM:
            raise
        return False
    finally:
        with suppress(OSError):  # nor could it be made: a file lies where its folder should
            draft.unlink(missing_ok=True)
    return True


def _pieces(path: Path) -> Iterator[bytes]:
    try:
        if not path.is_file():  # a pipe would be waited for
            raise _Unreadable
        with path.open("rb") as handle:
            while piece := handle.read(PIECE):
                yield piece
    except OSError as error:
        raise _Unreadable from error
