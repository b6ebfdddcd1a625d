"""Import a county's workbook from the command line, as the agency's system posting."""

import json
import sys
from pathlib import Path

from django.core.management.base import BaseCommand
from django.db import transaction

from accounts.models import Agency, local_today
from accounts.services.system import system_person
from campaigns.models import Campaign
from common.errors import Refused
from ledgers.services.import_planning import plan_import
from ledgers.services.importing import import_rows, ledger_of, read_workbook

KEYS = ("created", "updated", "unchanged", "skipped_totals", "warnings", "rejected")


class Command(BaseCommand):
    """`manage.py import_ledger FILE --campaign CODE --agency CODE [--dry-run] [--json]`"""

    help = "导入台账工作簿（.xlsx、.xls）"

    def add_arguments(self, parser):
        """The workbook, the campaign and the agency that imports."""
        parser.add_argument("file")
        parser.add_argument("--campaign", required=True)
        parser.add_argument("--agency", required=True)
        parser.add_argument("--dry-run", action="store_true")
        parser.add_argument("--all-or-none", action="store_true")
        parser.add_argument("--json", action="store_true", dest="as_json")

    def handle(self, *args, **options):
        """Exit 0 when a ledger could be read (also an empty form), 2 with a sentence when not."""
        try:
            report = self._run(options)
        except Refused as refusal:
            self.stderr.write(refusal.sentence)
            sys.exit(2)
        if options["as_json"]:
            self.stdout.write(json.dumps(report, ensure_ascii=False))
            return
        self.stdout.write(
            f"新增 {report['created']} 条，更新 {report['updated']} 条，"
            f"无变化 {report['unchanged']} 条，"
            f"跳过合计 {report['skipped_totals']} 行，有问题 {len(report['rejected'])} 处。"
        )
        for kind, label in (("rejected", "有问题"), ("warnings", "请核对")):
            for each in report[kind]:
                place = f"{each['sheet']} 第{each['row']}行{each['column']}"
                self.stdout.write(f"{label}：{place} {each['value']} {each['reason']}")

    def _run(self, options) -> dict:
        campaign = Campaign.objects.filter(code=options["campaign"]).first()
        agency = Agency.objects.filter(code=options["agency"]).select_related("region").first()
        if campaign is None:
            raise Refused(f"没有代码为“{options['campaign']}”的专项行动，请核对。")
        if agency is None:
            raise Refused(f"没有代码为“{options['agency']}”的机构，请核对。")
        ledger = ledger_of(campaign, agency)
        path = Path(options["file"])
        reading = read_workbook(path, campaign)
        if options["dry_run"]:
            report = plan_import(
                campaign=campaign,
                agency=agency,
                reading=reading,
                today=local_today(),
                all_or_none=options["all_or_none"],
            ).report()
        else:
            with transaction.atomic():
                report = import_rows(
                    by=system_person(agency),
                    ledger=ledger,
                    reading=reading,
                    all_or_none=options["all_or_none"],
                    file_name=path.name,
                ).report
        return {key: report[key] for key in KEYS}
