"""Sealing what only few may read: bound to its row and field, found by blind index only.

Unmasking is an act of the apps above, with a reason and a trail entry; here are only the keys.
"""

import shutil
import tempfile
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.db.models import Model

from accounts.models import KeyMark
from common.crypto import Keyring
from common.keyfiles import KeyringError


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


def place(thing: Model, field: str) -> str:
    """Where a value belongs. The public id is made before the row is, so sealing can come first."""
    return f"{thing._meta.label_lower}|{thing.public_id}|{field}"


def ring() -> Keyring:
    """The installation's keys; made on first use of a new house, in a folder of their own."""
    return _ring(str(Path(settings.KEYS_DIR) / "fields"))


@lru_cache(maxsize=4)
def _ring(folder: str) -> Keyring:
    place = Path(folder)
    if not place.exists():
        if KeyMark.objects.exists():
            # New keys open nothing that was sealed with the old ones, and would hide that they are gone.
            raise KeyringError(f"{place} 中没有密钥，而数据库里已有加密内容。请放回密钥备份。")
        _make(place)
    return Keyring(place)


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
