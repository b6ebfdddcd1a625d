"""Plain acts: they move a case on with nothing but their reason, and all they do stands in their row."""

from django.db import transaction

from accounts.acts import Act
from accounts.models import User
from accounts.services import deeds, trail
from cases.acts import ACTS
from cases.models import Case
from cases.services import flags
from cases.services.filing_state import let_clue_follow
from common.errors import Refused


@transaction.atomic
def take_step(*, by: User, case: Case, act: Act, version: int | str | None = None, reason: str) -> Case:
    """Bring the case where the act's row says, and put the reason on record."""
    case = deeds.lock(case, version)
    posting = ACTS.require(act.name, by, case)
    if not reason.strip():
        raise Refused("请写明原因。")
    changes = flags.save(case, act, state=act.landing)
    let_clue_follow(by, case)
    trail.record(by=by, posting=posting, act=act, thing=case, changes=changes, reason=reason)
    return case
