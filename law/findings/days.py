"""The day that decides which text of an article is read beside a finding.

What an act is punished by follows the day it ended (行政处罚法 art 37); a step, the day it was taken.
"""

from datetime import date

from law.facts import Facts, day_of


def law_day(code: str, facts: Facts) -> date:
    """The day for a finding's article: of the step that it is about, else of the act."""
    steps = facts.steps
    step = {
        "NOTICE_MISSING": facts.decided_on,
        "REVIEW_MISSING": facts.decided_on,
        "DECISION_OVERDUE": day_of(steps.filed),
        "REFERRED_LATE": day_of(steps.referral_approved),
        "CLOSED_WITHOUT_REFERRAL": day_of(steps.closed),
        "CLOSED_UNPAID": day_of(steps.closed),
        "CLOSED_NOT_CARRIED_OUT": day_of(steps.closed),
    }
    if code in step:
        return step[code] or facts.judged_on
    return (facts.act_end or facts.judged_on) if code in OF_THE_ACT else facts.as_of


OF_THE_ACT = frozenset(
    {
        *("MUST_REFER", "SUSPECT_REFERRAL", "NEAR_REFERRAL", "ESPECIALLY_SERIOUS", "REPEAT_OFFENDER"),
        *("FINE_FOR_CONFISCATION", "FINE_OUT_OF_RANGE"),
    }
)
