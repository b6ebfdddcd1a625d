"""One round of a rule: what all agencies owe by one moment, and reminding those that haven't."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import Agency, User
from accounts.services import trail
from campaigns.acts import ROUND_ACTS
from campaigns.models import Duty, DutyRule
from campaigns.services.duty_source import DUTIES
from campaigns.stages import OWED
from common.errors import Refused
from reminders.services import writing
from reminders.stages import URGED, Occurrence


class Round:
    """The duties of one rule and day; acted on by who stands above the agencies that owe."""

    state = "open"

    def __init__(self, rule: DutyRule, day: date, user: User) -> None:
        self.rule, self.day = rule, day
        self.duties = Duty.objects.visible_to(user).filter(rule=rule, day=day)

    @property
    def agency(self) -> Agency:
        """Any agency that owes stands for all of them."""
        first = self.duties.exclude(agency=self.rule.agency_id).select_related("agency").first()
        return first.agency if first else self.rule.agency

    def get_absolute_url(self) -> str:
        """The board, at this round."""
        return f"{self.rule.board_url}?day={self.day.isoformat()}"

    def granted_agency_ids(self) -> list[int]:
        """Nobody acts on it by grant."""
        return []


@transaction.atomic
def remind_missing(
    *, by: User, the_round: Round, version: int | None = None, now: datetime | None = None
) -> Round:
    """Tell every agency that still owes, by all its ways at once; pressed twice in a minute, once.

    The trail says how many were told.
    """
    posting = ROUND_ACTS.require("remind_missing", by, the_round)
    now = (now or timezone.now()).replace(second=0, microsecond=0)
    owing = list(the_round.duties.filter(state__in=OWED))
    if not owing:
        raise Refused("都已报送，没有要提醒的单位。")
    writing.write_down([(DUTIES.due_of(duty), Occurrence(URGED, now)) for duty in owing], now)
    trail.record(
        by=by,
        posting=posting,
        act=ROUND_ACTS.get("remind_missing"),
        thing=the_round.rule,
        changes={"期次": ("", the_round.day), "提醒单位": ("", f"{len(owing)}个")},
        happened_on=timezone.localdate(now),
    )
    return the_round
