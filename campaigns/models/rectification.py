"""整治销号: what a township put right, one site after the other."""

from django.core.exceptions import ValidationError
from django.db import models

from campaigns.models.book import BookRow, in_order, not_to_come


class Rectification(BookRow):
    """One site to be closed, pulled down or put right, until it is struck off the list."""

    class Measure(models.TextChoices):
        """Which of the notice's three."""

        CLOSE = "close", "关闭"
        DEMOLISH = "demolish", "拆除"
        RECTIFY = "rectify", "限期整改"

    township = models.CharField("乡镇（街道）", max_length=60)
    name = models.CharField("点位名称", max_length=100)
    problem = models.CharField("存在的问题", max_length=500)
    measure = models.CharField("整治措施", max_length=10, choices=Measure)
    responsible = models.CharField("责任人", max_length=60, blank=True)
    due_on = models.DateField("整改期限", null=True, blank=True, help_text="限期整改的必填。")
    done_on = models.DateField("整改完成日期", null=True, blank=True)
    result = models.CharField("整改情况", max_length=500, blank=True)
    accepted_on = models.DateField("验收销号日期", null=True, blank=True)
    accepted_by = models.CharField("验收人", max_length=60, blank=True)

    book, when, by_township = "rectification", "done_on", True
    article = (
        "市中区打击非法开采矿产资源专项行动实施方案三（二）：该关闭的坚决关闭、该拆除的坚决拆除、"
        "该整改的限期整改，逐一对照台账，逐宗销号处理"
    )
    shown = (
        "township", "name", "problem", "measure", "responsible", "due_on", "done_on", "result",
        "accepted_on", "accepted_by",
    )  # fmt: skip

    class Meta:
        verbose_name = verbose_name_plural = "整治销号"

    def __str__(self):
        return f"{self.township}{self.name}"

    def clean(self):
        """A term where there has to be one; done, and then accepted by somebody."""
        not_to_come(self, "done_on", "accepted_on")
        if self.measure == self.Measure.RECTIFY and not self.due_on:
            raise ValidationError({"due_on": "限期整改的，请填写整改期限。"})
        if self.done_on and not self.result:
            raise ValidationError({"result": "已经整改的，请写明整改情况。"})
        if self.accepted_on and not self.done_on:
            raise ValidationError({"done_on": "已验收销号的，请填写整改完成日期。"})
        if self.accepted_on and not self.accepted_by:
            raise ValidationError({"accepted_by": "已验收销号的，请填写验收人。"})
        in_order(self, "done_on", "accepted_on", "验收销号日期不能早于整改完成日期，请核对。")
