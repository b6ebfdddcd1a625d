"""A filter by days is the same labelled picker on every list."""

from importlib import import_module

import pytest
from django import forms
from django_filters import DateFilter, FilterSet
from django_filters.fields import RangeField

from common.lists.ranges import DayRangeFilter

APPS = ("accounts", "reminders", "clues", "cases", "campaigns", "ledgers")


def other_pickers(filterset: type[FilterSet]) -> list[str]:
    """Filters of days that are drawn otherwise."""
    days = (forms.DateField, forms.DateTimeField, RangeField)
    return [
        name
        for name, each in filterset.base_filters.items()
        if issubclass(each.field_class, days) and not isinstance(each, DayRangeFilter)
    ]


def declared(app: str) -> list[type[FilterSet]]:
    """The filter sets of an app."""
    try:
        module = import_module(f"{app}.filters")
    except ModuleNotFoundError:
        return []
    return [each for each in vars(module).values() if isinstance(each, type) and issubclass(each, FilterSet)]


@pytest.mark.parametrize("app", APPS)
def test_every_list_asks_for_days_by_the_same_picker(app):
    for each in declared(app):
        assert other_pickers(each) == [], each


def test_the_check_itself_sees_another_picker():
    class Seeded(FilterSet):
        day = DateFilter()
        days = DayRangeFilter()

    assert other_pickers(Seeded) == ["day"] and sum(len(declared(app)) for app in APPS) >= 8


def test_both_ends_say_in_sight_which_they_are():
    drawn = DayRangeFilter().field.widget.render("days", None)
    assert drawn.index(">起<") < drawn.index("days_after") < drawn.index(">止<") < drawn.index("days_before")
