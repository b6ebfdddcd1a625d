"""The states of a duty as one table: what lists, board, month, filters, buttons and the desk say of each.

Nothing else of this app names a state to decide what a page shows; an act names those it leads to.
"""

from dataclasses import dataclass

from django.db.models import TextChoices


class DutyState(TextChoices):
    """What became of a duty."""

    OPEN = "open", "未报"
    SUBMITTED = "submitted", "已报送"
    ACCEPTED = "accepted", "已接收"
    RETURNED = "returned", "已退回"
    MISSED = "missed", "漏报"
    COVERED = "covered", "后期已涵盖"
    CANCELLED = "cancelled", "已撤销"


# What the board counts a duty as.
DONE, MISSING, COUNTED = "已报", "未报", "应报"


@dataclass(frozen=True)
class DutyStage:
    """One state. `board` is the count it adds to beside 应报, "" for a duty that is owed by nobody."""

    state: DutyState
    tone: str = ""
    board: str = COUNTED
    # Still to be reported: it counts down, is reminded of, and stands on the desk.
    owed: bool = False
    # Came in, and is late by the time it came in.
    reported: bool = False
    # 线下报送补登 may be typed for it and ruled on.
    claimable: bool = False
    # The act that comes first among those open.
    first_act: str = ""
    # How lists say it once its time is over; "" where lateness isn't told in place of the state.
    overdue: str = ""
    # Why nobody is reminded any more; {at} is when it came in.
    closed: str = ""

    @property
    def label(self) -> str:
        """The state's name on every page."""
        return self.state.label

    @property
    def unsettled(self) -> bool:
        """Whether somebody has still to report or to answer it."""
        return self.owed or self.state == DutyState.SUBMITTED

    @property
    def shown_on_board(self) -> bool:
        """Whether the board of its round has a line for it."""
        return bool(self.board)


STAGES = {
    stage.state: stage
    for stage in (
        DutyStage(
            DutyState.OPEN, board=MISSING, owed=True, claimable=True, first_act="hand_in", overdue="未报"
        ),
        DutyStage(
            DutyState.SUBMITTED, "amber", board=DONE, reported=True, claimable=True,
            first_act="accept_paper", closed="已于{at}报送",
        ),
        DutyStage(
            DutyState.ACCEPTED, "green", board=DONE, reported=True, claimable=True,
            first_act="record_claim", closed="已于{at}报送",
        ),
        DutyStage(
            DutyState.RETURNED, "red", board=MISSING, owed=True, reported=True, claimable=True,
            first_act="hand_in",
        ),
        DutyStage(DutyState.MISSED, "red", closed="已由后一期报送取代"),
        DutyStage(DutyState.COVERED, closed="已由后期材料涵盖"),
        DutyStage(DutyState.CANCELLED, board="", closed="已撤销"),
    )
}  # fmt: skip


def states_where(name: str) -> tuple[DutyState, ...]:
    """The states whose stage has `name` set: owed, reported, claimable, shown_on_board."""
    return tuple(state for state, stage in STAGES.items() if getattr(stage, name))


OWED = states_where("owed")
REPORTED = states_where("reported")
CLAIMABLE = states_where("claimable")
ON_BOARD = states_where("shown_on_board")


def stage_of(state: str) -> DutyStage:
    """The row of a state; ValueError where there is no such state."""
    return STAGES[DutyState(state)]
