"""Which keys belong to this database: a fingerprint of each stands in it.

A missing or foreign key stops the start. Without the check, lost keys would be made anew unseen, and
what was sealed with the old ones would be found unreadable only when somebody needs it.
"""

from datetime import datetime

from django.conf import settings

from accounts.models import User
from accounts.services import installation, key_marks, secrets
from common.errors import Refused
from common.keyfiles import KeyringError
from config.backups import keys


def settle(now: datetime) -> None:
    """At a start: make a new house's keys, finish what a killed restore left, else compare; or Refused."""
    marks = key_marks.marked()
    if not marks:
        if not keys.present() and User.objects.exclude(username=installation.USERNAME).exists():
            raise Refused(
                f"数据库里已有数据，{settings.KEYS_DIR} 里没有密钥，没有启动，也没有另做密钥。"
                "请放回密钥备份；密钥确已丢失的，从备份恢复，加 --without-keys。"
            )
        _make()
    elif keys.waiting():
        if _wrong(marks, {**keys.present(), **keys.waiting()}):
            keys.drop_staged()
        else:
            keys.take_staged(now)
    check()
    key_marks.mark({**marks, **keys.present()})


def check() -> None:
    """Our keys are those of the database; else Refused."""
    marks, ours = key_marks.marked(), keys.present()
    if wrong := _wrong(marks, ours):
        told = "；".join(f"{name} {'不是这个数据库的' if name in ours else '不见了'}" for name in wrong)
        raise Refused(
            f"密钥不对，没有启动：{told}。另做的密钥解不开已有的证件号码、电话和举报人信息。"
            f"请把密钥备份放回 {settings.KEYS_DIR}；密钥确已丢失的，从备份恢复，加 --without-keys。"
        )


def begin_anew() -> None:
    """Whoever restores has agreed that the old keys are lost: what is here, or new ones, count from now."""
    key_marks.mark({})
    _make()
    key_marks.mark(keys.present())


def _make() -> None:
    try:
        secrets.ring()
    except KeyringError as error:
        raise Refused(str(error)) from error


def _wrong(marks: dict[str, str], ours: dict[str, str]) -> list[str]:
    return [name for name, value in marks.items() if ours.get(name) != value]
