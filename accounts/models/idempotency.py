"""The keys of forms, so that one sent twice acts once."""

from django.db import models

from accounts.models.people import User


class IdempotencyKey(models.Model):
    """A form's server-made key and where its act led; stored in the act's own transaction."""

    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    key = models.CharField(max_length=64)
    act = models.CharField(max_length=60)
    digest = models.CharField(max_length=64)
    result_url = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="idempotency_once")]

    def __str__(self):
        return self.act
