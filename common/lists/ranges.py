"""Filters by days: from one to another by the same labelled picker on every list; at least so many."""

from datetime import timedelta

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django_filters import DateFromToRangeFilter, NumberFilter
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
