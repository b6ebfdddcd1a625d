"""manage.py seal_trail: seal the hour and the days that have ended; keep the roots off this machine."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from accounts.models import TrailRoot
from accounts.services import hourly, sealing


class Command(BaseCommand):
    """Seal what the minute's sweep hasn't yet, and print the newest root."""

    help = "封存已结束各日的全过程记录；根值请保存到本机之外"

    def handle(self, **options):
        """Seal, print."""
        days = sealing.seal_ended_days(now=timezone.now())
        self.stdout.write(f"新封存 {len(days)} 日。")
        if seal := hourly.seal_hour(now=timezone.now()):
            self.stdout.write(f"第{seal.number}次整点封存 {seal.heads}条链 根值 {seal.root}")
        root = TrailRoot.objects.order_by("-day").first()
        if root is None:
            self.stdout.write("还没有结束的日子可以封存。")
            return
        self.stdout.write(f"{root.day} {root.heads}条链 {root.entries}条记录 根值 {root.root}")
