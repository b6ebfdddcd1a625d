"""可能是同一件事: reports of what another clue tells already, before the new one is sent to be looked at."""

from django.urls import reverse

from accounts import roles
from accounts.models import User
from clues.models import Clue, ClueState
from clues.services.duplicates import Likeness, find_similar, traits_of


def like(user: User, clue: Clue) -> list[Likeness]:
    """Clues like one that is registered already."""
    return find_similar(user, traits_of(clue), exclude=clue)


def repeat_rows(user: User, clue: Clue) -> list[dict]:
    """Who reported the same when, for who sends clues on; nothing once the clue is sent on.

    A constant number of queries.
    """
    desk = user.agencies_as(roles.INTAKE, roles.BRIGADE_HEAD)
    if clue.state != ClueState.REGISTERED or clue.agency_id not in desk:
        return []
    merge = reverse("clues:merge_clue", args=[clue.public_id])
    return [
        {
            "clue": each.clue,
            "reasons": each.reasons,
            "who": each.who,
            "merge_url": f"{merge}?into={each.clue.public_id}",
        }
        for each in like(user, clue)
    ]
