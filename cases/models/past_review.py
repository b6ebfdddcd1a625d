"""历史案卷回头看: a file of past cases held against the law, its cases, and what they show."""

from django.db import models
from django.urls import reverse

from accounts.jurisdiction import JurisdictionQuerySet
from accounts.models import Agency, User
from accounts.models.base import Recorded
from law.findings.codes import LEVELS, NAMES

KEPT_DAYS = 90


class ReviewState(models.TextChoices):
    """How far it is; a small file is done at once."""

    WAITING = "waiting", "等候核对"
    RUNNING = "running", "正在核对"
    DONE = "done", "已核对"


class Outcome(models.TextChoices):
    """What a case shows at worst; empty until it was looked at."""

    BLOCK = "block", "须纠正"
    WARN = "warn", "请核实"
    INFO = "info", "提示"
    CLEAR = "clear", "没有问题"
    UNREAD = "unread", "读不出来"


class FileKind(models.TextChoices):
    """What was uploaded."""

    REGISTER = "register", "案件登记表"
    LINES = "lines", "JSON 行"


class PastReviewQuerySet(JurisdictionQuerySet):
    """Of the offices where one has a post, and of no other: those above have files of their own."""

    def reach_filter(self, user) -> models.Q:
        """The office itself."""
        return models.Q(agency__path__in=user.reach_paths())


class PastReview(Recorded):
    """One file of past cases. It is not the office's record: after 90 days it goes."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="单位")
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="上传人")
    file_name = models.CharField("文件", max_length=200)
    kind = models.CharField("种类", max_length=10, choices=FileKind)
    as_of = models.DateField("核对基准日")
    state = models.CharField("状态", max_length=10, choices=ReviewState, default=ReviewState.WAITING)
    total = models.PositiveIntegerField("案件", default=0)
    done = models.PositiveIntegerField("已核对", default=0)
    with_findings = models.PositiveIntegerField("有问题", default=0)
    unread = models.PositiveIntegerField("读不出来", default=0)
    # How many cases show each code, and which counties there are ({code: name}): counted as each batch is
    # looked at, so that no page counts them again.
    counts = models.JSONField(default=dict, editable=False)
    counties = models.JSONField(default=dict, editable=False)
    looked_at = models.DateTimeField("最近进展", auto_now_add=True)
    expires_on = models.DateField("保留到")

    objects = PastReviewQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["agency", "-id"], name="past_review_list")]
        verbose_name = verbose_name_plural = "历史案卷回头看"

    def __str__(self):
        return self.file_name

    def get_absolute_url(self):
        """The page of its result."""
        return reverse("cases:past_review", args=[self.public_id])


class PastCase(models.Model):
    """One case of the file. What was given of it goes once it was looked at; faults stay."""

    review = models.ForeignKey(PastReview, models.CASCADE, related_name="cases")
    position = models.PositiveIntegerField()
    number = models.CharField("案号", max_length=200, blank=True)
    county = models.CharField("县市区代码", max_length=6, blank=True)
    county_name = models.CharField("县市区", max_length=100, blank=True)
    law_day = models.DateField(null=True)
    given = models.JSONField(default=list)
    faults = models.JSONField(default=list)
    outcome = models.CharField("结果", max_length=10, choices=Outcome, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["review", "position"], name="past_case_once")]
        # Each order of the list, ties by key, and what it is narrowed by.
        indexes = [
            models.Index(fields=["review", "outcome", "position"], name="past_case_outcome"),
            models.Index(fields=["review", "number", "id"], name="past_case_number"),
            models.Index(fields=["review", "county", "position"], name="past_case_county"),
        ]
        verbose_name = verbose_name_plural = "历史案卷"

    def __str__(self):
        return self.number


class PastFinding(models.Model):
    """One thing that a past case shows; `review` is its case's."""

    case = models.ForeignKey(PastCase, models.CASCADE, related_name="findings")
    review = models.ForeignKey(PastReview, models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField(default=1)
    code = models.CharField("问题", max_length=30, choices=[(code, NAMES[code]) for code in LEVELS])
    level = models.CharField("级别", max_length=10, choices=Outcome)
    because = models.TextField("说明")
    article = models.TextField("依据", blank=True)

    class Meta:
        ordering = ["position"]
        indexes = [
            models.Index(fields=["review", "code", "case", "level"], name="past_finding_code"),
            models.Index(fields=["review", "level", "case"], name="past_finding_level"),
        ]
        verbose_name = verbose_name_plural = "历史案卷的问题"

    def __str__(self):
        return self.because
