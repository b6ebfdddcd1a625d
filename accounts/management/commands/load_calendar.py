"""manage.py load_calendar [FILE] [--replace]: fill the working calendar, year by year."""

from django.core.management.base import BaseCommand, CommandError

from accounts.services import calendar
from common.errors import Refused


class Command(BaseCommand):
    """Load days off and make-up working days."""

    help = "登记放假和调休安排（不写文件名则用自带的；已有的年份不动，除非写 --replace）"

    def add_arguments(self, parser):
        """One file, or the shipped one."""
        parser.add_argument("file", nargs="?", default=calendar.FILE)
        parser.add_argument("--replace", action="store_true")

    def handle(self, *, file, replace, **options):
        """Load, say which years."""
        try:
            result = calendar.load(file, replace=replace)
        except OSError:
            raise CommandError(f"文件{file}打不开，请核对。") from None
        except Refused as refusal:
            raise CommandError(refusal.sentence) from None
        loaded = "、".join(map(str, result["loaded"])) or "无"
        untouched = "、".join(map(str, result["untouched"])) or "无"
        self.stdout.write(f"工作日历：录入年份 {loaded}；已有不动的年份 {untouched}。")
