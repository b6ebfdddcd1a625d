"""Who reported a clue: a table of its own with a narrower queryset; every field is ciphertext."""

from django.db import models

from accounts import roles
from clues.models.clue import Clue


class InformantQuerySet(models.QuerySet):
    """Only the people of the clue's own county who work it: never the prefecture, never police."""

    def visible_to(self, user):
        """Informants of clues of the agencies where the person is intake clerk or brigade head,
        or of clues that the person handles."""
        agencies = [
            posting.agency_id
            for posting in user.current_postings
            if posting.role in (roles.INTAKE, roles.BRIGADE_HEAD)
        ]
        handles = models.Q(clue__handler=user) if user.holds(roles.HANDLER) else models.Q(pk__in=[])
        return self.filter(models.Q(clue__agency_id__in=agencies) | handles)


class Informant(models.Model):
    """The informant of one clue. On screen only 举报人-<线索号>; unmasking is an act with a reason."""

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
