"""Values encrypted at rest, and blind indexes to find them by.

Envelope: each value has its own random 256-bit data key (AES-256-GCM); the data key is wrapped by
a master key whose id stands in the token, so keys can be rotated without touching the values.
Both layers are bound to the value's own place ("table|public id|field"): a token moved to another
row does not open. Whatever is wrong, decrypting raises; it never returns something else.

Keys are files of mode 0600 in a folder outside the database and its backup:
`field-<number>.key` (the highest number is the current master key) and `index.key`.
"""

import base64
import binascii
import hashlib
import hmac
import os
import re
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_VERSION = "v1"
_KEY_BYTES = 32
_NONCE_BYTES = 12
_MASTER_FILE = re.compile(r"field-([0-9]{1,6})\.key")
_INDEX_FILE = "index.key"


class KeyringError(Exception):
    """The keys are missing, unreadable, open to others or would be overwritten."""


class CannotDecrypt(Exception):  # noqa: N818 - says what happened, as Refused does
    """The token is damaged, belongs elsewhere, or its key is not here."""

    def __init__(self) -> None:
        super().__init__("加密内容无法解开，请联系系统管理员核对密钥。")


class Keyring:
    """The keys of one installation, read from a folder. Safe to share between threads."""

    def __init__(self, folder: Path | str):
        self._folder = Path(folder)
        self._masters: dict[str, bytes] = {}
        self._read_masters()
        self._index = _read_key(self._folder / _INDEX_FILE)

    def __repr__(self) -> str:
        return f"Keyring({str(self._folder)!r})"

    @classmethod
    def create(cls, folder: Path | str) -> "Keyring":
        """Make a first master key and the index key; refuses where any key is already."""
        folder = Path(folder)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if any(folder.glob("*.key")):
            raise KeyringError(f"{folder} 中已有密钥文件，不能覆盖。")
        _write_key(folder / _INDEX_FILE)
        _write_key(folder / "field-1.key")
        return cls(folder)

    @property
    def current_key_id(self) -> str:
        """The id of the master key that new values are wrapped with."""
        return max(self._masters, key=int)

    def add_master_key(self) -> str:
        """Make a new current master key; older ones stay for reading. Returns its id."""
        self._read_masters()
        key_id = str(int(self.current_key_id) + 1)
        _write_key(self._folder / f"field-{key_id}.key")
        self._read_masters()
        return key_id

    def encrypt(self, plaintext: str, bound_to: str) -> str:
        """A token that opens only with these keys and this binding."""
        data_key = secrets.token_bytes(_KEY_BYTES)
        sealed = _seal(data_key, plaintext.encode(), _data_context(bound_to))
        return self._token(data_key, sealed, bound_to)

    def decrypt(self, token: str, bound_to: str) -> str:
        """The plaintext. Raises CannotDecrypt for any token that was not made for this place."""
        data_key, sealed, _ = self._unwrap(token, bound_to)
        return _open(data_key, sealed, _data_context(bound_to)).decode()

    def rewrap(self, token: str, bound_to: str) -> str:
        """The same value under the current master key; unchanged if it is already."""
        data_key, sealed, key_id = self._unwrap(token, bound_to)
        _open(data_key, sealed, _data_context(bound_to))
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
        wrapped = _seal(self._masters[key_id], data_key, _wrap_context(key_id, bound_to))
        return ".".join((_VERSION, key_id, _encoded(wrapped), _encoded(sealed)))

    def _unwrap(self, token: str, bound_to: str) -> tuple[bytes, bytes, str]:
        parts = token.split(".") if isinstance(token, str) else []
        if len(parts) != 4 or parts[0] != _VERSION:
            raise CannotDecrypt
        key_id, wrapped, sealed = parts[1], _decoded(parts[2]), _decoded(parts[3])
        data_key = _open(self._master(key_id), wrapped, _wrap_context(key_id, bound_to))
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
        found = {}
        for path in self._folder.glob("field-*.key"):
            if match := _MASTER_FILE.fullmatch(path.name):
                found[str(int(match[1]))] = _read_key(path)
        if not found:
            raise KeyringError(f"{self._folder} 中没有主密钥文件，请先生成密钥或恢复密钥备份。")
        self._masters = found


# ---------------------------------------------------------------- sealing


def _seal(key: bytes, content: bytes, context: bytes) -> bytes:
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, content, context)


def _open(key: bytes, sealed: bytes, context: bytes) -> bytes:
    try:
        return AESGCM(key).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], context)
    except (InvalidTag, ValueError):
        raise CannotDecrypt from None


def _data_context(bound_to: str) -> bytes:
    # Without the master key's id, so that rewrapping leaves the value itself alone.
    return b"kuangantong/v1/data|" + bound_to.encode()


def _wrap_context(key_id: str, bound_to: str) -> bytes:
    return f"kuangantong/v1/key|{key_id}|{bound_to}".encode()


def _encoded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _decoded(text: str) -> bytes:
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise CannotDecrypt from None
    # Base64 has several spellings of some values; only the one we write is taken.
    if _encoded(raw) != text:
        raise CannotDecrypt
    return raw


# ---------------------------------------------------------------- key files


def _write_key(path: Path) -> None:
    content = base64.b64encode(secrets.token_bytes(_KEY_BYTES)) + b"\n"
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise KeyringError(f"密钥文件 {path} 已存在，不能覆盖。") from None
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _read_key(path: Path) -> bytes:
    try:
        if os.name == "posix" and path.stat().st_mode & 0o077:
            raise KeyringError(f"密钥文件 {path} 的权限过宽，请改为仅属主可读写（0600）。")
        key = base64.b64decode(path.read_bytes().strip(), validate=True)
    except OSError:
        raise KeyringError(f"密钥文件 {path} 不存在或无法读取，请核对或恢复密钥备份。") from None
    except binascii.Error:
        raise KeyringError(f"密钥文件 {path} 内容不对，请恢复密钥备份。") from None
    if len(key) != _KEY_BYTES:
        raise KeyringError(f"密钥文件 {path} 长度不对，请恢复密钥备份。")
    return key
