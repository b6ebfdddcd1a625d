"""What must be there before an act: each asks the clue one question."""

from django.db.models import Q

from clues.models import Clue, ClueState


def awaits_letter(clue) -> bool:
    """An approved handover has no 移送函 on record yet."""
    return clue.dispositions.filter(outcome="handover", approved=True, letter=None).exists()


def waiting_for_letters(user):
    """Clues that `user` had handed over to a department outside the system, their 移送函 not yet
    on record."""
    return Clue.objects.filter(
        Q(handler=user) | Q(dispositions__proposed_by=user),
        state=ClueState.SETTLED,
        dispositions__outcome="handover",
        dispositions__approved=True,
        dispositions__letter=None,
        dispositions__to_agency=None,
    )
