"""Files that lie encrypted on the disk, piece by piece, so that none ever stands in memory whole.

A file is HEAD (its format and crypto suite) and pieces of 64 KiB, each AES-256-GCM under the file's own
key, which seals nothing else. The nonce of a piece is its number and whether it is the last: pieces
swapped, left out, added or cut off at the end don't open. All is bound to the file's own place.
"""

import io
from collections.abc import Iterable
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from common.sealing import CannotDecrypt

HEAD = b"KATSEAL\x01"  # format and suite 1: AES-256-GCM, pieces of 64 KiB
PIECE = 64 * 1024
TAG = 16


def write_sealed(target: BinaryIO, chunks: Iterable[bytes], key: bytes, bound_to: str) -> None:
    """Write `chunks` to `target` so that they open with this key at this place only."""
    sealer = Sealer(target, key, bound_to)
    for chunk in chunks:
        sealer.write(chunk)
    sealer.finish()


class Sealer:
    """Writes sealed what comes bit by bit; it opens only after `finish`."""

    def __init__(self, target: BinaryIO, key: bytes, bound_to: str):
        self._target, self._cipher, self._context = target, AESGCM(key), _context(bound_to)
        self._held, self._number = bytearray(), 0
        target.write(HEAD)

    def write(self, chunk: bytes) -> None:
        """The next bytes."""
        self._held += chunk
        while len(self._held) > PIECE:
            self._put(bytes(self._held[:PIECE]), last=False)
            del self._held[:PIECE]

    def finish(self) -> None:
        """The rest as the last piece; a file without bytes is one empty piece."""
        self._put(bytes(self._held), last=True)

    def _put(self, piece: bytes, *, last: bool) -> None:
        self._target.write(self._cipher.encrypt(_nonce(self._number, last), piece, self._context))
        self._number += 1


def open_sealed_file(handle: BinaryIO, key: bytes, bound_to: str) -> BinaryIO:
    """The plain bytes, to read and seek in.

    Raises CannotDecrypt, at once or where a piece is read that isn't what was sealed.
    """
    return io.BufferedReader(_Unsealed(handle, key, bound_to), PIECE)


def _context(bound_to: str) -> bytes:
    return HEAD + b"kuangantong/v1/file|" + bound_to.encode()


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


class _Unsealed(io.RawIOBase):
    def __init__(self, handle: BinaryIO, key: bytes, bound_to: str):
        self._handle, self._cipher, self._context = handle, AESGCM(key), _context(bound_to)
        body = handle.seek(0, io.SEEK_END) - len(HEAD)
        self._count = -(-body // (PIECE + TAG))
        self._size = body - self._count * TAG
        handle.seek(0)
        if handle.read(len(HEAD)) != HEAD or self._size < 0 or self._count < 1:
            raise CannotDecrypt
        self._at, self._piece, self._number = 0, b"", None

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self._at = max(0, offset + {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence])
        return self._at

    def readinto(self, buffer: bytearray) -> int:
        number, start = divmod(self._at, PIECE)
        if self._at >= self._size:
            # Also of an empty file the one piece must open.
            self._open(self._count - 1)
            return 0
        self._open(number)
        taken = self._piece[start : start + len(buffer)]
        buffer[: len(taken)] = taken
        self._at += len(taken)
        return len(taken)

    def close(self) -> None:
        self._handle.close()
        super().close()

    def _open(self, number: int) -> None:
        """Have this piece at hand."""
        if number == self._number:
            return
        self._handle.seek(len(HEAD) + number * (PIECE + TAG))
        sealed = self._handle.read(PIECE + TAG)
        try:
            nonce = _nonce(number, number == self._count - 1)
            self._piece = self._cipher.decrypt(nonce, sealed, self._context)
        except (InvalidTag, ValueError):
            raise CannotDecrypt from None
        self._number = number
