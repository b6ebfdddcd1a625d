"""The states of a case, of its decisions and of a referral: the name and label of each, and its row.

Stepper, desk, lists, filters, the filter of the record and the order of the next acts read these
rows. A state without a row, or a row that names an act nobody knows (acts.py asks), keeps the
program from starting: no page finds out first. A stage that no state reaches is not drawn. The
models take their states from here, so a new one is this file and the acts that lead to it.
"""

from collections.abc import Iterable

from django.core.exceptions import ImproperlyConfigured
from django.db.models import TextChoices

from accounts import stage_rows
from accounts.acts import Act, ActTable
from accounts.stage_rows import StageRow


class CaseState(TextChoices):
    """The stages of a case, in the order of the work."""

    PROPOSED = "proposed", "立案待批"
    DRAFTED = "drafted", "立案待呈批"
    REFUSED = "refused", "不批准立案"
    DROPPED = "dropped", "不再呈批立案"
    INVESTIGATION = "investigation", "调查"
    DECISION = "decision", "决定待批"
    EXECUTION = "execution", "执行"
    CLOSING = "closing", "结案待批"
    CLOSED = "closed", "已结案"


class ReferralState(TextChoices):
    """Where a referral stands."""

    PROPOSED = "proposed", "移送待批"
    RETURNED = "returned", "移送待补充"
    WITHDRAWN = "withdrawn", "已撤回呈批"
    REFUSED = "refused", "不批准移送"
    APPROVED = "approved", "已批准待送"
    SENT = "sent", "已移送"
    RECEIVED = "received", "公安已接收"
    POLICE_FILED = "police_filed", "公安已立案"
    DECLINED = "declined", "公安不予立案"
    GIVEN_BACK = "given_back", "退回行政处理"


class CrimeOutcome(TextChoices):
    """How a crime that was filed ends without punishment, so that the act comes back to be penalised."""

    DROPPED = "dropped", "公安撤销案件"
    NOT_PROSECUTED = "not_prosecuted", "检察院不起诉"
    ACQUITTED = "acquitted", "法院判决无罪"
    EXEMPTED = "exempted", "法院免予刑事处罚"


class DecisionState(TextChoices):
    """Where a decision stands."""

    PROPOSED = "proposed", "待批"
    MADE = "made", "已作出"
    RETURNED = "returned", "已退回"
    WITHDRAWN = "withdrawn", "已撤回"
    REVOKED = "revoked", "已撤销"


# A referral half way to its sending; with public security or a court; all that was ever sent.
HALF_WAY = (ReferralState.PROPOSED, ReferralState.RETURNED, ReferralState.APPROVED)
WITH_POLICE = (ReferralState.SENT, ReferralState.RECEIVED, ReferralState.POLICE_FILED)
SENT_STATES = (*WITH_POLICE, ReferralState.DECLINED, ReferralState.GIVEN_BACK)

# What papers are filed under, and acts in their tables.
RECORDS = {
    "filing": "立案",
    "investigation": "调查取证",
    "decision": "处罚决定",
    "execution": "执行",
    "closing": "结案",
    "referral": "移送",
}
REGISTERED = "登记"  # what the clue of a case went through, before any state of the case


def _row(
    state: TextChoices,
    *,
    step: str = "",
    tone: str = "",
    desk: str = "",
    records: Iterable[str] = (),
    first: Iterable[str] = (),
) -> StageRow:
    """The row of `state`, under the label that the model gives it."""
    return StageRow(state.value, state.label, step, tone, desk, frozenset(records), tuple(first))


def by_state(
    states: type[TextChoices], rows: Iterable[StageRow], table: ActTable | None = None
) -> dict[str, StageRow]:
    """{state: row} in the order of the work; ImproperlyConfigured where rows and states differ, or a
    row names an act that `table` hasn't."""
    rows_by_state = stage_rows.by_state(states, rows)
    for row in rows_by_state.values():
        if table and (wrong := set(row.first) - {act.name for act in table.acts}):
            raise ImproperlyConfigured(f"{states.__name__} {row.state}: no act {', '.join(wrong)}")
        if wrong := row.records - set(RECORDS):
            raise ImproperlyConfigured(f"{states.__name__} {row.state}: no record {', '.join(wrong)}")
    return rows_by_state


def act_awaited(row: StageRow, table: ActTable) -> Act | None:
    """The act for which a thing in this state waits on somebody's desk; None where no act is next."""
    named = [act for act in table.acts if act.verb and row.state in act.before]
    return next(iter([*named, *(table.get(name) for name in row.first)]), None)


