"""A round as the office above sees it: who has reported, who hasn't, who is late."""

from datetime import date, datetime

from campaigns.acts import ROUND_ACTS
from campaigns.models import Duty
from campaigns.offers import offers_for
from campaigns.services.rounds import Round
from campaigns.stages import DONE, MISSING, ON_BOARD, DutyState, stage_of


def nearest_day(rows, now: datetime) -> date | None:
    """The day of the round that people ask for: the one due nearest to now."""
    days = dict(rows.order_by("due_at").values_list("day", "due_at").distinct())
    return min(days, key=lambda day: abs(days[day] - now), default=None)


def board_page(user, the_round: Round, now: datetime) -> dict:
    """Who has reported, who hasn't, who is late: counted; and the neighbouring rounds."""
    duties = list(the_round.duties.filter(state__in=ON_BOARD).select_related("claim"))
    missing = missing_of(duties)
    openness = ROUND_ACTS.openness("remind_missing", user, the_round)
    earlier, later = _neighbours(user, the_round)
    return {
        "rule": the_round.rule,
        "day": the_round.day,
        "due": duties[0].due_at if duties else None,
        "now": now,
        "counts": counts_of(duties, missing, now),
        "missing": [duty.agency.name for duty in missing],
        "may_remind": bool(missing) and openness.ok,
        "offers": offers_for(user, the_round, now),
        "earlier": earlier,
        "later": later,
    }


def missing_of(duties: list[Duty]) -> list[Duty]:
    """Those of a round that still have to be reported."""
    return [duty for duty in duties if stage_of(duty.state).board == MISSING]


def counts_of(duties: list[Duty], missing: list[Duty], now: datetime) -> list[tuple[str, int, str]]:
    """应报, 已报, 未报 and what the office above has still to decide, each with its tone."""
    done = [duty for duty in duties if stage_of(duty.state).board == DONE]
    late = [duty for duty in duties if stage_of(duty.state).reported and duty.late_by(now)]
    claims = [duty for duty in duties if duty.claim_or_none and duty.claim.recognised is None]
    waiting = [duty for duty in duties if duty.state == DutyState.SUBMITTED]
    overdue = any(duty.due_at <= now for duty in missing)
    return [
        ("应报", len(duties), ""),
        (DONE, len(done), "green"),
        (MISSING, len(missing), "red" if overdue else ""),
        ("迟报", len(late), "red" if late else ""),
        ("待接收", len(waiting), "amber" if waiting else ""),
        ("补登待认定", len(claims), "amber" if claims else ""),
    ]


def _neighbours(user, the_round: Round) -> tuple[date | None, date | None]:
    """The days of the rounds before and after."""
    duties = Duty.objects.visible_to(user).filter(rule=the_round.rule)
    days = list(duties.order_by("day").values_list("day", flat=True).distinct())
    at = days.index(the_round.day) if the_round.day in days else -1
    earlier = days[at - 1] if at > 0 else None
    return earlier, days[at + 1] if 0 <= at < len(days) - 1 else None
