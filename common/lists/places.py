"""A place in a list as an address has it: sealed, since what a list is sorted by may be somebody's name."""

import hashlib
import json
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings

from common.lists.order import Key
from common.sealing import CannotDecrypt, decoded, encoded, open_sealed, seal


def written(name: str, order: Sequence[Key], place: Sequence[Any]) -> str:
    """A place in the list of that name, in that order."""
    content = json.dumps([_plain(value) for value in place], ensure_ascii=False)
    return encoded(seal(_key(), content.encode(), _context(name, order)))


def read(name: str, order: Sequence[Key], text: str) -> list[Any] | None:
    """The place; None for what was written for another list or order, or by somebody else."""
    try:
        return json.loads(open_sealed(_key(), decoded(text), _context(name, order)))
    except (CannotDecrypt, UnicodeEncodeError):
        return None


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def _context(name: str, order: Sequence[Key]) -> bytes:
    return "|".join((name, *(f"{'-' * each.down}{each.path}" for each in order))).encode()


def _key() -> bytes:
    return hashlib.sha256(f"list places|{settings.SECRET_KEY}".encode()).digest()
