"""A person leaves or two offices merge: open clues pass to somebody else."""

from django.db import transaction
from django.db.models import QuerySet

from accounts import roles
from accounts.acts import posting_for
from accounts.models import Agency, Posting, User, local_today
from accounts.services import clocks, deeds, trail
from clues.acts import LEAVE_UNASSIGNED, REASSIGN
from clues.models import Clue, ClueState


def open_clues_of(person: User) -> QuerySet[Clue]:
    """The clues a person is to look at or to settle."""
    return Clue.objects.open().filter(handler=person).order_by("pk")


@transaction.atomic
def reassign_clues(by: User, from_user: User, to_user: User) -> tuple[int, int]:
    """Every open clue goes to `to_user`; where that is no 承办人, back to be assigned again.

    Returns how many went, and how many wait to be assigned.
    """
    taken = left = 0
    for row in open_clues_of(from_user):
        clue = deeds.lock(row)
        if _is_handler(to_user, clue.agency_id):
            act, values = REASSIGN, {"handler": to_user}
            taken += 1
        elif clue.state == ClueState.ASSIGNED:
            act, values = LEAVE_UNASSIGNED, {"handler": None, "state": LEAVE_UNASSIGNED.landing}
            left += 1
        else:
            act, values = REASSIGN, {"handler": None}
            left += 1
        changes = deeds.save(clue, act, **values)
        trail.record(
            by=by,
            posting=posting_for(by, roles.EVERYONE, clue),
            act=act,
            thing=clue,
            changes=changes,
        )
    return taken, left


def _is_handler(person: User, agency_id: int) -> bool:
    posts = Posting.objects.in_force(local_today())
    return posts.filter(user=person, agency_id=agency_id, role=roles.HANDLER).exists()


@transaction.atomic
def move_to_agency(*, by: User | None, agency: Agency, into: Agency) -> int:
    """Offices were merged: the open clues of `agency` go on at `into`; how many went."""
    count = 0
    for row in Clue.objects.open().filter(agency=agency).order_by("pk"):
        clue = deeds.lock(row)
        changes = deeds.save(clue, agency=into)
        clocks.follow(clue)
        trail.record(by=by, act="move_clue", label="机构合并", thing=clue, changes=changes)
        count += 1
    return count
