"""What waits for a second person: a post that opens secrets, and a reset for somebody who holds one."""

from django.db import models
from django.urls import reverse

from accounts import roles
from accounts.models.agencies import Agency, AgencyKind
from accounts.models.base import Recorded
from accounts.models.people import Posting, User
from accounts.models.sealed import Sealed, SealedQuerySet

# Lines of their own, without leaders in the system: whom the bureau of their division knows.
OWN_LINE = frozenset({AgencyKind.NATURAL_RESOURCES, AgencyKind.CAMPAIGN_OFFICE})


class Waits(models.TextChoices):
    """What a second person is asked about."""

    POST = "post", "任职"
    PASSWORD = "password", "重置密码"  # noqa: S105 - a word of the menu
    SECOND_FACTOR = "second_factor", "取消动态口令"


class ConfirmationState(models.TextChoices):
    """Where it stands. What the set-up's code confirmed is asked again of a second person."""

    WAITING = "waiting", "待确认"
    CODE = "code", "凭安装码确认"
    CONFIRMED = "confirmed", "已确认"
    REFUSED = "refused", "未同意"
    WITHDRAWN = "withdrawn", "已撤回"


UNSETTLED = (ConfirmationState.WAITING, ConfirmationState.CODE)


class ConfirmationQuerySet(SealedQuerySet):
    """Confirmations, and those that concern a person's posts."""

    def visible_to(self, user):
        """At the agencies where one confirms or administers, and those below; of other lines (公安、检察、
        部门) those of the divisions whose bureau one confirms for."""
        fits = models.Q(pk__in=[])
        for post in user.current_postings:
            if post.role in roles.CONFIRMERS | {roles.SYSTEM_ADMIN}:
                fits |= models.Q(agency__path__startswith=post.agency.path)
            if post.role in roles.CONFIRMERS and post.agency.kind in OWN_LINE:
                below = Agency.objects.filter(kind__in=OWN_LINE, path__startswith=post.agency.path)
                fits |= models.Q(agency__region__in=below.values("region")) & ~models.Q(
                    agency__kind__in=OWN_LINE
                )
        return self.filter(fits)

    def unsettled(self):
        """Those that still wait for a second person."""
        return self.filter(state__in=UNSETTLED)

    def askable(self, user):
        """Those that the person may confirm: nobody confirms what they asked for, or their own."""
        mine = self.visible_to(user) if user.holds(*roles.CONFIRMERS) else self.none()
        return mine.unsettled().exclude(asked_by=user).exclude(person=user)


class Confirmation(Sealed, Recorded):
    """A second person is asked, and answers. `agency` is where the post is, whoever moves the person."""

    what = models.CharField("事项", max_length=14, choices=Waits)
    state = models.CharField(
        "状态", max_length=10, choices=ConfirmationState, default=ConfirmationState.WAITING
    )
    person = models.ForeignKey(User, models.PROTECT, related_name="confirmations", verbose_name="人员")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="机构")
    posting = models.ForeignKey(
        Posting, models.SET_NULL, null=True, blank=True, related_name="confirmations", verbose_name="任职"
    )
    label = models.CharField("内容", max_length=200)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="提出人")
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="确认人"
    )
    decided_at = models.DateTimeField("确认时间", null=True, blank=True)

    objects = ConfirmationQuerySet.as_manager()

    class Meta:
        ordering = ["-recorded_at", "-pk"]
        verbose_name = verbose_name_plural = "第二人确认"
        indexes = [models.Index(fields=["state", "agency"], name="confirmation_waiting")]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "what"],
                condition=models.Q(state="waiting") & ~models.Q(what="post"),
                name="reset_waits_once",
            )
        ]

    def __str__(self):
        return f"{self.person} {self.label}"

    def get_absolute_url(self):
        """The list of what waits: the person's own page may be closed to who confirms."""
        return reverse("accounts:confirmations")

    def proxy_office_ids(self) -> list[int]:
        """Offices whose leaders and 安全管理员 may confirm: its own, those above, and of another line
        the bureau of its division with those above that."""
        paths = [self.agency.path]
        if self.agency.kind not in OWN_LINE:
            bureaus = Agency.objects.natural_resources().filter(region=self.agency.region, ended_on=None)
            paths += bureaus.values_list("path", flat=True)
        return sorted({int(pk) for path in paths for pk in path.strip("/").split("/")})

    def granted_agency_ids(self) -> list[int]:
        """It is never given to another agency."""
        return []


class Braked(models.Model):
    """Something secret that is typed: how often it was wrong in a row, and when last."""

    wrong_tries = models.PositiveSmallIntegerField(default=0)
    wrong_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True


class SetUpCode(Braked):
    """The one-time code that set-up printed, as a digest; it goes when somebody can confirm."""

    digest = models.CharField(max_length=128)
    made_at = models.DateTimeField()

    def __str__(self):
        return f"安装码 {self.made_at:%Y-%m-%d}"