def choices(stages: dict[str, StageRow]) -> list[tuple[str, str]]:
    """States and their labels, for a filter."""
    return [(row.state, row.label) for row in stages.values()]


def steps_of(stages: dict[str, StageRow]) -> list[str]:
    """The labels of the stepper, each once."""
    return list(dict.fromkeys([REGISTERED, *(row.step for row in stages.values() if row.step)]))


def record_filters() -> list[tuple[str, str, frozenset[str]]]:
    """(key, label, stages of acts) of each part of the record, in the order of the work."""
    parts: dict[frozenset[str], list[str]] = {}
    for row in (*CASE_STAGES.values(), *REFERRAL_STAGES.values()):
        if row.records:
            parts.setdefault(row.records, []).append(row.step)
    return [_record_filter(records, steps) for records, steps in parts.items()]


def _record_filter(records: frozenset[str], steps: list[str]) -> tuple[str, str, frozenset[str]]:
    key = next(noun for noun in RECORDS if noun in records)
    return key, "和".join(dict.fromkeys(filter(None, steps))) or RECORDS[key], records


EXECUTED = ("execution", "closing")
# What a case still owes after it is closed, and what is recorded of it then.
OUTLIVING = ("record_payment", "carry_out_item", "check_restoration", "check_shutdown")
CASE_STAGES = by_state(
    CaseState,
    (
        _row(
            CaseState.PROPOSED,
            step="立案",
            tone="amber",
            desk="批准立案",
            records=["filing"],
            first=["approve_filing", "return_filing"],
        ),
        _row(
            CaseState.DRAFTED,
            step="立案",
            tone="amber",
            desk="补充后再次呈批立案",
            records=["filing"],
            first=["propose_filing_again"],
        ),
        _row(CaseState.REFUSED, step="立案", records=["filing"]),
        _row(CaseState.DROPPED, step="立案", records=["filing"]),
        _row(
            CaseState.INVESTIGATION,
            step="调查",
            desk="调查并呈批处罚决定",
            records=["investigation"],
            first=["propose_decision"],
        ),
        _row(
            CaseState.DECISION,
            step="决定",
            tone="amber",
            desk="批准处罚决定",
            records=["decision"],
            first=["review_decision", "record_discussion", "approve_decision", "return_decision"],
        ),
        _row(
            CaseState.EXECUTION,
            step="执行",
            desk="执行和结案",
            records=EXECUTED,
            first=["record_service", *OUTLIVING, "propose_closing"],
        ),
        _row(
            CaseState.CLOSING,
            step="结案",
            tone="amber",
            desk="批准结案",
            records=EXECUTED,
            first=["approve_closing", "return_closing", *OUTLIVING],
        ),
        _row(CaseState.CLOSED, tone="green", records=EXECUTED, first=OUTLIVING),
    ),
)

SENT = ["referral"]
REFERRAL_STAGES = by_state(
    ReferralState,
    (
        _row(ReferralState.PROPOSED, tone="amber", desk="决定是否移送", records=SENT),
        _row(
            ReferralState.RETURNED,
            tone="amber",
            desk="补充后再次呈批移送",
            records=SENT,
            first=["propose_referral_again"],
        ),
        _row(ReferralState.WITHDRAWN, records=SENT),
        _row(ReferralState.REFUSED, tone="red", records=SENT),
        _row(ReferralState.APPROVED, tone="amber", desk="24小时内移送公安", records=SENT),
        _row(ReferralState.SENT, desk="接收移送案件", records=SENT),
        _row(ReferralState.RECEIVED, desk="决定是否立案", records=SENT, first=["record_police_filing"]),
        _row(ReferralState.POLICE_FILED, tone="green", records=SENT, first=["record_detention"]),
        _row(
            ReferralState.DECLINED,
            tone="red",
            desk="公安不予立案，三日内提请复议或者建议立案监督",
            records=SENT,
        ),
        _row(ReferralState.GIVEN_BACK, tone="amber", records=SENT),
    ),
)

DECISION_STAGES = by_state(
    DecisionState,
    (
        _row(DecisionState.PROPOSED, tone="amber"),
        _row(DecisionState.MADE, tone="green"),
        _row(DecisionState.RETURNED),
        _row(DecisionState.WITHDRAWN),
        _row(DecisionState.REVOKED, tone="red"),
    ),
)
