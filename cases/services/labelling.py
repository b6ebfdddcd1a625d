"""标注 on a case."""

from django.db import transaction

from accounts.models import User
from accounts.services import deeds, labels, trail
from cases.acts import ACTS
from cases.models import Case


@transaction.atomic
def label_case(
    *, by: User, case: Case, name: str, away: bool = False, version: int | str | None = None
) -> Case:
    """Put a label of the case's office on it, or take it off. Raises Refused where nothing would change."""
    case = deeds.lock(case, version)
    posting = ACTS.require("label_case", by, case)
    changes = labels.change_label(by=by, thing=case, name=name, away=away)
    deeds.save(case)
    trail.record(by=by, posting=posting, act=ACTS.get("label_case"), thing=case, changes=changes)
    return case
