"""A submission: its own rows, the form's version, a digest; never changed (database triggers)."""

from django.db import models
from django.urls import reverse

from accounts.jurisdiction import JurisdictionQuerySet
from accounts.models import Agency, StoredFile, User
from accounts.models.base import random_id
from accounts.models.sealed import Sealed, SealedQuerySet
from campaigns.models import Campaign, Duty
from ledgers.models.proxy import ProxyEntry
from ledgers.stages import of_answer


class SubmissionQuerySet(SealedQuerySet, JurisdictionQuerySet):
    """Submissions of agencies within reach."""

    def effective(self):
        """Those that nobody returned and that no effective correction took the place of."""
        returned = Verdict.objects.filter(submission_id=models.OuterRef("pk"), accepted=False)
        corrections = Submission.objects.filter(~models.Exists(returned), corrects_id=models.OuterRef("pk"))
        return self.filter(~models.Exists(returned), ~models.Exists(corrections))

    def accepted(self):
        """Those that the prefecture accepted."""
        return self.filter(verdicts__accepted=True)


class Submission(Sealed):
    """A frozen ledger. 数据截止, 填报时间 and 报送时间 are three times."""

    public_id = models.CharField(max_length=24, unique=True, default=random_id, editable=False)
    campaign = models.ForeignKey(
        Campaign, models.PROTECT, related_name="submissions", verbose_name="专项行动"
    )
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="submissions", verbose_name="填报单位")
    sequence = models.PositiveIntegerField("期次")
    corrects = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="corrections")
    previous = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="上期"
    )
    duty = models.ForeignKey(
        Duty, models.PROTECT, null=True, blank=True, related_name="submissions", verbose_name="报送任务"
    )
    data_as_of = models.DateField("数据截止")
    filled_at = models.DateTimeField("填报时间")
    submitted_at = models.DateTimeField("报送时间")
    filled_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="填报人")
    checked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="审核人")
    form_code = models.CharField(max_length=30)
    form_version = models.PositiveSmallIntegerField()
    nil_report = models.BooleanField("零报告", default=False)
    consolidated = models.BooleanField("汇总", default=False)
    explanations = models.JSONField("数据下降说明", default=dict)
    correction = models.CharField("更正说明", max_length=500, blank=True, default="")
    totals = models.JSONField("合计", default=dict)
    digest = models.CharField("摘要", max_length=64)
    police_confirmed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="公安核对人"
    )
    police_confirmed_at = models.DateTimeField("公安核对时间", null=True, blank=True)
    proxy = models.ForeignKey(
        ProxyEntry, models.PROTECT, null=True, blank=True, related_name="submissions", verbose_name="代录"
    )

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        ordering = ["-submitted_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "agency", "sequence"], name="submission_sequence_once"
            )
        ]
        indexes = [models.Index(fields=["campaign", "agency", "-sequence"], name="submission_latest")]
        verbose_name = verbose_name_plural = "报送"

    def __str__(self):
        return f"{self.agency} 第{self.sequence}期"

    def get_absolute_url(self):
        """The frozen ledger's page."""
        return reverse("ledgers:submission", args=[self.public_id])

    @property
    def version_code(self) -> str:
        """Its form and version as one word: luliang-1."""
        return f"{self.form_code}-{self.form_version}"

    @property
    def state(self) -> str:
        """submitted, accepted or returned, as the last verdict says."""
        verdict = self.verdicts.first()
        return of_answer(verdict and verdict.accepted).state

    def granted_agency_ids(self) -> list[int]:
        """Submissions aren't granted to anybody."""
        return []


class SubmissionRow(models.Model):
    """One frozen row: the values as they were, and the entry they came from."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="rows")
    position = models.PositiveIntegerField()
    entry_key = models.CharField(max_length=24, db_index=True)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    values = models.JSONField()
    marks = models.JSONField(default=dict)
    carried_forward = models.BooleanField("沿用", default=False)
    late = models.BooleanField("迟录补报", default=False)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["submission", "position"], name="submission_row_once")]

    def __str__(self):
        return f"{self.submission} {self.position}"


class Verdict(Sealed):
    """The prefecture's answer to a submission, or its paper answer (线下接收); never changed."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="verdicts")
    accepted = models.BooleanField("接收")
    reason = models.TextField("退回理由", blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField("时间", auto_now_add=True)
    on_paper = models.BooleanField("线下接收", default=False)
    happened_on = models.DateField("日期", null=True)
    scan = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-pk"]
        verbose_name = verbose_name_plural = "市级意见"

    def __str__(self):
        return "接收" if self.accepted else "退回"


class PaperReport(Sealed):
    """线下报送: the stamped scan that went to a prefecture which doesn't use the system."""

    submission = models.OneToOneField(Submission, models.PROTECT, related_name="paper_report")
    sent_at = models.DateTimeField("报出时间")
    scan = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name="盖章扫描件")
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    def __str__(self):
        return f"线下报送 {self.sent_at}"
