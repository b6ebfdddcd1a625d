"""What the list of deliveries shows and can be narrowed by."""

from datetime import datetime, time, timedelta

import django_filters
from django.utils import timezone

from accounts.models import ChannelKind, DeliveryLog, Outcome
from accounts.stages import stage_of
from common.columns import Column

TONES = {
    Outcome.SENT: "green",
    Outcome.FAILED: "amber",
    Outcome.UNSURE: "amber",
    Outcome.PASSED: "amber",
    Outcome.DEAD: "red",
    Outcome.NOBODY: "red",
}


def stage(entry) -> str:
    """Which stage it was, or what else."""
    kind, *rest = entry.meaning.split(":")
    if kind == "digest":
        return "每日一条"
    if kind == "test":
        return "试发"
    if len(rest) < 3:
        return "通知"
    try:
        return stage_of(rest[2]).label
    except KeyError:
        return "通知"


def to_whom(entry) -> str:
    """The person, or the agency's group."""
    if entry.outbox and entry.outbox.recipient:
        return entry.outbox.recipient.name
    return entry.agency.name if entry.agency else "—"


DELIVERY_COLUMNS = (
    Column("at", "时间", kind="datetime", sortable="at"),
    Column(
        "outcome",
        "结果",
        lambda entry: (entry.get_outcome_display(), TONES.get(entry.outcome, "")),
        kind="flag",
        sortable="outcome",
    ),
    Column("stage", "提醒", stage),
    Column("to", "收件", to_whom),
    Column("channel", "渠道", lambda entry: entry.channel.name if entry.channel else "消息"),
    Column("attempt", "第几次", kind="number", sortable="attempt"),
    Column("note", "说明", kind="wrap"),
    Column("agency", "单位", lambda entry: entry.agency.name if entry.agency else "—"),
)


class DeliveryFilter(django_filters.FilterSet):
    """By outcome, channel and day."""

    outcome = django_filters.ChoiceFilter(label="结果", empty_label="全部", choices=Outcome.choices)
    kind = django_filters.ChoiceFilter(
        label="渠道", empty_label="全部", choices=ChannelKind.choices, field_name="channel__kind"
    )
    day = django_filters.DateFilter(label="日期", method="on_day")

    class Meta:
        model = DeliveryLog
        fields = ()

    def on_day(self, queryset, name, day):
        """Lines of one day, local time."""
        start = timezone.make_aware(datetime.combine(day, time.min))
        return queryset.filter(at__gte=start, at__lt=start + timedelta(days=1))
