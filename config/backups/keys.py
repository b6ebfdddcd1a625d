"""The keys of the encrypted fields, kept apart from the backup that they open.

The session key isn't among them: a new one only makes everybody sign in again.
"""

import hashlib
import hmac
import os
import shutil
from datetime import datetime
from pathlib import Path

from django.conf import settings

from common.errors import Refused

LEFT_OUT = "session.key"


def present(folder: Path | None = None) -> dict[str, str]:
    """Key files of a folder (our own) with values to tell them by, which don't give them away."""
    folder = folder or Path(settings.KEYS_DIR)
    return {
        path.relative_to(folder).as_posix(): hmac.digest(
            path.read_bytes().strip(), b"kuangantong backup", hashlib.sha256
        ).hex()
        for path in sorted(folder.glob("**/*.key"))
        if path.name != LEFT_OUT and not any(part.startswith(".") for part in path.parts[1:])
    }


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
    given = {**present(), **(present(keys_folder) if keys_folder else {})}
    lacking = [name for name, value in wanted.items() if given.get(name) != value]
    if lacking:
        raise Refused(
            f"恢复还需要制作备份时的密钥：{'、'.join(lacking)}。没有它们，加密的证件号码、电话和"
            "举报人信息解不开。请用 --keys 写密钥所在的目录；密钥确已丢失的，加 --without-keys。"
        )


def put_back(wanted: dict[str, str], keys_folder: Path | None, now: datetime) -> None:
    """Take the needed keys over; others of the same name are set aside, never deleted."""
    if keys_folder is None:
        return
    home, ours, theirs = Path(settings.KEYS_DIR), present(), present(keys_folder)
    names = [name for name, value in wanted.items() if theirs.get(name) == value != ours.get(name)]
    aside = home / f".before-{now:%Y%m%d%H%M%S}"
    for name in names:
        if name in ours:
            (aside / name).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            (home / name).rename(aside / name)
    _copy(keys_folder, home, names)


def _copy(source: Path, target: Path, names) -> None:
    for name in names:
        place = target / name
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as handle, (source / name).open("rb") as original:
            shutil.copyfileobj(original, handle)
