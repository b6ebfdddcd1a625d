"""Who reported a clue: a table of its own with a narrower queryset; every field is ciphertext."""

from django.db import models

from accounts import roles
from accounts.models import StoredFile
from accounts.models.base import random_id
from clues.models.clue import Clue


class InformantQuerySet(models.QuerySet):
    """Only the people of the clue's own county who work it: never the prefecture, never police.

    `path` leads from the row to the clue.
    """

    path = "clue"

    def visible_to(self, user):
        """Informants of clues of the agencies where the person is intake clerk or brigade head,
        or of clues that the person handles."""
        agencies = [
            posting.agency_id
            for posting in user.current_postings
            if posting.role in (roles.INTAKE, roles.BRIGADE_HEAD)
        ]
        fits = models.Q(**{f"{self.path}__agency_id__in": agencies})
        if user.holds(roles.HANDLER):
            fits |= models.Q(**{f"{self.path}__handler": user})
        return self.filter(fits)


class InformantFileQuerySet(InformantQuerySet):
    """Files that may show who the informant is: seen by those who see the informant."""

    path = "informant__clue"


class Informant(models.Model):
    """The informant of one clue: on screen 举报人-<线索号>; unmasking is an act with a reason."""

    public_id = models.CharField(max_length=24, unique=True, default=random_id, editable=False)
    clue = models.OneToOneField(Clue, models.PROTECT, related_name="informant")
    anonymous = models.BooleanField("匿名", default=False)
    name_sealed = models.TextField(blank=True)
    phone_sealed = models.TextField(blank=True)
    identity_sealed = models.TextField(blank=True)
    wants_answer = models.BooleanField("要求反馈", default=False)
    answered_on = models.DateField("反馈日期", null=True, blank=True)

    objects = InformantQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "举报人"

    def __str__(self):
        return f"举报人-{self.clue.number}"


class InformantFile(models.Model):
    """A paper or recording that may show who the informant is; never among the clue's files."""

    informant = models.ForeignKey(Informant, models.PROTECT, related_name="files")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")

    objects = InformantFileQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = verbose_name_plural = "举报材料"

    def __str__(self):
        return self.file.name
