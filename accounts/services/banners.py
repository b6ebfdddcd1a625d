"""What every page says on top when something stands still: to the administrator what, to others
that dates are to be read from the desk."""

from datetime import datetime

from django.urls import reverse

from accounts import roles
from accounts.services import dead_letters, heartbeats


def banners(user, now: datetime) -> list[dict]:
    """Rows for parts/banners.html; one query, one more for a system administrator."""
    found = []
    why = heartbeats.stopped(now)
    if user.holds(roles.SYSTEM_ADMIN):
        if why:
            found.append({"tone": "red", "text": f"提醒已停：{why}停下期间的提醒会在恢复后补发。"})
        if count := dead_letters.of(user).count():
            found.append(
                {
                    "tone": "amber",
                    "text": f"有 {count} 条提醒所有渠道都送不出。",
                    "url": reverse("accounts:dead_letters"),
                    "label": "查看原因",
                }
            )
    elif why and heartbeats.last(heartbeats.SWEEP):
        found.append(
            {
                "tone": "amber",
                "text": "提醒暂时不能按时送出，到期时间请看工作台，并请告知系统管理员。",
            }
        )
    return found
