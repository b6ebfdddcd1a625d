"""Prove that the rows kept for the ledgers' pages are what a fresh drawing gives."""

from django.core.management.base import BaseCommand, CommandError

from accounts.models import Agency, local_today
from campaigns.models import Campaign
from ledgers.models import SetAside
from ledgers.services.refreshing import Part
from ledgers.services.setting_aside import words_of
from ledgers.services.verifying_rows import verify_rows

SHOWN = 20


class Command(BaseCommand):
    """`manage.py verify_ledgers [--campaign CODE] [--agency CODE]`"""

    help = "把台账逐行重新计算，与留存的结果比对；有一行不符即报错并指出条目和栏目"

    def add_arguments(self, parser):
        """Which ledgers; all if not told."""
        parser.add_argument("--campaign")
        parser.add_argument("--agency")

    def handle(self, *args, **options):
        """Exit 1 with the entries and fields that are wrong."""
        campaigns = Campaign.objects.order_by("code")
        if options["campaign"]:
            campaigns = campaigns.filter(code=options["campaign"])
            if not campaigns:
                raise CommandError(f"没有代码为“{options['campaign']}”的专项行动，请核对。")
        agencies = self._agencies(options["agency"])
        wrong = []
        for campaign in campaigns:
            proof = verify_rows(Part(campaign, agencies), local_today())
            self.stdout.write(
                f"{campaign.name}：比对 {proof.compared} 条，等待重新计算 {proof.waiting} 条，"
                f"不符 {len(proof.wrong)} 条，算不出来 {len(proof.aside)} 条。"
            )
            wrong += [*proof.wrong, *map(_aside, proof.aside)]
        if wrong:
            raise CommandError("\n".join(str(each) for each in wrong[:SHOWN]))

    def _agencies(self, code) -> frozenset[int] | None:
        if not code:
            return None
        agency = Agency.objects.filter(code=code).first()
        if agency is None:
            raise CommandError(f"没有代码为“{code}”的机构，请核对。")
        return frozenset(Agency.objects.within([agency.path]).values_list("pk", flat=True))


def _aside(each: SetAside) -> str:
    return f"{words_of([each])} 自{each.since}起算不出来：{each.fault}"
