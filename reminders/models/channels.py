"""How people are reached: channels, and a person's own addresses."""

from django.db import models
from django.urls import reverse

from accounts import roles
from accounts.models import Agency, Recorded, User


class ChannelKind(models.TextChoices):
    """The ways out of the system; the inbox is none of them, it is always there."""

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
    # While it can't be reached: since when, until when it isn't tried, and what it said last.
    down_since = models.DateTimeField(null=True, blank=True, editable=False)
    down_until = models.DateTimeField(null=True, blank=True, editable=False)
    down_why = models.CharField(max_length=200, blank=True, editable=False)

    objects = ChannelQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = verbose_name_plural = "提醒渠道"

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        """The channel's page."""
        return reverse("reminders:channel", args=[self.public_id])

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
        return reverse("reminders:settings")
