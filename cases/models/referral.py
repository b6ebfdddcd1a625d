"""Suspected crimes sent to public security (国务院令310号); what the police did then: models/police.py."""

from datetime import date

from django.db import models
from django.urls import reverse

from accounts.jurisdiction import JurisdictionQuerySet
from accounts.models import Agency, StoredFile, User
from accounts.models.base import Clocked, Recorded, known
from cases.models.case import Case
from cases.stages import SENT_STATES, CrimeOutcome, ReferralState


class ReferralQuerySet(JurisdictionQuerySet):
    """Referrals of the user's own cases, or sent (copied) to the user's agency while the grant holds."""

    grant_kind = "case"
    grant_path = "case_id"

    def grant_filter(self, user):
        """Only what was sent to the agency itself: not what is still being prepared."""
        ours = models.Q(to_agency_id__in=user.granted_agency_ids()) | models.Q(
            copied_to_id__in=user.granted_agency_ids()
        )
        return super().grant_filter(user) & ours & models.Q(state__in=SENT_STATES)

    def sent(self):
        """Referrals that left the system."""
        return self.filter(state__in=SENT_STATES)


class Referral(Clocked, Recorded):
    """One 涉嫌犯罪案件移送书 to one public-security agency, copied to the procuratorate.

    `agency` is the one that refers: its case's, and goes along where that goes.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="移送机关")
    case = models.ForeignKey(Case, models.PROTECT, related_name="referrals")
    state = models.CharField("状态", max_length=20, choices=ReferralState, default=ReferralState.PROPOSED)
    number = models.CharField("移送书文号", max_length=80, blank=True)
    to_agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="移送单位")
    copied_to = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="抄送检察院"
    )
    crime = models.CharField("涉嫌罪名", max_length=60)
    report = models.TextField("涉嫌犯罪情况")
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    proposed_on = models.DateField("报告日期", null=True, blank=True)
    refusal_reason = models.TextField("不批准理由", blank=True)
    approved_at = models.DateTimeField("批准时间", null=True, blank=True)
    sent_on = models.DateField("移送日期", null=True, blank=True)
    received_on = models.DateField("接收日期", null=True, blank=True)
    receiver = models.CharField("接收人", max_length=60, blank=True)
    receipt = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    answered_on = models.DateField("公安决定日期", null=True, blank=True)
    answer_number = models.CharField("公安文书文号", max_length=80, blank=True)
    answer_reason = models.TextField("不予立案理由", blank=True)
    answer_scan = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    outcome = models.CharField("刑事结果", max_length=20, choices=CrimeOutcome, blank=True)
    outcome_on = models.DateField("作出日期", null=True, blank=True)
    outcome_number = models.CharField("法律文书文号", max_length=80, blank=True)
    outcome_scan = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="法律文书扫描件"
    )
    outcome_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = ReferralQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        # Each order of the list, ties by key: for those above, and for one office.
        indexes = [
            models.Index(fields=["agency", "-sent_on", "-id"], name="referral_newest_here"),
            models.Index(
                fields=["agency", "next_due_at", "id"],
                name="referral_due_here",
                condition=known("next_due_at"),
            ),
            models.Index(
                fields=["next_due_at", "id"], name="referral_by_due", condition=known("next_due_at")
            ),
            models.Index(fields=["-sent_on", "-id"], name="referral_newest"),
            models.Index(fields=["state", "id", "agency"], name="referral_by_state"),
            models.Index(fields=["number", "id"], name="referral_by_number"),
            models.Index(fields=["answered_on", "id"], name="referral_by_answer"),
        ]
        verbose_name = verbose_name_plural = "涉嫌犯罪移送"

    def __str__(self):
        return self.number or f"移送 {self.case}"

    def save(self, *args, **kwargs):
        """A new one is of its case's office."""
        if self._state.adding:
            self.agency_id = self.case.agency_id
        super().save(*args, **kwargs)

    @property
    def freed_on(self) -> date | None:
        """The day of 不予立案 or of an outcome by which the case may be penalised again; None until then."""
        return self.answered_on if self.state == ReferralState.DECLINED else self.outcome_on

    @property
    def trail_chain(self) -> str:
        """A referral writes into its case's chain."""
        return f"cases.case:{self.case_id}"

    def granted_agency_ids(self) -> list[int]:
        """The agencies of this referral whose grant on the case holds."""
        ours = {self.to_agency_id, self.copied_to_id}
        return [pk for pk in self.case.granted_agency_ids() if pk in ours]

    def get_absolute_url(self):
        """The referral's page."""
        return reverse("cases:referral", args=[self.public_id])
