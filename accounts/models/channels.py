"""How people are reached: channels, addresses, absences, the duty roster, and what was tried."""

from django.db import models
from django.urls import reverse
from django.utils import timezone

from accounts import roles
from accounts.models.agencies import Agency
from accounts.models.base import Recorded
from accounts.models.books import Outbox
from accounts.models.people import User


class ChannelKind(models.TextChoices):
    """The ways out of the house; the inbox is none of them, it is always there."""

    EMAIL = "email", "电子邮件"
    SMS = "sms", "短信"
    DINGTALK = "dingtalk", "钉钉群机器人"
    WECOM = "wecom", "企业微信群机器人"
    FEISHU = "feishu", "飞书群机器人"


PERSONAL = (ChannelKind.EMAIL, ChannelKind.SMS)
GROUP = (ChannelKind.DINGTALK, ChannelKind.WECOM, ChannelKind.FEISHU)


class ChannelQuerySet(models.QuerySet):
    """Channels, and those that a system administrator keeps."""

    def visible_to(self, user):
        """Channels of the agencies, and all below, where one is system administrator."""
        return self.filter(agency__in=Agency.objects.within(admin_paths(user)))


def admin_paths(user) -> list[str]:
    """Paths of the agencies where a person is system administrator today."""
    return sorted({p.agency.path for p in user.current_postings if p.role == roles.SYSTEM_ADMIN})


class Channel(Recorded):
    """A mail server, a group's robot or an SMS gateway. Its keys are sealed, never shown."""

    kind = models.CharField("类别", max_length=12, choices=ChannelKind)
    name = models.CharField("名称", max_length=60)
    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="channels", verbose_name="服务单位", help_text="本单位及下级使用"
    )
    everywhere = models.BooleanField(
        "全部单位使用", default=False, help_text="公安、检察等不在本单位之下的也用它"
    )
    address = models.CharField("地址", max_length=300)
    options = models.JSONField("参数", default=dict, blank=True)
    secret = models.TextField(blank=True, editable=False)
    is_active = models.BooleanField("启用", default=True)
    order = models.PositiveSmallIntegerField("顺序", default=10)

    objects = ChannelQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = verbose_name_plural = "提醒渠道"

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        """The channel's page."""
        return reverse("accounts:channel", args=[self.public_id])

    @property
    def state(self) -> str:
        """For the table of acts on channels."""
        return "active" if self.is_active else "stopped"

    @property
    def is_personal(self) -> bool:
        """Whether it needs a person's own address."""
        return self.kind in PERSONAL

    def granted_agency_ids(self):
        """A channel is never given to another agency by a grant."""
        return []


class ContactPoint(Recorded):
    """A person's own address for e-mail or SMS; used once its owner has confirmed it."""

    person = models.ForeignKey(User, models.PROTECT, related_name="contact_points")
    kind = models.CharField("类别", max_length=12, choices=ChannelKind)
    address = models.TextField(editable=False)
    masked = models.CharField("地址", max_length=80)
    code_hash = models.CharField(max_length=128, blank=True, editable=False)
    code_until = models.DateTimeField(null=True, blank=True, editable=False)
    code_tries = models.PositiveSmallIntegerField(default=0, editable=False)
    verified_at = models.DateTimeField("确认时间", null=True, blank=True)
    is_active = models.BooleanField("启用", default=True)
    order = models.PositiveSmallIntegerField("顺序", default=10)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["person", "kind"], name="contact_point_once")]
        verbose_name = verbose_name_plural = "接收地址"

    def __str__(self):
        return f"{self.get_kind_display()} {self.masked}"

    def get_absolute_url(self):
        """The owner's settings."""
        return reverse("accounts:reminder_settings")


class PeriodQuerySet(models.QuerySet):
    """Rows that hold from one moment to another."""

    def at(self, moment):
        """Those that hold at `moment`."""
        return self.filter(since__lte=moment, until__gt=moment)


class Absence(Recorded):
    """A person away from one moment to another, and who is told instead."""

    person = models.ForeignKey(User, models.PROTECT, related_name="absences", verbose_name="外出人员")
    deputy = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="代办人")
    since = models.DateTimeField("自")
    until = models.DateTimeField("至")
    note = models.CharField("事由", max_length=60, blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects = PeriodQuerySet.as_manager()

    class Meta:
        ordering = ["-since", "-pk"]
        indexes = [models.Index(fields=["person", "until"], name="absence_lookup")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until__gte=models.F("since")), name="absence_ends_after_start"
            ),
            models.CheckConstraint(
                condition=~models.Q(person=models.F("deputy")), name="absence_deputy_is_another"
            ),
        ]
        verbose_name = verbose_name_plural = "外出"

    def __str__(self):
        return f"{self.person} {timezone.localtime(self.since):%Y-%m-%d %H:%M}"

    def get_absolute_url(self):
        """The settings on which it stands."""
        return reverse("accounts:reminder_settings")


class RosterEntry(Recorded):
    """Who is on duty at an agency from one moment to another (值班表), reachable at any hour."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="roster", verbose_name="值班单位")
    person = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="值班人")
    since = models.DateTimeField("自")
    until = models.DateTimeField("至")
    phone = models.CharField("值班电话", max_length=40, blank=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        ordering = ["since", "pk"]
        indexes = [models.Index(fields=["agency", "until"], name="roster_lookup")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until__gt=models.F("since")), name="roster_ends_after_start"
            )
        ]
        verbose_name = verbose_name_plural = "值班表"

    def __str__(self):
        return f"{self.agency} {timezone.localtime(self.since):%Y-%m-%d %H:%M}"

    def get_absolute_url(self):
        """The roster of its agency."""
        return reverse("accounts:roster", args=[self.agency.code])

    def granted_agency_ids(self):
        """A roster is never given to another agency by a grant."""
        return []


class Outcome(models.TextChoices):
    """What came of an attempt, or why none was made."""

    SENT = "sent", "已送"
    FAILED = "failed", "未送成"
    UNSURE = "unsure", "中断，不知是否送到"
    PASSED = "passed", "改走下一渠道"
    DEAD = "dead", "送不出"
    MOOT = "moot", "不再需要"
    NOBODY = "nobody", "无人可送"
    RETRIED = "retried", "管理员要求重送"


class DeliveryLogQuerySet(models.QuerySet):
    """Log lines, and those that a system administrator may read."""

    def visible_to(self, user):
        """Lines about the agencies, and all below, where one is system administrator."""
        return self.filter(agency__in=Agency.objects.within(admin_paths(user)))


class DeliveryLog(models.Model):
    """One attempt, or one reminder left out and why. Appended only (database triggers).

    `note` is one of our own sentences: never what was sent, never an address.
    """

    meaning = models.CharField("提醒", max_length=200, db_index=True)
    outbox = models.ForeignKey(Outbox, models.PROTECT, null=True, related_name="log")
    channel = models.ForeignKey(Channel, models.PROTECT, null=True, related_name="log")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    attempt = models.PositiveSmallIntegerField("次数", default=0)
    at = models.DateTimeField("时间")
    outcome = models.CharField("结果", max_length=8, choices=Outcome)
    note = models.CharField("说明", max_length=200, blank=True)

    objects = DeliveryLogQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["-at"], name="delivery_recent")]
        verbose_name = verbose_name_plural = "送达记录"

    def __str__(self):
        return f"{self.get_outcome_display()} {timezone.localtime(self.at):%Y-%m-%d %H:%M}"
