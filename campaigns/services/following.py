"""What campaigns and duties do when two offices become one."""

from django.db import models, transaction
from django.utils import timezone

from accounts.models import Agency, User
from campaigns.acts import CANCEL_DUTY
from campaigns.models import CampaignMember, Duty, DutyRule
from campaigns.services import organising
from campaigns.stages import OWED


@transaction.atomic
def follow_agency(*, by: User, agency: Agency, into: Agency) -> None:
    """Two offices became one: it takes part where the ended one did, owes its duties, keeps its books."""
    for member in CampaignMember.objects.filter(agency=agency).select_for_update().order_by("pk"):
        CampaignMember.objects.get_or_create(campaign_id=member.campaign_id, agency=into)
    _follow_duties(agency, into)
    organising.follow_agency(by=by, agency=agency, into=into)


def _follow_duties(agency: Agency, into: Agency) -> None:
    """What the ended office owed goes to the other, unless that one owes the same already."""
    DutyRule.objects.filter(agency=agency).update(agency=into)
    Duty.objects.filter(upper=agency).update(upper=into)
    owed = Duty.objects.filter(agency=agency, state__in=OWED)
    same = Duty.objects.filter(agency=into, rule=models.OuterRef("rule"), day=models.OuterRef("day"))
    owed.filter(models.Exists(same)).update(state=CANCEL_DUTY.landing, closed_at=timezone.now())
    owed.update(agency=into, remind_at=None)
