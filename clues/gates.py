"""What must be there before an act: each asks the clue one question."""

from django.db.models import Q

from clues.models import AnswerKind, Clue, ClueState, Disposition, HandoverAnswer

STANDING = {"outcome": "handover", "approved": True, "taken_back_at": None}


def awaits_letter(clue) -> bool:
    """An approved handover has no 移送函 on record yet."""
    return handovers_of(clue).filter(letter=None).exists()


def is_handed_over(clue) -> bool:
    """It stands with another department."""
    return handovers_of(clue).exists()


def awaits_receipt(clue) -> bool:
    """It was handed over and nobody there has signed for it yet."""
    return handovers_of(clue).exclude(answers__kind=AnswerKind.RECEIVED).exists()


def handovers_of(clue):
    """Approved handovers that weren't taken back."""
    return clue.dispositions.filter(**STANDING)


def unsigned_handovers():
    """Handovers that nobody has signed for yet."""
    return Disposition.objects.filter(**STANDING).exclude(answers__kind=AnswerKind.RECEIVED)


def unanswered_handovers():
    """Handovers that were signed for and of which nobody has said yet that they are dealt with."""
    signed = Disposition.objects.filter(**STANDING, answers__kind=AnswerKind.RECEIVED)
    return signed.exclude(pk__in=HandoverAnswer.objects.filter(kind=AnswerKind.DONE).values("handover_id"))


def waiting_for_letters(user):
    """Clues that `user` had handed over to a department outside the system, their 移送函 not yet
    on record."""
    return Clue.objects.filter(
        Q(handler=user) | Q(dispositions__proposed_by=user),
        state=ClueState.SETTLED,
        dispositions__in=Disposition.objects.filter(**STANDING, letter=None, to_agency=None),
    )
