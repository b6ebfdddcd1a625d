"""What this installation is."""

from django.db import models


class HouseMark(models.Model):
    """What this installation is besides a real one: `demo` was filled with people everybody knows."""

    name = models.CharField(max_length=30, primary_key=True)
    made_at = models.DateTimeField(auto_now_add=True)

    def __str__(self):
        return self.name
