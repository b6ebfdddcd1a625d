"""Who is told: the level's holders of today, the deputy of who is away, the roster at any hour.

The same question is asked when a reminder is made and again when it is sent, so a person who has
left, lost the post or come back meanwhile is told, or not told, as it is then. Everything is read
for a whole batch at once: a constant number of queries.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone

from accounts import roles
from accounts.models import Agency, Posting
from reminders.due_sources import Due, Handled, handlers_of
from reminders.models import Absence, RosterEntry
from reminders.stages import DESK, INSTEAD, LEVELS, PREFECTURE, RECEIVING

DEPUTIES_IN_A_ROW = 5


@dataclass(frozen=True)
class Recipient:
    """One person who is told, for which agency; `any_hour` if also at night."""

    person_id: int
    agency_id: int
    any_hour: bool = False


@dataclass
class Staff:
    """Everybody who may have to be told about a batch of due things, as of one moment."""

    lines: dict[int, list[int]]
    holders: dict[tuple[int, str], list[int]]
    deputies: dict[int, int]
    on_duty: dict[int, list[int]]
    handlers: dict[tuple[str, int], Handled]
    names: dict[int, str] = field(default_factory=dict)
    members: dict[int, set[int]] = field(default_factory=dict)

    def recipients(self, due: Due, levels: Iterable[str]) -> list[Recipient]:
        """Each person once, in the order of the levels; nobody only where nobody is in service."""
        recipients: dict[int, Recipient] = {}
        if due.by_hours:
            self._add(recipients, due.agency_id, self.on_duty.get(due.agency_id, ()), any_hour=True)
        nobody_on_duty = due.by_hours and not recipients
        for level in due.levels or levels:
            for agency_id, people in self._level(due, level):
                self._add(recipients, agency_id, people, any_hour=nobody_on_duty)
        if not recipients:
            self._add_instead(recipients, due)
        return list(recipients.values())

    def _add_instead(self, recipients: dict, due: Due) -> None:
        for codes in INSTEAD:
            self._add(recipients, due.agency_id, self._holding(due.agency_id, codes), due.by_hours)
            if recipients:
                return
        for agency_id, people in self._level(due, PREFECTURE):
            self._add(recipients, agency_id, people, due.by_hours)

    def words(self, due: Due, agency_id: int) -> str:
        """What an inbox of an agency is told besides: the kind and number of what it is about, and above
        the office that owes it which that is, or which offices."""
        owing = due.owing or (self.names.get(due.agency_id, "") if agency_id != due.agency_id else "")
        return " ".join(filter(None, (owing, self.handlers.get(due.subject, Handled()).words)))

    def _level(self, due: Due, level: str) -> list[tuple[int, list[int]]]:
        """(agency, people) of one level: the handlers, the post's holders here, or those above."""
        if level == PREFECTURE:
            above = [due.upper_id] if due.upper_id else self.lines.get(due.agency_id, [])[:-1]
            for agency_id in reversed(above):
                if people := self._holding(agency_id, LEVELS[level]):
                    return [(agency_id, people)]
            return [(due.upper_id, self._holding(due.upper_id, RECEIVING))] if due.upper_id else []
        if level == DESK:
            members = self.members.get(due.agency_id, set())
            handlers = [
                person for person in self.handlers.get(due.subject, Handled()).people if person in members
            ]
            if handlers:
                return [(due.agency_id, handlers)]
            if due.desk:
                return [(due.agency_id, self._holding(due.agency_id, due.desk))]
        return [(due.agency_id, self._holding(due.agency_id, LEVELS[level]))]

    def _holding(self, agency_id: int, codes: Iterable[str]) -> list[int]:
        return [person for code in codes for person in self.holders.get((agency_id, code), ())]

    def _add(self, recipients: dict, agency_id: int, people: Iterable[int], any_hour: bool) -> None:
        for person_id in people:
            reached = self._in_place_of(person_id, agency_id)
            if reached is not None:
                recipients.setdefault(reached, Recipient(reached, agency_id, any_hour))

    def _in_place_of(self, person_id: int, agency_id: int) -> int | None:
        """The person, or whoever stands in; None where the row of deputies ends nowhere."""
        taken = set()
        while person_id in self.deputies and len(taken) < DEPUTIES_IN_A_ROW:
            taken.add(person_id)
            person_id = self.deputies[person_id]
            if person_id in taken or person_id not in self.members.get(agency_id, set()):
                return None
        return person_id if person_id not in self.deputies else None


def staff_for(dues: Iterable[Due], now: datetime) -> Staff:
    """Read the agencies' lines, posts, absences, roster and handlers for a batch."""
    dues = list(dues)
    lines, names = _lines({due.agency_id for due in dues})
    agency_ids = {agency_id for line in lines.values() for agency_id in line}
    holders, members = _holders(agency_ids | {due.upper_id for due in dues if due.upper_id}, now)
    people = {person for people in holders.values() for person in people}
    return Staff(
        lines=lines,
        holders=holders,
        members=members,
        deputies=_deputies(people, now),
        on_duty=_on_duty(dues, members, now),
        handlers=handlers_of({due.subject for due in dues if due.subject}),
        names=names,
    )


def _lines(agency_ids: set[int]) -> tuple[dict[int, list[int]], dict[int, str]]:
    """Each agency with the agencies above it, from the top; and their own names."""
    rows = list(Agency.objects.filter(pk__in=agency_ids).values_list("pk", "path", "name"))
    lines = {pk: [int(step) for step in path.strip("/").split("/")] for pk, path, _ in rows}
    return lines, {pk: name for pk, _, name in rows}


def _holders(agency_ids: set[int], now: datetime):
    """Who holds which business post where today, and who belongs to an agency at all."""
    rows = (
        Posting.objects.in_force(timezone.localdate(now))
        .filter(agency_id__in=agency_ids, user__is_active=True)
        .exclude(role__in=roles.ADMINISTRATORS)
        .order_by("pk")
        .values_list("agency_id", "role", "user_id")
    )
    holders, members = defaultdict(list), defaultdict(set)
    for agency_id, role, user_id in rows:
        holders[agency_id, role].append(user_id)
        members[agency_id].add(user_id)
    return dict(holders), dict(members)


def _deputies(people: set[int], now: datetime) -> dict[int, int]:
    """Who is away now, and who stands in; of several absences the newest."""
    rows = Absence.objects.at(now).order_by("pk").values_list("person_id", "deputy_id")
    return {person: deputy for person, deputy in rows if person in people}


def _on_duty(dues: list[Due], members: dict, now: datetime) -> dict[int, list[int]]:
    """Who is on duty now at the agencies of clocks of hours, and still belongs there."""
    agency_ids = {due.agency_id for due in dues if due.by_hours}
    if not agency_ids:
        return {}
    rows = RosterEntry.objects.at(now).filter(agency_id__in=agency_ids, person__is_active=True)
    on_duty = defaultdict(list)
    for agency_id, person_id in rows.values_list("agency_id", "person_id"):
        if person_id in members.get(agency_id, set()):
            on_duty[agency_id].append(person_id)
    return dict(on_duty)
