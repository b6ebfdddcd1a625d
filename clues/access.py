"""Which stored files a person may open because of a clue."""

from clues.models import Clue, ClueFile, Disposition, InformantFile


def may_open(user, stored) -> bool:
    """A file of a clue one sees, a paper that settled it, or of an informant one may know."""
    visible = Clue.objects.visible_to(user)
    return (
        ClueFile.objects.filter(file=stored, clue__in=visible).exists()
        or Disposition.objects.filter(approval__signed_paper__scan=stored, clue__in=visible).exists()
        or Disposition.objects.filter(letter=stored, clue__in=visible).exists()
        or InformantFile.objects.visible_to(user).filter(file=stored).exists()
    )
