"""What a decision that waits still needs before a leader may make it: 法制审核, 集体讨论."""

from cases.assessing import penalties_of
from cases.assessing.outcome import opt_outs
from cases.assessing.weight import Weight, weight_of
from cases.models import Case, Decision, DecisionState
from law.findings import Case as Held
from law.gates import unsettled
from law.penalties import INCOME, unfounded
from law.penalties.shape import LABELS

NOTHING = Weight((), ())


def waits_for(case: Case, decision: Decision, held: Held) -> Weight:
    """Why it must still be reviewed or discussed; empty where it was, or needn't be."""
    unsure = _unsure(case, decision, held)
    weight = weight_of(decision, held.figures, case.county_id, held.facts.as_of, unsure)
    reviewed = any(each.stands for each in decision.reviews.all())
    discussed = any(each.stands for each in decision.discussions.all())
    return Weight(
        () if reviewed else weight.review,
        () if discussed else weight.discussion,
        () if reviewed else weight.articles,
    )


def _unsure(case: Case, decision: Decision, held: Held) -> list[str]:
    """What it leaves out for a reason, or takes as 违法所得, though the law on it isn't settled."""
    reasons, _ = opt_outs(decision)
    left = [LABELS[kind] for kind in reasons if unsettled(held, kind)]
    drafted = penalties_of(case, decision)
    taken = any(INCOME in unfounded(each, held.facts, held.figures) for each in drafted)
    return [*left, LABELS[INCOME]] if taken else left


def flags_of(case: Case, held: Held) -> dict[str, bool]:
    """Whether the decision of a case that waits must still be reviewed, or discussed."""
    waiting = [each for each in case.decisions.all() if each.state == DecisionState.PROPOSED]
    waits = [waits_for(case, each, held) for each in waiting]
    return {
        "to_review": any(each.review for each in waits),
        "to_discuss": any(each.discussion for each in waits),
    }
