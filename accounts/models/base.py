"""What every business row has: a public id that tells nothing, a version, and its times."""

import secrets

from django.db import models


def random_id() -> str:
    """A public id: 96 random bits, safe in an address, and no clue to how many there are."""
    return secrets.token_urlsafe(12)


class Recorded(models.Model):
    """Shown by its public id, changed only with the version one has read."""

    public_id = models.CharField("公开编号", max_length=24, unique=True, default=random_id, editable=False)
    version = models.PositiveIntegerField("版本", default=1, editable=False)
    recorded_at = models.DateTimeField("记录时间", auto_now_add=True)
    changed_at = models.DateTimeField("变更时间", auto_now=True)

    class Meta:
        abstract = True


class AboutSomething(models.Model):
    """A row about a thing of an upper app."""

    subject_kind = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()

    class Meta:
        abstract = True
