"""Sessions: where a person is signed in, when the password was last given, and their end."""

import re
from datetime import datetime, timedelta

from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from accounts.models import SignIn, User
from accounts.services import trail
from common.addresses import client_address

# What is sealed is opened only to who gave the password no longer ago than this.
FRESH = timedelta(minutes=5)
_GIVEN = "password_at"
# Edge, Opera and the like name Chrome as well, so they are asked for first.
_BROWSERS = (
    ("Edge", r"Edg/(\d+)"),
    ("360", r"360\w*"),
    ("Firefox", r"Firefox/(\d+)"),
    ("Chrome", r"Chrome/(\d+)"),
    ("Safari", r"Version/(\d+)"),
)
_SYSTEMS = (
    ("Windows", "Windows"),
    ("安卓", "Android"),
    ("苹果手机", "iPhone"),
    ("Mac", "Mac OS"),
    ("Linux", "Linux"),
)


def begin(user: User, session: SessionBase, address: str, agent: str, now: datetime) -> None:
    """A session was begun with the password, from an address, by a browser that says it is `agent`."""
    note_password(session, now)
    if not isinstance(session, SessionStore):
        return  # kept in the browser alone: there is no row that could be ended
    SignIn.objects.update_or_create(
        session_key=session.session_key,
        defaults={"user": user, "address": address, "browser": browser_of(agent), "began_at": now},
    )


def begin_of(user: User, request: HttpRequest) -> None:
    """A person began the session of a request: from where, by which browser."""
    agent = request.META.get("HTTP_USER_AGENT", "")
    begin(user, request.session, client_address(request), agent, timezone.now())


def browser_of(agent: str) -> str:
    """Chrome 128，Windows: enough to know one's own computer by; "" where it says nothing."""
    names = ((name, re.search(pattern, agent)) for name, pattern in _BROWSERS)
    browser = next((" ".join([name, *found.groups()]) for name, found in names if found), "")
    system = next((name for name, word in _SYSTEMS if word in agent), "")
    return "，".join(filter(None, (browser, system)))


def note_password(session: SessionBase, now: datetime) -> None:
    """The password was given in this session just now."""
    session[_GIVEN] = now.timestamp()


def is_fresh(session: SessionBase, now: datetime) -> bool:
    """Whether the password was given in this session within the last five minutes."""
    return now.timestamp() - session.get(_GIVEN, 0) <= FRESH.total_seconds()


def running(user: User, now: datetime) -> list[SignIn]:
    """Where the person is signed in, the newest first."""
    alive = Session.objects.filter(expire_date__gt=now).values("session_key")
    return list(user.sign_ins.filter(session_key__in=alive))


@transaction.atomic
def end_own(*, by: User, sign_in: SignIn) -> None:
    """End one of one's own sessions: who sits there is asked to sign in again."""
    _end([sign_in.session_key])
    change = {"登录": (f"{sign_in.address} {sign_in.browser}".strip(), "已退出")}
    trail.record(by=by, act="end_session", label="退出登录", thing=by, changes=change)


def end_all(user: User) -> None:
    """A password was changed: every session that knew the old one goes."""
    _end(list(user.sign_ins.values_list("session_key", flat=True)))


def _end(keys: list[str]) -> None:
    Session.objects.filter(session_key__in=keys).delete()
    SignIn.objects.filter(session_key__in=keys).delete()


def forget_ended(now: datetime) -> int:
    """Drop sessions that have ended: nobody comes back to them; how many went."""
    gone = Session.objects.filter(expire_date__lt=now).delete()[0]
    SignIn.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
    return gone
