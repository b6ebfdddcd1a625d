"""What slows down who guesses: one name after another from one address.

One name from one address is stopped by axes; it also keeps the wrong tries that are counted here.
"""

from datetime import datetime, timedelta

from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Sum

from accounts.models.confirming import Braked

HELD = "{what}输错的次数太多，15 分钟内不再接受。请稍后再试。"


def is_stopped(address: str, now: datetime) -> bool:
    """Whether so many wrong passwords came from this address within the pause that none is looked at."""
    since = now - timedelta(hours=settings.AXES_COOLOFF_TIME)
    tries = AccessAttempt.objects.filter(ip_address=address or None, attempt_time__gt=since)
    wrong = tries.aggregate(wrong=Sum("failures_since_start"))["wrong"] or 0
    return wrong >= settings.SIGN_IN_ADDRESS_LIMIT


def is_held(row: Braked, now: datetime) -> bool:
    """Whether something secret was typed wrongly so often that no try is looked at for the pause."""
    pause = timedelta(hours=settings.AXES_COOLOFF_TIME)
    return row.wrong_tries >= settings.AXES_FAILURE_LIMIT and now - row.wrong_at < pause


def note_try(row: Braked, right: bool, now: datetime) -> None:
    """Count a try on a locked row: five wrong ones hold it, after the pause five more may follow."""
    over = row.wrong_tries >= settings.AXES_FAILURE_LIMIT
    row.wrong_tries = 0 if right else 1 + (0 if over else row.wrong_tries)
    row.wrong_at = None if right else now
    row.save(update_fields=["wrong_tries", "wrong_at"])
