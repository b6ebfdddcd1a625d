"""What came in for a duty, told to who takes it in: of a round one line, however many have reported."""

from collections.abc import Iterable

from django.db.models import F

from accounts.models import User
from campaigns.models import Duty, DutyState
from campaigns.services.duty_source import ROUND, round_number
from campaigns.services.rounds import listed, names_of
from reminders.models import Outbox
from reminders.services import outbox

LONGEST = Outbox._meta.get_field("title").max_length


def tell_arrival(*, duty: Duty, people: Iterable[User], meaning: str, title: str, url: str) -> None:
    """Owe each one line: this one's own where it waits alone, else how many of the round wait for
    acceptance and whose they are, in place of the line before. `meaning` tells this arrival from others."""
    waiting = Duty.objects.filter(rule_id=duty.rule_id, day=duty.day, state=DutyState.SUBMITTED)
    waiting = list(waiting.exclude(agency_id=F("upper_id")).select_related("agency__region", "rule"))
    if len(waiting) > 1:
        waiting.sort(key=lambda each: (each.agency.region_id, each.pk))
        title = f"{len(waiting)}个单位的{duty.name}已报送，待接收（{listed(names_of(waiting))}）"
        url = f"{duty.rule.board_url}?day={duty.day}"
    line = f"arrived:{ROUND}:{round_number(duty.rule_id, duty.day)}:"
    outbox.owe(
        recipients=people,
        meaning=f"{line}{meaning}",
        kind="ledger",
        title=title[:LONGEST],
        url=url,
        instead=line,
    )
