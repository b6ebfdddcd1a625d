"""The words on a case's head (应移送公安 · 市级须参与 · 二年内第三次), set anew by every deed.

Gates ask the stored codes, lists show and filter them; nothing else writes them.
"""

from datetime import timedelta

from accounts.models import local_today
from accounts.services import deeds
from cases import terms
from cases.models import SENT_STATES, CaseState, DecisionState, ReferralState
from cases.services import confiscation, offenders, thresholds
from clues import codes

WORDS = {
    "must_refer": ("应移送公安", "red"),
    "referred": ("已移送公安", "green"),
    "not_referred": ("不批准移送", "amber"),
    "prefecture": ("市级须参与", "amber"),
    "no_confiscation": ("已处罚未没收", "red"),
    "fined_first": ("先处罚后移送", "amber"),
    "without_finding": ("处罚缺认定", "red"),
    "one_handler": ("承办人不足两名", "amber"),
    "late_decision": ("超期作出决定", "amber"),
    "unpaid_at_closing": ("结案时未缴清", "amber"),
    "recorded_late": ("决定补录", ""),
}
TIMES = "〇一二三四五六七八九十"
HALF_WAY = {ReferralState.PROPOSED, ReferralState.APPROVED}
MONEY = ("fine", "confiscate_income")


def words(codes_of_case) -> list[tuple[str, str]]:
    """(word, tone) pairs for the flags of a case."""
    return [_word(code) for code in codes_of_case]


def _word(code):
    if code.startswith("repeat:"):
        times = int(code.removeprefix("repeat:"))
        shown = TIMES[times] if times < len(TIMES) else str(times)
        return (f"二年内第{shown}次", "red" if times > thresholds.REPEATED else "amber")
    return WORDS[code]


def save(case, **values) -> dict:
    """Set the flags anew from what the tables say, set `values`, save; {label: (old, new)}."""
    old = {name: getattr(case, name) for name in values}
    for name, value in values.items():
        setattr(case, name, value)
    case.flags = compute(case)
    for name, value in old.items():
        setattr(case, name, value)
    return deeds.save(case, **values)


def compute(case) -> list[str]:
    """The codes that hold now, in the order they are shown."""
    found = [*_referral(case), *_prefecture(case), *_repeat(case), *_decision(case)]
    if case.state == CaseState.CLOSED and _unpaid(case):
        found.append("unpaid_at_closing")
    return found


def _referral(case) -> list[str]:
    referrals = list(case.referrals.all())
    states = {one.state for one in referrals}
    if states & set(SENT_STATES):
        return ["referred"]
    due = bool(thresholds.reasons_of(case))
    refused = [one.changed_at for one in referrals if one.state == ReferralState.REFUSED]
    if refused and not states & HALF_WAY and not (due and _found_since(case, max(refused))):
        return ["not_referred"]
    return ["must_refer"] if due else []


def _found_since(case, moment) -> bool:
    """A refusal speaks of what was found when it was given, not of what was found later."""
    return any(row.recorded_at > moment for row in (*case.land_now(), *case.minerals_now()))


def _prefecture(case) -> list[str]:
    """战略性矿产、34个重要矿种: the prefecture takes part (川自然资办函〔2021〕203号二（一）)."""
    names = {case.mineral, *(row.mineral for row in case.minerals_now())}
    if not any(each.side == "mining" for each in case.violations.all()):
        return []
    items = [codes.mineral_by_name().get(name) for name in names if name]
    important = any(item and (item["strategic24"] or item["major34"]) for item in items)
    return ["prefecture"] if important else []


def _repeat(case) -> list[str]:
    before = offenders.decisions_before(case, case.found_on or case.filed_on or local_today())
    return [f"repeat:{before + 1}"] if before else []


def _decision(case) -> list[str]:
    made = [one for one in case.decisions.all() if one.state == DecisionState.MADE]
    if not made:
        return []
    found = []
    reason = " ".join(one.opt_out_reason for one in made)
    if confiscation.lacking(case, (), reason):
        found.append("no_confiscation")
    if not case.minerals_now() and not case.land_now():
        found.append("without_finding")
    if not (case.handler_id and case.second_handler_id):
        found.append("one_handler")
    if _late(case, made):
        found.append("late_decision")
    if any(one.issued for one in made):
        found.append("recorded_late")
    return found + _fined_first(case, made)


def _late(case, made) -> bool:
    if not case.filed_on:
        return False
    limit = case.filed_on + timedelta(days=terms.DECIDE.length)
    return any(one.decided_on and one.decided_on > limit for one in made)


def _fined_first(case, made) -> list[str]:
    """A fine before the referral that was due (行政处罚法 art 57: 涉嫌犯罪的，移送司法机关)."""
    fined = [one.decided_on for one in made if any(i.kind == "fine" for i in one.items.all())]
    sent = [one.sent_on for one in case.referrals.all() if one.sent_on]
    return ["fined_first"] if fined and sent and min(fined) < min(sent) else []


def _unpaid(case) -> bool:
    for decision in case.decisions.filter(state=DecisionState.MADE).prefetch_related(
        "items__payments"
    ):
        for item in decision.items.all():
            paid = sum(one.amount for one in item.payments.all())
            if item.kind in MONEY and (item.amount or 0) > paid:
                return True
    return False
