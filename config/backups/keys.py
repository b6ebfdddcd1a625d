"""The keys of the encrypted fields, kept apart from the backup that they open.

The session key isn't among them: a new one only makes everybody sign in again.
"""

import hashlib
import hmac
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from django.conf import settings

from common.errors import Refused
from config.backups import manifest
from config.backups.replacing import LeftHalfway

LEFT_OUT = "session.key"


def present(folder: Path | None = None) -> dict[str, str]:
    """Key files of a folder (our own) with values to tell them by, which don't give them away.

    One that can't be read isn't among them.
    """
    folder, found = folder or Path(settings.KEYS_DIR), {}
    for path in sorted(folder.glob("**/*.key")):
        name = path.relative_to(folder)
        if path.name != LEFT_OUT and not any(part.startswith(".") for part in name.parts):
            with suppress(OSError):
                digest = hmac.digest(path.read_bytes().strip(), b"kuangantong backup", hashlib.sha256)
                found[name.as_posix()] = digest.hex()
    return found


def refuse_together(folder: Path, keys_folder: Path) -> None:
    """Keys beside what they lock are no lock: Refused."""
    backups, keys = folder.resolve(), keys_folder.resolve()
    if backups.is_relative_to(keys) or keys.is_relative_to(backups):
        raise Refused("密钥不能和备份放在一起。请用 --keys 另写一个目录，最好在另一个介质上。")


def save(keys_folder: Path) -> int:
    """Copy our keys out; how many. Keys of another installation there are refused."""
    theirs = present(keys_folder) if keys_folder.exists() else {}
    ours = present()
    if any(theirs[name] != ours.get(name) for name in theirs):
        raise Refused(f"{keys_folder} 里已有别的密钥，没有覆盖。请另写一个目录。")
    _copy(Path(settings.KEYS_DIR), keys_folder, ours)
    return len(ours)


def check(wanted: dict[str, str], keys_folder: Path | None) -> None:
    """The keys that a backup needs are given or here already; else Refused."""
    if lacking := _lacking(wanted, keys_folder):
        raise Refused(
            f"恢复还需要制作备份时的密钥：{'、'.join(lacking)}。没有它们，加密的证件号码、电话和"
            "举报人信息解不开。请用 --keys 写密钥所在的目录；密钥确已丢失的，加 --without-keys。"
        )


def enough(wanted: dict[str, str], keys_folder: Path | None) -> bool:
    """Whether the keys that a backup needs are given or here already."""
    return not _lacking(wanted, keys_folder)


def _lacking(wanted: dict[str, str], keys_folder: Path | None) -> list[str]:
    given = {**present(), **(present(keys_folder) if keys_folder else {})}
    return [name for name, value in wanted.items() if given.get(name) != value]


@contextmanager
def staged(wanted: dict[str, str], keys_folder: Path | None) -> Iterator[None]:
    """The needed keys lie ready beside ours; they go again when the block fails and is taken back."""
    drop_staged()
    try:
        if keys_folder is not None:
            ours, theirs = present(), present(keys_folder)
            names = [name for name, value in wanted.items() if theirs.get(name) == value != ours.get(name)]
            _copy(keys_folder, _staging(), names)
        yield
    except LeftHalfway:
        raise
    except BaseException:
        drop_staged()
        raise


def waiting() -> dict[str, str]:
    """Keys that lie ready, as `present` tells them."""
    return present(_staging()) if _staging().exists() else {}


def take_staged(now: datetime) -> None:
    """Keys that lie ready take their place; others of the same name are set aside, never deleted.

    May be killed at any point and called again: what was moved doesn't lie there any more.
    """
    home = Path(settings.KEYS_DIR)
    aside = home / f".before-{now:%Y%m%d%H%M%S}"
    for name in waiting():
        if (home / name).exists():
            (aside / name).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            os.link(home / name, aside / name)
        (home / name).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        (_staging() / name).replace(home / name)
        manifest.sync((home / name).parent)
    drop_staged()


def drop_staged() -> None:
    """Forget keys that lay ready."""
    shutil.rmtree(_staging(), ignore_errors=True)


def _staging() -> Path:
    return Path(settings.KEYS_DIR) / ".restoring"


def _copy(source: Path, target: Path, names) -> None:
    for name in names:
        place = target / name
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as handle:
            handle.write((source / name).read_bytes())
            handle.flush()
            os.fsync(handle.fileno())
        manifest.sync(place.parent)
