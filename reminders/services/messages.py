"""What is said: which kind of thing, when it is due, and the link. Never a name, never content.

Behind the sign-in a line also says the number, and above the office that owes it which that is.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils import timezone

from reminders.due_sources import Due
from reminders.models import Outbox

HOUSE = "矿案通"
LONGEST = Outbox._meta.get_field("title").max_length


@dataclass(frozen=True)
class Message:
    """What a channel sends. `key` is the same at every attempt, so a second copy can be told."""

    key: str
    what: str
    when: str
    title: str
    link: str

    @property
    def text(self) -> str:
        """All of it in one line or two."""
        return f"【{HOUSE}】{self.title}。请登录办理：{self.link}"

    def words(self) -> dict[str, str]:
        """The places a gateway's template may name."""
        return {
            "text": self.text,
            "title": self.title,
            "what": self.what,
            "when": self.when,
            "link": self.link,
            "key": self.key,
        }


def title(due: Due, now: datetime, about: str = "") -> str:
    """The line of one due thing as of `now`; `about` says whose or which it is."""
    told = _when(due, now)
    room = LONGEST - len(due.label) - len(told) - len("（） ")
    about = f"（{about}）" if 0 < len(about) <= room else ""
    return f"{due.label}{about} {told}"


def _when(due: Due, now: datetime) -> str:
    when = moment(due.due_at)
    if now < due.due_at:
        return f"将于{when}到期"
    days = (timezone.localdate(now) - timezone.localdate(due.due_at)).days
    return f"已于{when}到期，" + ("尚未办结" if days < 1 else f"超期{days}天")


def digest_title(dues: list[Due], now: datetime) -> str:
    """The day's one line over several due things."""
    coming = [due for due in dues if due.due_at > now]
    over = len(dues) - len(coming)
    parts = [f"{len(coming)}项将到期"] if coming else []
    if over:
        parts.append(f"{over}项已超期")
    nearest = f"，最近一项{moment(min(due.due_at for due in coming))}到期" if coming else ""
    return f"今日提醒：{'，'.join(parts)}{nearest}"


def for_row(row: Outbox) -> Message:
    """What a row of the outbox says; its link leads into the system, past the sign-in."""
    what, _, when = row.title.partition(" ")
    return Message(key=key_of(row.meaning), what=what, when=when, title=row.title, link=link(row.url))


def for_test(meaning: str) -> Message:
    """A message that shows that a channel works."""
    when = f"{timezone.localtime():%Y-%m-%d %H:%M}"
    return Message(key=key_of(meaning), what="测试", when=when, title=f"渠道测试 {when}", link=link(""))


def link(url: str) -> str:
    """The full address, or the path alone where the system's own address isn't set."""
    return settings.SITE_URL.rstrip("/") + (url or "/")


def key_of(meaning: str) -> str:
    """A stable key that tells nothing about what it stands for."""
    return hashlib.sha256(f"{settings.SITE_URL}|{meaning}".encode()).hexdigest()[:40]


def moment(at: datetime) -> str:
    """11月30日 18:00"""
    local = timezone.localtime(at)
    return f"{local.month}月{local.day}日 {local:%H:%M}"
