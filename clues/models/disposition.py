"""How a clue is settled: each proposal with its answer."""

from django.db import models

from accounts.models import Agency, Approval, StoredFile, User
from clues.models.clue import Clue
from clues.stages import ClueState
from registry import codes


class Disposition(models.Model):
    """How a clue is proposed to be settled; filing is the default, all else must say why."""

    clue = models.ForeignKey(Clue, models.PROTECT, related_name="dispositions")
    outcome = models.CharField("处理意见", max_length=20, choices=codes.choices("disposals"))
    conditions = models.JSONField("立案条件", default=dict, blank=True)
    reason_code = models.CharField(
        "不予立案理由", max_length=20, blank=True, choices=codes.choices("non_filing_reasons")
    )
    reason = models.TextField("理由说明", blank=True)
    to_agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="移交单位"
    )
    to_name = models.CharField("移交单位（系统外）", max_length=120, blank=True)
    letter_number = models.CharField("移送函文号", max_length=80, blank=True)
    letter_sent_on = models.DateField("发函日期", null=True, blank=True)
    letter = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="移送函"
    )
    look_again_on = models.DateField("再查日期", null=True, blank=True)
    into = models.ForeignKey(
        Clue, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="并入线索"
    )
    into_key = models.CharField(max_length=24, blank=True)
    into_number = models.CharField("并入案件", max_length=80, blank=True)
    from_state = models.CharField("提出前状态", max_length=12, choices=ClueState, blank=True)
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(auto_now_add=True)
    approved = models.BooleanField("批准", null=True)
    decided_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField("撤回时间", null=True, blank=True)
    taken_back_at = models.DateTimeField("收回时间", null=True)
    approval = models.ForeignKey(Approval, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-pk"]
        verbose_name = verbose_name_plural = "线索处理"

    def __str__(self):
        return self.get_outcome_display()

    @property
    def receiver(self) -> str:
        """The department a clue is handed over to, in the system or outside."""
        return str(self.to_agency or self.to_name)
