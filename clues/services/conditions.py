"""When a case must be filed, and what may stand against it (自然资源行政处罚办法 art 16).

The rules are gates of the law (`law/gates/filing.py`); here a proposal becomes what they ask for.
"""

from collections.abc import Mapping

from accounts.models import local_today
from clues.models import Verification
from clues.services.verification import PARTLY, TRUE, UNTRUE
from law.facts import Look, Native
from law.gates import Draft, Stop, stops_by_record
from law.gates import filing as article
from law.gates.shape import NON_FILING as NOT_FILED
from law.gates.shape import UNFILED

# The five conditions by their own codes, in the order of the article.
CONDITIONS = {
    code: words
    for code, (words, _) in zip(
        ("actor", "fact", "liability", "ours", "in_time"), article.CONDITIONS.values(), strict=True
    )
}
MET, LACKING, UNCLEAR = "met", "lacking", "unclear"
ANSWERS = {MET: "具备", LACKING: "不具备", UNCLEAR: "没有查清"}
FILING, NON_FILING, HANDOVER = "filing", "non_filing", "handover"
PENDING, MERGED, UNFOUNDED = "pending", "merged", "unfounded"
_FOUND = {TRUE: True, PARTLY: True, UNTRUE: False}


def answers_in_words(answers: Mapping[str, str]) -> list[str]:
    """Each condition with its answer, in the order of the article; what nobody answered is left out."""
    return [f"{words}：{ANSWERS[answers[code]]}" for code, words in CONDITIONS.items() if code in answers]


def must_answer(outcome: str, look: Verification | None) -> bool:
    """Whether the five have to be answered: for 不予立案, and for what was found true and is not filed."""
    found = look is not None and look.judgment in (TRUE, PARTLY)
    return outcome == NON_FILING or (found and outcome in (HANDOVER, PENDING))


def unanswered(outcome: str, answers: Mapping[str, str], look: Verification | None) -> list[str]:
    """The codes of conditions that still want an answer."""
    return [code for code in CONDITIONS if code not in answers] if must_answer(outcome, look) else []


def grounds_against(
    outcome: str, answers: Mapping[str, str], reason_code: str, look: Verification | None
) -> list[Stop]:
    """G01b, G02–G02d: with all five a case must be filed; reason, answers and the last look agree."""
    if outcome == MERGED:
        return []
    native = Native(look=_as_law_sees(look)) if look else Native()
    return stops_by_record(_draft(outcome, answers, reason_code), native, local_today())


def _draft(outcome: str, answers: Mapping[str, str], reason_code: str) -> Draft:
    met = {MET: True, LACKING: False}
    return Draft(
        NOT_FILED if outcome == NON_FILING else UNFILED,
        reason=article.REASONS.get(reason_code, "") if outcome == NON_FILING else "",
        conditions=tuple(met.get(answers.get(code, UNCLEAR)) for code in CONDITIONS),
    )


def _as_law_sees(look: Verification) -> Look:
    return Look(
        on=look.looked_on,
        judgment=look.get_judgment_display(),
        true=_FOUND.get(look.judgment),
        ongoing=look.ongoing,
        stopped=look.stopped,
    )
