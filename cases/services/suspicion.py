"""Why a case is suspected to be a crime and must be referred (应移送): the law's tests that it reaches."""

from dataclasses import dataclass

from cases import assessing
from cases.models import Case
from law.crimes import ThresholdTest
from law.findings import Case as Held


@dataclass(frozen=True)
class Reason:
    """Why a case should be referred, in one sentence, with its article, where the figure is from, and
    whether it is sure."""

    sentence: str
    article: str
    document: str = ""
    sure: bool = False


def reasons_of(case: Case) -> list[Reason]:
    """Every reason why `case` should be referred to public security; empty if there is none."""
    return reasons_in(assessing.held_of(case))


def reasons_in(held: Held) -> list[Reason]:
    """The same of a case as the law looks at it."""
    return [_reason(test) for test in held.reached]


def _reason(test: ThresholdTest) -> Reason:
    limit = test.limit
    return Reason(test.sentence, limit.article, limit.provenance, limit.sure)
