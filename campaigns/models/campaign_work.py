"""What a campaign's members did: screening, papers, inspections, honours and blame."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models

from accounts.models import StoredFile
from campaigns.models.book import BookRow, Part, in_order, not_to_come
from clues.models import Clue


class ScreeningTarget(BookRow):
    """逐村、逐沟、逐矿: one place to be looked at, and that it was."""

    class Kind(models.TextChoices):
        """Which of the three."""

        VILLAGE = "village", "村"
        GULLY = "gully", "沟"
        MINE = "mine", "矿"

    class Found(models.TextChoices):
        """What was there."""

        TROUBLE = "trouble", "有问题"
        CLEAN = "clean", "无问题"

    township = models.CharField("乡镇（街道）", max_length=60)
    kind = models.CharField("类别", max_length=8, choices=Kind)
    name = models.CharField("名称", max_length=100)
    responsible = models.CharField("责任人", max_length=60, blank=True)
    planned_on = models.DateField("计划完成日期", null=True, blank=True)
    done_on = models.DateField("排查日期", null=True, blank=True)
    found = models.CharField("排查结果", max_length=8, choices=Found, blank=True)
    result = models.CharField("情况说明", max_length=500, blank=True)
    clue = models.ForeignKey(
        Clue, models.PROTECT, null=True, blank=True, editable=False, related_name="+", verbose_name="线索"
    )

    book, when, by_township = "screening", "done_on", True
    article = "交自然资字〔2021〕62号五（一）二：逐村、逐沟、逐矿“滚动拉网式”排查，做到底数清、情况明"
    shown = (
        "township", "kind", "name", "responsible", "planned_on", "done_on", "found", "result",
    )  # fmt: skip

    class Meta:
        verbose_name = verbose_name_plural = "排查计划"

    def __str__(self):
        return f"{self.township}{self.name}"

    def clean(self):
        """A day and what was found go together."""
        not_to_come(self, "done_on")
        if self.done_on and not self.found:
            raise ValidationError({"found": "已经排查的，请选择排查结果。"})
        if self.found and not self.done_on:
            raise ValidationError({"done_on": "已有排查结果的，请填写排查日期。"})
        if self.found == self.Found.TROUBLE and not self.result:
            raise ValidationError({"result": "有问题的，请写明情况。"})


class CampaignDocument(BookRow):
    """工作方案, 总结, 自评报告, the blank forms in use: a paper of the campaign."""

    class Kind(models.TextChoices):
        """Which paper."""

        PLAN = "plan", "工作方案"
        FORM = "form", "使用的表格"
        SUMMARY = "summary", "工作总结"
        SELF = "self", "自评报告"
        REPORT = "report", "整体工作报告"
        MECHANISM = "mechanism", "长效机制"
        OTHER = "other", "其他材料"

    kind = models.CharField("类别", max_length=10, choices=Kind)
    title = models.CharField("标题", max_length=200)
    written_on = models.DateField("形成日期")
    reported_on = models.DateField("报送日期", null=True, blank=True)
    paper = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name="文件")

    book, when = "documents", "written_on"
    article = "交自然资字〔2021〕62号六（五）：专项行动结束前，向市专项行动办公室上报工作总结及自评报告"
    shown = ("kind", "title", "written_on", "reported_on", "paper")

    class Meta:
        verbose_name = verbose_name_plural = "方案、总结和自评"

    def __str__(self):
        return self.title

    def clean(self):
        """Was written, and reported afterwards."""
        not_to_come(self, "written_on", "reported_on")
        in_order(self, "written_on", "reported_on", "报送日期不能早于形成日期，请核对。")


class TownshipInspection(BookRow):
    """检查验收 of one township by a score table."""

    class Outcome(models.TextChoices):
        """The result."""

        PASSED = "passed", "合格"
        RECTIFY = "rectify", "限期整改"

    township = models.CharField("乡镇（街道）", max_length=60)
    inspected_on = models.DateField("验收日期")
    outcome = models.CharField("验收结果", max_length=8, choices=Outcome)
    rectify_by = models.DateField("整改期限", null=True, blank=True, help_text="限期整改的必填。")
    note = models.CharField("存在的问题", max_length=500, blank=True)

    book, when, parts_title, by_township = "inspection", "inspected_on", "评分表", True
    article = (
        "市中区打击非法开采矿产资源专项行动实施方案三（三）1：对各镇（街）检查验收，"
        "排查不到位、查处不到位、取缔不到位的，通报批评，严肃问责"
    )
    shown = ("township", "inspected_on", "outcome", "rectify_by", "note")

    class Meta:
        verbose_name = verbose_name_plural = "检查验收"

    def __str__(self):
        return f"{self.township}验收"

    def clean(self):
        """Looked at; who must put something right has until a day after."""
        not_to_come(self, "inspected_on")
        if self.outcome == self.Outcome.RECTIFY and not self.rectify_by:
            raise ValidationError({"rectify_by": "限期整改的，请填写整改期限。"})
        in_order(self, "inspected_on", "rectify_by", "整改期限不能早于验收日期，请核对。")

    @property
    def score(self) -> Decimal:
        """What was given, added up."""
        return sum((line.score for line in self.parts.all()), Decimal(0))

    @property
    def full(self) -> Decimal:
        """What could have been given."""
        return sum((line.full for line in self.parts.all()), Decimal(0))


class ScoreLine(Part):
    """One item of the score table."""

    row = models.ForeignKey(TownshipInspection, models.PROTECT, related_name="parts")
    item = models.CharField("评分项目", max_length=100)
    full = models.DecimalField("满分", max_digits=6, decimal_places=1, validators=[MinValueValidator(0)])
    score = models.DecimalField("得分", max_digits=6, decimal_places=1, validators=[MinValueValidator(0)])
    note = models.CharField("扣分说明", max_length=200, blank=True)
    names = ("item", "full", "score", "note")

    def __str__(self):
        return f"{self.item} {self.score}/{self.full}"

    def clean(self):
        """Not more than there is to give."""
        if self.full is not None and self.score is not None and self.score > self.full:
            raise ValidationError({"score": "得分不能超过满分，请核对。"})


TownshipInspection.part_of = ScoreLine


class Honour(BookRow):
    """表彰 and 追责; not shared: read by its own agency and those above."""

    class Kind(models.TextChoices):
        """Praise or blame."""

        PRAISE = "praise", "表彰奖励"
        BLAME = "blame", "追责问责"

    kind = models.CharField("类别", max_length=8, choices=Kind)
    name = models.CharField("单位或个人", max_length=100)
    unit = models.CharField("所在单位", max_length=100, blank=True)
    reason = models.CharField("事由", max_length=500)
    decided_by = models.CharField("决定机关", max_length=100, blank=True)
    decided_on = models.DateField("决定日期")

    book, when, shared = "honours", "decided_on", False
    article = (
        "交自然资字〔2021〕62号五（三）：表彰奖励工作成绩突出的单位和个人，"
        "对工作推诿拖拉造成重大影响的直接责任人追究责任"
    )
    shown = ("kind", "name", "unit", "reason", "decided_by", "decided_on")

    class Meta:
        verbose_name = verbose_name_plural = "表彰和追责"

    def __str__(self):
        return f"{self.get_kind_display()} {self.name}"

    def clean(self):
        """Was decided."""
        not_to_come(self, "decided_on")
