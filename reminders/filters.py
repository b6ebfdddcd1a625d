"""What the lists of deliveries and of clocks can be narrowed by."""

import django_filters
from django.db.models import Q

from accounts.models import Clock
from common.lists.ranges import DayRangeFilter, DueFilter
from reminders.due_sources import KINDS
from reminders.models import ChannelKind, DeliveryLog, Outcome
from reminders.services import clock_board


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


MINE, OFFICE, BELOW = "mine", "office", "below"
WHOSE = [(MINE, "我承办的"), (OFFICE, "本单位的"), (BELOW, "下级单位的")]
STATES = [("running", "正在计算"), ("stood", "中止计算")]


def kinds():
    """Every time limit that can run, by its name: asked of no table."""
    return sorted(KINDS.items(), key=lambda each: each[1])


class ClockFilter(django_filters.FilterSet):
    """Whose, by when, which time limit, from and to which day."""

    whose = django_filters.ChoiceFilter(label="范围", choices=WHOSE, empty_label="全部", method="of_whom")
    due = DueFilter(label="到期", field_name="due_at", only=Q(suspended_on=None))
    kind = django_filters.ChoiceFilter(label="时限", empty_label="全部", choices=kinds)
    state = django_filters.ChoiceFilter(
        label="计算", choices=STATES, empty_label="全部", method="whether_it_runs"
    )
    due_at = DayRangeFilter(label="到期日期")

    class Meta:
        model = Clock
        fields = ()

    def of_whom(self, queryset, name, value):
        """Of things I handle, of my office, of offices below mine."""
        if value == MINE:
            return clock_board.handled_by(queryset, self.request.user)
        own = {posting.agency_id for posting in self.request.user.current_postings}
        return queryset.filter(agency__in=own) if value == OFFICE else queryset.exclude(agency__in=own)

    def whether_it_runs(self, queryset, name, value):
        """What stands still falls due at no day."""
        return queryset.filter(suspended_on__isnull=value == "running")
