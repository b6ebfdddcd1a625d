"""The rounds that come in at an office, on its 工作台: by when, who has reported, who not, what waits."""

from datetime import datetime, timedelta

from django.db.models import F

from accounts.roles import LIAISON, PREFECTURE
from campaigns.models import Duty, DutyKind
from campaigns.services.rounds import Round, names_of
from campaigns.showing.rounds import counts_of, missing_of
from campaigns.stages import DONE, ON_BOARD, stage_of

RECEIVING = frozenset({PREFECTURE, LIAISON})
AROUND = timedelta(days=16)


def rounds_for(user, now: datetime) -> list[dict]:
    """Of each rule the round that comes next, and before it the last one that isn't all in and accepted."""
    held = user.agencies_as(*RECEIVING)
    if not held:
        return []
    rows = (
        Duty.objects.visible_to(user)
        .filter(upper_id__in=held, state__in=ON_BOARD, due_at__gt=now - AROUND, due_at__lt=now + AROUND)
        .exclude(agency_id=F("upper_id"))
        .exclude(what=DutyKind.MEETING)
        .select_related("agency__region", "rule", "claim")
        .order_by("due_at", "agency__region_id", "pk")
    )
    rounds: dict[tuple, list[Duty]] = {}
    for duty in rows:
        rounds.setdefault((duty.rule_id, duty.day), []).append(duty)
    chosen: dict[tuple, list[Duty]] = {}
    for duties in rounds.values():
        ahead = duties[0].due_at > now
        key = duties[0].rule_id, ahead
        if ahead:
            chosen.setdefault(key, duties)
        elif any(stage_of(duty.state).unsettled for duty in duties):
            chosen[key] = duties
    return _folded([_line(user, duties, now) for duties in sorted(chosen.values(), key=_ledgers_first)])


def _folded(lines: list[dict]) -> list[dict]:
    """What is due by the same moment and in from the same offices stands on one line, such as
    阶段工作进展 beside the ledger."""
    folded: list[dict] = []
    for line in lines:
        same = [each for each in folded if all(each[key] == line[key] for key in ("due", "missing", "done"))]
        if same:
            same[0]["also"].append(line)
        else:
            folded.append(line | {"also": []})
    return folded


def _ledgers_first(duties: list[Duty]) -> tuple:
    return duties[0].due_at, duties[0].what != DutyKind.LEDGER


def _line(user, duties: list[Duty], now: datetime) -> dict:
    missing = missing_of(duties)
    done = [duty for duty in duties if stage_of(duty.state).board == DONE]
    return {
        "name": duties[0].name,
        "due": duties[0].due_at,
        "url": Round(duties[0].rule, duties[0].day, user).get_absolute_url(),
        "counts": [count for count in counts_of(duties, missing, now) if count[1] or count[0] == DONE],
        "missing": names_of(missing),
        "done": names_of(done),
    }
