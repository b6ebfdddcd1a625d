"""The embedded queue: kombu's folder of messages, each of which appears whole.

The original makes a file and then writes it; a reader in between takes it empty, loses it and ends
the worker. Here a message is written beside and renamed into place.
"""

import time
import uuid
from pathlib import Path

from kombu.transport import TRANSPORT_ALIASES, filesystem
from kombu.utils.json import dumps

SCHEME = "doorbell"


class Channel(filesystem.Channel):
    """Messages that are there whole or not at all."""

    def _put(self, queue, payload, **_):
        name = f"{round(time.monotonic() * 1000)}_{uuid.uuid4()}.{queue}.msg"
        folder = Path(self.data_folder_out)
        draft = folder / f"{name}.draft"
        try:
            draft.write_text(dumps(payload), encoding="utf-8")
            draft.replace(folder / name)
        finally:
            draft.unlink(missing_ok=True)


class Transport(filesystem.Transport):
    """A folder as broker."""

    Channel = Channel


def register() -> None:
    """Let `doorbell://` stand in a broker's address."""
    TRANSPORT_ALIASES[SCHEME] = f"{__name__}:{Transport.__name__}"
