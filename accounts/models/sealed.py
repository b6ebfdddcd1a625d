"""Rows that the trail answers for: whatever writes one leaves its digest to the deed's next entry.

What was written waits among the transaction's `on_commit` callbacks: Django drops those of a savepoint
that is rolled back, and all of them with the transaction, so nothing waits that isn't in the tables.
`accounts.services.row_seals` takes it from there. Statements past these methods (raw SQL, a shell of the
database) leave nothing, and so are found.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

from django.db import models, transaction

from common.digests import digest_of


@dataclass(frozen=True)
class Written:
    """Rows of one table that a transaction wrote: the digest of each before, "" for a new one."""

    model: type[models.Model]
    was: dict[int, str]

    def __call__(self) -> None:
        """After the commit there is nothing left to do."""


class SealedQuerySet(models.QuerySet):
    """Notes what is written in bulk, as `Sealed` does for one row."""

    def bulk_create(self, objs: Iterable, *args: object, **kwargs: object) -> list:
        """New rows."""
        made = super().bulk_create(objs, *args, **kwargs)
        note(self.model, {row.pk: "" for row in made}, self.db)
        return made

    def update(self, **values: object) -> int:
        """Rows changed at once; what no digest covers is changed as ever."""
        if not self.model.seals(values):
            return super().update(**values)
        before = dict(digests(self))
        count = super().update(**values)
        note(self.model, before, self.db)
        return count

    def delete(self) -> tuple[int, dict[str, int]]:
        """Rows that go."""
        before = dict(digests(self))
        gone = super().delete()
        note(self.model, before, self.db)
        return gone


class Sealed(models.Model):
    """A row whose digest stands in the trail. `sealed_only` names the columns where not all count.

    A column that comes later must have a default (or null): what equals it is left out of the digest,
    so what was sealed before still holds. A column's name is part of the digest.
    """

    sealed_only: tuple[str, ...] = ()
    objects = SealedQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: object, **kwargs: object) -> None:
        """Save, and note it."""
        if not self.seals(kwargs.get("update_fields")):
            return super().save(*args, **kwargs)
        before = {} if self._state.adding else dict(digests(self._own()))
        super().save(*args, **kwargs)
        return note(self._meta.model, {self.pk: before.get(self.pk, "")}, self._state.db)

    def delete(self, *args: object, **kwargs: object) -> tuple[int, dict[str, int]]:
        """Delete, and note it."""
        before, using = dict(digests(self._own())), self._state.db
        gone = super().delete(*args, **kwargs)
        note(self._meta.model, before, using)
        return gone

    @classmethod
    def sealed_fields(cls) -> list[models.Field]:
        """The columns that the digest covers, besides the key."""
        own = [field for field in cls._meta.concrete_fields if not field.primary_key]
        return [field for field in own if not cls.sealed_only or field.name in cls.sealed_only]

    @classmethod
    def seals(cls, names: Iterable[str] | None) -> bool:
        """Whether any of these columns is covered; None is all of them."""
        if names is None:
            return True
        covered = {name for field in cls.sealed_fields() for name in (field.name, field.attname)}
        return not covered.isdisjoint(names)

    def _own(self) -> models.QuerySet:
        return self._meta.model._base_manager.filter(pk=self.pk)


def note(model: type[models.Model], was: dict[int, str], using: str | None = None) -> None:
    """Let rows wait for the next entry of the trail."""
    if was:
        transaction.on_commit(Written(model, was), using=using)


def digests(rows: models.QuerySet) -> Iterator[tuple[int, str]]:
    """(key, digest) of each row as the database has it: the same on SQLite and PostgreSQL."""
    model = rows.model
    fields = model.sealed_fields()
    plain = [(field.attname, _unsaid(field)) for field in fields]
    for key, *values in rows.values_list("pk", *(field.attname for field in fields)).iterator(
        chunk_size=2000
    ):
        body = {
            name: _normal(value)
            for (name, unsaid), value in zip(plain, values, strict=True)
            if value != unsaid
        }
        yield key, digest_of([model._meta.label_lower, key, body])


def _unsaid(field: models.Field) -> object:
    """The one value that a digest leaves out; a default that is new each time (an id) never is it."""
    made_up = field.has_default() and callable(field.default) and field.default not in (dict, list)
    return None if made_up else field.get_default()


def _normal(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return value
