"""Sealed files: what was written comes back; whatever was done to the bytes is noticed."""

import io
import tracemalloc

import pytest

from common.sealed_files import HEAD, PIECE, TAG, open_sealed_file, write_sealed
from common.sealing import CannotDecrypt

KEY, OTHER, HERE = b"k" * 32, b"o" * 32, "accounts.storedfile|abc|content"
SIZES = (0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE, 3 * PIECE + 5)


def plain(size: int) -> bytes:
    """Bytes of which no two pieces are alike."""
    return b"".join(number.to_bytes(4, "big") for number in range(-(-size // 4)))[:size]


def sealed(content: bytes, key=KEY, place=HERE) -> bytes:
    target = io.BytesIO()
    write_sealed(target, [content[at : at + 1000] for at in range(0, len(content), 1000)], key, place)
    return target.getvalue()


def opened(raw: bytes, key=KEY, place=HERE) -> bytes:
    with open_sealed_file(io.BytesIO(raw), key, place) as handle:
        return handle.read()


@pytest.mark.parametrize("size", SIZES)
def test_what_was_sealed_comes_back(size):
    raw = sealed(plain(size))
    assert opened(raw) == plain(size)
    assert raw.startswith(HEAD)


def test_no_piece_of_it_stands_in_the_sealed_bytes():
    raw = sealed(b"NAME" * PIECE)
    assert b"NAME" not in raw
    assert sealed(b"NAME") != sealed(b"NAME", key=OTHER)


def test_it_can_be_read_from_any_place_in_it():
    content = plain(3 * PIECE + 5)
    with open_sealed_file(io.BytesIO(sealed(content)), KEY, HERE) as handle:
        assert handle.seek(0, io.SEEK_END) == len(content)
        for at in (2 * PIECE - 3, 0, 3 * PIECE + 2, PIECE):
            handle.seek(at)
            assert handle.read(10) == content[at : at + 10]


def cut(raw, number):
    """The bytes without one piece."""
    start = len(HEAD) + number * (PIECE + TAG)
    return raw[:start] + raw[start + PIECE + TAG :]


def swapped(raw):
    """The first two pieces in each other's place."""
    first, second = len(HEAD), len(HEAD) + PIECE + TAG
    return raw[:first] + raw[second : second + PIECE + TAG] + raw[first:second] + raw[second + PIECE + TAG :]


RAW = sealed(plain(3 * PIECE + 5))
DAMAGED = {
    "one bit": RAW[:90] + bytes([RAW[90] ^ 1]) + RAW[91:],
    "first piece left out": cut(RAW, 0),
    "last piece left out": cut(RAW, 3),
    "pieces swapped": swapped(RAW),
    "a piece twice": RAW[: len(HEAD) + PIECE + TAG] + RAW[len(HEAD) :],
    "cut inside a piece": RAW[:-3],
    "bytes added": RAW + b"more",
    "another suite": b"KATSEAL\x02" + RAW[len(HEAD) :],
    "head alone": HEAD,
    "plain": b"%PDF-1.4 some pages",
    "nothing": b"",
}


@pytest.mark.parametrize("what", DAMAGED)
def test_what_was_done_to_it_is_noticed(what):
    with pytest.raises(CannotDecrypt):
        opened(DAMAGED[what])


def test_another_key_or_another_place_opens_nothing():
    for key, place in ((OTHER, HERE), (KEY, "accounts.storedfile|abd|content")):
        with pytest.raises(CannotDecrypt):
            opened(RAW, key, place)
        with pytest.raises(CannotDecrypt):
            opened(sealed(b""), key, place)


def test_a_large_file_never_stands_in_memory_whole(tmp_path):
    place, chunk = tmp_path / "film", bytes(PIECE)
    tracemalloc.start()
    with place.open("wb") as target:
        write_sealed(target, (chunk for _ in range(400)), KEY, HERE)
    size = 0
    with open_sealed_file(place.open("rb"), KEY, HERE) as handle:
        while taken := handle.read(PIECE):
            size += len(taken)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert size == 400 * PIECE
    assert most < 2 * 1024 * 1024, "25 MB pass through two"
