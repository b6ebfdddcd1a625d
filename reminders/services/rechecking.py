"""Is it still to be told, and to this person? Asked of a whole batch just before it is sent."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from accounts.models import User
from accounts.services import clocks
from common.workdays import Calendar
from reminders import stages
from reminders.due_sources import Due, standing
from reminders.models import Outbox, OutboxState
from reminders.services import messages
from reminders.services.recipients import Recipient, staff_for
from reminders.services.writing import DIGEST
from reminders.stages import Occurrence, Stage

SWITCHED_OFF = "收件人已停用"
NOT_THEIRS = "这件事已不由其负责"


@dataclass
class Checked:
    """Of a batch: rows not to send and why; words worked out now; what to tell others instead."""

    moot: dict[int, str] = field(default_factory=dict)
    titles: dict[int, str] = field(default_factory=dict)
    again: list[tuple[Due, Occurrence]] = field(default_factory=list)


def recheck(rows: list[Outbox], now: datetime) -> Checked:
    """Look at every row's recipient, thing, stage and level as they are now."""
    checked = Checked()
    people = {row.recipient_id for row in rows if row.recipient_id}
    active = set(User.objects.filter(pk__in=people, is_active=True).values_list("pk", flat=True))
    for row in rows:
        if row.recipient_id and row.recipient_id not in active:
            checked.moot[row.pk] = SWITCHED_OFF
    _check_reminders([row for row in rows if row.about not in ("", DIGEST)], now, checked)
    _check_digests([row for row in rows if row.about == DIGEST], now, checked)
    return checked


def _check_reminders(rows: list[Outbox], now: datetime, checked: Checked) -> None:
    if not rows:
        return
    things, calendar = standing({row.about for row in rows}), clocks.calendar()
    staff = staff_for([due for due in things.values() if isinstance(due, Due)], now)
    for row in rows:
        due = things[row.about]
        if isinstance(due, str):
            checked.moot.setdefault(row.pk, f"事项{due}")
        elif due.due_at != row.due_at:
            checked.moot.setdefault(row.pk, "到期时间已改")
        elif _overtaken(due, row, calendar, now):
            checked.moot.setdefault(row.pk, "已被后面的提醒取代")
        else:
            stage = stages.stage_of(row.stage)
            _check_level(row, due, stage, staff.recipients(due, stage.levels), checked)


def _overtaken(due: Due, row: Outbox, calendar: Calendar, now: datetime) -> bool:
    current = stages.latest(due.due_at, due.by_hours, calendar, now, due.leads)
    return current is not None and current.at > row.stage_at


def _check_level(row: Outbox, due: Due, stage: Stage, recipients: list[Recipient], checked: Checked) -> None:
    """The level as it is staffed now; whoever has come in between is told instead."""
    if row.recipient_id:
        theirs = any(person.person_id == row.recipient_id for person in recipients)
    else:
        theirs = any(person.agency_id == row.agency_id for person in recipients)
    if not theirs:
        checked.moot.setdefault(row.pk, NOT_THEIRS)
    if row.pk in checked.moot:
        checked.again.append((due, Occurrence(stage, row.stage_at)))


def _check_digests(rows: list[Outbox], now: datetime, checked: Checked) -> None:
    """Count what the day's message is about, as things stand now."""
    if not rows:
        return
    items = _items(rows)
    things = standing({about for abouts in items.values() for about in abouts})
    for row in rows:
        whom = ("u", row.recipient_id) if row.recipient_id else ("a", row.agency_id)
        dues = [things[about] for about in items.get((*whom, row.digest_on), ())]
        dues = [due for due in dues if isinstance(due, Due)]
        if dues:
            checked.titles[row.pk] = messages.digest_title(dues, now)
        else:
            checked.moot.setdefault(row.pk, "要提醒的事项都已办结")


def _items(rows: list[Outbox]) -> dict[tuple, set[str]]:
    """The things each day's message gathers, by person and by agency."""
    lines = Outbox.objects.filter(
        channel="inbox",
        digest_on__in={row.digest_on for row in rows},
        state__in=[OutboxState.WAITING, OutboxState.SENT],
    ).exclude(about="")
    people = {row.recipient_id for row in rows if row.recipient_id}
    agencies = {row.agency_id for row in rows if not row.recipient_id}
    digests = defaultdict(set)
    parts = [lines.filter(recipient_id__in=people)] if people else []
    parts += [lines.filter(agency_id__in=agencies)] if agencies else []
    for part in parts:
        for about, recipient_id, agency_id, day in part.values_list(
            "about", "recipient_id", "agency_id", "digest_on"
        ):
            digests["u", recipient_id, day].add(about)
            digests["a", agency_id, day].add(about)
    return digests
