"""Uploads of a form that was refused, kept for the same person's next try, for a day at most."""

from django.db import models

from accounts.models.base import random_id
from accounts.models.people import User


class StagedUpload(models.Model):
    """One upload that waits; it is no file of the system yet and nobody else ever sees it.

    The name is sealed: of an informant's letter it may say who sent it. So are the small picture by which
    photos are told apart, and the bytes, with a key of their own; those lie in the file store's staging
    folder under `public_id`, outside of backups.
    """

    public_id = models.CharField(max_length=24, unique=True, default=random_id, editable=False)
    person = models.ForeignKey(User, models.CASCADE, related_name="+")
    address = models.CharField(max_length=300)
    field = models.CharField(max_length=60)
    name_sealed = models.TextField()
    key_sealed = models.TextField(blank=True)
    small_sealed = models.TextField(blank=True)
    size = models.PositiveBigIntegerField()
    content_type = models.CharField(max_length=80)
    staged_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["person", "address"], name="staged_of_form")]

    def __str__(self):
        return self.public_id
