"""Values encrypted at rest, and blind indexes to find them by.

Envelope: each value has its own random 256-bit data key (AES-256-GCM); the data key is wrapped by
a master key whose id stands in the token, so keys can be rotated without touching the values.
Both layers are bound to the value's own place ("table|public id|field"): a token moved to another
row does not open. Whatever is wrong, decrypting raises; it never returns something else.

Keys are files of mode 0600 in a folder outside the database and its backup:
`field-<number>.key` (the highest number is the current master key) and `index.key`.
"""

import hashlib
import hmac
import re
import secrets
from pathlib import Path

from common.keyfiles import KeyringError, read_key, write_key
from common.sealing import (
    KEY_BYTES,
    CannotDecrypt,
    data_context,
    decoded,
    encoded,
    open_sealed,
    seal,
    wrap_context,
)

_VERSION = "v1"
_MASTER_FILE = re.compile(r"field-([0-9]{1,6})\.key")
_INDEX_FILE = "index.key"


class Keyring:
    """The keys of one installation, read from a folder. Safe to share between threads."""

    def __init__(self, folder: Path | str):
        self._folder = Path(folder)
        self._masters: dict[str, bytes] = {}
        self._read_masters()
        self._index = read_key(self._folder / _INDEX_FILE)

    def __repr__(self) -> str:
        return f"Keyring({str(self._folder)!r})"

    @classmethod
    def create(cls, folder: Path | str) -> "Keyring":
        """Make a first master key and the index key; refuses where any key is already."""
        folder = Path(folder)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if any(folder.glob("*.key")):
            raise KeyringError(f"{folder} 中已有密钥文件，不能覆盖。")
        write_key(folder / _INDEX_FILE)
        write_key(folder / "field-1.key")
        return cls(folder)

    @property
    def current_key_id(self) -> str:
        """The id of the master key that new values are wrapped with."""
        return max(self._masters, key=int)

    def add_master_key(self) -> str:
        """Make a new current master key; older ones stay for reading. Returns its id."""
        self._read_masters()
        key_id = str(int(self.current_key_id) + 1)
        write_key(self._folder / f"field-{key_id}.key")
        self._read_masters()
        return key_id

    def encrypt(self, plaintext: str, bound_to: str) -> str:
        """A token that opens only with these keys and this binding."""
        data_key = secrets.token_bytes(KEY_BYTES)
        sealed = seal(data_key, plaintext.encode(), data_context(bound_to))
        return self._token(data_key, sealed, bound_to)

    def decrypt(self, token: str, bound_to: str) -> str:
        """The plaintext. Raises CannotDecrypt for any token that was not made for this place."""
        data_key, sealed, _ = self._unwrap(token, bound_to)
        return open_sealed(data_key, sealed, data_context(bound_to)).decode()

    def rewrap(self, token: str, bound_to: str) -> str:
        """The same value under the current master key; unchanged if it is already."""
        data_key, sealed, key_id = self._unwrap(token, bound_to)
        open_sealed(data_key, sealed, data_context(bound_to))
        if key_id == self.current_key_id:
            return token
        return self._token(data_key, sealed, bound_to)

    def blind_index(self, value: str, purpose: str) -> str:
        """A keyed digest (HMAC-SHA256, hex) to find equal values by, apart for each purpose.

        The caller normalises the value; two purposes never share a digest.
        """
        subkey = hmac.digest(self._index, b"purpose:" + purpose.encode(), hashlib.sha256)
        return hmac.digest(subkey, value.encode(), hashlib.sha256).hex()

    def _token(self, data_key: bytes, sealed: bytes, bound_to: str) -> str:
        key_id = self.current_key_id
        wrapped = seal(self._masters[key_id], data_key, wrap_context(key_id, bound_to))
        return ".".join((_VERSION, key_id, encoded(wrapped), encoded(sealed)))

    def _unwrap(self, token: str, bound_to: str) -> tuple[bytes, bytes, str]:
        parts = token.split(".") if isinstance(token, str) else []
        if len(parts) != 4 or parts[0] != _VERSION:
            raise CannotDecrypt
        key_id, wrapped, sealed = parts[1], decoded(parts[2]), decoded(parts[3])
        data_key = open_sealed(self._master(key_id), wrapped, wrap_context(key_id, bound_to))
        return data_key, sealed, key_id

    def _master(self, key_id: str) -> bytes:
        if key_id not in self._masters:
            # Another process may have rotated the keys since this one started.
            self._read_masters()
        try:
            return self._masters[key_id]
        except KeyError:
            raise CannotDecrypt from None

    def _read_masters(self) -> None:
        masters = {}
        for path in self._folder.glob("field-*.key"):
            if match := _MASTER_FILE.fullmatch(path.name):
                masters[str(int(match[1]))] = read_key(path)
        if not masters:
            raise KeyringError(f"{self._folder} 中没有主密钥文件，请先生成密钥或恢复密钥备份。")
        self._masters = masters
