"""The filters above a list: those in the bar, those behind 更多, the chips of those on.

What stands behind 更多 is made and drawn when that is opened: by `more` in the address, which the piece that
opens asks for and the link in its place leads to. Until then what is on there is carried along.
"""

from datetime import date, datetime
from functools import cached_property
from typing import Any

from django import forms
from django.db.models import Model, QuerySet
from django_filters import FilterSet

from common.lists.asked import TURNING, Asked
from common.showing.times import day

# What a parameter is called by that is one end of a range.
ENDS = ("after", "before", "min", "max")


class FilterBar:
    """The filter form of a ListPage. `form` is None for a list without filters."""

    def __init__(self, asked: Asked, rows: QuerySet):
        self.asked, self._rows = asked, rows

    @cached_property
    def filterset(self) -> FilterSet | None:
        if self.asked.listing.filterset is None:
            return None
        if not self.asked.opens_all:
            few = self._made()
            few.filters = {
                name: each
                for place, (name, each) in enumerate(few.filters.items())
                if place < self._front or self._keys(name)
            }
            if few.form.is_valid():
                return few
        return self._made()

    def _made(self) -> FilterSet:
        asked = self.asked
        return asked.listing.filterset(asked.values, queryset=self._rows, request=asked.request)

    @cached_property
    def _names(self) -> list[str]:
        """Every filter of the list, drawn or not, in its order."""
        return list(self.asked.listing.filterset.base_filters) if self.asked.listing.filterset else []

    def _keys(self, name: str) -> list[str]:
        """The parameters of one filter that are there: its name, or its name with an end of a range."""
        return [
            key
            for key in self.asked.values
            if key == name or (key not in self._names and key in {f"{name}_{end}" for end in ENDS})
        ]

    @property
    def form(self) -> forms.Form | None:
        return self.filterset.form if self.filterset is not None else None

    @cached_property
    def rows(self) -> QuerySet:
        """The rows that fit; none when a filter was filled in wrongly (never more than asked)."""
        if self.filterset is None:
            return self._rows
        return self.filterset.qs if self.form.is_valid() else self._rows.none()

    @property
    def is_posted(self) -> bool:
        return bool(self.asked.private)

    @property
    def text(self) -> str:
        return self.asked.values.get("text", "")

    @cached_property
    def fields(self) -> list:
        return list(self.form) if self.form is not None else []

    @property
    def _front(self) -> int:
        return self.asked.listing.first_filters - self.asked.listing.searches

    def front(self) -> list:
        return self.fields[: self._front]

    @property
    def has_rest(self) -> bool:
        return len(self._names) > self._front

    @property
    def is_open(self) -> bool:
        """Whether 更多 stands open: it was asked for, or something is wrong and may stand there."""
        return self.has_rest and (self.asked.opens_all or not self.form.is_valid())

    @property
    def open_url(self) -> str:
        return self.asked.address(more=1)

    def rest(self) -> list:
        """The fields behind 更多, once it is open."""
        return self.fields[self._front :] if self.is_open else []

    def carried(self) -> list[tuple[str, str]]:
        """What is on behind 更多 while that is closed: parameters and values."""
        keys = [key for name in self._names[self._front :] for key in self._keys(name)]
        return [(key, value) for key in keys for value in self.asked.values.getlist(key)]

    def picked(self) -> int:
        """How many filters are on, besides the words: what a folded bar says of itself."""
        return sum(chip["name"] != "text" for chip in self.chips())

    @cached_property
    def _chips(self) -> list[dict]:
        chips = []
        if self.asked.listing.searches and self.text:
            chips.append(self._chip("text", self.asked.listing.search_label, self.text))
        if self.form is not None and self.form.is_valid():
            for field in self.fields:
                value = self.form.cleaned_data.get(field.name)
                text = in_words(field.field, value)
                if text:
                    chips.append(self._chip(field.name, field.label, text))
        return chips

    def chips(self) -> list[dict]:
        return self._chips

    def nameless(self) -> str:
        """The filters that are on, without the values that could name somebody."""
        hidden = self.asked.listing.hidden
        return "；".join(
            f"{chip['label']}：{'（填有内容）' if chip['name'] in hidden else chip['text']}"
            for chip in self.chips()
        )

    def _chip(self, name: str, label: str, text: str) -> dict:
        asked = self.asked
        if name in asked.private:
            dropped = [*asked.params.getlist("drop"), name]
            params = asked.params.copy()
            for turned in TURNING:
                params.pop(turned, None)
            params.setlist("drop", dropped)
            url = f"?{params.urlencode()}"
        else:
            url = asked.address(**dict.fromkeys([name, *self._keys(name)]))
        return {"name": name, "label": label, "text": text, "url": url}


def in_words(field: forms.Field, value: Any) -> str:
    """A cleaned filter value as its chip shows it; "" when the filter is off."""
    if value is None or value == "" or (hasattr(value, "__len__") and not len(value)):
        return ""
    if isinstance(value, slice):
        start, stop = in_words(field, value.start), in_words(field, value.stop)
        return f"{start or '…'} 至 {stop or '…'}" if start or stop else ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime | date):
        return day(value)
    if isinstance(value, Model):
        return str(value)
    if not isinstance(value, str) and hasattr(value, "__iter__"):
        return "、".join(in_words(field, item) for item in value)
    for key, label in getattr(field, "choices", ()):
        if str(key) == str(value):
            return str(label)
    return str(value)
