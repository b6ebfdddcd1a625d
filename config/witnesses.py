"""Whether keys are those of a database without fingerprints: what they sealed in it bears witness.

A database from before there were fingerprints gets them at its first start; foreign keys would then count as
its own, and nobody would notice before somebody needs what they can't open. A key of which nothing bears
witness is taken as it is.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db.models import Model

from accounts.models import TrailSeal
from accounts.services import secrets, trail_keys
from campaigns.models import KeyPerson
from common.crypto import Keyring
from common.sealing import CannotDecrypt
from registry.models import Party
from registry.services.sealing import IDENTITY

END = "_sealed"
TOKEN = re.compile(r"v1\.([0-9]+)\.")  # common.crypto: the number of the key it was made with
# Of each column the oldest and the newest: a damaged row accuses no key that opens another.
ASKED = 3
INDEXED = ((Party, "identity_index"), (KeyPerson, "person_index"))


def accused() -> list[str]:
    """The keys, by their files' names, that open nothing of what stands in the database as theirs.

    KeyringError where there are none to try.
    """
    ring, opened = Keyring(Path(settings.KEYS_DIR) / "fields"), {}
    for name, opens in chain(_fields(ring), _index(ring), _signature()):
        opened[name] = opened.get(name, False) or opens
    return sorted(name for name, any_opens in opened.items() if not any_opens)


def _fields(ring: Keyring) -> Iterator[tuple[str, bool]]:
    for model in apps.get_models():
        names = [field.name for field in model._meta.concrete_fields]
        for column in [name for name in names if name.endswith(END)] if "public_id" in names else []:
            for row in _asked(model, column):
                if made := TOKEN.match(getattr(row, column)):
                    yield f"fields/field-{made[1]}.key", _value(ring, row, column) is not None


def _index(ring: Keyring) -> Iterator[tuple[str, bool]]:
    for model, column in INDEXED:
        for row in _asked(model, column):
            number = _value(ring, row, f"identity{END}")
            if number:
                yield "fields/index.key", ring.blind_index(number, IDENTITY) == getattr(row, column)


def _signature() -> Iterator[tuple[str, bool]]:
    newest = TrailSeal.objects.order_by("number").last()
    if newest is not None:
        yield trail_keys.NAME, newest.key in trail_keys.trusted()


def _asked(model: type[Model], column: str) -> Iterable[Model]:
    rows = model._base_manager.exclude(**{column: ""}).order_by("pk")
    return [*rows[:ASKED], *rows.reverse()[:ASKED]]


def _value(ring: Keyring, row: Model, column: str) -> str | None:
    """What is sealed there; None where it doesn't open. "" stays ""."""
    token, field = getattr(row, column), column.removesuffix(END)
    if not token:
        return ""
    for name in (field, column, secrets.FILE_KEY):  # the names that the apps seal a column under
        try:
            return ring.decrypt(token, secrets.place(row, name))
        except CannotDecrypt:
            continue
    return None
