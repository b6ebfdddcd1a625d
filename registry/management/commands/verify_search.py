"""manage.py verify_search [--repair]: hold what the search finds by against the rows themselves."""

import sys

from common.commands import SentenceCommand
from registry.services import words


class Command(SentenceCommand):
    """Exit 1 when something kept for the search isn't what its rows say, and isn't put right."""

    help = "核对检索内容与线索、案件、移送、台账条目是否一致；--repair 重新生成不一致的"

    def add_arguments(self, parser):
        """Whether to put right what differs."""
        parser.add_argument("--repair", action="store_true", help="重新生成不一致的")

    def handle(self, *, repair, **options):
        """Verify and say so."""
        result = words.verify(repair=repair)
        wrong = result["differing"]
        said = f"已核对检索内容{result['checked']}条"
        if not wrong:
            self.stdout.write(f"{said}，都一致。")
            return
        named = "、".join(wrong[:20]) + ("等" if len(wrong) > 20 else "")
        what = "已重新生成" if repair else "请运行 manage.py verify_search --repair 重新生成"
        self.stdout.write(f"{said}，{len(wrong)}条不一致（{named}），{what}。")
        if not repair:
            sys.exit(1)
