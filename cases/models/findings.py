"""What was found of a case: areas occupied, quantities mined, circumstances, round by round."""

from django.db import models

from accounts.models import User
from cases.models.case import Case
from registry import codes

# A special area of which an older finding doesn't say the kind.
UNSPECIFIED = "unspecified"


class Fact(models.Model):
    """Facts carry two times: the day they hold from, and when they were entered."""

    happened_on = models.DateField("认定日期")
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="录入人")
    recorded_at = models.DateTimeField("录入时间", auto_now_add=True)
    withdrawn_at = models.DateTimeField("撤回时间", null=True, blank=True)
    withdrawn_reason = models.CharField("撤回理由", max_length=200, blank=True)

    class Meta:
        abstract = True

    @property
    def stands(self) -> bool:
        """Whether nobody took it back."""
        return self.withdrawn_at is None


class LandFinding(Fact):
    """Area found occupied, by land class, in 亩; the latest finding of a case holds.

    Rows entered together share a `round`; a new round takes the place of the earlier one.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="land_findings")
    round = models.PositiveSmallIntegerField("认定次数", default=1)
    land_class = models.CharField("地类", max_length=30, choices=codes.choices("land_classes"))
    area = models.DecimalField("面积（亩）", max_digits=14, decimal_places=4)
    conforming = models.BooleanField("符合国土空间规划", null=True, blank=True)
    black_soil = models.BooleanField("黑土地", null=True, blank=True)
    black_volume = models.DecimalField(
        "采挖黑土（立方米）", max_digits=16, decimal_places=4, null=True, blank=True
    )
    forest = models.CharField("林地种类", max_length=12, choices=codes.choices("forest_kinds"), blank=True)
    destroyed = models.BooleanField("种植条件严重毁坏", null=True, blank=True)
    basis = models.CharField("认定依据", max_length=200, blank=True)

    class Meta:
        ordering = ["-round", "pk"]
        verbose_name = verbose_name_plural = "占地认定"

    def __str__(self):
        return f"{self.get_land_class_display()} {self.area}亩"


class MineralFinding(Fact):
    """Quantity found mined; tonnes, or cubic metres with the density; value and income in 元.

    Several rows of a mineral are its batches: each sold on its day, or not sold. `special_areas` are
    codes of where it was mined: None isn't known, an empty list is none of them.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="mineral_findings")
    round = models.PositiveSmallIntegerField("认定次数", default=1)
    mineral = models.CharField("矿种", max_length=60)
    tonnes = models.DecimalField("数量（吨）", max_digits=16, decimal_places=4, null=True, blank=True)
    volume = models.DecimalField("体积（立方米）", max_digits=16, decimal_places=4, null=True, blank=True)
    density = models.DecimalField("密度（吨/立方米）", max_digits=8, decimal_places=4, null=True, blank=True)
    price = models.DecimalField("单价（元/吨）", max_digits=12, decimal_places=4, null=True, blank=True)
    value = models.DecimalField("价值（元）", max_digits=16, decimal_places=2, null=True, blank=True)
    estimated = models.BooleanField("价值是估算", default=False)
    valuer = models.CharField("价值认定机构", max_length=100, blank=True)
    value_document = models.CharField("价值认定文号", max_length=80, blank=True)
    valued_on = models.DateField("价值认定日期", null=True, blank=True)
    sold_on = models.DateField("销售日期", null=True, blank=True)
    illegal_income = models.DecimalField(
        "违法所得（元）", max_digits=16, decimal_places=2, null=True, blank=True
    )
    destroyed_value = models.DecimalField(
        "造成资源破坏的价值（元）", max_digits=16, decimal_places=2, null=True, blank=True
    )
    special_areas = models.JSONField("特殊区域", null=True, blank=True)
    basis = models.CharField("认定依据", max_length=200, blank=True)

    class Meta:
        ordering = ["-round", "pk"]
        verbose_name = verbose_name_plural = "采矿认定"

    def __str__(self):
        return f"{self.mineral} {self.tonnes}吨"
