"""Days, moments and how long until then, on the wall clock of the office (Asia/Shanghai)."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone
from django.utils.html import format_html

from common.showing.figures import NOTHING, is_blank
from common.spans import span_words

SOON = timedelta(days=3)


def local(value: datetime) -> datetime:
    """The moment on the wall clock of the office; a naive one is that already."""
    return timezone.localtime(value) if timezone.is_aware(value) else value


def day(value: date | datetime | None) -> str:
    """2026-11-15."""
    if is_blank(value):
        return NOTHING
    return f"{local(value) if isinstance(value, datetime) else value:%Y-%m-%d}"


def moment(value: date | datetime | None) -> str:
    """2026-11-15 18:00."""
    if is_blank(value):
        return NOTHING
    return f"{local(value):%Y-%m-%d %H:%M}" if isinstance(value, datetime) else day(value)


def remaining(
    due: date | datetime, now: datetime, *, fine: bool = False, soon: timedelta = SOON
) -> tuple[str, str]:
    """Words and tone (over, soon, calm) for a due date or moment, seen at `now`.

    A date without a time lasts until its own midnight and is counted in whole days.
    """
    if not isinstance(due, datetime):
        days = (due - local(now).date()).days
        if days < 0:
            return f"已超 {-days} 天", "over"
        words = "今天到期" if days == 0 else f"剩 {days} 天"
        return words, "soon" if timedelta(days=days) <= soon else "calm"
    span = due - now
    if span < timedelta(0):
        return f"已超 {span_words(-span, fine=fine)}", "over"
    return f"剩 {span_words(span, fine=fine)}", "soon" if span <= soon else "calm"


def left(
    context: dict[str, Any], due: date | datetime | None, now: datetime | None = None, fine: bool = False
) -> str:
    """剩 3 小时 / 已超 1 天, with a sign beside the colour; `now` falls back to the context's."""
    if is_blank(due):
        return NOTHING
    words, tone = remaining(due, _now(context, now), fine=fine)
    stamp = due.isoformat() if isinstance(due, date | datetime | time) else ""
    return format_html(
        '<time class="left left--{}" datetime="{}" title="{}">{}</time>', tone, stamp, moment(due), words
    )


def left_words(due: date | datetime | None) -> str:
    """剩 3 天 / 已超 1 天 as a list and its workbook say it; a dash where nothing is due."""
    return remaining(due, timezone.now())[0] if due else "—"


def since(context: dict[str, Any], value: datetime | None, now: datetime | None = None) -> str:
    """刚刚 / 3 小时前 / 2 天前; older than a month as its date."""
    if is_blank(value):
        return NOTHING
    span = _now(context, now) - value
    if span > timedelta(days=30) or span < timedelta(0):
        words = moment(value)
    elif span < timedelta(minutes=1):
        words = "刚刚"
    else:
        words = f"{span_words(span)}前"
    return format_html('<time datetime="{}" title="{}">{}</time>', value.isoformat(), moment(value), words)


def countdown(context: dict[str, Any], due: datetime, now: datetime | None = None) -> str:
    """距 11月30日 18:00 还有 2 天 3 小时, or 已过 11月30日 18:00 1 天 when it is late."""
    at = local(due)
    words, tone = remaining(due, _now(context, now), fine=True)
    span = words.removeprefix("剩 ").removeprefix("已超 ")
    late = tone == "over"
    return format_html(
        '<time class="countdown countdown--{}" datetime="{}">{} {} {} <b>{}</b></time>',
        tone,
        due.isoformat(),
        "已过" if late else "距",
        f"{at.month}月{at.day}日 {at:%H:%M}",
        "" if late else "还有",
        span,
    )


def _now(context: dict[str, Any], now: datetime | None) -> datetime:
    return now or context.get("now") or timezone.now()
