"""What a clue is found by."""

from django.db import models

from clues.models.clue import Clue
from registry.models import Words


class ClueWords(Words):
    """Numbers, place, what was said, who found it, suspected parties."""

    texts = ("number", "source_number", "summary", "found_by")
    places = ("county__name", "township__name", "place")
    names = ("suspects__party__name",)
    follows = {"registry.party": ("suspects__party",), "accounts.region": ("county", "township")}

    clue = models.OneToOneField(Clue, models.CASCADE, primary_key=True, related_name="words")

    class Meta:
        verbose_name = verbose_name_plural = "线索检索词"
