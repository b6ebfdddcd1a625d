"""Sealing what only few may read: bound to its row and field, found by blind index only.

Unmasking is an act of the apps above, with a reason and a trail entry; here are only the keys.
"""

import secrets
import shutil
import tempfile
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.db.models import Model

from accounts.models import KeyMark
from common.crypto import Keyring
from common.keyfiles import KeyringError
from common.sealing import KEY_BYTES, decoded, encoded

FILE_KEY = "file"


def seal(value: str, thing: Model, field: str) -> str:
    """A token for `value` that opens only at this field of this thing; "" stays ""."""
    return ring().encrypt(value, place(thing, field)) if value else ""


def open_sealed(token: str, thing: Model, field: str) -> str:
    """The value of a token made for this field of this thing; raises CannotDecrypt otherwise."""
    return ring().decrypt(token, place(thing, field)) if token else ""


def rewrap(token: str, thing: Model, field: str) -> str:
    """The same value under the newest master key."""
    return ring().rewrap(token, place(thing, field)) if token else ""


def blind_index(value: str, purpose: str) -> str:
    """The keyed digest by which an equal value is found again; the caller normalises it."""
    return ring().blind_index(value, purpose) if value else ""


def new_file_key(thing: Model) -> tuple[bytes, str]:
    """A key that seals the one file of this thing; and as a token, to be kept in its row."""
    key = secrets.token_bytes(KEY_BYTES)
    return key, seal(encoded(key), thing, FILE_KEY)


def file_key(token: str, thing: Model) -> bytes:
    """The key of this thing's file; raises CannotDecrypt for another's token, or none."""
    return decoded(ring().decrypt(token, place(thing, FILE_KEY)))


def place(thing: Model, field: str) -> str:
    """Where a value belongs. The public id is made before the row is, so sealing can come first."""
    return f"{thing._meta.label_lower}|{thing.public_id}|{field}"


def ring() -> Keyring:
    """The installation's keys; KeyringError where they are missing: none are made here."""
    return _ring(str(_folder()))


@lru_cache(maxsize=4)
def _ring(folder: str) -> Keyring:
    return Keyring(folder)


def make_first() -> None:
    """The keys of a new house. Its caller has made sure that nothing was sealed with others: new ones
    open none of it, and would hide that the old are gone."""
    place = _folder()
    if place.exists():
        return
    if KeyMark.objects.exists():
        raise KeyringError(f"{place} 中没有密钥，而数据库里已有加密内容。请放回密钥备份。")
    _make(place)


def _folder() -> Path:
    return Path(settings.KEYS_DIR) / "fields"


def _make(place: Path) -> None:
    """Make the keys beside their place and rename the folder: nobody ever reads half a ring."""
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(dir=place.parent, prefix=".keys-"))
    Keyring.create(draft)
    try:
        draft.rename(place)
    except OSError:
        # Another process was faster; its keys are the ones.
        shutil.rmtree(draft)
        if not place.exists():
            raise
