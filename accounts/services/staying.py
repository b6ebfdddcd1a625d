"""停留天数: after how many days in one stage a thing is marked; an office may set it as a standard."""

from datetime import date

from django.db.models import QuerySet, Value
from django.utils import timezone

from accounts.models import Staged, User
from accounts.services import pulse
from accounts.services.standards import standing

STAY_DAYS = "stay_days"
USUAL = 30  # no law says when; an office that wants another number enters it under 标准


def limit_for(user: User) -> int:
    """The days after which what stands is marked on a person's lists: those of their region."""

    def read() -> int:
        region = next((posting.agency.region_id for posting in user.current_postings), "")
        row = standing(STAY_DAYS, region)
        return int(row.value) if row else USUAL

    return pulse.kept(user, STAY_DAYS, read)


def with_limit(rows: QuerySet, user: User) -> QuerySet:
    """The rows of a list, each beside the days after which this person sees it marked."""
    return rows.annotate(stay_limit=Value(limit_for(user)))


def stays_long(thing: Staged) -> tuple[str, str] | None:
    """The mark of what stands longer than that (rows of `with_limit`)."""
    days = thing.days_here
    return (f"超{thing.stay_limit}天", "amber") if days is not None and days > thing.stay_limit else None


def stands_since(thing: Staged, day: date) -> None:
    """For what is typed in one go long after its deeds: it stands where it does since that day, not since
    it was typed. What rests stays without a day, and no day lies ahead."""
    standing = type(thing).objects.filter(pk=thing.pk, stage_since__isnull=False)
    standing.update(stage_since=min(day, timezone.localdate()))


def fill_from_trail(things: QuerySet, entries: QuerySet, label: str, rests: tuple[str, ...]) -> None:
    """For a migration: since when each row stands where it does, by the last entry of the trail that
    changed the field named `label`; by when it was recorded where the trail tells of none.
    """
    since = {}
    kind = things.model._meta.label_lower
    moves = entries.filter(subject_kind=kind).order_by("pk").values_list("subject_id", "at", "changes")
    for pk, at, changes in moves.iterator(chunk_size=2000):
        if label in (changes or {}):
            since[pk] = timezone.localdate(at)
    for row in things.only("pk", "state", "recorded_at").iterator(chunk_size=2000):
        day = None if row.state in rests else since.get(row.pk, timezone.localdate(row.recorded_at))
        things.filter(pk=row.pk).update(stage_since=day)
