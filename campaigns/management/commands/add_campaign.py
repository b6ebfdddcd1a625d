"""Open an empty campaign from the command line, as the region's system posting."""

from django.core.management.base import BaseCommand, CommandError

from accounts.models import Agency, AgencyKind, Region
from accounts.services.system import system_person
from campaigns.services.campaigns import CampaignDraft, open_campaign
from common.commands import day_of
from common.errors import Refused


class Command(BaseCommand):
    """`manage.py add_campaign CODE --name NAME --region CODE --from DATE [--to DATE]`"""

    help = "建立专项行动（吕梁表式；区域内自然资源、公安机构均为成员单位）"

    def add_arguments(self, parser):
        """Code, name, region and days."""
        parser.add_argument("code")
        parser.add_argument("--name", required=True)
        parser.add_argument("--region", required=True)
        parser.add_argument("--from", required=True)
        parser.add_argument("--to")

    def handle(self, *args, **options):
        """Exit 1 with a sentence where it can't be opened."""
        try:
            campaign = self._open(options)
        except Refused as refusal:
            raise CommandError(refusal.sentence) from None
        members = campaign.members.count()
        self.stdout.write(f"已建立“{campaign.name}”（{campaign.code}），成员单位 {members} 个。")

    def _open(self, options):
        region = Region.objects.filter(code=options["region"]).first()
        if region is None:
            raise Refused(f"没有代码为“{options['region']}”的行政区划，请核对。")
        agency = Agency.objects.filter(
            region=region, kind=AgencyKind.NATURAL_RESOURCES, ended_on=None
        ).first()
        if agency is None:
            raise Refused(f"{region.name}还没有自然资源机构，请先在机构管理中建立。")
        return open_campaign(
            by=system_person(agency),
            draft=CampaignDraft(
                code=options["code"],
                name=options["name"],
                region=region,
                from_day=day_of(options, "--from"),
                to_day=day_of(options, "--to"),
            ),
        )
