"""Messages that no channel could send: shown to the administrator, sent again or given up."""

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from accounts.models import Agency, Posting, User
from accounts.services import trail
from common.errors import Refused
from reminders.acts import CHANNEL_ACTS
from reminders.models import Channel, DeliveryLog, Outbox, OutboxState, Outcome
from reminders.models.channels import admin_paths
from reminders.services import patience

AT_ONCE = 500


def of(user: User) -> QuerySet[Outbox]:
    """Dead letters of the agencies, and all below, where one is system administrator."""
    agencies = Agency.objects.within(admin_paths(user))
    theirs = Q(agency__in=agencies) | Q(agency=None, recipient__agency__in=agencies)
    return (
        Outbox.objects.filter(theirs, state=OutboxState.DEAD)
        .select_related("recipient__agency", "agency", "target")
        .order_by("-done_at", "-pk")
    )


def reasons(user: User) -> list[dict]:
    """How many there are of each channel and reason: {"channel", "reason", "count"}, most first."""
    counted = of(user).order_by().values("target__name", "last_error").annotate(count=Count("pk"))
    return [
        {"channel": row["target__name"] or "消息", "reason": row["last_error"], "count": row["count"]}
        for row in counted.order_by("-count", "target__name", "last_error")
    ]


@transaction.atomic
def retry(*, by: User, row: Outbox) -> Outbox:
    """Try again from the start, by the same channel."""
    row, posting = _locked(by, row, "retry_message")
    _again([row])
    _log([row], "retry_message", Outcome.RETRIED)
    return _noted(by, posting, row, "retry_message")


@transaction.atomic
def retry_all(*, by: User, agency: Agency) -> int:
    """Try all of them again from the start, each by its own channel; how many.

    `agency` is the administrator's own, where the deed is recorded.
    """
    posting = CHANNEL_ACTS.require("retry_messages", by, agency)
    rows = list(Outbox.objects.filter(pk__in=of(by).order_by().values("pk")).select_for_update())
    if not rows:
        raise Refused("没有送不出的消息，不用重新发送。")
    _again(rows)
    _log(rows, "retry_messages", Outcome.RETRIED)
    act = CHANNEL_ACTS.get("retry_messages")
    trail.record(by=by, posting=posting, act=act, thing=agency, changes={"重新发送": ("", f"{len(rows)}条")})
    return len(rows)


@transaction.atomic
def drop(*, by: User, row: Outbox) -> Outbox:
    """Give a message up; the inbox has it anyway."""
    row, posting = _locked(by, row, "drop_message")
    row.state = OutboxState.MOOT
    row.save(update_fields=["state"])
    _log([row], "drop_message", Outcome.MOOT)
    return _noted(by, posting, row, "drop_message")


def _locked(by: User, row: Outbox, act: str) -> tuple[Outbox, Posting]:
    row = Outbox.objects.select_for_update().get(pk=row.pk)
    posting = CHANNEL_ACTS.require(act, by, row.agency or row.recipient.agency)
    if row.state != OutboxState.DEAD:
        raise Refused("这条消息已经处理过了，请刷新页面。")
    return row, posting


def _again(rows: list[Outbox]) -> None:
    """Owed from now on as if never tried, and their channels too."""
    for start in range(0, len(rows), AT_ONCE):
        part = [row.pk for row in rows[start : start + AT_ONCE]]
        Outbox.objects.filter(pk__in=part).update(
            state=OutboxState.WAITING, attempts=0, tried_since=None, not_before=timezone.now(), done_at=None
        )
    for channel in Channel.objects.filter(pk__in={row.target_id for row in rows if row.target_id}):
        patience.mark_up(channel)


def _log(rows: list[Outbox], act: str, outcome: str) -> None:
    note, now = f"管理员处理：{CHANNEL_ACTS.get(act).label}", timezone.now()
    lines = [
        DeliveryLog(
            meaning=row.meaning,
            outbox=row,
            channel_id=row.target_id,
            agency_id=row.agency_id,
            attempt=row.attempts,
            at=now,
            outcome=outcome,
            note=note,
        )
        for row in rows
    ]
    DeliveryLog.objects.bulk_create(lines, batch_size=AT_ONCE)


def _noted(by: User, posting: Posting, row: Outbox, act: str) -> Outbox:
    trail.record(by=by, posting=posting, act=CHANNEL_ACTS.get(act), thing=row)
    row.refresh_from_db()
    return row
