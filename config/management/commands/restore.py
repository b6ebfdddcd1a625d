"""`manage.py restore DIR`: a backup in the place of what is here, after checking all of it."""

import sys
from pathlib import Path

from django.utils import timezone

from common.commands import INCOMPLETE, SentenceCommand
from config.backups import restoring
from config.backups.restoring import Wish


class Command(SentenceCommand):
    """Restores into an empty house, or with --force over what is there."""

    help = "从备份恢复数据库和文件；先停止矿案通。SQLite 的备份也可以恢复到 PostgreSQL"
    requires_system_checks = []

    def add_arguments(self, parser):
        """Which backup, which keys, what may be lost."""
        parser.add_argument("folder", metavar="目录", type=Path)
        parser.add_argument("--keys", metavar="密钥目录", type=Path, help="密钥所在的目录")
        parser.add_argument("--force", action="store_true", help="替换现有数据")
        parser.add_argument("--without-keys", action="store_true", help="密钥已丢失，只恢复没有加密的内容")
        parser.add_argument(
            "--generation",
            metavar="时刻",
            default="",
            help="恢复以前的一份，如 20261120T023000000000",
        )
        parser.add_argument("--check", action="store_true", help="只核对备份是否完好，不恢复")

    def handle(self, *, folder, keys, force, without_keys, check, generation, **_):
        """Check, restore, say what came back."""
        wish = Wish(folder, keys, force, without_keys, generation)
        if check:
            backup = restoring.check(wish)
            self.stdout.write(f"备份完好，制作于 {backup.made_at}。")
            return
        done = restoring.restore(wish, now=timezone.now(), say=self.stdout.write)
        backup = done.manifest
        self.stdout.write(
            f"已恢复：数据 {sum(backup.rows.values())} 行，文件 {len(backup.files) - len(done.lacking)} 个，"
            "全过程记录核对无误。所有人需要重新登录。"
        )
        if done.lacking:
            self.stderr.write(
                f"有 {len(done.lacking)} 个文件没有恢复，备份里找不到、读不出来或已损坏，或者这里放不进："
                + "、".join(done.lacking)
                + "。请在别的备份里找，再恢复一次。"
            )
            sys.exit(INCOMPLETE)
