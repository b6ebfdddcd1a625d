"""Approvals in the system or on paper (线下签批), and dated authorisations to sign (代签)."""

from django.apps import apps
from django.db import models
from django.urls import reverse
from django.utils.functional import cached_property

from accounts import apart
from accounts.models.agencies import Agency
from accounts.models.base import AboutSomething, Recorded
from accounts.models.files import StoredFile
from accounts.models.people import Posting, User
from accounts.models.sealed import Sealed, SealedQuerySet


class SignedPaperQuerySet(SealedQuerySet):
    """Signed papers, and those that an office shares."""

    def of_offices(self):
        """Without those signed for a thing that few may read (accounts/apart.py)."""
        return self.exclude(approvals__subject_kind__in=apart.KINDS)


class SignedPaper(Sealed, Recorded):
    """One signed paper (呈批表) with its scan; it may carry many approvals."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    scan = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name="签批单扫描件")
    signed_on = models.DateField("签批日期")
    typed_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="录入人")
    note = models.CharField("说明", max_length=200, blank=True)

    objects = SignedPaperQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "签批单"

    def __str__(self):
        return f"签批单 {self.signed_on}"

    def get_absolute_url(self):
        """Its page, for those whose name it bears."""
        return reverse("accounts:paper", args=[self.public_id])


class AuthorityQuerySet(SealedQuerySet):
    """Authorities, and those a person may see."""

    def visible_to(self, user):
        """Given by or to oneself, or at an agency whose people one manages."""
        condition = models.Q(principal=user) | models.Q(delegate=user)
        for path in user.manager_paths():
            condition |= models.Q(agency__path__startswith=path)
        return self.filter(condition)


class SigningAuthority(Sealed):
    """Leave to sign for someone (代签授权), from one day to another."""

    principal = models.ForeignKey(
        User, models.PROTECT, related_name="authorities_given", verbose_name="授权人"
    )
    delegate = models.ForeignKey(User, models.PROTECT, related_name="authorities_held", verbose_name="代签人")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="机构")
    since = models.DateField("自")
    until = models.DateField("至")
    scan = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField("版本", default=1, editable=False)

    objects = AuthorityQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "代签授权"

    def __str__(self):
        return f"{self.principal} → {self.delegate}"

    def get_absolute_url(self):
        """The list of its agency's authorities."""
        return reverse("accounts:authorities")

    def granted_agency_ids(self):
        """An authority is never given to another agency."""
        return []


class Approval(Sealed, AboutSomething):
    """One leader's yes or no to one act. Signer, signing date and typist are three fields."""

    act = models.CharField(max_length=60)
    agreed = models.BooleanField("同意")
    opinion = models.TextField("意见", blank=True)
    signer = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="签批人")
    signer_posting = models.ForeignKey(Posting, models.PROTECT, related_name="+")
    signed_on = models.DateField("签批日期")
    on_paper = models.BooleanField("线下签批", default=False)
    typed_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="录入人")
    signed_paper = models.ForeignKey(SignedPaper, models.PROTECT, null=True, related_name="approvals")
    authority = models.ForeignKey(SigningAuthority, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["subject_kind", "subject_id"], name="approval_subject")]
        verbose_name = verbose_name_plural = "签批"

    def __str__(self):
        return f"{self.signer} {self.signed_on}"

    @cached_property
    def thing(self) -> models.Model:
        """What was approved, whoever looks."""
        return apps.get_model(self.subject_kind)._base_manager.get(pk=self.subject_id)

    @property
    def agency(self) -> Agency:
        """The office whose thing it is today."""
        return self.thing.agency

    @property
    def asked(self) -> list[User]:
        """Who can say whether it was signed: the signer, and for whom they signed; not who typed it."""
        principal = self.authority.principal if self.authority else None
        return [person for person in (self.signer, principal) if person and person.pk != self.typed_by_id]
