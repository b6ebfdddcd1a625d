"""The states of a clue: the name and label of each, and its row.

The stepper, the desk, the list with its filter and its tones, the order of 下一步 and the acts that
record facts all read this table. `records` names those acts; who may do an act, and where it leads,
stands in acts.py. A state without a row keeps the program from starting.
"""

from django.db.models import TextChoices

from accounts.stage_rows import StageRow, by_state


class ClueState(TextChoices):
    """Where a clue stands."""

    REGISTERED = "registered", "待分派"
    ASSIGNED = "assigned", "核查中"
    VERIFIED = "verified", "待处理"
    PENDING = "pending", "待查"
    PROPOSED = "proposed", "处理待批"
    FILING = "filing", "立案待批"
    DRAFTED = "drafted", "立案待呈批"
    SETTLED = "settled", "已办结"
    MERGED = "merged", "已归并"


class SecretState(TextChoices):
    """Where a clue of the narrow table stands."""

    RECORDED = "recorded", "待移送"
    HANDED = "handed", "已移送"
    ANSWERED = "answered", "已反馈"


# Nothing is left to do on a clue in these states.
ENDED = (ClueState.SETTLED, ClueState.MERGED)

REGISTERING, ASSIGNING, SETTLING = "登记", "分派", "处理"
PHOTOS = frozenset({"add_clue_files", "describe_clue_file"})
FACTS = PHOTOS | {"amend_clue"}


def _row(
    state: ClueState,
    *,
    step: str,
    tone: str = "",
    desk: str = "",
    records: frozenset[str] = frozenset(),
    first: tuple[str, ...] = (),
) -> StageRow:
    return StageRow(state, str(state.label), step, tone, desk, records, first)


STAGES = (
    _row(
        ClueState.REGISTERED,
        step=ASSIGNING,
        tone="amber",
        desk="分派核查",
        records=FACTS,
        first=("assign_clue", "verify_clue"),
    ),
    _row(ClueState.ASSIGNED, step="核查", desk="现场核查", records=FACTS, first=("verify_clue",)),
    _row(
        ClueState.VERIFIED,
        step=SETTLING,
        desk="呈批立案或提出处理意见",
        records=FACTS,
        first=("propose_disposition",),
    ),
    _row(ClueState.PENDING, step=SETTLING, desk="待查到期，再次核查", records=FACTS, first=("verify_clue",)),
    _row(
        ClueState.PROPOSED,
        step="审批",
        tone="amber",
        desk="批准处理意见",
        records=PHOTOS,
        first=("approve_disposition", "return_disposition"),
    ),
    # What waits for a leader here is the case; it stands on the desk of cases.
    _row(ClueState.FILING, step="审批", tone="amber", records=PHOTOS),
    # Sent back or taken back: its case waits for who proposed it.
    _row(ClueState.DRAFTED, step="审批", tone="amber", records=PHOTOS),
    _row(
        ClueState.SETTLED,
        step="办结",
        tone="green",
        records=frozenset({"describe_clue_file", "record_handover_letter"}),
    ),
    _row(ClueState.MERGED, step="已归并"),
)
_BY_STATE = by_state(ClueState, STAGES)


def stage_of(state: str) -> StageRow:
    """The row of a state; KeyError where the table has none."""
    return _BY_STATE[state]


def choices() -> list[tuple[str, str]]:
    """(state, label) of every row, for the filter."""
    return [(row.state, row.label) for row in STAGES]


def states_with(record: str) -> tuple[str, ...]:
    """The states in which an act that records facts belongs."""
    return tuple(row.state for row in STAGES if record in row.records)


def path_of(state: str) -> tuple[str, ...]:
    """The steps as the stepper draws them for a clue in this state, first to last.

    The steps on the way are the same for every clue; the last one says how it ended.
    """
    way = dict.fromkeys(row.step for row in STAGES if row.state not in ENDED)
    end = stage_of(state if state in ENDED else ClueState.SETTLED)
    return (REGISTERING, *way, end.step)
