"""Which stored files a person may open because of a clue: never an informant's, opened by an act alone."""

from django.db.models import Q

from clues.models import Clue, ClueFile, Disposition, HandoverAnswer, SecretClue


def may_open(user, stored) -> bool:
    """A file of a clue one sees, or a paper that settled it."""
    visible = Clue.objects.visible_to(user)
    return (
        ClueFile.objects.filter(file=stored, clue__in=visible).exists()
        or Disposition.objects.filter(approval__signed_paper__scan=stored, clue__in=visible).exists()
        or Disposition.objects.filter(letter=stored, clue__in=visible).exists()
        or HandoverAnswer.objects.filter(paper=stored, handover__clue__in=visible).exists()
        or _of_secret(user, stored)
    )


def _of_secret(user, stored) -> bool:
    """The letter goes to whom it was handed over; what was signed stays with the office."""
    offices = {post.agency_id for post in user.current_postings}
    own = Q(approval__signed_paper__scan=stored, agency_id__in=offices)
    return SecretClue.objects.visible_to(user).filter(Q(letter=stored) | own).exists()
