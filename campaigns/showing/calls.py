"""Whom to call about a duty, and what was said when somebody was called."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from accounts import roles
from accounts.models import Agency, Posting
from campaigns.models import Duty

# Whose own phone stands for an office that has none, in this order.
IN_CHARGE = (
    roles.LIAISON, roles.CHECKER, roles.POLICE, roles.PROCURATOR, roles.DEPARTMENT, roles.REPORTER,
    roles.BRIGADE_HEAD, roles.DEPUTY, roles.CHIEF,
)  # fmt: skip
NONE = "没有登记"


@dataclass(frozen=True)
class Contact:
    """A phone and whose it is; without a name the office's own."""

    phone: str
    name: str = ""

    def __str__(self):
        return " ".join(filter(None, (self.name, self.phone)))


def with_calls(duties: QuerySet, today: date) -> QuerySet:
    """The duties with calls and contacts, in two queries more."""
    people = Posting.objects.in_force(today).filter(role__in=IN_CHARGE, user__is_active=True)
    people = people.exclude(user__phone="").select_related("user")
    return duties.prefetch_related(
        "calls", Prefetch("agency__postings", queryset=people, to_attr="reachable")
    )


def contact_of(agency: Agency) -> Contact | None:
    """The office's phone, else that of who is in charge of reporting; fetched by `with_calls`."""
    if agency.phone:
        return Contact(agency.phone)
    rows = sorted(agency.reachable, key=lambda post: IN_CHARGE.index(post.role))
    return next((Contact(post.user.phone, post.user.name) for post in rows), None)


def contact_for(duty: Duty, today: date) -> Contact | None:
    """Whom to call about one duty."""
    (owing,) = with_calls(Duty.objects.filter(pk=duty.pk).select_related("agency"), today)
    return contact_of(owing.agency)


def contact_words(duty) -> str:
    """0358-3522000, or 孙联络 13800000000."""
    return str(contact_of(duty.agency) or NONE)


def last_call(duty) -> str:
    """05-15 16:40 孙联络：五点前报（共2次）."""
    calls = list(duty.calls.all())
    if not calls:
        return "无"
    newest = calls[0]
    several = f"（共{len(calls)}次）" if len(calls) > 1 else ""
    return f"{timezone.localtime(newest.called_at):%m-%d %H:%M} {newest.called}：{newest.said}{several}"
