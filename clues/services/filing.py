"""What the cases app calls down: a clue goes to filing, is settled as filed, or comes back.

Who may file stands in the table of cases; here only the clue's own state is guarded. Call these
inside the deed of the case, so that both change together.
"""

from datetime import date

from django.db import transaction

from accounts import roles
from accounts.acts import Act, posting_for
from accounts.models import User
from accounts.services import clocks, deeds, trail
from clues.acts import HAND_BACK, HAND_TO_FILING, SETTLE_AS_FILED
from clues.models import Clue
from clues.services.conditions import FILING
from common.errors import Refused


@transaction.atomic
def hand_to_filing(*, by: User, clue: Clue, version: int | str | None = None) -> Clue:
    """The clue goes to 呈批立案; it can't be disposed of otherwise until that is decided."""
    clue = deeds.lock(clue, version)
    if clue.state not in HAND_TO_FILING.before:
        raise Refused(_not_now(clue, "呈批立案", "先记录核查，再呈批立案。"))
    clocks.meet_all(thing=clue)
    changes = deeds.save(clue, HAND_TO_FILING, state=HAND_TO_FILING.landing, look_again_on=None)
    _record(by, clue, HAND_TO_FILING, changes)
    return clue


@transaction.atomic
def settle_as_filed(*, by: User, clue: Clue, case_number: str = "", happened_on: date | None = None) -> Clue:
    """Filing was approved (on the day `happened_on`): the clue is settled and names the case."""
    clue = deeds.lock(clue)
    if clue.state not in SETTLE_AS_FILED.before:
        raise Refused(_not_now(clue, "按立案办结", "请刷新页面查看最新状态。"))
    clocks.meet_all(thing=clue)
    changes = deeds.save(clue, SETTLE_AS_FILED, state=SETTLE_AS_FILED.landing, outcome=FILING)
    named = {"案号": ("", case_number)} if case_number else {}
    _record(by, clue, SETTLE_AS_FILED, changes | named, happened_on=happened_on)
    return clue


@transaction.atomic
def hand_back(*, by: User, clue: Clue, reason: str, act: Act = HAND_BACK) -> Clue:
    """Filing was not approved (or is dropped, `act`): the clue comes back to be disposed of."""
    clue = deeds.lock(clue)
    if clue.state not in act.before:
        raise Refused(_not_now(clue, "退回线索", "请刷新页面查看最新状态。"))
    changes = deeds.save(clue, act, state=act.landing)
    _record(by, clue, act, changes, reason)
    return clue


@transaction.atomic
def go_with_filing(*, by: User, clue: Clue, act: Act) -> Clue:
    """Its filing was sent back or taken back, or is proposed again (`act`): the clue says so too."""
    clue = deeds.lock(clue)
    if clue.state not in act.before:
        raise Refused(_not_now(clue, act.label, "请刷新页面查看最新状态。"))
    changes = deeds.save(clue, act, state=act.landing)
    _record(by, clue, act, changes)
    return clue


def _not_now(clue: Clue, deed: str, then: str) -> str:
    return f"线索现在是“{clue.get_state_display()}”，不能{deed}。{then}"


def _record(
    by: User, clue: Clue, act: Act, changes: dict, reason: str = "", happened_on: date | None = None
) -> None:
    posting = posting_for(by, roles.COUNTY_STAFF, clue)
    trail.record(
        by=by,
        posting=posting,
        act=act,
        thing=clue,
        changes=changes,
        reason=reason,
        happened_on=happened_on,
    )
