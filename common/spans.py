"""Spans of time in Chinese words."""

from datetime import timedelta


def span_words(span: timedelta, *, fine: bool = False) -> str:
    """A span in its largest unit (3 天), or with two units when `fine` (2 天 3 小时)."""
    minutes = max(int(span.total_seconds() // 60), 0)
    days, rest = divmod(minutes, 24 * 60)
    hours, minutes = divmod(rest, 60)
    if days:
        return f"{days} 天 {hours} 小时" if fine and hours else f"{days} 天"
    if hours:
        return f"{hours} 小时 {minutes} 分" if fine and minutes else f"{hours} 小时"
    return f"{minutes} 分钟" if minutes else "不到 1 分钟"


def lateness(span: timedelta) -> str:
    """By how much something was late: 2 小时 14 分, or to the second within the first minute."""
    seconds = int(span.total_seconds())
    return f"{max(seconds, 1)} 秒" if seconds < 60 else span_words(span, fine=True)
