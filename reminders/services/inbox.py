"""A person's own inbox: what is unread, opening one, reading all."""

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from reminders.models import Notice


def of(user: User) -> QuerySet[Notice]:
    """The person's notices, newest first."""
    return Notice.objects.filter(recipient=user).order_by("-created_at", "-pk")


def unread(user: User) -> int:
    """How many are unread; from an index that holds only these."""
    return Notice.objects.filter(recipient=user, read_at=None).count()


def read(*, by: User, notice: Notice) -> Notice:
    """Mark one of the user's own notices read; the first time counts."""
    Notice.objects.filter(pk=notice.pk, recipient=by, read_at=None).update(read_at=timezone.now())
    return notice


def read_all(*, by: User) -> int:
    """Mark all of the user's own notices read; how many were unread."""
    return Notice.objects.filter(recipient=by, read_at=None).update(read_at=timezone.now())
