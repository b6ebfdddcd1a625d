"""What a ledger's entry is found by."""

from django.db import models

from ledgers.models.entry import LedgerEntry
from registry.models import Words


class EntryWords(Words):
    """Party, place and mineral as they stand in the ledger, remark, numbers of the cases behind it."""

    texts = ("mineral", "remark_typed")
    places = ("party", "place")
    several = ("links__case__number",)
    follows = {"cases.case": ("links__case",)}

    entry = models.OneToOneField(LedgerEntry, models.CASCADE, primary_key=True, related_name="words")

    class Meta:
        verbose_name = verbose_name_plural = "台账条目检索词"
