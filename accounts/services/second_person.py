"""What begins only when a second person has confirmed it: who that may be, and asking for it.

Called inside the deed that gives a post, takes one back, or resets what somebody signs in with.
"""

from django.db.models import QuerySet
from django.utils import timezone

from accounts import roles
from accounts.models import (
    Agency,
    Basis,
    Confirmation,
    ConfirmationState,
    Posting,
    User,
    Waits,
    local_today,
)
from accounts.signals import confirmation_changed
from common.errors import Refused


def put(by: User, given: Posting, *, unasked: bool = False) -> Posting:
    """Save a new post; one that opens secrets waits until a second person has confirmed it.

    `unasked` is the server's own command line, which holds the keys anyway. A post of the same first
    day that never began is taken up again.
    """
    same = {"user": given.user, "agency": given.agency, "role": given.role, "since": given.since}
    idle = Posting.objects.filter(**same, basis=Basis.VOID).first()
    given.pk = idle.pk if idle else None
    if given.role in roles.CONFIRMED:
        given.basis = Basis.COMMAND if unasked else Basis.WAITING
    given.save()
    if given.basis == Basis.WAITING:
        _ask(by, Waits.POST, given, f"任{given}")
    return given


def withdraw(by: User, post: Posting) -> dict:
    """Take back a post that waits: it never begins; what the trail says of it."""
    post.basis = Basis.VOID
    post.save(update_fields=["basis"])
    waiting = post.confirmations.filter(state=ConfirmationState.WAITING)
    waiting.update(state=ConfirmationState.WITHDRAWN, decided_by=by, decided_at=timezone.now())
    return {str(post): ("待确认", "已撤回")}


def ask_again(by: User, person: User) -> None:
    """The posts of somebody disabled that open secrets wait again: as a new post would, they begin only
    when a second person has confirmed that the person is back."""
    for post in person.postings.opening_secrets(local_today()):
        post.basis = Basis.WAITING
        post.save(update_fields=["basis"])
        _ask(by, Waits.POST, post, f"恢复任{post}")


def protected_post(person: User) -> Posting | None:
    """The post for whose sake a reset waits for a second person; the uppermost of several, or None.

    Its agency is the one that is asked: where a person belongs, an administrator may change.
    """
    posts = person.postings.opening_secrets(local_today()).select_related("agency")
    return min(posts, key=lambda post: (post.agency.path.count("/"), post.pk), default=None)


def ask_reset(by: User, person: User, what: Waits) -> Confirmation:
    """Ask that a protected person's password, or second factor, be reset. Refused where that is asked."""
    post = protected_post(person)
    if post is None:
        raise Refused(f"{person.name}的岗位已有变化，不用第二人确认。请刷新页面，重新办理。")
    if person.confirmations.filter(what=what, state=ConfirmationState.WAITING).exists():
        raise Refused(f"{person.name}的{what.label}已经提出，正在等第二人确认。")
    return _ask(by, what, post, what.label)


def _ask(by: User, what: Waits, post: Posting, label: str) -> Confirmation:
    row = Confirmation.objects.create(
        what=what,
        person=post.user,
        agency=post.agency,
        posting=post if what == Waits.POST else None,
        label=label,
        asked_by=by,
    )
    confirmation_changed.send(sender=Confirmation, by=by, confirmation=row)
    return row


def who_may(row: Confirmation) -> QuerySet[User]:
    """Who may confirm it today: neither who asked for it nor whom it is about."""
    posts = Posting.objects.in_force(local_today()).filter(
        role__in=roles.CONFIRMERS, agency__in=row.proxy_office_ids()
    )
    there = User.objects.filter(pk__in=posts.values("user_id"), is_active=True)
    return there.exclude(pk__in=(row.asked_by_id, row.person_id))


def leaders_of(row: Confirmation) -> QuerySet[User]:
    """Who is told: the leaders of the office itself, or of the nearest one above (of another line: the
    bureau of its division) that has any."""
    posts = Posting.objects.in_force(local_today()).filter(
        role__in=roles.LEADERS, agency__in=row.proxy_office_ids(), user__is_active=True
    )
    nearest = Agency.objects.filter(pk__in=posts.values("agency_id")).values_list("pk", "path")
    office = max(nearest, key=lambda each: (each[0] == row.agency_id, each[1].count("/")), default=(None, ""))
    told = User.objects.filter(pk__in=posts.filter(agency=office[0]).values("user_id"))
    return told.exclude(pk=row.person_id)
