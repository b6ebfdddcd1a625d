"""The words on a case's head (应移送公安 · 市级须参与 · 二年内第三次), recomputed by every deed.

Gates ask the stored codes, lists show and filter them; nothing else writes them.
"""

from copy import copy
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import prefetch_related_objects

from accounts.acts import Act
from accounts.models import local_today
from accounts.services import deeds, paper_reading
from cases import terms
from cases.models import (
    HALF_WAY,
    SENT_STATES,
    THING_KINDS,
    WITH_POLICE,
    Case,
    CaseState,
    Decision,
    PenaltyItem,
    Referral,
    ReferralState,
)
from cases.services import confiscation, dues, offenders, sequence, suspicion
from registry import codes

WORDS = {
    "paper_denied": ("签批人否认", "red"),
    "must_refer": ("应移送公安", "red"),
    "referred": ("已移送公安", "green"),
    "not_referred": ("不批准移送", "amber"),
    "prefecture": ("市级须参与", "amber"),
    "no_confiscation": ("已处罚未没收", "red"),
    "less_confiscation": ("没收少于认定", "red"),
    "fined_unreferred": ("以罚代移", "red"),
    "fined_while_referred": ("公安决定前罚款", "red"),
    "fined_first": ("先处罚后移送", "amber"),
    "without_finding": ("处罚缺认定", "red"),
    "one_handler": ("承办人不足两名", "amber"),
    "late_decision": ("超期作出决定", "amber"),
    **sequence.WORDS,
    "overpaid": ("缴款多于处罚", "amber"),
    "unpaid_at_closing": ("结案时未缴清", "amber"),
    "not_carried_out": ("结案时没收或拆除未执行", "amber"),
    "recorded_late": ("决定补录", ""),
}
TIMES = "〇一二三四五六七八九十"


def words(codes_of_case: list[str]) -> list[tuple[str, str]]:
    """(word, tone) pairs for the flags of a case."""
    return [_word(code) for code in codes_of_case]


def _word(code: str) -> tuple[str, str]:
    if code.startswith("repeat:"):
        times = int(code.removeprefix("repeat:"))
        shown = TIMES[times] if times < len(TIMES) else str(times)
        return (f"二年内第{shown}次", "red" if times > suspicion.REPEATED else "amber")
    return WORDS[code]


def save(case: Case, act: Act | None = None, **values: object) -> dict:
    """Recompute the flags from what the tables say, set `values`, save; {label: (old, new)}.

    A new state is one to which `act` may lead (deeds.save).
    """
    old = {name: getattr(case, name) for name in values}
    for name, value in values.items():
        setattr(case, name, value)
    case.flags = compute(case)
    for name, value in old.items():
        setattr(case, name, value)
    return deeds.save(case, act, **values)


def compute(case: Case) -> list[str]:
    """The codes that hold now, in the order they are shown."""
    case = _read(case)
    referral = _referral(case)
    return [
        *_denied(case),
        *referral,
        *_prefecture(case),
        *_repeat(case),
        *_decision(case),
        *_fined(case, "must_refer" in referral),
        *sequence.flags_of(case),
        *_execution(case),
    ]


@transaction.atomic
def renew(case: Case) -> Case:
    """Recompute the flags after something that isn't the case's own changed what they say."""
    case = deeds.lock(case)
    save(case)
    return case


def _denied(case: Case) -> list[str]:
    """A named signer says that an approval on paper, of the case or of a referral of it, isn't theirs."""
    things = [case, *case.referrals.all()]
    return ["paper_denied"] if paper_reading.denied(things).exists() else []


def _read(case: Case) -> Case:
    """The case as the tables stand, read in few queries; the case itself keeps nothing of it."""
    case = copy(case)
    case._prefetched_objects_cache = {}
    prefetch_related_objects(
        [case],
        "parties__party",
        "violations",
        "land_findings",
        "mineral_findings",
        "referrals",
        "decisions__items__payments",
        "decisions__items__carried_out",
    )
    return case


def _referral(case: Case) -> list[str]:
    referrals = list(case.referrals.all())
    states = {referral.state for referral in referrals}
    if states & set(SENT_STATES):
        return ["referred"]
    due = bool(suspicion.reasons_of(case))
    refused = [referral.changed_at for referral in referrals if referral.state == ReferralState.REFUSED]
    if refused and not states & set(HALF_WAY) and not (due and _found_since(case, max(refused))):
        return ["not_referred"]
    return ["must_refer"] if due else []


def _found_since(case: Case, moment: datetime) -> bool:
    """A refusal speaks of what was found when it was given, not of what was found later."""
    return any(row.recorded_at > moment for row in (*case.land_now(), *case.minerals_now()))


def _prefecture(case: Case) -> list[str]:
    """战略性矿产、34个重要矿种: the prefecture takes part (川自然资办函〔2021〕203号二（一）)."""
    names = {case.mineral, *(row.mineral for row in case.minerals_now())}
    if not any(each.side == "mining" for each in case.violations.all()):
        return []
    items = [codes.mineral_by_name().get(name) for name in names if name]
    important = any(item and (item["strategic24"] or item["major34"]) for item in items)
    return ["prefecture"] if important else []


def _repeat(case: Case) -> list[str]:
    before = offenders.decisions_before(case, case.found_on or case.filed_on or local_today())
    return [f"repeat:{before + 1}"] if before else []


def _decision(case: Case) -> list[str]:
    made = dues.standing_decisions(case)
    if not made:
        return []
    held = {
        "no_confiscation": confiscation.lacking(case, ()),
        "less_confiscation": confiscation.short(case, ()),
        "without_finding": not case.minerals_now() and not case.land_now(),
        "one_handler": not (case.handler_id and case.second_handler_id),
        "late_decision": _late(case, made),
        "recorded_late": any(decision.issued for decision in made),
    }
    return [code for code, holds in held.items() if holds]


def _late(case: Case, made: list[Decision]) -> bool:
    if not case.filed_on:
        return False
    limit = case.filed_on + timedelta(days=terms.DECIDE.length)
    return any(decision.decided_on and decision.decided_on > limit for decision in made)


def _fined(case: Case, due: bool) -> list[str]:
    """A fine where the crime had to be referred, or while public security had it.

    行政处罚法 arts 27, 35, 57; 310号令 art 11.
    """
    fined = [
        decision.decided_on
        for decision in dues.standing_decisions(case)
        if any(item.kind == "fine" for item in decision.items.all())
    ]
    if not fined:
        return []
    sent = [referral for referral in case.referrals.all() if referral.sent_on]
    held = {
        "fined_unreferred": due,
        "fined_while_referred": any(_within(day, referral) for day in fined for referral in sent),
        "fined_first": sent and min(fined) < min(referral.sent_on for referral in sent),
    }
    return [code for code, holds in held.items() if holds]


def _within(day: date, referral: Referral) -> bool:
    """On a day between the sending and public security's 不予立案."""
    ended = None if referral.state in WITH_POLICE else referral.answered_on
    return day >= referral.sent_on and (ended is None or day < ended)


def _execution(case: Case) -> list[str]:
    items = dues.standing_items(case)
    closed = case.state == CaseState.CLOSED
    held = {
        "overpaid": any(dues.owed(item) < 0 for item in items),
        "unpaid_at_closing": closed and dues.outstanding(case),
        "not_carried_out": closed and any(_open(item) for item in items),
    }
    return [code for code, holds in held.items() if holds]


def _open(item: PenaltyItem) -> bool:
    """A penalty on things of which nobody recorded that it was carried out."""
    return item.kind in THING_KINDS and all(done.withdrawn_at for done in item.carried_out.all())
