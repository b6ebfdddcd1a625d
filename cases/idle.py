"""Why an act that is open has nothing to do on a case just now: its page folds it away with the reason.

Nothing is refused here; what must be there first stands in acts.py.
"""

from cases import gates
from cases.models import HALF_WAY, WITH_POLICE, Case, CompletionKind
from cases.services import completion, dues
from law.words import is_measured


def _unpaid(case: Case) -> str:
    return "" if dues.outstanding(case) else "没有待缴的罚没款。"


def _handed_over(case: Case) -> str:
    return "" if dues.to_carry_out(case) else "没收实物和拆除都已登记执行。"


def _unserved(case: Case) -> str:
    waits = any(decision.served_on is None for decision in dues.standing_decisions(case))
    return "" if waits else "处罚决定书都已送达。"


def _reviewed(case: Case) -> str:
    if gates.has_review(case):
        return "法制审核已通过。"
    return "这份处罚决定不须法制审核。" if gates.is_reviewed(case) else ""


def _discussed(case: Case) -> str:
    return "" if not gates.is_discussed(case) else "没有待集体讨论的处罚决定。"


def _asked(case: Case) -> str:
    return "" if "prefecture" in case.flags else "没有须市级参与的规定，或者已经报请。"


def _side(case: Case, side: str) -> bool:
    return any(violation.side == side for violation in case.violations.all())


def sides_without_facts(case: Case) -> bool:
    """Whether a side of the case's violations rests on a measure and has no finding yet."""
    facts = {"land": case.land_now(), "mining": case.minerals_now()}
    codes = {side: [each.code for each in case.violations.all() if each.side == side] for side in facts}
    return any(codes[side] and is_measured(codes[side]) and not found for side, found in facts.items())


def _no_land(case: Case) -> str:
    return "" if _side(case, "land") or case.land_now() else "本案没有占地的违法行为。"


def _no_mining(case: Case) -> str:
    return "" if _side(case, "mining") or case.minerals_now() else "本案没有采矿的违法行为。"


def _restored(case: Case) -> str:
    if completion.completed(case, CompletionKind.RESTORATION):
        return "恢复原状已验收。"
    return _no_land(case)


def _shut_down(case: Case) -> str:
    if completion.completed(case, CompletionKind.SHUTDOWN):
        return "取缔已验收。"
    return _no_mining(case)


def _referred(case: Case) -> str:
    live = [referral for referral in case.referrals.all() if referral.state in HALF_WAY + WITH_POLICE]
    return f"移送正在办理：{live[0].get_state_display()}。" if live else ""


IDLE = {
    "record_payment": _unpaid,
    "carry_out_item": _handed_over,
    "record_service": _unserved,
    "ask_prefecture": _asked,
    "review_decision": _reviewed,
    "record_discussion": _discussed,
    "record_land_finding": _no_land,
    "record_mineral_finding": _no_mining,
    "check_restoration": _restored,
    "check_shutdown": _shut_down,
    "propose_referral": _referred,
}
