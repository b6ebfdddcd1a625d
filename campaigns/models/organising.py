"""Who carries a campaign and by when: leading group, liaisons, task forces, phases, 打击重点."""

from django.db import models

from accounts.models import User
from campaigns.models.book import BookRow, Part, in_order
from registry import codes

ENOUGH = 10  # 不少于10人的核查专班和侦办专班


class GroupMember(BookRow):
    """领导小组 and its 办公室: who belongs to it and as what."""

    class Body(models.TextChoices):
        """Which of the two."""

        GROUP = "group", "领导小组"
        OFFICE = "office", "领导小组办公室"

    class Rank(models.TextChoices):
        """As what."""

        HEAD = "head", "组长（主任）"
        DEPUTY = "deputy", "副组长（副主任）"
        MEMBER = "member", "成员"

    body = models.CharField("机构", max_length=8, choices=Body, default=Body.GROUP)
    rank = models.CharField("职责", max_length=8, choices=Rank, default=Rank.MEMBER)
    name = models.CharField("姓名", max_length=60)
    post = models.CharField("单位及职务", max_length=120)
    phone = models.CharField("联系电话", max_length=40, blank=True)

    book, article = "group", "交自然资字〔2021〕62号二：成立专项行动工作领导小组，下设办公室"
    shown = ("body", "rank", "name", "post", "phone")

    class Meta:
        verbose_name = verbose_name_plural = "领导小组和办公室"

    def __str__(self):
        return f"{self.get_body_display()}{self.get_rank_display()} {self.name}"


class Liaison(BookRow):
    """专项行动联络人, from one day to another."""

    name = models.CharField("姓名", max_length=60)
    phone = models.CharField("联系电话", max_length=40)
    since = models.DateField("自")
    until = models.DateField("至", null=True, blank=True)
    person = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="系统中的人员",
        help_text="在本系统有登录名的，选上。",
    )

    book, article = "liaisons", "交自然资字〔2021〕62号六（五）：要确定专项行动联络人"
    shown = ("name", "phone", "since", "until", "person")

    class Meta:
        verbose_name = verbose_name_plural = "联络人"

    def __str__(self):
        return f"联络人 {self.name}"

    def clean(self):
        """Ends after it began."""
        in_order(self, "since", "until", "结束日期不能早于开始日期，请核对。")


class TaskForce(BookRow):
    """专班, with its people; fewer than ten is said, never forbidden."""

    class Kind(models.TextChoices):
        """What it is there for."""

        CHECKING = "checking", "核查专班"
        DETECTING = "detecting", "侦办专班"

    kind = models.CharField("类别", max_length=10, choices=Kind)
    name = models.CharField("名称", max_length=80)
    lodged_on = models.DateField(
        "报市专项行动办公室备案日期", null=True, blank=True, help_text="还没有报的先空着。"
    )

    book = "forces"
    article = (
        "交自然资字〔2021〕62号六（一）：分别成立不少于10人的核查专班和侦办专班，"
        "并将两个专班人员组成情况报市专项行动办公室备案"
    )
    shown, when, parts_title = ("kind", "name", "lodged_on"), "lodged_on", "专班人员"

    class Meta:
        verbose_name = verbose_name_plural = "专班"

    def __str__(self):
        kind = self.get_kind_display()
        return self.name if kind in self.name else f"{kind} {self.name}"

    @property
    def lacking(self) -> int:
        """How many people are missing to ten."""
        return max(ENOUGH - len(self.parts.all()), 0)


class TaskForceMember(Part):
    """One of its people."""

    row = models.ForeignKey(TaskForce, models.PROTECT, related_name="parts")
    name = models.CharField("姓名", max_length=60)
    post = models.CharField("单位及职务", max_length=120, blank=True)
    phone = models.CharField("联系电话", max_length=40, blank=True)
    names = ("name", "post", "phone")

    def __str__(self):
        return self.name


TaskForce.part_of = TaskForceMember


class Phase(BookRow):
    """A stretch of the campaign and what each must deliver at its end."""

    name = models.CharField("阶段", max_length=60)
    from_day = models.DateField("自")
    to_day = models.DateField("至")
    deliverables = models.TextField(
        "各单位应完成的工作和报送的材料",
        max_length=4000,
        help_text="写明哪个单位完成什么、报送什么，例如：各自然资源所完成逐村、逐沟、逐矿排查，报排查台账。",
    )

    book, article = "phases", "交自然资字〔2021〕62号五：方法步骤"
    shown = ("name", "from_day", "to_day", "deliverables")

    class Meta:
        verbose_name = verbose_name_plural = "阶段安排"

    def __str__(self):
        return self.name

    def clean(self):
        """Ends after it began."""
        in_order(self, "from_day", "to_day", "结束日期不能早于开始日期，请核对。")


class CampaignViolation(BookRow):
    """打击重点: an item of the notice, in its own words, and the violations it stands for."""

    position = models.PositiveSmallIntegerField("序号")
    text = models.CharField("方案中的表述", max_length=300)
    codes = models.JSONField("对应的违法类型", default=list)

    book, article = "violations", "交自然资字〔2021〕62号三：打击重点"
    shown = ("position", "text", "codes")

    class Meta:
        verbose_name = verbose_name_plural = "打击重点"

    def __str__(self):
        return f"{self.position}. {self.text}"[:60]

    def words(self, name: str) -> str:
        """Codes by their names."""
        if name == "codes":
            return "；".join(codes.label("violations", code) for code in self.codes)
        return super().words(name)
