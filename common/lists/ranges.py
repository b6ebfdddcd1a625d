"""Filters by days: from one to another by the same labelled picker on every list; so many days; by when."""

from datetime import datetime, time, timedelta

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django_filters import ChoiceFilter, DateFromToRangeFilter, NumberFilter
from django_filters.widgets import DateRangeWidget


class DayRangeWidget(DateRangeWidget):
    """The browser's own two pickers, behind 起 and 止; the filter's label names both together."""

    template_name = "forms/day_range.html"
    WORDS = ("起", "止")

    def __init__(self):
        super().__init__(attrs={"type": "date"})
        for widget, word in zip(self.widgets, self.WORDS, strict=True):
            widget.attrs["aria-label"] = word

    def get_context(self, *args: object, **kwargs: object) -> dict:
        """Each picker with its word."""
        context = super().get_context(*args, **kwargs)
        context["ends"] = list(zip(self.WORDS, context["widget"]["subwidgets"], strict=True))
        return context


class DayRangeFilter(DateFromToRangeFilter):
    """Rows of the days from … to …, both included; `NAME_after` and `NAME_before` in the address."""

    def __init__(self, *args: object, **kwargs: object):
        super().__init__(*args, **({"widget": DayRangeWidget()} | kwargs))


class LeastDaysFilter(NumberFilter):
    """Things that stand for at least so many days: `field_name` is the day since which."""

    field_class = forms.IntegerField

    def __init__(self, *args: object, **kwargs: object):
        super().__init__(*args, **({"min_value": 0, "max_value": 9999} | kwargs))

    def filter(self, qs: QuerySet, value: int | None) -> QuerySet:
        """Those since that day or before; all where nothing was asked."""
        if value is None:
            return qs
        day = timezone.localdate() - timedelta(days=value)
        return qs.filter(**{f"{self.field_name}__lte": day})


OVER = "over"
DUE = [(OVER, "已过期"), *((str(days), f"{days}日内到期") for days in (3, 7, 30))]


class DueFilter(ChoiceFilter):
    """What is past its time, or falls due within so many days from today, the last one whole.

    `field_name` is the moment it is due; `only` says of which rows that is still asked.
    """

    def __init__(self, *args: object, only: Q | None = None, **kwargs: object):
        super().__init__(*args, **({"choices": DUE, "empty_label": "全部"} | kwargs))
        self.only = only or Q()

    def filter(self, qs: QuerySet, value: str) -> QuerySet:
        """Those due as asked; all where nothing was asked."""
        if not value:
            return qs
        now = timezone.now()
        if value == OVER:
            return qs.filter(self.only, **{f"{self.field_name}__lt": now})
        last = timezone.localdate(now) + timedelta(days=int(value) + 1)
        end = timezone.make_aware(datetime.combine(last, time.min))
        return qs.filter(self.only, **{f"{self.field_name}__gte": now, f"{self.field_name}__lt": end})
