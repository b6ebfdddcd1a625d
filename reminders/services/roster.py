"""值班表: who is reachable when; clocks of hours go to whoever is on duty."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts import roles
from accounts.models import Agency, Posting, User, local_today
from accounts.services import trail
from common.errors import Refused
from reminders.acts import ROSTER_ACTS
from reminders.models import RosterEntry

LONGEST = timedelta(days=31)


def staff(agency: Agency) -> QuerySet[User]:
    """Who may be put on duty: active people with a business post there today."""
    holders = Posting.objects.in_force(local_today()).filter(agency=agency)
    holders = holders.exclude(role__in=roles.ADMINISTRATORS).values("user_id")
    return User.objects.filter(pk__in=holders, is_active=True)


@transaction.atomic
def put_on_duty(
    *,
    by: User,
    agency: Agency,
    person: User,
    since: datetime,
    until: datetime,
    phone: str = "",
    version: int | str | None = None,
) -> RosterEntry:
    """Put a person of the agency on duty from one moment to another."""
    posting = ROSTER_ACTS.require("put_on_duty", by, agency)
    if until <= since:
        raise Refused("结束时间应当晚于开始时间，请核对。")
    if until - since > LONGEST:
        raise Refused("一次最多排一个月，请核对结束时间。")
    if not staff(agency).filter(pk=person.pk).exists():
        raise Refused(f"{person}在{agency}没有业务岗位，不能排班。")
    entry = RosterEntry.objects.create(
        agency=agency, person=person, since=since, until=until, phone=phone.strip()
    )
    changes = {"值班人": ("", str(person)), "时间": ("", f"{_local(since)}至{_local(until)}")}
    trail.record(by=by, posting=posting, act=ROSTER_ACTS.get("put_on_duty"), thing=agency, changes=changes)
    return entry


@transaction.atomic
def take_off_duty(*, by: User, entry: RosterEntry) -> RosterEntry:
    """Strike a duty that hasn't ended; one that has stays as it was."""
    posting = ROSTER_ACTS.require("take_off_duty", by, entry)
    if entry.until <= timezone.now():
        raise Refused("这次值班已经结束，不能撤销。")
    changes = {
        "值班人": (str(entry.person), ""),
        "时间": (f"{_local(entry.since)}至{_local(entry.until)}", ""),
    }
    trail.record(
        by=by, posting=posting, act=ROSTER_ACTS.get("take_off_duty"), thing=entry.agency, changes=changes
    )
    RosterEntry.objects.filter(pk=entry.pk).delete()
    return entry


def _local(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}"
