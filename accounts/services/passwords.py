"""Passwords: set by an administrator for the first time, then by oneself."""

import secrets

from axes.utils import reset as forget_wrong_tries
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import User, Waits
from accounts.people_acts import PEOPLE_ACTS
from accounts.services import deeds, installation, second_person, sessions, trail
from common.errors import Refused

# Without 0, 1, l, o: a temporary password is read out and typed from paper.
LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"
PROTECTED = "{person}的岗位接触保密内容，重置密码须由第二人确认。请刷新页面，重新提出。"


def temporary() -> str:
    """A temporary password of four groups, some 79 bits, that can be read out."""
    groups = ["".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(4)]
    return "-".join(groups)


def check(password: str, person: User) -> None:
    """Refuse a password that is too short, too common or too like the person's own name."""
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise Refused("".join(error.messages)) from None


def put(person: User, password: str, *, must_change: bool) -> None:
    """Set a checked password on a locked person; every session that knew the old one ends."""
    check(password, person)
    person.set_password(password)
    person.must_change_password = must_change
    person.password_changed_at = timezone.now()
    deeds.save(person)
    sessions.end_all(person)


@transaction.atomic
def reset_password(
    *, by: User | None = None, person: User, password: str, version: int | str | None = None
) -> User:
    """Give a person a temporary password, to be changed at the next sign-in. Sessions end.

    Wrong tries are forgotten: whoever was stopped by them may sign in with it at once. Refused for
    somebody whose posts open secrets: that is asked for by `ask_reset`.
    """
    person = deeds.lock(person, version)
    actor, posting = installation.guard(PEOPLE_ACTS, "reset_password", by, person)
    if by is not None and second_person.protected_post(person):
        raise Refused(PROTECTED.format(person=person.name))
    put_temporary(person, password)
    trail.record(by=actor, posting=posting, act=PEOPLE_ACTS.get("reset_password"), thing=person)
    return person


def put_temporary(person: User, password: str) -> None:
    """A password that somebody else has seen, on a locked person; wrong tries are forgotten."""
    put(person, password, must_change=True)
    forget_wrong_tries(username=person.username)


@transaction.atomic
def ask_reset(*, by: User, person: User, reason: str, version: int | str | None = None) -> User:
    """Ask a second person that somebody whose posts open secrets may get a temporary password.

    Nothing changes until then: the password that is known stays, and nobody sees another.
    """
    person = deeds.lock(person, version)
    posting = PEOPLE_ACTS.require("reset_password", by, person)
    second_person.ask_reset(by, person, Waits.PASSWORD)
    changes = {"密码": ("", "待第二人确认后重置")}
    act = PEOPLE_ACTS.get("reset_password")
    trail.record(by=by, posting=posting, act=act, thing=person, changes=changes, reason=reason)
    return person


@transaction.atomic
def change_own(*, by: User, password: str) -> User:
    """Change the user's own password; the caller has checked the old one."""
    person = deeds.lock(by)
    if person.check_password(password):
        raise Refused("新密码与原密码相同，请另设一个。")
    put(person, password, must_change=False)
    trail.record(by=by, act="change_password", label="修改密码", thing=person)
    return person
