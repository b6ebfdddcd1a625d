"""How heavy a decision weighs: why 法制审核 comes before it (行政处罚法 art 58), and why 集体讨论 (art 57②).

What is 重大 by the penalty itself, and by which article, says `law.major`; which fine counts as 较大数额 a
place says (`accounts.Standard`), and where none does no fine alone makes a decision heavy.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from cases.assessing.outcome import FINE, Draft, get, items_of
from cases.models import Decision, Discussion, LegalReview
from law.facts import Fined, Unweighed
from law.figures import Figures
from law.large_fines import is_large
from law.major import MAJOR
from registry import codes
from registry.models import PartyKind


@dataclass(frozen=True)
class Weight:
    """Why a decision must be reviewed (`articles`: of its kinds) and discussed; empty where it needn't be."""

    review: tuple[str, ...]
    discussion: tuple[str, ...]
    articles: tuple[str, ...] = ()


def weight_of(draft: Draft, figures: Figures, region: str, on: date, unsure: Iterable[str] = ()) -> Weight:
    """What weighs; `unsure` are confiscations left out for a reason though the law on them isn't settled."""
    large = ["较大数额罚款"] if any(is_large(each, figures, region) for each in _fined(draft, on)) else []
    serious = ["情节复杂或者重大"] if draft.serious else []
    less = [f"{word}，适用的条款不确定" for word in unsure]
    below = ["减轻处罚"] if draft.mitigation else []
    heavy = _heavy_kinds(draft)
    words = [codes.label("penalty_kinds", kind) for kind in heavy]
    articles = dict.fromkeys(MAJOR[kind] for kind in heavy)
    return Weight((*words, *large, *serious, *less), (*below, *large, *serious), tuple(articles))


def unreviewed(decisions: Iterable[Decision]) -> tuple[Unweighed, ...]:
    """Those made without 法制审核 before (行政处罚法 art 58: 在作出决定之前)."""
    return tuple(
        _unweighed(each, bool(each.serious or _heavy_kinds(each)))
        for each in decisions
        if each.decided_on and not _came_before(each, each.reviews.all(), "reviewed_on")
    )


def undiscussed(decisions: Iterable[Decision]) -> tuple[Unweighed, ...]:
    """Those made without 集体讨论 before (行政处罚法 art 57②)."""
    return tuple(
        _unweighed(each, bool(each.serious or each.mitigation))
        for each in decisions
        if each.decided_on and not _came_before(each, each.discussions.all(), "happened_on")
    )


def _came_before(decision: Decision, rows: Iterable[LegalReview | Discussion], day: str) -> bool:
    return any(row.stands and getattr(row, day) <= decision.decided_on for row in rows)


def _unweighed(decision: Decision, heavy: bool) -> Unweighed:
    return Unweighed(decision.decided_on, heavy, tuple(_fined(decision, decision.decided_on)))


def _heavy_kinds(draft: Draft) -> list[str]:
    kinds = {get(item, "kind") for item in items_of(draft)}
    return [kind for kind in MAJOR if kind in kinds]


def _fined(draft: Draft, on: date) -> list[Fined]:
    """The fines of each party together."""
    fines: dict = {}
    for item in items_of(draft):
        if get(item, "kind") == FINE:
            party = get(item, "party")
            fines[party] = fines.get(party, Decimal(0)) + (get(item, "amount") or 0)
    return [
        Fined(party is not None and party.kind == PartyKind.PERSON, fine, on) for party, fine in fines.items()
    ]
