"""The embedded queue loses no ring to a reader that comes too early."""

import errno
import threading
from pathlib import Path

import pytest
from kombu import Connection

from config import doorbell

RINGS = 300


@pytest.fixture
def broker(tmp_path):
    """`broker()` opens a connection to a queue of this test's own."""
    for name in ("queue", "control"):
        (tmp_path / name).mkdir()
    doorbell.register()

    def opened():
        return Connection(
            f"{doorbell.SCHEME}://localhost//",
            transport_options={
                "data_folder_in": str(tmp_path / "queue"),
                "data_folder_out": str(tmp_path / "queue"),
                "control_folder": str(tmp_path / "control"),
                "polling_interval": 0.001,
            },
        )

    return opened


def test_every_ring_is_heard_while_somebody_listens_all_the_time(broker, tmp_path):
    def ring():
        with broker() as connection, connection.SimpleQueue("ring") as queue:
            for number in range(RINGS):
                queue.put(number)

    bell = threading.Thread(target=ring)
    with broker() as connection, connection.SimpleQueue("ring") as queue:
        bell.start()
        heard = []
        while len(heard) < RINGS:
            message = queue.get(timeout=10)
            heard.append(message.payload)
            message.ack()
    bell.join()
    assert sorted(heard) == list(range(RINGS))
    assert list((tmp_path / "queue").iterdir()) == []


def test_a_ring_for_which_there_was_no_room_leaves_no_draft(broker, tmp_path, monkeypatch):
    def half(path, text, **_):
        path.write_bytes(text.encode()[:5])
        raise OSError(errno.ENOSPC, "no room")

    with broker() as connection:
        channel = connection.default_channel
        monkeypatch.setattr(Path, "write_text", half)
        with pytest.raises(OSError, match="no room"):
            channel._put("ring", {"rings": 1})
    assert list((tmp_path / "queue").iterdir()) == []
