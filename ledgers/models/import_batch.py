"""An import of one workbook (台账导入)."""

from django.db import models
from django.urls import reverse

from accounts.jurisdiction import JurisdictionQuerySet
from accounts.models import Agency, StoredFile, User
from accounts.models.base import random_id
from campaigns.models import Campaign
from ledgers.models.proxy import ProxyEntry


class ImportState(models.TextChoices):
    """How far an import is."""

    PREVIEW = "preview", "待确认"
    WRITING = "writing", "正在写入"
    WRITTEN = "written", "已写入"
    UNDOING = "undoing", "正在撤回"
    UNDONE = "undone", "已撤回"

    @classmethod
    def half(cls) -> tuple["ImportState", ...]:
        """While only some of its rows stand in the ledger."""
        return cls.WRITING, cls.UNDOING


class ImportBatch(models.Model):
    """One workbook imported: previewed, written, taken back."""

    public_id = models.CharField(max_length=24, unique=True, default=random_id, editable=False)
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="imports", verbose_name="专项行动")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="imports", verbose_name="导入单位")
    workbook = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, related_name="+", verbose_name="工作簿"
    )
    file_name = models.CharField("文件", max_length=200)
    as_of = models.DateField("数据截止", null=True)
    state = models.CharField("状态", max_length=10, choices=ImportState, default=ImportState.PREVIEW)
    report = models.JSONField("结果", default=dict)
    rows = models.JSONField("各行", default=list)
    # What a person settled on the preview's page: how to read the workbook, and what to do with it.
    choices = models.JSONField(default=dict)
    # What the write changed on rows that stood already, and how they stood right after it.
    undo = models.JSONField(default=dict)
    all_or_none = models.BooleanField(default=False)
    created = models.JSONField(default=list)
    # A long import is written and taken back in slices: how many rows of how many, when it moved last,
    # how often it fell, and the sentence why it was stopped and taken back.
    done = models.PositiveIntegerField("已写入", default=0)
    total = models.PositiveIntegerField("要写入", default=0)
    moved_at = models.DateTimeField("最近进展", null=True, blank=True)
    falls = models.PositiveSmallIntegerField(default=0)
    stopped = models.CharField("没有写入的原因", max_length=200, blank=True)
    confirmed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="确认人"
    )
    imported_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="导入人")
    created_at = models.DateTimeField("导入时间", auto_now_add=True)
    written_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    # Nobody where it is taken back because it couldn't be written to its end.
    undone_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="撤回人"
    )

    objects = JurisdictionQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = verbose_name_plural = "台账导入"

    def __str__(self):
        return self.file_name

    def get_absolute_url(self):
        """The import's page."""
        return reverse("ledgers:import_batch", args=[self.public_id])

    def proxy_office_ids(self) -> list[int]:
        """The office that acts for the county while it enters its ledger."""
        proxy = ProxyEntry.objects.open_for(self.campaign_id, self.agency_id)
        return [proxy.office_id] if proxy else []
