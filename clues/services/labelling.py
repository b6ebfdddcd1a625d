"""标注 on a clue."""

from django.db import transaction

from accounts.models import User
from accounts.services import deeds, labels, trail
from clues.acts import ACTS
from clues.models import Clue
from clues.services.informants import guard_words


@transaction.atomic
def label_clue(
    *, by: User, clue: Clue, name: str, away: bool = False, version: int | str | None = None
) -> Clue:
    """Put a label of the clue's office on it, or take it off. Raises Refused where nothing would change."""
    clue = deeds.lock(clue, version)
    posting = ACTS.require("label_clue", by, clue)
    guard_words(by, clue, name)
    changes = labels.change_label(by=by, thing=clue, name=name, away=away)
    deeds.save(clue)
    trail.record(by=by, posting=posting, act=ACTS.get("label_clue"), thing=clue, changes=changes)
    return clue
