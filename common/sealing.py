"""Sealing bytes under a key and a context (AES-256-GCM), and writing them as text."""

import base64
import binascii
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
NONCE_BYTES = 12


class CannotDecrypt(Exception):  # noqa: N818 - says what happened, as Refused does
    """The token is damaged, belongs elsewhere, or its key is not here."""

    def __init__(self) -> None:
        super().__init__("加密内容无法解开，请联系系统管理员核对密钥。")


def seal(key: bytes, content: bytes, context: bytes) -> bytes:
    """Nonce and ciphertext; opens only with this key and this context."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, content, context)


def open_sealed(key: bytes, sealed: bytes, context: bytes) -> bytes:
    """What was sealed. Raises CannotDecrypt for anything else."""
    try:
        return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], context)
    except (InvalidTag, ValueError):
        raise CannotDecrypt from None


def data_context(bound_to: str) -> bytes:
    """What a value is bound to: its own place."""
    # Without the master key's id, so that rewrapping leaves the value itself alone.
    return b"kuangantong/v1/data|" + bound_to.encode()


def wrap_context(key_id: str, bound_to: str) -> bytes:
    """What a wrapped data key is bound to: its master key and the value's place."""
    return f"kuangantong/v1/key|{key_id}|{bound_to}".encode()


def encoded(raw: bytes) -> str:
    """Bytes as URL-safe text without padding."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def decoded(text: str) -> bytes:
    """The bytes of such a text; CannotDecrypt for any other spelling."""
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise CannotDecrypt from None
    # Base64 has several spellings of some values; only the one we write is taken.
    if encoded(raw) != text:
        raise CannotDecrypt
    return raw
