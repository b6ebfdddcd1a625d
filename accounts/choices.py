"""Choices of a filter that are rows of a table: read once, and kept as the figures of the frame are."""

from collections.abc import Iterator
from functools import partial

from django_filters import ModelChoiceFilter
from django_filters.fields import ModelChoiceField, ModelChoiceIterator

from accounts.services import pulse


class _Kept(ModelChoiceIterator):
    """What is always there, then the rows as they were read for this person."""

    def __iter__(self) -> Iterator[tuple]:
        if self.field.empty_label is not None:
            yield ("", self.field.empty_label)
        if self.field.null_label is not None:
            yield (self.field.null_value, self.field.null_label)
        yield from self.field.kept(self._read)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _read(self) -> list[tuple]:
        return [(self.field.prepare_value(row), self.field.label_from_instance(row)) for row in self.queryset]


class _Field(ModelChoiceField):
    iterator = _Kept


class KeptChoiceFilter(ModelChoiceFilter):
    """One of several rows; `queryset` takes the request. What was chosen is asked of the table itself."""

    field_class = _Field

    @property
    def field(self) -> _Field:
        """The field, which knows for whom its choices are kept."""
        if not hasattr(self, "_kept_field"):
            self._kept_field = super().field
            name = f"choices of {type(self.parent).__name__} {self.field_name}"
            self._kept_field.kept = partial(pulse.kept, self.get_request().user, name)
        return self._kept_field
