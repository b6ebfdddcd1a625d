"""Write a ledger's workbook from the command line, as the agency's system posting."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from accounts.models import Agency, AgencyKind, local_today
from accounts.services.system import system_person
from campaigns.models import Campaign
from common.commands import day_of
from common.errors import Refused
from ledgers.models import CountyLedger, Submission
from ledgers.services.exporting import export_to


class Command(BaseCommand):
    """`manage.py export_ledger --campaign CODE [--agency] [--as-of | --submission] --out FILE`"""

    help = "导出台账工作簿；不带选项时为全部县、截至今天的实时台账"

    def add_arguments(self, parser):
        """What to export, and where to."""
        parser.add_argument("--campaign", required=True)
        parser.add_argument("--agency")
        which = parser.add_mutually_exclusive_group()
        which.add_argument("--as-of")
        which.add_argument("--submission")
        parser.add_argument("--out", required=True, type=Path)
        parser.add_argument("--json", action="store_true", dest="as_json")

    def handle(self, *args, **options):
        """Exit 1 with a sentence where there is nothing to export."""
        try:
            report = self._run(options)
        except Refused as refusal:
            raise CommandError(refusal.sentence) from None
        except OSError as error:
            raise CommandError(f"不能写入“{options['out']}”：{error.strerror}。请换一个位置。") from None
        if options["as_json"]:
            self.stdout.write(json.dumps(report, ensure_ascii=False))
            return
        self.stdout.write(
            f"已导出 {report['rows']} 行，数据截止 {report['as_of']}，SHA-256 {report['sha256']}。"
        )

    def _run(self, options) -> dict:
        campaign = Campaign.objects.filter(code=options["campaign"]).first()
        if campaign is None:
            raise Refused(f"没有代码为“{options['campaign']}”的专项行动，请核对。")
        agency = self._agency(campaign, options["agency"])
        submission = self._submission(campaign, agency, options["submission"])
        if submission is not None:
            agency = submission.agency
        acting = agency or self._own_agency(campaign)
        ledger = CountyLedger.objects.filter(campaign=campaign, agency=acting).first()
        if ledger is None:
            raise Refused(f"{acting}不是“{campaign.name}”的成员单位，请核对。")
        return export_to(
            options["out"],
            by=system_person(acting),
            campaign=campaign,
            ledger=ledger,
            agency=agency,
            as_of=day_of(options, "--as-of") or local_today(),
            submission=submission,
        )

    def _agency(self, campaign, code):
        if not code:
            return None
        agency = Agency.objects.filter(code=code).select_related("region").first()
        if agency is None:
            raise Refused(f"没有代码为“{code}”的机构，请核对。")
        return agency

    def _own_agency(self, campaign):
        agency = Agency.objects.filter(
            memberships__campaign=campaign, region=campaign.region, kind=AgencyKind.NATURAL_RESOURCES
        ).first()
        if agency is None:
            raise Refused(
                f"{campaign.region.name}自己的自然资源机构不是“{campaign.name}”的成员单位，"
                "请用 --agency 指定由哪个机构导出。"
            )
        return agency

    def _submission(self, campaign, agency, public_id):
        if not public_id:
            return None
        rows = Submission.objects.filter(campaign=campaign, public_id=public_id)
        if agency is not None:
            rows = rows.under(agency)
        submission = rows.select_related("campaign", "agency", "filled_by", "checked_by").first()
        if submission is None:
            raise Refused(f"没有编号为“{public_id}”的报送，请核对。")
        return submission
