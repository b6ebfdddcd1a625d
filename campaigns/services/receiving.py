"""A report that the office above entered for a county counts from when it was received (代录)."""

from dataclasses import dataclass
from datetime import datetime

from accounts.models import StoredFile, User
from campaigns.models import Duty, LateClaim

RULING = "由上级代录，按收到时间认定。"


@dataclass(frozen=True)
class Receipt:
    """When a county's report was received, what proves it, who entered it and who checked that."""

    received_at: datetime
    paper: StoredFile
    way: str
    entered_by: User
    checked_by: User


def credit_receipt(duty: Duty, receipt: Receipt, at: datetime) -> LateClaim | None:
    """The office that rules on 线下报送补登 entered the report itself: its ruling stands at once.

    Part of the deed that submits, at `at`. Nothing where that was in time anyway, or a claim is there.
    """
    if at <= duty.due_at or LateClaim.objects.filter(duty=duty).exists():
        return None
    claim = LateClaim.objects.create(
        duty=duty,
        sent_at=receipt.received_at,
        scan=receipt.paper,
        note=receipt.way,
        recorded_by=receipt.entered_by,
        recognised=True,
        ruled_by=receipt.checked_by,
        ruled_at=at,
        ruling=RULING,
    )
    duty.save(update_fields=["in_time"])
    return claim
