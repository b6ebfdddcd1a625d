"""What is known of a case, as one frozen value: what every rule of the law looks at.

A field that is None is not known, never zero; `False`, `0` and `()` are known. Deeds of the office
(a referral, a notice, a closing) and exceptions (a waiver, a ground of 减轻) are records: what is not
recorded did not happen.
"""

from law.facts.asof import WITHOUT_PENALTY, as_known_on
from law.facts.case import Facts
from law.facts.parts import (
    NOTHING,
    Batch,
    Decision,
    Earlier,
    Fined,
    Land,
    Look,
    Native,
    Party,
    Prior,
    Ruling,
    Sending,
    Steps,
    Told,
    Unweighed,
    Violation,
)
from law.facts.times import Moment, day_of, end_of, start_of

__all__ = [
    "NOTHING",
    "WITHOUT_PENALTY",
    "Batch",
    "Decision",
    "Earlier",
    "Facts",
    "Fined",
    "Land",
    "Look",
    "Moment",
    "Native",
    "Party",
    "Prior",
    "Ruling",
    "Sending",
    "Steps",
    "Told",
    "Unweighed",
    "Violation",
    "as_known_on",
    "day_of",
    "end_of",
    "start_of",
]
