"""市级参与: a county asks its prefecture to take part in a case, and the prefecture answers."""

from django.db import models

from accounts.models import Agency, User
from accounts.models.sealed import Sealed
from cases.models.case import Case


class Joining(Sealed):
    """报请参与 of one case: asked on a day and why, due to be answered, answered or not yet (`joins` None).

    The county's part is met by asking; that nobody answers is the prefecture's own (flag prefecture_silent).
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="joinings")
    to_agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="市局")
    asked_on = models.DateField("报请日期")
    reason = models.CharField("报请事由", max_length=500)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="报请人")
    recorded_at = models.DateTimeField("录入时间", auto_now_add=True)
    answer_due = models.DateField("应答复日期", db_index=True)
    joins = models.BooleanField("参与", null=True)
    answered_on = models.DateField("答复日期", null=True, blank=True)
    answer = models.CharField("答复意见", max_length=500, blank=True)
    people = models.CharField("参与人员", max_length=200, blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="答复人")
    answered_at = models.DateTimeField("答复录入时间", null=True, blank=True)
    withdrawn_at = models.DateTimeField("撤回时间", null=True, blank=True)
    withdrawn_reason = models.CharField("撤回理由", max_length=200, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = verbose_name_plural = "市级参与"

    def __str__(self):
        return f"{self.asked_on}报请{self.to_agency.name}参与"

    @property
    def is_open(self) -> bool:
        """Asked and not answered."""
        return self.joins is None and self.withdrawn_at is None

    @property
    def answer_words(self) -> str:
        """参与（某某） or 不参与, with the day; "" while nobody answered."""
        if self.joins is None:
            return ""
        return f"{self.answered_on} {'参与' if self.joins else '不参与'}"
