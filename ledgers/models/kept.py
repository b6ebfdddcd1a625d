"""What a ledger shows, kept as it was drawn: rows, their figures, and marks of what is to be drawn anew.

Nothing here is a source of anything: all of it can be thrown away and comes again (`services/refreshing.py`).
"""

from django.db import models

from accounts.models import Agency, Region
from campaigns.models import Campaign
from ledgers.models.entry import EntryQuerySet, LedgerEntry
from ledgers.models.submission import Submission


class EntryMark(models.Model):
    """Something happened to what an entry is drawn from. Appended by the deed, taken away by who draws:
    two deeds never wait for one another, and what happens during a drawing is drawn next."""

    entry = models.ForeignKey(LedgerEntry, models.CASCADE, related_name="marks")

    def __str__(self):
        return f"{self.entry_id}"


class SetAside(models.Model):
    """An entry that couldn't be drawn, so that those behind it go on: which fault it was (its kind and
    place in the program, never its words), in which program (`rules`), and when it was tried last."""

    entry = models.OneToOneField(
        LedgerEntry, models.CASCADE, primary_key=True, related_name="set_aside", verbose_name="条目"
    )
    fault = models.CharField("原因", max_length=200)
    rules = models.CharField(max_length=16)
    since = models.DateField("算不出来的日期")
    tried_on = models.DateField("最近一次重算")

    class Meta:
        verbose_name = verbose_name_plural = "算不出来的条目"

    def __str__(self):
        return f"{self.entry_id} {self.fault}"


class KeptRowQuerySet(EntryQuerySet):
    """Kept rows within reach, as their entries are."""

    def in_order(self):
        """By county and first report, as a ledger has them."""
        return self.order_by("region_id", "position", "entry_id")

    def on(self, day):
        """Those that would be drawn alike on a day."""
        return self.filter(models.Q(until=None) | models.Q(until__gt=day), since__lte=day)


class KeptRow(models.Model):
    """An entry's row as it is drawn on any day from `since` up to before `until`.

    `values`, `beside` (不适用, late columns, flags) and `behind` (the facts) are by the catalogue's keys,
    those of the campaign's form and all others. `digest` is what a checker confirms of it, `before` the
    same of its row in `baseline`, the last effective report, against which lateness is told. `rules`
    names the program that drew it.
    """

    entry = models.OneToOneField(LedgerEntry, models.CASCADE, primary_key=True, related_name="kept")
    key = models.CharField(max_length=24)
    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="+", db_index=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_index=False)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", db_index=False)
    position = models.PositiveIntegerField()
    values = models.JSONField(default=dict)
    beside = models.JSONField(default=dict)
    behind = models.JSONField(default=dict)
    remark = models.TextField(blank=True)
    late = models.BooleanField(default=False)
    digest = models.CharField(max_length=64)
    before = models.CharField(max_length=64, blank=True)
    baseline = models.ForeignKey(Submission, models.CASCADE, null=True, related_name="+")
    rules = models.CharField(max_length=16)
    since = models.DateField()
    until = models.DateField(null=True)

    objects = KeptRowQuerySet.as_manager()

    class Meta:
        indexes = [
            # Order, whose it is and what it proves: read without the rows themselves.
            models.Index(
                fields=["campaign", "region", "position", "entry", "agency", "digest"], name="kept_order"
            ),
            models.Index(fields=["campaign", "agency", "position"], name="kept_sheet"),
            # How many there are of each report and program, until when; and each row's digests.
            models.Index(fields=["campaign", "agency", "baseline", "rules", "until"], name="kept_standing"),
            models.Index(
                fields=["campaign", "agency", "entry", "key", "digest", "before"], name="kept_heads"
            ),
        ]

    def __str__(self):
        return self.key


class KeptFigure(models.Model):
    """One figure of a kept row, to be added up by the database: `number` in ten-thousandths of the
    field's unit (a whole number, so that a sum is exact on either database)."""

    row = models.ForeignKey(KeptRow, models.CASCADE, related_name="figures")
    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="+", db_index=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_index=False)
    key = models.CharField(max_length=40)
    number = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["row", "key"], name="kept_figure_once")]
        indexes = [models.Index(fields=["campaign", "agency", "key", "number"], name="kept_sums")]

    def __str__(self):
        return f"{self.row_id} {self.key}"
