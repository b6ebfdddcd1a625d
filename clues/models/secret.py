"""Clues on gangs (砂霸、矿霸) and on officials: a table of its own, read by few, its words ciphertext.

川自然资办函〔2021〕203号: gangs go to public security, officials to discipline inspection, at once.
"""

from django.db import models
from django.urls import reverse

from accounts import roles
from accounts.models import Agency, AgencyKind, Approval, Grant, StoredFile, User
from accounts.models.base import Recorded
from clues.models.clue import Clue
from clues.stages import SecretState

RECEIVERS = frozenset({roles.POLICE, roles.DEPARTMENT})


class SecretKind(models.TextChoices):
    """Whom it is about; the first is code K86 of the violations, offered nowhere else."""

    GANG = "K86", "涉黑涉恶“砂霸”“矿霸”"
    OFFICIAL = "official", "公职人员违纪违法、职务犯罪"


# Which authority each kind goes to.
AUTHORITY = {SecretKind.GANG: AgencyKind.POLICE, SecretKind.OFFICIAL: AgencyKind.DISCIPLINE}


class SecretClueQuerySet(models.QuerySet):
    """Never the prefecture, never an administrator, nobody of the office who didn't record it."""

    def visible_to(self, user):
        """Recorded by the person, of an office that the person leads, or handed over to the person's."""
        led = user.agencies_as(*roles.LEADERS)
        own = user.agencies_as(*roles.COUNTY_STAFF)
        given = Grant.objects.in_force().filter(kind="secretclue", agency_id__in=user.agencies_as(*RECEIVERS))
        return self.filter(
            models.Q(agency_id__in=led)
            | models.Q(recorded_by=user, agency_id__in=own)
            | models.Q(pk__in=given.values("object_id"))
        )


class SecretClue(Recorded):
    """One such clue: recorded, handed over by a leader, answered by who took it."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="登记单位")
    kind = models.CharField("类别", max_length=10, choices=SecretKind)
    state = models.CharField("状态", max_length=10, choices=SecretState, default=SecretState.RECORDED)
    clue = models.ForeignKey(
        Clue, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="有关线索"
    )
    received_on = models.DateField("发现日期")
    suspects_sealed = models.TextField(editable=False)
    summary_sealed = models.TextField(editable=False)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="登记人")
    to_agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="接收机关"
    )
    to_name = models.CharField("接收机关（系统外）", max_length=120, blank=True)
    letter_number = models.CharField("移送函文号", max_length=80, blank=True)
    sent_on = models.DateField("移送日期", null=True, blank=True)
    letter = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="移送函"
    )
    opinion_sealed = models.TextField(blank=True, editable=False)
    approval = models.ForeignKey(Approval, models.PROTECT, null=True, blank=True, related_name="+")
    answered_on = models.DateField("反馈日期", null=True, blank=True)
    answer_sealed = models.TextField(blank=True, editable=False)

    objects = SecretClueQuerySet.as_manager()

    class Meta:
        ordering = ["-received_on", "-pk"]
        verbose_name = verbose_name_plural = "涉黑涉恶、公职人员线索"

    def __str__(self):
        return f"{self.get_kind_display()} {self.received_on}"

    def get_absolute_url(self):
        """Its page."""
        return reverse("clues:secret_clue", args=[self.public_id])

    def granted_agency_ids(self) -> list[int]:
        """The authority to which it was handed over."""
        grants = Grant.objects.in_force().filter(kind="secretclue", object_id=self.pk)
        return list(grants.values_list("agency_id", flat=True))

    @property
    def receiver(self) -> str:
        """The authority to which it went, in the system or outside."""
        return str(self.to_agency or self.to_name)
