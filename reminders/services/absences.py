"""Who is away, from when to when, and who is told instead."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts import roles
from accounts.models import Posting, User, local_today
from accounts.services import deeds, trail
from common.errors import Forbidden, Refused
from reminders.acts import ABSENCE_ACTS
from reminders.models import Absence

LONGEST = timedelta(days=366)


def stand_ins(person: User) -> QuerySet[User]:
    """Who may stand in: active people with a business post where the person has one."""
    agencies = {posting.agency_id for posting in person.current_postings}
    holders = Posting.objects.in_force(local_today()).filter(agency_id__in=agencies)
    holders = holders.exclude(role__in=roles.ADMINISTRATORS).values("user_id")
    return User.objects.filter(pk__in=holders, is_active=True).exclude(pk=person.pk)


@transaction.atomic
def record_absence(
    *,
    by: User,
    person: User,
    deputy: User,
    since: datetime,
    until: datetime,
    note: str = "",
    version: int | str | None = None,
) -> Absence:
    """Enter an absence: the user's own, or as administrator or leader somebody else's."""
    person = deeds.lock(person)
    posting = None if by.pk == person.pk else ABSENCE_ACTS.require("record_absence", by, person)
    if until <= since:
        raise Refused("结束时间应当晚于开始时间，请核对。")
    if until <= timezone.now():
        raise Refused("这段时间已经过去，不用登记。")
    if until - since > LONGEST:
        raise Refused("一次最多登记一年，请核对结束时间。")
    if not stand_ins(person).filter(pk=deputy.pk).exists():
        raise Refused("代办人应当是同一单位有业务岗位的人，请另选一人。")
    absence = Absence.objects.create(
        person=person, deputy=deputy, since=since, until=until, note=note.strip(), recorded_by=by
    )
    deeds.save(person)
    trail.record(
        by=by,
        posting=posting,
        act=ABSENCE_ACTS.get("record_absence"),
        thing=person,
        changes={"外出": ("", f"{_local(since)}至{_local(until)}"), "代办人": ("", str(deputy))},
    )
    return absence


@transaction.atomic
def end_absence(*, by: User, absence: Absence) -> Absence:
    """Back before the time, or never went."""
    absence = deeds.lock(absence)
    if by.pk != absence.person_id:
        try:
            ABSENCE_ACTS.require("record_absence", by, absence.person)
        except Forbidden:
            raise Forbidden("只能结束本人的外出登记。") from None
    now = timezone.now()
    if absence.until > now:
        old = absence.until
        absence.until = max(now, absence.since)
        absence.version += 1
        absence.save()
        deeds.save(deeds.lock(absence.person))
        changes = {"至": (_local(old), _local(absence.until))}
        trail.record(by=by, act="end_absence", label="提前结束外出", thing=absence.person, changes=changes)
    return absence


def _local(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}"
