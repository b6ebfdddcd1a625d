"""NOT_FILED: a clue that was found true, with no case and no lawful reason for having none.

自然资源行政处罚办法 art 16 says 及时 and gives no figure: it is told from the day after the look.
"""

from datetime import date

from clues.models import Clue, ClueState, Verification
from clues.services.verification import PARTLY, TRUE
from law.facts import Facts, Native, Told
from law.figures import SEEDED
from law.findings import Case, Finding, held_against
from law.shipped import calendar


def unfiled_of(clue: Clue, look: Verification | None, on: date) -> tuple[Told, ...]:
    """What is to be told of a clue by its last look at the end of a day; () where nothing is."""
    found = look is not None and look.judgment in (TRUE, PARTLY) and look.looked_on < on
    forgotten = clue.state == ClueState.PENDING and clue.look_again_on is None
    if not found or not (clue.state == ClueState.VERIFIED or forgotten):
        return ()
    return (Told(f"线索{clue.number}{look.looked_on}核查{look.get_judgment_display()}", "", look.looked_on),)


def findings_of(clue: Clue, look: Verification | None, on: date) -> list[Finding]:
    """What the law finds in a clue that is kept here."""
    told = unfiled_of(clue, look, on)
    return (
        held_against(Case(Facts(as_of=on, native=Native(unfiled=told)), SEEDED, calendar())) if told else []
    )
