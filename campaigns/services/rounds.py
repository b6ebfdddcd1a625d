"""One round of a rule: what all agencies owe by one moment, and reminding those that haven't."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from accounts.models import Agency, User
from accounts.services import trail
from campaigns.acts import ROUND_ACTS
from campaigns.models import Duty, DutyRule, DutyState
from campaigns.services.duty_source import DUTIES, ROUND, round_number, round_of
from campaigns.stages import OWED
from common.errors import Refused
from reminders.due_sources import Due
from reminders.services import writing
from reminders.stages import PREFECTURE, URGED, Occurrence

LONGEST_NAMES = 60


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

    @property
    def upper_id(self) -> int:
        """The office that set the rule gets what it asks for."""
        return self.rule.agency_id

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


def names_of(duties: list[Duty]) -> list[str]:
    """Who owes them: by county where each has one office here, else by office."""
    regions = [duty.agency.region.name for duty in duties]
    return regions if len(set(regions)) == len(regions) else [duty.agency.name for duty in duties]


def look_at_rounds(numbers: Iterable[int]) -> dict[int, Due | str]:
    """Rounds as the office above is reminded of them: how many owe it still, and, in its inbox alone, who.

    Left out is what came back, which has its own time. One query.
    """
    wanted = dict.fromkeys(numbers)
    some = Q(pk__in=[])
    for rule_id, day in map(round_of, wanted):
        some |= Q(rule_id=rule_id, day=day)
    rows = Duty._base_manager.filter(some, state=DutyState.OPEN).exclude(agency_id=F("upper_id"))
    rounds: dict[int, list[Duty]] = {number: [] for number in wanted}
    for duty in rows.select_related("agency__region", "rule").order_by("agency__region_id", "pk"):
        rounds[round_number(duty.rule_id, duty.day)].append(duty)
    return {number: _as_due(number, duties) if duties else "都已报送" for number, duties in rounds.items()}


def _as_due(number: int, duties: list[Duty]) -> Due:
    first = duties[0]
    return Due(
        kind=ROUND,
        pk=number,
        label=f"{len(duties)}个单位未报{first.name}",
        agency_id=first.upper_id,
        due_at=first.due_at,
        url=f"{first.rule.board_url}?day={first.day}",
        leads=tuple(first.leads),
        upper_id=first.upper_id,
        levels=(PREFECTURE,),
        owing=listed(names_of(duties)),
    )


def listed(names: list[str]) -> str:
    """As many of the names as a line of an inbox has room for."""
    listed = "、".join(names)
    while len(listed) > LONGEST_NAMES:
        names = names[:-1]
        listed = "、".join(names) + "等"
    return listed
