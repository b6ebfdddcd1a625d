"""Copies of stored pictures for pages: made once, when first asked for, and kept beside the files.

A copy of what lies encrypted lies encrypted, under a key that is made from the file's own and a salt of
the copy's: no key ever seals two things. One that lies open bears a keyed mark. Copies are in no backup;
one that is lost or damaged is made anew. Who may see one is asked where the file itself is
(accounts/fileaccess.py).
"""

import hashlib
import io
import os
from contextlib import suppress
from hmac import compare_digest
from pathlib import Path
from typing import BinaryIO

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from accounts.models import StoredFile
from accounts.services import drafts, files, secrets
from common.pictures import small_copy
from common.sealed_files import open_sealed_file, write_sealed
from common.sealing import KEY_BYTES, CannotDecrypt

FOLDER = drafts.COPIES
SMALL, LARGE = "small", "large"
SIZES = {SMALL: 240, LARGE: 2000}  # pixels of the longer side
SALT = 16


def path_of(stored: StoredFile, size: str) -> Path:
    """Where the copy of this size lies."""
    name = stored.public_id
    return Path(settings.FILES_DIR) / FOLDER / name[:2] / f"{name}-{size}"


def copy_of(stored: StoredFile, size: str) -> BinaryIO:
    """The copy, a JPEG, opened for reading.

    Raises NotShown where it is no picture or none that opens, Refused where its bytes are gone or changed.
    """
    with suppress(FileNotFoundError, CannotDecrypt):
        return io.BytesIO(_read(stored, size))
    with files.open_checked(stored) as original:
        copy = small_copy(original, stored.content_type, SIZES[size])
    if not (stored.secret and not stored.key_sealed):  # it waits to be encrypted: nothing of it is left lying
        with suppress(OSError):  # on a full disk it is made again next time
            _keep(stored, size, copy)
    return io.BytesIO(copy)


def let_go(stored: StoredFile) -> None:
    """Forget the copies of a file."""
    for size in SIZES:
        path_of(stored, size).unlink(missing_ok=True)


def _read(stored: StoredFile, size: str) -> bytes:
    kept = path_of(stored, size).read_bytes()
    if not stored.key_sealed:
        mark, _, copy = kept.partition(b"\n")
        if not compare_digest(mark, _mark(stored, size, copy)):
            raise CannotDecrypt
        return copy
    salt, sealed = kept[:SALT], kept[SALT:]
    with open_sealed_file(io.BytesIO(sealed), _key(stored, size, salt), _place(stored, size)) as handle:
        return handle.read()


def _keep(stored: StoredFile, size: str, copy: bytes) -> None:
    """Write it whole beside its place, then name it: two at once both write the same picture."""
    place = path_of(stored, size)
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor, draft = drafts.begin(place.parent)
    try:
        with os.fdopen(descriptor, "wb") as handle:
            if stored.key_sealed:
                salt = os.urandom(SALT)
                handle.write(salt)
                write_sealed(handle, [copy], _key(stored, size, salt), _place(stored, size))
            else:
                handle.write(_mark(stored, size, copy) + b"\n" + copy)
        Path(draft).replace(place)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise


def _mark(stored: StoredFile, size: str, copy: bytes) -> bytes:
    """By which an open copy is known as ours; nobody who can only write to the disk makes one."""
    content = hashlib.sha256(copy).hexdigest()
    return secrets.blind_index(f"{_place(stored, size)}|{content}", "copy").encode()


def _place(stored: StoredFile, size: str) -> str:
    return secrets.place(stored, f"{secrets.FILE_KEY}-{size}")


def _key(stored: StoredFile, size: str, salt: bytes) -> bytes:
    own = secrets.file_key(stored.key_sealed, stored)
    return HKDF(SHA256(), KEY_BYTES, salt, f"kuangantong/v1/copy|{size}".encode()).derive(own)
