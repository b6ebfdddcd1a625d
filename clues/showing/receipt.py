"""线索回执, and what a township reads of what it reported: who has it now, and what comes next."""

from accounts import roles
from accounts.models import User
from accounts.services import clocks
from clues.models import ENDED, Clue
from clues.stages import stage_of
from clues.terms import CHECK
from common.showing.times import day, moment


def receipt_rows(clue: Clue) -> list[dict]:
    """What was received, when, under which number, and where it stands."""
    return [
        {"label": "线索号", "value": clue.number},
        {"label": "受理单位", "value": clue.agency.name},
        {"label": "登记时间", "value": moment(clue.recorded_at)},
        {"label": "线索来源", "value": clue.get_source_display()},
        {"label": "问题发生地", "value": clue.full_place},
        *standing_rows(clue),
    ]


def standing_rows(clue: Clue) -> list[dict]:
    """Who has the clue now, in which state, and what comes next."""
    who = clue.agency.name if clue.handler is None else f"{clue.agency.name}（{clue.handler.name}）"
    rows = [{"label": "现在状态", "value": clue.get_state_display()}]
    if clue.state in ENDED:
        return [*rows, {"label": "结果", "value": clue.get_outcome_display() or f"已并入{clue.went_into}"}]
    return [*rows, {"label": "现在由谁办", "value": who}, {"label": "接下来", "value": _next(clue)}]


def _next(clue: Clue) -> str:
    """What the desk of the office that has it says, with the day by which it is to be looked at."""
    coming = stage_of(clue.state).desk or "等负责人签批"
    due = clocks.of(clue).filter(kind=CHECK.kind, met_at=None).values_list("due_at", flat=True).first()
    return f"{coming}，{day(due)} 前核查完" if due else coming


def reported_rows(user: User, clue: Clue) -> list[dict]:
    """Where it stands, on the clue's page for whose office reported it; nothing for others."""
    posts = user.agencies_as(roles.REPORTER)
    return standing_rows(clue) if clue.origin_agency_id in posts else []
