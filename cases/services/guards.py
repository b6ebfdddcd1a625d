"""What stops a deed of a case by the law's own table (`law.gates`): its sentence, its article, its level.

Hard gates refuse. What soft ones say the person is told at once, and the trail keeps it with the deed.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from accounts.services.remarks import remark
from cases import assessing
from cases.acts import CLOSING_REFERRED, MUST_REFER, NAMED_PARTY, POLICE_DECIDED
from cases.assessing.natives import HINTS
from cases.assessing.outcome import CLOSING as WAYS
from cases.assessing.outcome import Draft as Content
from cases.models import Case, Decision, PenaltyItem
from cases.services.dues import standing_decisions
from common.errors import Refused
from law import penalties
from law.facts import Decision as Penalty
from law.findings import Case as Held
from law.findings import Level
from law.gates import Draft, Stop, stops
from law.gates.shape import CLOSING, COUNTY, DECISION, FILING, PROVINCE

# Named in a decision's own words, as long as no act of its own records them.
DISCUSSED, LEGAL = "集体讨论", "法制"
GRANTORS = ("本机关为原发证机关", "本机关为原矿业权出让部门")
# 未经法制审核、没有提交集体讨论: says that it was not done.
_DENIED = re.compile(f"(?:未|没有|没经)(?:报|送|提交)?经?过?[^，。；经]{{0,7}}(?:{DISCUSSED}|{LEGAL})")
ITEMS = ("处罚项", "items")
# Where it is filled in what a gate asks for; of a decision else its items.
WHERE = {
    **{code: (need.label, need.anchor) for code, need in (("G18", MUST_REFER), ("G19", POLICE_DECIDED))},
    **dict.fromkeys(("G01", "G16"), (NAMED_PARTY.label, NAMED_PARTY.anchor)),
    "G18c": (CLOSING_REFERRED.label, CLOSING_REFERRED.anchor),
    "G23b": ("缴清罚没款", "decisions"),
    "G23c": ("移交、拆除和验收的登记", "execution"),
    "G29": ("发现日期、终了日期", "content"),
    "G29d": ("发现日期、终了日期", "content"),
}


@dataclass(frozen=True)
class _Bare:
    """A decision's content without its reason: what is lacking is seen, then what the reason covers."""

    items: list[PenaltyItem | dict]
    orders: Iterable[str]
    basis: str
    opt_out_reason: str = ""


def refuse_filing(case: Case) -> dict[str, tuple]:
    """Refuse to file a case that a gate stops; what the soft ones say, for the trail."""
    return _heed(stops(assessing.held_of(case), Draft(FILING)), ())


def refuse_decision(case: Case, content: Content, advice: str = "") -> dict[str, tuple]:
    """Refuse a decision that a gate stops; what the soft ones say, for the trail."""
    return _heed(decision_stops(case, content), (ITEMS,), advice)


def refuse_closing(case: Case, ground: str) -> dict[str, tuple]:
    """Refuse to close on a ground (code) that a gate stops; what the soft ones say, for the trail."""
    return _heed(stops(assessing.held_of(case), Draft(CLOSING, closing=WAYS.get(ground, ""))), ())


def decision_stops(case: Case, content: Content) -> list[Stop]:
    """What the gates say of a decision being written, or of one that waits, hard ones first."""
    held = assessing.held_of(case)
    # No fine at all isn't judged: 没收 may be decided first, and a fine may follow.
    drafted = tuple(replace(each, fine=each.fine or None) for each in penalties_of(case, content))
    reasons = [content.opt_out_reason, *(each.opt_out_reason for each in standing_decisions(case))]
    facts = held.facts.varied(decisions=(*held.facts.decisions, *drafted))
    lacking = [gap.kind for gap in penalties.gaps(facts, held.figures)]
    confirmed = any(names_step(LEGAL, reason) for reason in reasons)
    draft = Draft(
        DECISION,
        decisions=drafted,
        opted_out=penalties.covered(reasons, lacking),
        confirmed=frozenset({*lacking, penalties.INCOME}) if confirmed else frozenset(),
        discussed=names_step(DISCUSSED, content.basis or ""),
        level=PROVINCE if case.agency.region_id.endswith("0000") else COUNTY,
        grantor=any(words in (content.basis or "") for words in GRANTORS),
    )
    return stops(held, draft)


def names_step(word: str, text: str) -> bool:
    """Whether a reason names a step, and not that it was left out."""
    return word in _DENIED.sub("", text)


def penalties_of(case: Case, content: Content) -> tuple[Penalty, ...]:
    """What a decision fines and takes, by party, whatever reason is written for taking less."""
    items = list(content.items.all()) if isinstance(content, Decision) else list(content.items)
    return assessing.penalties_of(case, _Bare(items, content.orders, content.basis or ""))


def gaps_of(held: Held, *drafted: Penalty) -> list[penalties.Gap]:
    """What the law confiscates and neither the decisions that stand nor `drafted` take."""
    facts = held.facts.varied(decisions=(*held.facts.decisions, *drafted))
    return penalties.gaps(facts, held.figures)


def _heed(said: list[Stop], otherwise: tuple[tuple[str, str], ...], advice: str = "") -> dict[str, tuple]:
    hard = [stop for stop in said if stop.level == Level.BLOCK]
    if hard:
        places = [WHERE[stop.gate.code] for stop in hard if stop.gate.code in WHERE]
        if len(places) < len(hard):
            places += otherwise
        raise Refused("".join(stop.text for stop in hard) + advice, tuple(dict.fromkeys(places)))
    for stop in said:
        remark(stop.text)
    return {HINTS: ("", [stop.text for stop in said])} if said else {}
