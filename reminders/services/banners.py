"""What every page says on top when something stands still or is missing: to who can mend it what
to do, to others whom to ask."""

from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone

from accounts import roles
from accounts.models import User
from accounts.services import calendar, installation
from reminders.models import Channel
from reminders.services import dead_letters, heartbeats, patience


def banners(user: User, now: datetime) -> list[dict]:
    """Rows for parts/banners.html; two queries, two more for a system administrator."""
    is_admin = user.holds(roles.SYSTEM_ADMIN)
    banners = [_stopped(now, is_admin), _missing_year(user, timezone.localdate(now))]
    if is_admin:
        banners += [*_down(user, now), _dead_letters(user)]
    return [row for row in banners if row]


def _stopped(now: datetime, is_admin: bool) -> dict | None:
    why = heartbeats.stopped(now)
    if why and is_admin:
        return {"tone": "red", "text": f"提醒已停：{why}停下期间的提醒会在恢复后补发。"}
    if why and not why.startswith(heartbeats.NEVER):
        return {"tone": "amber", "text": "提醒暂时不能按时送出，到期时间请看工作台，并请告知系统管理员。"}
    return None


def _missing_year(user: User, today: date) -> dict | None:
    """Who keeps the calendar is told from November on, the others from December on, whom to ask."""
    years = calendar.missing_years(today)
    if not years or not user.current_postings:
        return None
    if calendar.may_change(user):
        return {
            "tone": "amber",
            "text": f"{calendar.warning(years)}请按国务院办公厅通知录入。",
            "url": reverse("accounts:import_calendar", args=[years[0]]),
            "label": f"录入{years[0]}年安排",
        }
    if today.month < calendar.TELL_FROM_MONTH:
        years = [year for year in years if year == today.year]
    if not years:
        return None
    keeper = installation.top_of(user.current_postings[0].agency)
    who = f"{keeper}的系统管理员" if keeper else "系统管理员"
    return {"tone": "amber", "text": f"{calendar.warning(years)}由{who}录入。"}


def _down(user: User, now: datetime) -> list[dict]:
    """Channels that have taken nothing for a while: their messages wait."""
    channels = Channel.objects.visible_to(user).filter(is_active=True, down_since__lte=now - patience.HAND_ON)
    return [
        {"tone": "amber", "text": _down_text(channel), "url": channel.get_absolute_url(), "label": "查看"}
        for channel in channels
    ]


def _down_text(channel: Channel) -> str:
    since = timezone.localtime(channel.down_since)
    return f"“{channel}”自{since:%m-%d %H:%M}起送不出提醒：{channel.down_why}"


def _dead_letters(user: User) -> dict | None:
    count = dead_letters.of(user).count()
    if not count:
        return None
    return {
        "tone": "amber",
        "text": f"有 {count} 条提醒所有渠道都送不出。",
        "url": reverse("reminders:dead_letters"),
        "label": "查看原因",
    }
