"""`manage.py health`: every check with what to do; exit code 1 when there is a fault."""

import json
import sys

from django.utils import timezone

from common.commands import SentenceCommand
from config.health import checks


class Command(SentenceCommand):
    """Prints the checks."""

    help = "检查数据库、文件目录、任务队列、定时任务、待送消息、工作日历和备份"
    requires_system_checks = []

    def add_arguments(self, parser):
        """For people or for a monitor."""
        parser.add_argument("--json", action="store_true", help="用 JSON 输出")

    def handle(self, *, json: bool, **_):
        """One line for each check."""
        results = list(checks(timezone.now()))
        self.stdout.write(_as_json(results) if json else _as_lines(results))
        if any(check.grave and not check.well for check in results):
            sys.exit(1)


def _as_lines(results) -> str:
    return "\n".join(f"{check.word}  {check.name}：{check.says}" for check in results)


def _as_json(results) -> str:
    rows = [
        {"name": check.name, "well": check.well, "grave": check.grave, "says": check.says}
        for check in results
    ]
    return json.dumps(rows, ensure_ascii=False)
