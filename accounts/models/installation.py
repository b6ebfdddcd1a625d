"""What this installation is."""

from django.db import models


class HouseMark(models.Model):
    """What this installation is besides a real one: `demo` was filled with people everybody knows."""

    name = models.CharField(max_length=30, primary_key=True)
    made_at = models.DateTimeField(auto_now_add=True)

    def __str__(self):
        return self.name


class KeyMark(models.Model):
    """A key that belongs to this database: its file's name and a value to tell it by, not the key."""

    name = models.CharField(max_length=100, primary_key=True)
    fingerprint = models.CharField(max_length=64)

    def __str__(self):
        return self.name
