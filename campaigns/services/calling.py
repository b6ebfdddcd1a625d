"""Recording a call to an office that owes a report."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.services import deeds, trail
from campaigns.acts import DUTY_ACTS
from campaigns.models import Duty, DutyCall
from common.errors import Refused


@transaction.atomic
def record_call(
    *,
    by: User,
    duty: Duty,
    called: str,
    called_at: datetime,
    said: str,
    phone: str = "",
    now: datetime | None = None,
) -> DutyCall:
    """Record who was called about a duty, when, and what was said.

    It changes nothing of the duty, so it asks for no version either.
    """
    duty = deeds.lock(duty)
    posting = DUTY_ACTS.require("record_call", by, duty)
    if called_at > (now or timezone.now()):
        raise Refused("通话时间不能晚于现在，请核对。")
    call = DutyCall.objects.create(
        duty=duty, by=by, called=called.strip(), phone=phone.strip(), called_at=called_at, said=said.strip()
    )
    trail.record(
        by=by,
        posting=posting,
        act=DUTY_ACTS.get("record_call"),
        thing=duty,
        changes={"接电话的人": ("", call.called), "通话时间": ("", called_at)},
        reason=call.said,
        happened_on=timezone.localdate(called_at),
    )
    return call
