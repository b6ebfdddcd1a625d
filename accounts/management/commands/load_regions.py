"""manage.py load_regions [FILE]: add and rename divisions; the shipped file without FILE."""

from django.core.management.base import BaseCommand, CommandError

from accounts.services import regions
from common.errors import Refused


class Command(BaseCommand):
    """Load divisions by GB/T 2260 code."""

    help = "登记行政区划（不写文件名则用自带的）"

    def add_arguments(self, parser):
        """One file, or the shipped one."""
        parser.add_argument("file", nargs="?", default=regions.FILE)

    def handle(self, *, file, **options):
        """Load, say how many."""
        try:
            result = regions.load(file)
        except Refused as refusal:
            raise CommandError(refusal.sentence) from None
        self.stdout.write(
            f"行政区划：新增{result['created']}，更新{result['updated']}，不变{result['unchanged']}。"
        )
