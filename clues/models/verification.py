"""What somebody found who went to look."""

from django.db import models

from accounts.models import User
from clues.models.clue import Clue
from registry import codes


class Verification(models.Model):
    """One look on the ground: who, when, what was found, stopped or not."""

    clue = models.ForeignKey(Clue, models.PROTECT, related_name="verifications")
    looked_on = models.DateField("核查日期")
    lookers = models.ManyToManyField(User, related_name="+", verbose_name="核查人员")
    companions = models.CharField("其他在场人员", max_length=200, blank=True)
    facts_found = models.TextField("核查情况", max_length=4000)
    judgment = models.CharField("核查结论", max_length=20, choices=codes.choices("clue_judgments"))
    ongoing = models.BooleanField("正在实施")
    stopped = models.BooleanField("已制止", null=True, blank=True)
    stop_action = models.CharField("制止措施", max_length=200, blank=True)
    stop_notice_number = models.CharField("责令停止违法行为通知书文号", max_length=80, blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-looked_on", "-pk"]
        verbose_name = verbose_name_plural = "核查"

    def __str__(self):
        return f"{self.looked_on} {self.get_judgment_display()}"
