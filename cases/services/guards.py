"""What stops a deed of a case by the law's own table (`law.gates`): its sentence, its article, its level.

Hard gates refuse. What soft ones say the person is told at once, and the trail keeps it with the deed.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from accounts.services.remarks import remark
from cases import assessing
from cases.acts import CLOSING_REFERRED, DISCUSSED, MUST_REFER, NAMED_PARTY, POLICE_DECIDED, REVIEWED
from cases.assessing.joining import prefecture_above
from cases.assessing.natives import HINTS
from cases.assessing.outcome import CLOSING as WAYS
from cases.assessing.outcome import Draft as Content
from cases.assessing.outcome import items_of, opt_outs
from cases.models import Case, Decision, PenaltyItem
from cases.services import weighing
from cases.services.dues import standing_decisions
from common.errors import Refused
from law import penalties
from law.facts import Decision as Penalty
from law.findings import Case as Held
from law.findings import Level
from law.gates import Draft, Stop, stops
from law.gates.shape import CLOSING, COUNTY, DECISION, FILING, PROVINCE

# Said in a decision's own words.
GRANTORS = ("本机关为原发证机关", "本机关为原矿业权出让部门")
ITEMS = ("处罚项", "items")
# Where it is filled in what a gate asks for; of a decision else its items.
WHERE = {
    **{code: (need.label, need.anchor) for code, need in (("G18", MUST_REFER), ("G19", POLICE_DECIDED))},
    **dict.fromkeys(("G01", "G16"), (NAMED_PARTY.label, NAMED_PARTY.anchor)),
    **{code: (need.label, need.anchor) for code, need in (("G10", REVIEWED), ("G11", DISCUSSED))},
    "G22": ("报请市局参与", "next-head"),
    "G18c": (CLOSING_REFERRED.label, CLOSING_REFERRED.anchor),
    "G23b": ("缴清罚没款", "decisions"),
    "G23e": ("各当事人的送达", "decisions"),
    "G23c": ("移交、拆除和验收的登记", "execution"),
    "G29": ("发现日期、终了日期", "content"),
    "G29d": ("发现日期、终了日期", "content"),
}


@dataclass(frozen=True)
class _Bare:
    """A decision's content without its reason: what is lacking is seen, then what the reason covers."""

    items: list[PenaltyItem | dict]
    orders: Iterable[str]
    mitigation: str
    serious: bool = False
    opt_outs: dict[str, str] = field(default_factory=dict)


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
    """What the gates say of a decision being written, or of one that waits, hard ones first.

    法制审核 and 集体讨论 look at what was proposed: they are asked for once it waits. Where no prefecture is
    above, or the case is its own, nobody can be asked to take part.
    """
    held = assessing.held_of(case)
    # No fine at all isn't judged: 没收 may be decided first, and a fine may follow.
    drafted = tuple(replace(each, fine=each.fine or None) for each in penalties_of(case, content))
    lacking = [gap.kind for gap in gaps_of(held, *drafted)]
    opted_out = _reasons(content, standing_decisions(case), lacking)
    waits = weighing.waits_for(case, content, held) if isinstance(content, Decision) else weighing.NOTHING
    draft = Draft(
        DECISION,
        decisions=drafted,
        opted_out=opted_out,
        # Where the law isn't settled, the review of the decision is the word of 法制 on it.
        confirmed=frozenset({*opted_out, penalties.INCOME}),
        unreviewed=waits.review,
        review_articles=waits.articles,
        undiscussed=waits.discussion,
        discussed=not waits.discussion,
        level=PROVINCE if case.agency.region_id.endswith("0000") else COUNTY,
        grantor=any(words in (content.basis or "") for words in GRANTORS),
    )
    return [stop for stop in stops(held, draft) if stop.gate.code != "G22" or prefecture_above(case)]


def _reasons(content: Content, made: list[Decision], lacking: list[str]) -> dict[str, str]:
    """{kind: reason} of what is lacking, by this decision and those that stand."""
    said = [opt_outs(each) for each in (content, *made)]
    found = penalties.covered([text for _, text in said], lacking)
    for reasons, _ in said:
        found |= {kind: reason for kind, reason in reasons.items() if kind in lacking}
    return found


def penalties_of(case: Case, content: Content) -> tuple[Penalty, ...]:
    """What a decision fines and takes, by party, whatever reason is written for taking less."""
    return assessing.penalties_of(case, _Bare(items_of(content), content.orders, content.mitigation))


def gaps_left(case: Case, content: Content) -> dict[str, penalties.Gap]:
    """{kind: gap} of what the law confiscates and a decision, with those that stand, doesn't take."""
    gaps = gaps_of(assessing.held_of(case), *penalties_of(case, content))
    return {gap.kind: gap for gap in gaps}


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
