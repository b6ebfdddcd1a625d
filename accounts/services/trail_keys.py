"""The key with which this house signs its seals (Ed25519), beside its other keys."""

from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

from accounts.models import KeyMark, TrailSeal
from common.keyfiles import KeyringError, read_key, write_key

# Backups and the marks in the database name a key by its path below KEYS_DIR.
NAME = "trail/sign.key"
FORMER = "trail/former.txt"


def sign(message: bytes) -> tuple[str, str]:
    """(our public key, signature), in hex. KeyringError where the key is missing or damaged."""
    key = _own()
    return _public(key), key.sign(message).hex()


def make_first() -> None:
    """The key of a house that never had one; a lost one is never made anew."""
    path = Path(settings.KEYS_DIR) / NAME
    if path.exists() or TrailSeal.objects.exists() or KeyMark.objects.filter(name=NAME).exists():
        return
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        write_key(path)
    except KeyringError:
        read_key(path)  # another process was faster; its key is the one


def begin_anew() -> None:
    """Whoever restores has agreed that the old key is lost: its seals count on, new ones get a new key."""
    path = Path(settings.KEYS_DIR) / NAME
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_key(path)
    used = set(TrailSeal.objects.values_list("key", flat=True).distinct())
    former = "".join(f"{key}\n" for key in sorted((used | _former()) - {_public(_own())}))
    place = Path(settings.KEYS_DIR) / FORMER
    place.touch(mode=0o600)
    place.write_text(former)


def trusted() -> set[str]:
    """The public keys whose signatures count here; KeyringError where our own can't be read."""
    return {_public(_own()), *_former()}


def holds(key: str, signature: str, message: bytes) -> bool:
    """Whether the holder of `key` signed `message`."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(bytes.fromhex(signature), message)
    except (InvalidSignature, ValueError):
        return False
    return True


def _own() -> Ed25519PrivateKey:
    make_first()
    return Ed25519PrivateKey.from_private_bytes(read_key(Path(settings.KEYS_DIR) / NAME))


def _public(key: Ed25519PrivateKey) -> str:
    return key.public_key().public_bytes_raw().hex()


def _former() -> set[str]:
    path = Path(settings.KEYS_DIR) / FORMER
    return set(path.read_text().split()) if path.exists() else set()
