"""公安事项: what public security works on, its people under seal, whom it detained or arrested."""

from django.db import models
from django.urls import reverse

from accounts.jurisdiction import JurisdictionQuerySet
from accounts.models import Agency, StoredFile, User
from accounts.models.base import Recorded, random_id
from cases.models.referral import Referral


class MatterQuerySet(JurisdictionQuerySet):
    """Matters of the user's own police station, and for the county's offices those of its region."""

    def reach_filter(self, user):
        """The referral's own offices; the offices of the station's region for police-only ones."""
        reach = models.Q(referral__case__agency__in=user.reach_ids())
        regions = Agency.objects.filter(pk__in=user.reach_ids()).order_by().values("region_id")
        return reach | models.Q(referral=None, agency__region_id__in=regions)

    def grant_filter(self, user):
        """The station that works on it."""
        return models.Q(agency_id__in=user.granted_agency_ids())


class PoliceMatter(Recorded):
    """What public security works on: from a referral, or of its own (a police-only ledger row)."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="matters", verbose_name="公安机关")
    referral = models.OneToOneField(
        Referral, models.PROTECT, null=True, blank=True, related_name="matter", verbose_name="移送"
    )
    title = models.CharField("事项", max_length=200)
    place = models.CharField("位置", max_length=200, blank=True)
    taken_up_on = models.DateField("受理日期")
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects = MatterQuerySet.as_manager()

    class Meta:
        ordering = ["-taken_up_on", "-pk"]
        verbose_name = verbose_name_plural = "公安事项"

    def __str__(self):
        return self.title

    @property
    def trail_chain(self) -> str:
        """A referred matter writes into its case's chain, another into its own."""
        return self.referral.trail_chain if self.referral else ""

    def granted_agency_ids(self) -> list[int]:
        """The station itself: its liaison acts on its own matters."""
        return [self.agency_id]

    def labels(self) -> dict[int, str]:
        """{subject's key: 张**（人员2，证件尾号0012）}: people of one surname told apart."""
        return {
            subject.pk: subject.label(number)
            for number, subject in enumerate(
                sorted(self.subjects.all(), key=lambda subject: subject.pk), start=1
            )
        }

    def get_absolute_url(self):
        """The referral's page, or the matter's own."""
        if self.referral:
            return self.referral.get_absolute_url()
        return reverse("cases:matter", args=[self.public_id])


class DetentionKind(models.TextChoices):
    """What public security did to a person; the ledger's three columns."""

    ADMINISTRATIVE_DETENTION = "administrative_detention", "行政拘留"
    CRIMINAL_DETENTION = "criminal_detention", "刑事拘留"
    ARREST = "arrest", "逮捕"


class PoliceSubject(models.Model):
    """A person of a police matter; the name is sealed, `person_index` finds the person again."""

    public_id = models.CharField(max_length=24, unique=True, default=random_id, editable=False)
    matter = models.ForeignKey(PoliceMatter, models.PROTECT, related_name="subjects")
    name_sealed = models.TextField(blank=True)
    name_masked = models.CharField("人员", max_length=30)
    identity_sealed = models.TextField(blank=True)
    identity_masked = models.CharField("证件号码（掩码）", max_length=30, blank=True)
    person_index = models.CharField(max_length=64, db_index=True)
    name_index = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["matter", "person_index"], name="matter_person_once")]

    def __str__(self):
        return self.name_masked

    def label(self, number: int) -> str:
        """Its place among the matter's people, and the number's last digits where one is known."""
        tail = f"，证件尾号{self.identity_masked[-4:]}" if self.identity_masked else ""
        return f"{self.name_masked}（人员{number}{tail}）"


class Detention(models.Model):
    """One detention or arrest of one person, or a count from a paper answer that names nobody."""

    matter = models.ForeignKey(PoliceMatter, models.PROTECT, related_name="detentions")
    subject = models.ForeignKey(
        PoliceSubject, models.PROTECT, null=True, blank=True, related_name="detentions"
    )
    kind = models.CharField("措施", max_length=30, choices=DetentionKind)
    persons = models.PositiveIntegerField("人数", default=1)
    happened_on = models.DateField("执行日期")
    paper = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField("撤回理由", max_length=200, blank=True)

    class Meta:
        ordering = ["happened_on", "pk"]
        verbose_name = verbose_name_plural = "公安措施"

    def __str__(self):
        return f"{self.get_kind_display()} {self.persons}人"
