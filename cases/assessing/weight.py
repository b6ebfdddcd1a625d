"""How heavy a decision weighs: why 法制审核 comes before it (行政处罚法 art 58), and why 集体讨论 (art 57②).

What is 重大 by the penalty itself, and by which article, says `law.major`; which fine counts as 较大数额 a
place says (`accounts.Standard`), and where none does no fine alone makes a decision heavy.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from cases.assessing.outcome import FINE, Draft, get, items_of
from cases.models import Decision
from law.facts import Fined
from law.figures import Figures
from law.large_fines import is_large
from law.major import MAJOR
from registry import codes
from registry.models import PartyKind

# The first day whose decisions are held against it: before, no act recorded a review.
REVIEWS_SINCE = date(2026, 12, 1)


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


def unreviewed(decisions: Iterable[Decision]) -> bool:
    """Whether a decision that needed 法制审核 by its own content was made without."""
    return any(each.serious or _heavy_kinds(each) for each in _without_review(decisions))


def fined_unreviewed(decisions: Iterable[Decision]) -> tuple[Fined, ...]:
    """What decisions made without 法制审核 fine, party by party: they needed it if that is large."""
    return tuple(fined for each in _without_review(decisions) for fined in _fined(each, each.decided_on))


def _without_review(decisions: Iterable[Decision]) -> list[Decision]:
    made = [each for each in decisions if each.decided_on and each.decided_on >= REVIEWS_SINCE]
    return [each for each in made if not any(review.stands for review in each.reviews.all())]


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
