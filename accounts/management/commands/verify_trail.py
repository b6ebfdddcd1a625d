"""manage.py verify_trail [--json] [--files] [--root DAY=ROOT]: prove that trail and rows are whole."""

import json
import sys
from datetime import date

from django.core.management.base import BaseCommand, CommandError

from accounts.services import sealing, trail_checks


class Command(BaseCommand):
    """Walk every chain; exit 1 when one doesn't hold."""

    help = "核对全过程记录、签批、处罚、报送和封存有没有被改动"

    def add_arguments(self, parser):
        """As JSON; with the files' bytes; against a root that was kept elsewhere."""
        parser.add_argument("--json", action="store_true", dest="as_json")
        parser.add_argument("--files", action="store_true", help="再逐个核对附件内容")
        parser.add_argument("--root", help="另存的根值，写成 2026-11-21=根值")

    def handle(self, *, as_json, files, root, **options):
        """Verify and say so."""
        result = trail_checks.verify(files=files)
        if root:
            result["first_broken"] = result["first_broken"] or _differs(root)
            result["ok"] = result["first_broken"] is None
        report = json.dumps(result, ensure_ascii=False) if as_json else sentence(result)
        self.stdout.write(report)
        if not result["ok"]:
            sys.exit(1)


def _differs(noted: str) -> str | None:
    """The day of a root kept elsewhere, if the trail no longer gives that root."""
    day, _, root = noted.partition("=")
    try:
        computed = sealing.root_of(date.fromisoformat(day))[2]
    except ValueError:
        raise CommandError("另存的根值应写成 2026-11-21=根值。") from None
    return None if computed == root.strip() else f"root:{day}"


def sentence(result: dict) -> str:
    """The result as a sentence."""
    counts = [
        f"全过程记录{result['entries']}条",
        f"签批、处罚、附件等{result['rows']}行",
        f"报送{result['submissions']}次",
        f"封存{result['seals']}次",
    ]
    if "files" in result:
        counts.append(f"附件内容{result['files']}份")
    counted = f"已核对{'、'.join(counts)}"
    if not result["ok"]:
        return f"{counted}，从{result['first_broken']}起对不上。请保留现场，联系审计管理员。"
    return f"{counted}，没有发现改动。{trail_checks.open_end(result)}"
