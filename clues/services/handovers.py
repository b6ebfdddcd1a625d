"""收回移交: what was handed over to another department is ours to settle again."""

from django.db import transaction
from django.utils import timezone

from accounts import roles
from accounts.models import User
from accounts.services import deeds, grants, trail
from accounts.services.people import holders
from clues.acts import ACTS
from clues.gates import handovers_of
from clues.models import Clue
from clues.services.disposition import before
from common.errors import Refused
from reminders.services import outbox


@transaction.atomic
def take_back_handover(*, by: User, clue: Clue, reason: str, version: int | str | None = None) -> Clue:
    """End what the department sees of the clue; it waits to be settled again. Returns the clue."""
    clue = deeds.lock(clue, version)
    act = ACTS.get("take_back_handover")
    posting = ACTS.require(act.name, by, clue)
    if not reason.strip():
        raise Refused("请写明收回的理由。")
    handover = handovers_of(clue).first()
    handover.taken_back_at = timezone.now()
    handover.save(update_fields=["taken_back_at"])
    lost = grants.take_back(by=by, posting=posting, thing=clue, reason=reason.strip())
    changes = deeds.save(clue, act, state=before(handover), outcome="")
    trail.record(by=by, posting=posting, act=act, thing=clue, changes=changes, reason=reason.strip())
    people = [person for agency in lost for person in holders(agency, *roles.OUTSIDE)]
    outbox.owe(
        recipients=people,
        meaning=f"clue_taken_back:{clue.public_id}:{clue.version}",
        kind="clue",
        title="移交到本单位的一条线索已由移交单位收回",
    )
    return clue
