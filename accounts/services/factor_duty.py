"""Whose duty 动态口令 is, as the house has set it: by when it must be in use, and what is shut until then.

The setting says for whom; the first sign-in without it begins the days of grace, once for each person.
"""

from datetime import date, timedelta

from django.conf import settings
from django.http import HttpRequest

from accounts import roles
from accounts.models import User, local_today
from accounts.services import second_factor

NOBODY, SECRETS, EVERYBODY = "", "secrets", "everybody"
_BY = "second_factor_by"
OWED = "您的岗位须启用动态口令，请在{by}以前启用；过了这一天，启用以前别的页面打不开。"
OVERDUE = "您的岗位须启用动态口令，期限是{by}。请现在启用，启用以后别的页面才能打开。"
NOT_OFF = "您的岗位须启用动态口令，不能停用。换手机的，请由系统管理员办理取消，再重新启用。"


def is_owed(user: User) -> bool:
    """Whether the house wants it of this person: of all, or of whose posts open secrets."""
    if settings.SECOND_FACTOR_FOR == SECRETS:
        return bool(user.role_codes & roles.CONFIRMED)
    return settings.SECOND_FACTOR_FOR == EVERYBODY


def note_sign_in(user: User, request: HttpRequest) -> None:
    """Let the session know by which day whoever signed in without it must have it in use."""
    request.session.pop(_BY, None)
    if not is_owed(user) or second_factor.is_on(user):
        return
    if user.second_factor_by is None:
        user.second_factor_by = local_today() + timedelta(days=settings.SECOND_FACTOR_GRACE_DAYS)
        user.save(update_fields=["second_factor_by"])
    request.session[_BY] = user.second_factor_by.isoformat()


def by_day(request: HttpRequest) -> date | None:
    """The day by which it must be in use; None where nothing is owed."""
    said = request.session.get(_BY)
    return date.fromisoformat(said) if said else None


def is_overdue(request: HttpRequest) -> bool:
    """Whether that day is over: only the pages on which it is turned on are open."""
    day = by_day(request)
    return day is not None and day < local_today()


def sentence(request: HttpRequest) -> str:
    """What the person is told; "" where nothing is owed."""
    day = by_day(request)
    return (OVERDUE if is_overdue(request) else OWED).format(by=day) if day else ""


def met(request: HttpRequest) -> None:
    """It is in use now."""
    request.session.pop(_BY, None)
