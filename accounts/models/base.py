"""What every business row has: a public id that tells nothing, a version, and its times."""

import secrets
from datetime import date
from typing import Any

from django.db import models
from django.utils import timezone


def random_id() -> str:
    """A public id: 96 random bits, safe in an address, and no clue to how many there are.

    It begins with a letter or a digit: one that begins with "-" reads as an option on the command line.
    """
    while not (made := secrets.token_urlsafe(12))[0].isalnum():
        pass
    return made


def known(name: str) -> models.Q:
    """The condition of an index over rows in which a column isn't blank."""
    return models.Q(**{f"{name}__isnull": False})


class Recorded(models.Model):
    """Shown by its public id, changed only with the version one has read."""

    public_id = models.CharField("公开编号", max_length=24, unique=True, default=random_id, editable=False)
    version = models.PositiveIntegerField("版本", default=1, editable=False)
    recorded_at = models.DateTimeField("记录时间", auto_now_add=True)
    changed_at = models.DateTimeField("变更时间", auto_now=True)

    class Meta:
        abstract = True


class Staged(models.Model):
    """How long a thing stands in its state: the day on which that began, nothing where it rests.

    Kept by `deeds.save`; the states in which nobody waits for it any more are `rests`.
    """

    rests: tuple[str, ...] = ()
    stage_since = models.DateField("现阶段起", null=True, editable=False, default=timezone.localdate)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """What comes in finished already never stood anywhere."""
        if self._state.adding and self.state in self.rests:
            self.stage_since = None
        super().save(*args, **kwargs)

    @property
    def days_here(self) -> int | None:
        """Whole days in the present state; None where it rests."""
        return days_since(self.stage_since)


def days_since(day: date | None) -> int | None:
    """Whole days from a day until today."""
    return (timezone.localdate() - day).days if day else None


class Clocked(models.Model):
    """When the nearest open clock of a thing ends, beside the thing itself: lists are sorted by it.

    Kept by `services/nearest.py` with every clock that begins, moves or ends, and by nothing else: who
    saves a thing that was read before its clock moved leaves the column alone.
    """

    next_due_at = models.DateTimeField("最近时限", null=True, editable=False)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Every column but that one."""
        if not self._state.adding and kwargs.get("update_fields") is None:
            kept = self.get_deferred_fields() | {"next_due_at"}
            columns = self._meta.concrete_fields
            kwargs["update_fields"] = [c.name for c in columns if not c.primary_key and c.attname not in kept]
        super().save(*args, **kwargs)


class AboutSomething(models.Model):
    """A row about a thing of an upper app."""

    subject_kind = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()

    class Meta:
        abstract = True
