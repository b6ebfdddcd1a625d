"""The states of ledgers, submissions and entries, one row each; pages, desk and filters read them.

A ledger is draft or checked until it is reported, and then the state of its last submission. A
submission is submitted until it is answered; the prefecture's total is answered by nobody. An entry
stands in the ledger or left it. In a total a county brings this period's rows, earlier ones or none.
"""

from typing import Protocol

from django.db.models import TextChoices

from accounts.stage_rows import StageRow, by_state


class EntryState(TextChoices):
    """Whether an entry stands in the ledger."""

    IN = "in", "已纳入"
    STRUCK = "struck", "已剔除"
    MERGED = "merged", "已归并"
    MOVED = "moved", "已移出"


DRAFT = StageRow(
    state="draft",
    label="草稿",
    step="草稿",
    tone="",
    desk="台账提交核对",
    records=frozenset({"entries", "importing"}),
    first=("prepare_ledger", "check_ledger"),
)
CHECKED = StageRow(
    state="checked",
    label="已核对",
    step="已核对",
    tone="",
    desk="核对并报送台账",
    records=frozenset({"submitting"}),
    first=("submit_ledger",),
)
SUBMITTED = StageRow(
    state="submitted",
    label="已报送",
    step="已报送",
    tone="amber",
    desk="接收或退回台账",
    records=frozenset({"submitting"}),
    first=("accept_submission", "return_submission"),
)
ACCEPTED = StageRow(
    state="accepted",
    label="已接收",
    step="已接收",
    tone="green",
    desk="",
    records=frozenset({"answering"}),
    first=(),
)
RETURNED = StageRow(
    state="returned",
    label="已退回",
    step="已报送",
    tone="red",
    desk="台账被退回，更正后重新提交核对",
    records=frozenset({"answering"}),
    first=("prepare_ledger",),
)
TOTAL = StageRow(
    state="total",
    label="已汇总",
    step="已汇总",
    tone="green",
    desk="",
    records=frozenset({"submitting"}),
    first=(),
)

SUBMISSION = {row.state: row for row in (SUBMITTED, ACCEPTED, RETURNED)}
LEDGER = {row.state: row for row in (DRAFT, CHECKED, *SUBMISSION.values())}
STEPS = (DRAFT, CHECKED, SUBMITTED, ACCEPTED)
LABELS = {state: row.label for state, row in SUBMISSION.items()}

# The state that the last answer makes; none yet: None.
ANSWERS = {None: SUBMITTED, True: ACCEPTED, False: RETURNED}


class Reported(Protocol):
    """What the table asks of a submission."""

    consolidated: bool

    @property
    def state(self) -> str:
        """submitted, accepted or returned."""


def _brief(state: str, label: str, tone: str) -> StageRow:
    """A state without steps: nothing waits for anybody in it."""
    return StageRow(state=state, label=label, step="", tone=tone, desk="", records=frozenset(), first=())


ENTRY = by_state(
    EntryState,
    (
        _brief(EntryState.IN, EntryState.IN.label, "green"),
        _brief(EntryState.STRUCK, EntryState.STRUCK.label, "red"),
        _brief(EntryState.MERGED, EntryState.MERGED.label, ""),
        _brief(EntryState.MOVED, EntryState.MOVED.label, ""),
    ),
)

# A figure that the prefecture changed in the workbook, until the county answers.
PROPOSED = _brief("open", "待答复", "amber")
TAKEN = _brief("taken", "已采纳", "green")
DECLINED = _brief("declined", "未采纳", "")
MARKED = _brief("marked", "标注", "")
PROPOSAL = {row.state: row for row in (PROPOSED, TAKEN, DECLINED, MARKED)}

FRESH = _brief("fresh", ACCEPTED.label, "green")
CARRIED = _brief("carried", "沿用", "amber")
WAITING = _brief("waiting", "待接收", "amber")
MISSING = _brief("missing", "未报", "red")


def of_answer(accepted: bool | None) -> StageRow:
    """The state that the last answer makes: None while there is none."""
    return ANSWERS[accepted]


def answer_of(state: str) -> bool | None:
    """The answer that makes a state."""
    return next(answer for answer, row in ANSWERS.items() if row.state == state)


def of_proposal(changes: bool, taken: bool | None) -> StageRow:
    """The state of a cell in a returned workbook: one without a change asks for no answer."""
    if not changes:
        return MARKED
    return {None: PROPOSED, True: TAKEN, False: DECLINED}[taken]


def stage_of(submission: Reported) -> StageRow:
    """The row of a submission as it stands."""
    return TOTAL if submission.consolidated else SUBMISSION[submission.state]


def steps_of(state: str) -> list[dict]:
    """草稿 → 已核对 → 已报送 → 已接收 for parts/stepper.html, as far as the ledger has come; a
    returned one stands at its answer."""
    row = LEDGER[state]
    at = next(place for place, step in enumerate(STEPS) if step.step == row.step)
    drawn = []
    for place, step in enumerate(STEPS):
        done = place < at or row in (ACCEPTED, RETURNED) and place == at
        mark = "done" if done else "current" if place == at else "todo"
        drawn.append({"label": step.label, "state": mark})
    if row is RETURNED:
        drawn[-1] = {"label": row.label, "state": "current"}
    return drawn
