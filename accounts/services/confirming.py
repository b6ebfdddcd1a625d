"""A second person answers: a post that opens secrets begins, a reset takes effect, or neither does."""

from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from accounts import roles
from accounts.acts import Act
from accounts.models import Basis, Confirmation, ConfirmationState, Posting, User, Waits, local_today
from accounts.people_acts import CONFIRMATION_ACTS
from accounts.services import deeds, passwords, second_factor, second_person, set_up, trail
from accounts.signals import confirmation_changed
from common.errors import Refused


@dataclass(frozen=True)
class Confirmed:
    """What was confirmed, and a one-time password to be handed over to the person, if one was made."""

    row: Confirmation
    password: str = field(default="", repr=False)


@transaction.atomic
def confirm(*, by: User, row: Confirmation, version: int | str | None = None) -> Confirmed:
    """Confirm as the second person; never what one asked for oneself, or what is about oneself.

    Where a person begins with secrets, or the password is reset, a one-time password is made here: the
    administrator who gave the post never learns what opens it. Sessions end.
    """
    row, posting = _locked("confirm", by, row, version)
    return _confirmed("confirm", by, posting, row, Basis.PERSON)


@transaction.atomic
def refuse(*, by: User, row: Confirmation, reason: str, version: int | str | None = None) -> Confirmation:
    """Say no: the post never begins, or ends at once where the set-up's code had begun it; no reset."""
    row, posting = _locked("refuse", by, row, version)
    if row.posting:
        row.posting.basis = Basis.VOID
        row.posting.save(update_fields=["basis"])
        deeds.save(deeds.lock(row.person))
    return _decide(CONFIRMATION_ACTS.get("refuse"), by, posting, row, reason)


@transaction.atomic
def confirm_by_code(*, by: User, row: Confirmation, code: str, version: int | str | None = None) -> Confirmed:
    """Let the set-up's one-time code stand in, as long as nobody may confirm as the second person.

    A second person is asked all the same as soon as there is one. What was typed when the person was
    entered opens nothing any more: they choose a password of their own before anything else. Raises
    Refused for a wrong code.
    """
    row = deeds.lock(row, version)
    posting = CONFIRMATION_ACTS.require("confirm_by_code", by, row)
    if row.person_id == by.pk:
        raise Refused("自己的任职和重置不能自己确认，请由另一名系统管理员办理。")
    if other := second_person.who_may(row).first():
        raise Refused(f"{other.name}可以确认，不能再用安装码。请与其联系。")
    set_up.require(code)
    return _confirmed("confirm_by_code", by, posting, row, Basis.CODE)


def _locked(
    name: str, by: User, row: Confirmation, version: int | str | None
) -> tuple[Confirmation, Posting]:
    row = deeds.lock(row, version)
    posting = CONFIRMATION_ACTS.require(name, by, row)
    if by.pk in (row.asked_by_id, row.person_id):
        raise Refused("提出的人和本人不能自己确认，请由另一名负责人或者安全管理员办理。")
    return row, posting


def _confirmed(name: str, by: User, posting: Posting, row: Confirmation, basis: Basis) -> Confirmed:
    """What was asked for takes effect; a password that somebody else may know goes with it."""
    password = ""
    if row.what == Waits.PASSWORD or _begins_with_secrets(row):
        password = passwords.temporary()
        passwords.put_temporary(deeds.lock(row.person), password)
    if row.what == Waits.SECOND_FACTOR:
        second_factor.remove(row.person)
    if row.posting:
        _begin(row.posting, basis)
    return Confirmed(_decide(CONFIRMATION_ACTS.get(name), by, posting, row), password)


def _begins_with_secrets(row: Confirmation) -> bool:
    """Whether no post that opens secrets is in force yet: whoever gave this one may know the password."""
    if row.what != Waits.POST or row.state != ConfirmationState.WAITING:
        return False
    return not row.person.postings.opening_secrets(local_today()).exists()


def _begin(post: Posting, basis: Basis) -> None:
    """The post is in force from its first day on; the set-up's code goes once somebody can confirm."""
    if post.agency.ended_on:
        raise Refused(f"{post.agency}已经撤销，不能再任职。")
    post.basis = basis
    post.save(update_fields=["basis"])
    deeds.save(deeds.lock(post.user))
    if post.role in roles.CONFIRMERS and post.holds_on(local_today()):
        set_up.forget()


def _decide(act: Act, by: User, posting: Posting, row: Confirmation, reason: str = "") -> Confirmation:
    changes = {row.label: (row.get_state_display(), act.outcome or ConfirmationState(act.landing).label)}
    deeds.save(row, act, state=act.landing, decided_by=by, decided_at=timezone.now())
    trail.record(by=by, posting=posting, act=act, thing=row.person, changes=changes, reason=reason)
    confirmation_changed.send(sender=Confirmation, by=by, confirmation=row)
    return row
