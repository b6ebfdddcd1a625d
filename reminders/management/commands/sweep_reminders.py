"""`manage.py sweep_reminders [--at ISO] [--json]`: one sweep in this process, without a queue."""

import json as json_module
from datetime import datetime

from django.utils import timezone

from common.commands import SentenceCommand
from common.errors import Refused
from reminders.services import sweeping


class Command(SentenceCommand):
    """Makes duties and reminders, delivers them, prints how many."""

    help = "扫描一次到期事项：生成报送任务和提醒，并送出"

    def add_arguments(self, parser):
        """As of when, and for whom to read."""
        parser.add_argument("--at", default="", help="按这个时间扫描，如 2026-11-30T18:01")
        parser.add_argument("--json", action="store_true", help="用 JSON 输出")

    def handle(self, *, at: str, json: bool, **_):
        """Sweep once."""
        done = sweeping.sweep(now=moment(at) if at else timezone.now())
        if json:
            self.stdout.write(json_module.dumps(done))
        else:
            self.stdout.write(
                f"生成报送任务{done['duties_made']}项、提醒{done['reminders_made']}条；"
                f"送出{done['sent']}条，未送成{done['failed']}条。"
            )


def moment(text: str) -> datetime:
    """A typed moment; without a zone it is meant as Asia/Shanghai."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise Refused("时间没有看懂。请写成 2026-11-30T18:01 这样。") from None
    return at if timezone.is_aware(at) else timezone.make_aware(at)
