"""manage.py verify_trail [--json] [--against FILE]: prove that trail and submissions are whole."""

import json
import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from accounts.services import trail_checks
from common.errors import Refused


class Command(BaseCommand):
    """Walk every chain; exit 1 when one doesn't hold."""

    help = "核对全过程记录和已报送台账有没有被改动"

    def add_arguments(self, parser):
        """As JSON; against a list that seal_trail wrote and that was kept elsewhere."""
        parser.add_argument("--json", action="store_true")
        parser.add_argument("--against", help="与另存的封存清单比对")

    def handle(self, *, json: bool, against, **options):  # noqa: A002 - the option's own name
        """Verify and say so."""
        result = trail_checks.verify()
        if against:
            result["first_broken"] = result["first_broken"] or self.compared(against)
            result["ok"] = result["first_broken"] is None
        self.stdout.write(as_json(result) if json else sentence(result))
        if not result["ok"]:
            sys.exit(1)

    def compared(self, path):
        """Where the kept list and the trail part, or None."""
        try:
            lines = Path(path).read_text(encoding="utf-8").splitlines()
            return trail_checks.compare([line for line in lines if not line.startswith("#")])
        except OSError:
            raise CommandError(f"文件{path}打不开，请核对。") from None
        except Refused as refusal:
            raise CommandError(refusal.sentence) from None


def as_json(result: dict) -> str:
    """The result with the keys that scripts read."""
    return json.dumps(result, ensure_ascii=False)


def sentence(result: dict) -> str:
    """The result as a sentence."""
    counted = f"已核对全过程记录{result['entries']}条、报送{result['submissions']}次"
    if result["ok"]:
        return f"{counted}，没有发现改动。"
    return f"{counted}，从{result['first_broken']}起对不上。请保留现场，联系审计管理员。"
