"""An official form in one version, as data. Submissions point at it, so it never changes."""

from functools import cached_property

from django.db import models

from common.errors import Refused
from ledgers.fields.row_kinds import ENTRY, row_kind_choices
from ledgers.layout_faults import LONGEST, layout_faults
from ledgers.layouts import Layout


class LedgerForm(models.Model):
    """One version of a form: the tree of heads over fields, its words and its signature block.

    `heads` and `signatures` are as in data/forms/. The table is append-only: a change is a row with
    the next version.
    """

    code = models.SlugField("代码", max_length=LONGEST["code"])
    version = models.PositiveSmallIntegerField("版本")
    row_kind = models.CharField("行", max_length=12, choices=row_kind_choices, default=ENTRY.key)
    title = models.CharField("标题", max_length=LONGEST["title"])
    sheet_title = models.CharField("工作表名", max_length=LONGEST["sheet_title"])
    unit_line = models.CharField("单位行", max_length=LONGEST["unit_line"])
    unit_words = models.CharField("填报单位的字样", max_length=LONGEST["unit_words"])
    data_as_of_words = models.CharField("数据截止的字样", max_length=LONGEST["data_as_of_words"])
    subtotal_words = models.CharField("小计的字样", max_length=LONGEST["subtotal_words"])
    total_words = models.CharField("合计的字样", max_length=LONGEST["total_words"])
    signatures = models.JSONField("落款")
    heads = models.JSONField("表头")
    recorded_at = models.DateTimeField(auto_now_add=True)

    DECLARED = (
        "code",
        "version",
        "row_kind",
        "title",
        "sheet_title",
        "unit_line",
        "unit_words",
        "data_as_of_words",
        "subtotal_words",
        "total_words",
        "signatures",
        "heads",
    )

    class Meta:
        ordering = ["code", "version"]
        constraints = [models.UniqueConstraint(fields=["code", "version"], name="ledger_form_once")]
        verbose_name = verbose_name_plural = "台账表式"

    def __str__(self):
        return f"{self.title}（第{self.version}版）"

    def save(self, *args, **kwargs):
        """Keep what can be drawn; Refused with every fault in a sentence."""
        if faults := layout_faults(self.declaration):
            raise Refused("".join(faults))
        super().save(*args, **kwargs)

    @property
    def declaration(self) -> dict:
        """The form as its file declares it."""
        return {name: getattr(self, name) for name in self.DECLARED}

    @cached_property
    def layout(self) -> Layout:
        """What page and workbook draw."""
        return Layout.of(self.declaration)
