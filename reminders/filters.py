"""What the list of deliveries can be narrowed by."""

from datetime import datetime, time, timedelta

import django_filters
from django.utils import timezone

from reminders.models import ChannelKind, DeliveryLog, Outcome


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
