"""All clocks of the law, C and R, as one table, and how they are counted.

counted = count(term("C14"), date(2025, 9, 20), calendar)
counted.due, counted.alarm, counted.why()
"""

from common.errors import Refused
from common.reckoning import Pause
from law.terms.afterwards import AFTERWARDS
from law.terms.answers import Counted, Skipped
from law.terms.counting import count
from law.terms.manner import Extension, Manner
from law.terms.procedure import PROCEDURE
from law.terms.referral import REFERRAL
from law.terms.remedies import ENFORCEMENT, REVIEWS, SUITS
from law.terms.shape import Length, Term, Unit, Whose

TERMS: tuple[Term, ...] = (*PROCEDURE, *SUITS, *ENFORCEMENT, *AFTERWARDS, *REVIEWS, *REFERRAL)
_BY_CODE = {term.code.upper(): term for term in TERMS}

__all__ = [
    "TERMS",
    "Counted",
    "Extension",
    "Length",
    "Manner",
    "Pause",
    "Skipped",
    "Term",
    "Unit",
    "Whose",
    "count",
    "term",
]


def term(code: str) -> Term:
    """The clock of a code such as C08 or R03b. Raises Refused for a code that isn't in the table."""
    term = _BY_CODE.get(code.strip().upper())
    if term is None:
        raise Refused(f"没有“{code}”这个期限。有：{'、'.join(term.code for term in TERMS)}。")
    return term
