"""The second factor: set up by oneself, asked for at sign-in, taken off by oneself or by a reset."""

import secrets as random
from datetime import datetime

import pyotp
from django.db import transaction
from django.utils import timezone

from accounts.models import RecoveryCode, SecondFactor, User, Waits
from accounts.people_acts import PEOPLE_ACTS
from accounts.services import brakes, deeds, passwords, second_person, secrets, trail
from common.errors import Refused

STEP = 30  # seconds that a code is shown
DRIFT = (-1, 0, 1)  # steps by which a telephone's clock may be wrong
RECOVERY = 8
ISSUER = "矿案通"
WRONG = "动态口令不对，或者已经用过。请输入手机上新显示的六位数字，也可以输入一个没有用过的恢复码。"


def is_on(user: User) -> bool:
    """Whether a code is asked of this person at sign-in."""
    return SecondFactor.objects.filter(user=user, on_since__isnull=False).exists()


@transaction.atomic
def begin(*, by: User) -> str:
    """Make a new seed for oneself, not yet in use; the address that an app reads (otpauth://…).

    The caller has checked the password. Refused where one is in use.
    """
    person = deeds.lock(by)
    if is_on(person):
        raise Refused("动态口令已经启用。要换手机，请先停用再重新启用。")
    SecondFactor.objects.filter(user=person).delete()
    seed, row = pyotp.random_base32(), SecondFactor(user=person)
    row.seed_sealed = secrets.seal(seed, row, "seed")
    row.save()
    trail.record(by=by, act="begin_second_factor", label="准备动态口令", thing=person)
    return pyotp.TOTP(seed).provisioning_uri(name=person.username, issuer_name=ISSUER)


@transaction.atomic
def turn_on(*, by: User, code: str, now: datetime) -> list[str]:
    """Use it from now on, after a first right code; recovery codes, shown this once."""
    row = SecondFactor.objects.select_for_update().filter(user=by, on_since=None).first()
    if row is None or not _step_of(row, code, now):
        raise Refused("口令不对。请核对手机时间，输入新显示的六位数字；二维码已失效的，请重新开始。")
    row.last_step, row.on_since = _step_of(row, code, now), now
    row.save(update_fields=["last_step", "on_since"])
    codes = [passwords.temporary() for _ in range(RECOVERY)]
    RecoveryCode.objects.bulk_create(RecoveryCode(factor=row, digest=_digest(each)) for each in codes)
    trail.record(by=by, act="turn_on_second_factor", label="启用动态口令", thing=by)
    return codes


@transaction.atomic
def fault_of(user: User, typed: str, now: datetime) -> str:
    """Why a code isn't taken, wrong tries counted; "" for a right one, which is then used up."""
    row = SecondFactor.objects.select_for_update().filter(user=user, on_since__isnull=False).first()
    if row is None:
        return WRONG
    if brakes.is_held(row, now):
        return brakes.HELD.format(what="动态口令")
    right = _use(row, typed, now)
    brakes.note_try(row, right, now)
    return "" if right else WRONG


def _use(row: SecondFactor, typed: str, now: datetime) -> bool:
    if step := _step_of(row, typed, now):
        row.last_step = step
        row.save(update_fields=["last_step"])
        return True
    unused = row.recovery_codes.filter(used_at=None, digest=_digest(typed))
    return bool(unused.update(used_at=now))


def _step_of(row: SecondFactor, typed: str, now: datetime) -> int:
    """The step whose code this is, if it is later than the last one used; 0 if none."""
    totp, here = pyotp.TOTP(secrets.open_sealed(row.seed_sealed, row, "seed")), int(now.timestamp()) // STEP
    code = "".join(typed.split()).encode()
    fits = [here + by for by in DRIFT if random.compare_digest(totp.at((here + by) * STEP).encode(), code)]
    return next((step for step in fits if step > row.last_step), 0)


def _digest(code: str) -> str:
    return secrets.blind_index(code.strip().lower(), "recovery")


@transaction.atomic
def turn_off(*, by: User) -> User:
    """Ask for no code any more; the caller has checked the password and a code."""
    remove(by)
    trail.record(by=by, act="turn_off_second_factor", label="停用动态口令", thing=by)
    return by


@transaction.atomic
def reset_factor(*, by: User, person: User, reason: str, version: int | str | None = None) -> User:
    """Take it off for somebody who lost telephone and recovery codes; of who opens secrets, ask for it."""
    person = deeds.lock(person, version)
    act = PEOPLE_ACTS.get("reset_second_factor")
    posting = PEOPLE_ACTS.require(act.name, by, person)
    waits = second_person.protected_post(person) is not None
    if waits:
        second_person.ask_reset(by, person, Waits.SECOND_FACTOR)
    else:
        remove(person)
        deeds.save(person)
    changes = {"动态口令": ("启用", "待第二人确认后取消" if waits else "已取消")}
    trail.record(by=by, posting=posting, act=act, thing=person, changes=changes, reason=reason)
    return person


def remove(person: User) -> None:
    """Seed and recovery codes go; part of a deed."""
    SecondFactor.objects.filter(user=person).delete()


def left(user: User) -> int:
    """How many recovery codes are unused."""
    return RecoveryCode.objects.filter(factor__user=user, used_at=None).count()


def on_since(user: User) -> datetime | None:
    """Since when a code is asked for; None where none is."""
    row = SecondFactor.objects.filter(user=user).first()
    return timezone.localtime(row.on_since) if row and row.on_since else None
