"""Messages that no channel could send: shown to the administrator, sent again or given up."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import Agency, Posting, User
from accounts.services import trail
from common.errors import Refused
from reminders.acts import CHANNEL_ACTS
from reminders.models import DeliveryLog, Outbox, OutboxState, Outcome
from reminders.models.channels import admin_paths


def of(user: User) -> QuerySet[Outbox]:
    """Dead letters of the agencies, and all below, where one is system administrator."""
    agencies = Agency.objects.within(admin_paths(user))
    return (
        Outbox.objects.filter(state=OutboxState.DEAD, agency__in=agencies)
        .select_related("recipient", "agency", "target")
        .order_by("-done_at", "-pk")
    )


@transaction.atomic
def retry(*, by: User, row: Outbox) -> Outbox:
    """Try again from the start, by the same channel."""
    row, posting = _locked(by, row, "retry_message")
    row.state, row.attempts, row.not_before, row.done_at = (OutboxState.WAITING, 0, timezone.now(), None)
    row.save(update_fields=["state", "attempts", "not_before", "done_at"])
    return _noted(by, posting, row, "retry_message", Outcome.RETRIED)


@transaction.atomic
def drop(*, by: User, row: Outbox) -> Outbox:
    """Give a message up; the inbox has it anyway."""
    row, posting = _locked(by, row, "drop_message")
    row.state = OutboxState.MOOT
    row.save(update_fields=["state"])
    return _noted(by, posting, row, "drop_message", Outcome.MOOT)


def _locked(by: User, row: Outbox, act: str) -> tuple[Outbox, Posting]:
    row = Outbox.objects.select_for_update().get(pk=row.pk)
    posting = CHANNEL_ACTS.require(act, by, row.agency)
    if row.state != OutboxState.DEAD:
        raise Refused("这条消息已经处理过了，请刷新页面。")
    return row, posting


def _noted(by: User, posting: Posting, row: Outbox, act: str, outcome: str) -> Outbox:
    label = CHANNEL_ACTS.get(act).label
    DeliveryLog.objects.create(
        meaning=row.meaning,
        outbox=row,
        channel_id=row.target_id,
        agency_id=row.agency_id,
        attempt=row.attempts,
        at=timezone.now(),
        outcome=outcome,
        note=f"管理员处理：{label}",
    )
    trail.record(by=by, posting=posting, act=CHANNEL_ACTS.get(act), thing=row)
    return row
