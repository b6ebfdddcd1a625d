"""A campaign (专项行动): what is counted together, where, from when to when, by whom."""

from django.db import models
from django.urls import reverse

from accounts.models import Agency, Region


class CampaignQuerySet(models.QuerySet):
    """Campaigns, and those a person's agencies take part in."""

    def visible_to(self, user):
        """Campaigns one of the person's agencies is a member of, or one below it is."""
        if not user.current_postings:
            return self.none()
        paths = user.reach_paths()
        members = CampaignMember.objects.filter(agency__in=Agency.objects.within(paths))
        outside = CampaignMember.objects.filter(agency_id__in=user.granted_agency_ids())
        return self.filter(
            models.Q(pk__in=members.values("campaign_id"))
            | models.Q(pk__in=outside.values("campaign_id"))
        )


class Campaign(models.Model):
    """Its form is named with its version; its settings are data (`design rules marked *`)."""

    code = models.SlugField("代码", max_length=40, unique=True)
    name = models.CharField("名称", max_length=120)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name="区域")
    from_day = models.DateField("自")
    to_day = models.DateField("至", null=True, blank=True)
    form_code = models.CharField("台账表式", max_length=30, default="luliang")
    form_version = models.PositiveSmallIntegerField("表式版本", default=1)
    settings = models.JSONField("设置", default=dict, blank=True)

    objects = CampaignQuerySet.as_manager()

    class Meta:
        ordering = ["-from_day", "code"]
        verbose_name = verbose_name_plural = "专项行动"

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        """The campaign's ledger page."""
        return reverse("ledgers:campaign", args=[self.code])

    @property
    def counts_only_within(self) -> bool:
        """Rule 3*: for a matter from before the campaign, only amounts dated within it count."""
        return self.settings.get("counts_only_within", True)


class CampaignMember(models.Model):
    """An agency that takes part."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="members")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="memberships")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["campaign", "agency"], name="campaign_member_once")
        ]

    def __str__(self):
        return str(self.agency)
