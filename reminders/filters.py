"""What the list of deliveries can be narrowed by."""

import django_filters

from common.lists.ranges import DayRangeFilter
from reminders.models import ChannelKind, DeliveryLog, Outcome


class DeliveryFilter(django_filters.FilterSet):
    """By outcome, channel and day."""

    outcome = django_filters.ChoiceFilter(label="结果", empty_label="全部", choices=Outcome.choices)
    kind = django_filters.ChoiceFilter(
        label="渠道", empty_label="全部", choices=ChannelKind.choices, field_name="channel__kind"
    )
    at = DayRangeFilter(label="日期")

    class Meta:
        model = DeliveryLog
        fields = ()
