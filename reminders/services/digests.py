"""每日提示: once a workday, whoever asked hears of what came into a kept filter.

What is found is read with the receiver's rights of that moment. The message says of which list and how
many; which they are stands on a page that asks again.
"""

from datetime import datetime, time

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.services import clocks
from common.errors import Refused
from reminders.models import FilterDigest, SavedFilter
from reminders.saved_lists import LISTS
from reminders.services import saved_filters, telling

FROM, AT_ONCE = time(9), 50


def tell_new(now: datetime) -> int:
    """Look at the filters not looked at today, a few at a time; how many people were told."""
    day = timezone.localdate(now)
    due = FilterDigest.objects.filter(looked_on__lt=day).order_by("pk")
    if timezone.localtime(now).time() < FROM or not due.exists() or not clocks.calendar().is_workday(day):
        return 0
    told = 0
    for pk in list(due.values_list("pk", flat=True)[:AT_ONCE]):
        with transaction.atomic():
            digest = due.select_for_update(skip_locked=True, of=("self",)).filter(pk=pk)
            row = digest.select_related("saved", "person").first()
            told += bool(row and _tell(row, now))
    return told


def _tell(digest: FilterDigest, now: datetime) -> bool:
    saved, person = digest.saved, digest.person
    if not person.is_active or not SavedFilter.objects.visible_to(person).filter(pk=saved.pk).exists():
        digest.delete()
        return False
    digest.looked_on = timezone.localdate(now)
    try:
        keys = saved_filters.keys_in(person, saved)
    except Refused:  # too much to tell what is new; once it is less it is told again
        keys = None
    fresh = sorted(set(keys or ()) - set(digest.seen))
    digest.seen = digest.seen if keys is None else keys
    digest.fresh = fresh or digest.fresh
    digest.save()
    if not fresh:
        return False
    telling.tell(
        people=[person],
        agency=person.current_postings[0].agency,
        meaning=f"filter:{digest.pk}:{digest.looked_on:%Y%m%d}",
        kind="filter_digest",
        title=f"常用条件有新的内容：{LISTS[saved.list_name].label} {len(fresh)} 条",
        url=reverse("reminders:new_in_filter", args=[saved.public_id]),
    )
    return True
