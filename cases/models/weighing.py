"""What a decision is weighed by before it is made: why less is taken, 法制审核, 集体讨论."""

from django.db import models

from accounts.models import Approval
from accounts.models.sealed import Sealed
from cases.models.decision import Decision
from cases.models.findings import Fact
from law.penalties.shape import LABELS
from law.penalties.taking import KINDS


class OptOut(Sealed):
    """Why a decision takes less of one kind than the law asks for; it covers that kind alone."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="opt_outs")
    kind = models.CharField("少没收的", max_length=12, choices=[(kind, LABELS[kind]) for kind in KINDS])
    reason = models.CharField("理由", max_length=500)
    article = models.CharField("依据", max_length=400, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = verbose_name_plural = "没收少于认定的理由"
        constraints = [
            models.UniqueConstraint(fields=["decision", "kind"], name="opt_out_once_of_a_kind"),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}：{self.reason}"


class LegalReview(Sealed):
    """法制审核 of one decision (行政处罚法 art 58): who passed or refused it, when, in which words.

    `approval` is how it was given, in the system or on paper; none where a decision was 补录.
    """

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="reviews")
    approval = models.OneToOneField(Approval, models.PROTECT, null=True, related_name="+")
    passed = models.BooleanField("通过")
    reviewer = models.CharField("审核人", max_length=60)
    qualification = models.CharField("法律职业资格", max_length=100, blank=True)
    reviewed_on = models.DateField("审核日期")
    opinion = models.TextField("审核意见", blank=True)
    recorded_at = models.DateTimeField("录入时间", auto_now_add=True)
    withdrawn_at = models.DateTimeField("撤回时间", null=True, blank=True)
    withdrawn_reason = models.CharField("撤回理由", max_length=200, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = verbose_name_plural = "法制审核"

    def __str__(self):
        return f"{self.reviewed_on} {self.reviewer} {'通过' if self.passed else '不通过'}"

    @property
    def stands(self) -> bool:
        """Passed, and not taken back."""
        return self.passed and self.withdrawn_at is None


class Discussion(Sealed, Fact):
    """集体讨论 of one decision by those in charge (行政处罚法 art 57②): when, who, what came of it."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="discussions")
    happened_on = models.DateField("讨论日期")
    attendees = models.CharField("参加人员", max_length=300)
    agreed = models.BooleanField("同意处罚意见")
    conclusion = models.TextField("讨论结论")
    minutes_number = models.CharField("会议纪要文号", max_length=80, blank=True)

    class Meta:
        ordering = ["happened_on", "pk"]
        verbose_name = verbose_name_plural = "集体讨论"

    def __str__(self):
        return f"{self.happened_on} {'同意' if self.agreed else '不同意'}"

    @property
    def stands(self) -> bool:
        """Agreed, and not taken back."""
        return self.agreed and self.withdrawn_at is None
