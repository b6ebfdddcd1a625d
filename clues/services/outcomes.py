"""What each outcome of a clue needs; the form says it at the field, the service holds it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet

from accounts.models import Agency, AgencyKind, local_today
from clues.acts import UNSEEN
from clues.models import Clue, Disposition
from clues.services.conditions import FILING, HANDOVER, MERGED, NON_FILING, PENDING, UNFOUNDED
from clues.services.merging import check_target
from clues.services.verification import PARTLY, TRUE, UNTRUE, last_look, require_two_lookers
from clues.targets import Target
from common.errors import Refused

# What ends the work here rests on a look by two; put aside or merged, it is looked at again.
SEEN_BY_TWO = (NON_FILING, HANDOVER, UNFOUNDED)


@dataclass(frozen=True)
class Proposal:
    """How somebody proposes to settle a clue: an outcome with what it needs, and why.

    `conditions` are the answers to the five of art 16 ({code: met, lacking, unclear}). A handover
    names `to_agency` or, outside the system, `to_name`; what is put aside names the day; what is
    merged names a clue or a case.
    """

    outcome: str
    reason: str = ""
    conditions: Mapping[str, str] = field(default_factory=dict)
    reason_code: str = ""
    to_agency: Agency | None = None
    to_name: str = ""
    look_again_on: date | None = None
    into: Clue | Target | None = None

    def as_fields(self) -> dict:
        """The fields of a Disposition: what belongs to another outcome is left out."""
        handed_over = self.outcome == HANDOVER
        return {
            "outcome": self.outcome,
            "conditions": dict(self.conditions),
            "reason_code": self.reason_code if self.outcome == NON_FILING else "",
            "reason": self.reason.strip(),
            "to_agency": self.to_agency if handed_over else None,
            "to_name": self.to_name.strip() if handed_over else "",
            "look_again_on": self.look_again_on if self.outcome == PENDING else None,
            **(self._merged_where() if self.outcome == MERGED else {}),
        }

    def _merged_where(self) -> dict:
        """Into a clue of this app, or into a case, which is pointed at by its key."""
        if isinstance(self.into, Target):
            return {"into_key": self.into.key, "into_number": self.into.number}
        return {"into": self.into}


def possible_receivers(agency: Agency) -> QuerySet[Agency]:
    """Offices of other departments in the same prefecture, to which a clue may be handed over."""
    code = agency.region.code[:4]
    return (
        Agency.objects.filter(region__code__startswith=code, ended_on=None)
        .exclude(kind__in=[AgencyKind.NATURAL_RESOURCES, AgencyKind.PROCURATORATE])
        .select_related("region")
    )


def check_needs(clue: Clue, proposal: Proposal) -> None:
    """Raises Refused where the outcome lacks what it needs, or where this clue can't have it yet."""
    outcome = proposal.outcome
    if outcome == FILING:
        raise Refused("立案不在这里提出，请在线索页面点“呈批立案”。")
    if clue.state in UNSEEN and outcome != HANDOVER:
        raise Refused("还没有核查，只能提出移交其他部门；其他处理意见请先记录核查。")
    if outcome in SEEN_BY_TWO:
        require_two_lookers(clue, f"按“{Disposition(outcome=outcome).get_outcome_display()}”处理")
    _CHECKS.get(outcome, _unknown)(clue, proposal)


def _nothing_more(clue: Clue, proposal: Proposal) -> None:
    """不予立案: the reason is weighed against the conditions."""


def _check_handover(clue: Clue, proposal: Proposal) -> None:
    to_agency, to_name = proposal.to_agency, proposal.to_name.strip()
    if to_agency is None and not to_name:
        raise Refused("移交其他部门的，请选择移交单位；不在名单里的，填写单位全称。")
    if to_agency is not None and to_name:
        raise Refused("移交单位只填一处：选名单里的单位，或者填写名单外的单位全称。")
    if to_agency is None:
        return
    if not possible_receivers(clue.agency).filter(pk=to_agency.pk).exists():
        raise Refused(f"不能移交给{to_agency}，请选择本市其他部门的单位。")


def _check_pending(clue: Clue, proposal: Proposal) -> None:
    if proposal.look_again_on is None:
        raise Refused("待查的，请填写再查日期。")
    if proposal.look_again_on <= local_today():
        raise Refused("再查日期应晚于今天。")


def _check_into(clue: Clue, proposal: Proposal) -> None:
    if proposal.into is None:
        raise Refused("并入他案的，请填写并入的线索号或案号。")
    check_target(clue, proposal.into)


def _check_unfounded(clue: Clue, proposal: Proposal) -> None:
    look = last_look(clue)
    if look is None or look.judgment in (TRUE, PARTLY):
        judgment = look.get_judgment_display() if look else "没有核查"
        raise Refused(f"最近一次核查结论是“{judgment}”，不能按不属实处理。请核对核查结论。")
    if look.judgment != UNTRUE:
        raise Refused("最近一次核查没有得出“不属实”的结论，可以提出待查，到期再查。")


def _unknown(clue: Clue, proposal: Proposal) -> None:
    raise Refused("请选择处理意见。")


_CHECKS: dict[str, Callable[[Clue, Proposal], None]] = {
    NON_FILING: _nothing_more,
    HANDOVER: _check_handover,
    PENDING: _check_pending,
    MERGED: _check_into,
    UNFOUNDED: _check_unfounded,
}
