"""Circumstances of a case on which a rule of the law hangs, and earlier acts that nobody punished."""

from django.db import models

from cases.models.case import Case
from cases.models.findings import Fact
from registry import codes


class Circumstances(Fact):
    """情节: one row a round, a new one takes the place of the earlier one; what is null isn't known."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="circumstances")
    round = models.PositiveSmallIntegerField("认定次数", default=1)
    mine_scale = models.CharField("矿山规模", max_length=20, choices=codes.choices("mine_scales"), blank=True)
    right_exists = models.BooleanField("矿业权仍存续", null=True, blank=True)
    refused_correct = models.BooleanField("拒不停止或者拒不改正", null=True, blank=True)
    destructive = models.BooleanField("采取破坏性的开采方法", null=True, blank=True)
    eco_damage = models.BooleanField("造成生态环境严重损害", null=True, blank=True)
    life_health = models.BooleanField("危害生命健康安全且有危害后果", null=True, blank=True)
    unpunished = models.BooleanField("有未经处理的同类行为", null=True, blank=True)
    basis = models.CharField("认定依据", max_length=200, blank=True)

    class Meta:
        ordering = ["-round", "pk"]
        verbose_name = verbose_name_plural = "情节认定"

    def __str__(self):
        return f"第{self.round}次情节认定"


class EarlierAct(models.Model):
    """An earlier act of the same sort by the same party that nobody punished: its value is added up
    (法释〔2016〕25号 art 8), its land too (法释〔2000〕14号 art 9); only destroyed land is entered."""

    circumstances = models.ForeignKey(Circumstances, models.PROTECT, related_name="earlier_acts")
    acted_on = models.DateField("行为日期")
    value = models.DecimalField("矿产品价值（元）", max_digits=16, decimal_places=2, null=True, blank=True)
    land_class = models.CharField(
        "毁坏土地的地类", max_length=30, choices=codes.choices("land_classes"), blank=True
    )
    area = models.DecimalField("毁坏面积（亩）", max_digits=14, decimal_places=4, null=True, blank=True)

    class Meta:
        ordering = ["acted_on", "pk"]
        verbose_name = verbose_name_plural = "未经处理的行为"

    def __str__(self):
        return f"{self.acted_on}的行为"
