"""What must be there before an act: each asks the clue one question."""

from django.db.models import Q

from clues.models import Clue, ClueState


def awaits_letter(clue) -> bool:
    """An approved handover has no 移送函 on record yet."""
    return handovers_of(clue).filter(letter=None).exists()


def is_handed_over(clue) -> bool:
    """It stands with another department."""
    return handovers_of(clue).exists()


def handovers_of(clue):
    """Approved handovers that weren't taken back."""
    return clue.dispositions.filter(outcome="handover", approved=True, taken_back_at=None)


def waiting_for_letters(user):
    """Clues that `user` had handed over to a department outside the system, their 移送函 not yet
    on record."""
    return Clue.objects.filter(
        Q(handler=user) | Q(dispositions__proposed_by=user),
        state=ClueState.SETTLED,
        dispositions__outcome="handover",
        dispositions__approved=True,
        dispositions__letter=None,
        dispositions__taken_back_at=None,
        dispositions__to_agency=None,
    )
