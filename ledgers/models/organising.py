"""Who carries a campaign and by when: the books that each member agency keeps about its part.

A book is one kind of row (leading group, liaisons, task forces, …). Adding, amending and striking
are the same for all of them; what differs stands on the model: `shown` names the fields of its
form and page, `parts` its rows of a second kind (people of a task force), `clean` its rules.
"""

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse

from accounts import roles
from accounts.jurisdiction import JurisdictionQuerySet
from accounts.models import Agency, AgencyKind, User
from accounts.models.base import Recorded
from clues import codes
from ledgers.models.campaign import Campaign, CampaignMember

ENOUGH = 10  # 不少于10人的核查专班和侦办专班


def line_of(region) -> list[str]:
    """The codes of a division and of those it lies in."""
    code = region.code
    return list(dict.fromkeys([code, code[:6], f"{code[:4]}00", f"{code[:2]}0000"]))


class BookQuerySet(JurisdictionQuerySet):
    """Rows of the person's own division, of those above it, and of those below within reach.

    Bureau and public security of one county carry the campaign together and read each other's
    rows; another county's are nobody's business. A book that isn't `shared` is read by its own
    agency and those it hangs under alone.
    """

    def visible_to(self, user):
        """Rows of campaigns the person's agencies take part in, as far as they may be read."""
        campaigns = Campaign.objects.visible_to(user)
        return super().visible_to(user).filter(campaign_id__in=campaigns.values("pk"))

    def reach_filter(self, user):
        """By tree and by division; a post that sees nothing of its own accord sees nothing here."""
        reach = models.Q(pk__in=[])
        for posting in user.current_postings:
            sees_below = roles.ROLES[posting.role].reach == "below"
            if not sees_below and posting.role != roles.POLICE:
                continue
            agency = posting.agency
            reach |= models.Q(agency_id=agency.pk)
            if sees_below:
                reach |= models.Q(agency__path__startswith=agency.path)
            if not getattr(self.model, "shared", True):
                continue
            reach |= models.Q(agency__region_id__in=line_of(agency.region))
            if sees_below:
                reach |= models.Q(agency__region__code__startswith=agency.region.stem)
        return reach

    def standing(self):
        """Rows that nobody struck."""
        return self.filter(struck_on=None)


class Seat(CampaignMember):
    """An agency's place in a campaign, where it keeps its books."""

    objects = BookQuerySet.as_manager()
    state = "open"

    class Meta:
        proxy = True
        verbose_name = verbose_name_plural = "成员单位"

    def get_absolute_url(self):
        """The campaign's organisation, this agency's rows."""
        return f"{organisation_url(self.campaign)}?agency={self.agency.code}"

    @property
    def trail_chain(self) -> str:
        """All rows of one agency in one campaign write to one chain."""
        return f"organising:{self.campaign_id}:{self.agency_id}"

    def granted_agency_ids(self) -> list[int]:
        """Public security keeps its own rows; its post acts by grant."""
        return [self.agency_id] if self.agency.kind == AgencyKind.POLICE else []


def organisation_url(campaign) -> str:
    """The page of a campaign's organisation."""
    return reverse("ledgers:organisation", args=[campaign.code])


class BookRow(Recorded):
    """One row of a book. `when` names the day that its trail entry happened on, if any."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="+", verbose_name="专项行动")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="填写单位")
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="填写人")
    struck_on = models.DateField("作废日期", null=True, blank=True, editable=False)
    struck_reason = models.CharField("作废原因", max_length=200, blank=True, editable=False)

    objects = BookQuerySet.as_manager()

    book = article = when = parts_title = ""
    shown: tuple[str, ...] = ()
    part_of = None
    shared = True

    class Meta:
        abstract = True

    def get_absolute_url(self):
        """The row's page."""
        return reverse("ledgers:book_row", args=[self.book, self.public_id])

    @property
    def state(self) -> str:
        """open or struck."""
        return "struck" if self.struck_on else "open"

    def words(self, name: str) -> str:
        """A field's value as page and trail say it; "" where there is none."""
        if self._meta.get_field(name).choices:
            return getattr(self, f"get_{name}_display")()
        value = getattr(self, name)
        return "" if value is None else str(value)

    @property
    def seat(self) -> Seat:
        """The place where it is kept."""
        return Seat(campaign=self.campaign, agency=self.agency)

    @property
    def trail_chain(self) -> str:
        """Its seat's."""
        return self.seat.trail_chain

    def granted_agency_ids(self) -> list[int]:
        """Its seat's."""
        return self.seat.granted_agency_ids()


class Part(models.Model):
    """A row within a row, in the order it was typed. `names` are the fields of its form."""

    position = models.PositiveSmallIntegerField("次序")
    names: tuple[str, ...] = ()

    class Meta:
        abstract = True
        ordering = ["position"]


def in_order(row, first: str, last: str, sentence: str) -> None:
    """ValidationError at `last` where two days follow each other the wrong way round."""
    start, end = getattr(row, first), getattr(row, last)
    if start and end and end < start:
        raise ValidationError({last: sentence})


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
