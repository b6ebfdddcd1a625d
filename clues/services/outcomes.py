"""What each outcome of a clue needs; the form says it at the field, the service holds it."""

from accounts.models import Agency, AgencyKind, local_today
from clues.acts import UNSEEN
from clues.models import Disposition
from clues.services.conditions import FILING, HANDOVER, MERGED, NON_FILING, PENDING, UNFOUNDED
from clues.services.merging import check_target
from clues.services.verification import PARTLY, TRUE, UNTRUE, last_look, require_two_lookers
from common.errors import Refused

# What ends the matter here rests on a look by two; put aside or merged, it is looked at again.
SEEN_BY_TWO = (NON_FILING, HANDOVER, UNFOUNDED)


def possible_receivers(agency):
    """Offices of other departments in the same prefecture, to which a clue may be handed over."""
    code = agency.region.code[:4]
    return (
        Agency.objects.filter(region__code__startswith=code, ended_on=None)
        .exclude(kind__in=[AgencyKind.NATURAL_RESOURCES, AgencyKind.PROCURATORATE])
        .select_related("region")
    )


def check_needs(clue, outcome, *, to_agency=None, to_name="", day=None, into=None) -> None:
    """Refuse an outcome that lacks what it needs, or that this clue can't have yet."""
    if outcome == FILING:
        raise Refused("立案不在这里提出，请在线索页面点“呈批立案”。")
    if clue.state in UNSEEN and outcome != HANDOVER:
        raise Refused("还没有核查，只能提出移交其他部门；其他处理意见请先记录核查。")
    if outcome in SEEN_BY_TWO:
        require_two_lookers(clue, f"按“{Disposition(outcome=outcome).get_outcome_display()}”处理")
    check = _CHECKS.get(outcome, _unknown)
    check(clue, to_agency=to_agency, to_name=to_name.strip(), day=day, into=into)


def _nothing_more(clue, **_):
    """不予立案: the reason is weighed against the conditions."""


def _check_handover(clue, *, to_agency, to_name, **_):
    if to_agency is None and not to_name:
        raise Refused("移交其他部门的，请选择移交单位；不在名单里的，填写单位全称。")
    if to_agency is not None and to_name:
        raise Refused("移交单位只填一处：选名单里的单位，或者填写名单外的单位全称。")
    if to_agency is None:
        return
    if not possible_receivers(clue.agency).filter(pk=to_agency.pk).exists():
        raise Refused(f"不能移交给{to_agency}，请选择本市其他部门的单位。")


def _check_pending(clue, *, day, **_):
    if day is None:
        raise Refused("待查的，请填写再查日期。")
    if day <= local_today():
        raise Refused("再查日期应晚于今天。")


def _check_into(clue, *, into, **_):
    if into is None:
        raise Refused("并入他案的，请填写并入的线索号或案号。")
    check_target(clue, into)


def _check_unfounded(clue, **_):
    look = last_look(clue)
    if look is None or look.judgment in (TRUE, PARTLY):
        found = look.get_judgment_display() if look else "没有核查"
        raise Refused(f"最近一次核查结论是“{found}”，不能按不属实处理。请核对核查结论。")
    if look.judgment != UNTRUE:
        raise Refused("最近一次核查没有得出“不属实”的结论，可以提出待查，到期再查。")


def _unknown(clue, **_):
    raise Refused("请选择处理意见。")


_CHECKS = {
    NON_FILING: _nothing_more,
    HANDOVER: _check_handover,
    PENDING: _check_pending,
    MERGED: _check_into,
    UNFOUNDED: _check_unfounded,
}
