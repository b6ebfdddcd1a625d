"""Import a county's workbook from the command line, as the agency's system posting."""

import json
import sys
from pathlib import Path

from django.core.management.base import BaseCommand

from accounts.models import Agency
from campaigns.models import Campaign
from common.errors import Refused
from ledgers.services.import_command import import_file
from ledgers.services.import_locking import ledger_of

KEYS = ("created", "updated", "unchanged", "skipped_totals", "warnings", "rejected")
KEYS += ("lines", "skipped", "questions")


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
        for each in report["questions"]:
            self.stdout.write(f"请选择：{each['value']} {each['reason']}")
        for each in report["skipped"]:
            place = f"{each['sheet']} 第{each['row']}行"
            self.stdout.write(f"没有读入：{place}（{each['label']}） {each['value']} {each['reason']}")

    def _run(self, options) -> dict:
        campaign = Campaign.objects.filter(code=options["campaign"]).first()
        agency = Agency.objects.filter(code=options["agency"]).select_related("region").first()
        if campaign is None:
            raise Refused(f"没有代码为“{options['campaign']}”的专项行动，请核对。")
        if agency is None:
            raise Refused(f"没有代码为“{options['agency']}”的机构，请核对。")
        report = import_file(
            path=Path(options["file"]),
            ledger=ledger_of(campaign, agency),
            all_or_none=options["all_or_none"],
            dry_run=options["dry_run"],
        )
        return {key: report[key] for key in KEYS}
