"""Which keys belong to this database: a fingerprint of each stands in it.

A missing or foreign key stops the start. Without the check, lost keys would be made anew unseen, and
what was sealed with the old ones would be found unreadable only when somebody needs it.
"""

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings

from accounts.models import TrailSeal, User
from accounts.services import installation, key_marks, secrets, trail_keys
from common.errors import Refused
from common.keyfiles import KeyringError
from config import witnesses
from config.backups import keys

# What stands for keys in a database from before there were fingerprints.
INDEX, FIRST = "fields/index.key", "fields/field-1.key"


def settle(now: datetime) -> None:
    """At a start: finish what a killed restore left, compare, make a new house's keys; or Refused."""
    finish(now)
    if keys.waiting():
        raise Refused("上次恢复没有做完，没有启动。请再恢复一次：manage.py restore 目录 --force。")
    check()
    if not _in_use():
        _make()
    _load()
    _make_signing()
    key_marks.mark({**key_marks.marked(), **keys.present()})


def finish(now: datetime) -> None:
    """Keys that a restore left lying ready take their place if they are the database's, else they go."""
    if not keys.waiting():
        return
    marks = key_marks.marked()
    if not marks and _in_use():
        return  # nothing says whose they are
    if not marks or _wrong(marks, {**keys.present(), **keys.waiting()}):
        keys.drop_staged()
    else:
        take_staged(now)


def take_staged(now: datetime) -> None:
    """Keys that lie ready take their place; Refused where one can't: the next start goes on with it."""
    try:
        keys.take_staged(now)
    except OSError as error:
        raise Refused(
            f"数据库已经恢复，密钥还没有全部放到位：{error.filename2 or error.filename} 不能读写。"
            f"请核对 {settings.KEYS_DIR} 的权限和磁盘空间，再启动矿案通，启动时会接着放好。"
        ) from error


def check() -> None:
    """Our keys are those of the database; else Refused."""
    if lacking := faults():
        raise Refused(
            f"密钥不对，没有启动：{lacking}。另做的密钥解不开已有的证件号码、电话和举报人信息。"
            + (
                "上次恢复还没有做完，请运行 manage.py serve --no-serve 接着做完。"
                if keys.waiting()
                else f"请把密钥备份放回 {settings.KEYS_DIR}；密钥确已丢失的，从备份恢复，加 --without-keys。"
            )
        )


def faults() -> str:
    """Which keys are missing or another's, in words; "" where all are the database's."""
    marks, ours = key_marks.marked(), keys.present()
    if not marks and _in_use():
        wrong = [name for name in _needed_unmarked() if name not in ours] or _accused()
    else:
        wrong = _wrong(marks, ours)
    return "；".join(f"{name} {_fault(name, ours)}" for name in wrong)


def _accused() -> list[str]:
    try:
        return witnesses.accused()
    except KeyringError:
        return []  # whoever loads them says what is wrong with them


def _fault(name: str, ours: dict[str, str]) -> str:
    if name in ours:
        return "不是这个数据库的"
    there = os.path.lexists(Path(settings.KEYS_DIR) / name)
    return "读不出来，请核对属主和权限" if there else "不见了"


def _in_use() -> bool:
    """Whether there may be something that keys have sealed: a house has people as soon as it has data."""
    return User.objects.exclude(username=installation.USERNAME).exists()


def _needed_unmarked() -> Iterator[str]:
    """The keys that a house in use must have, whatever its database says of them."""
    yield from (INDEX, FIRST)
    if TrailSeal.objects.exists():
        yield trail_keys.NAME


def begin_anew() -> None:
    """Whoever restores has agreed that the old keys are lost: what is here, or new ones, count from now."""
    key_marks.mark({})
    _make()
    _load()
    trail_keys.begin_anew()
    key_marks.mark(keys.present())


def _make() -> None:
    try:
        secrets.make_first()
    except KeyringError as error:
        raise Refused(str(error)) from error


def _load() -> None:
    try:
        secrets.ring()
    except KeyringError as error:
        raise Refused(str(error)) from error


def _make_signing() -> None:
    """A house from before there were seals gets its key at the first start."""
    try:
        trail_keys.make_first()
    except KeyringError as error:
        raise Refused(str(error)) from error


def _wrong(marks: dict[str, str], ours: dict[str, str]) -> list[str]:
    return [name for name, value in marks.items() if ours.get(name) != value]
