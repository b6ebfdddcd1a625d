"""`manage.py backup DIR`: database and files, while everybody goes on working."""

import sys
from pathlib import Path

from django.utils import timezone

from common.commands import INCOMPLETE, SentenceCommand
from config import preflight
from config.backups import making


class Command(SentenceCommand):
    """Backs up into a folder; the same folder again copies only what is new or damaged there."""

    help = "备份数据库和文件到一个目录，运行中也可以备份；同一目录可以反复使用"
    requires_system_checks = []

    def add_arguments(self, parser):
        """Where to, and where the keys go."""
        parser.add_argument("folder", metavar="目录", type=Path)
        parser.add_argument("--keys", metavar="密钥目录", type=Path, help="另存密钥的目录，不能在备份目录里")

    def handle(self, *, folder, keys, **_):
        """Make the backup, say what is in it."""
        preflight.check_database()
        preflight.take_time()
        made = making.make(folder=folder, keys_folder=keys, now=timezone.now(), say=self.stdout.write)
        self.stdout.write(
            f"已备份到 {folder}：数据 {sum(made.rows.values())} 行，文件 {len(made.files)} 个。"
        )
        if made.keys and keys is None:
            self.stdout.write(
                "密钥不在备份里。没有密钥，证件号码等加密内容恢复后解不开；"
                "请用 --keys 另存一次，与备份分开保管。"
            )
        if made.unreadable:
            self.name(made.unreadable, "找不到、读不出来或已损坏，没有备份", "请从以前的备份恢复这些文件。")
        if made.gone:
            self.name(made.gone, "在系统里找不到或读不出来了，备份里还有", "请从这份备份恢复。")
        if made.unreadable or made.gone:
            sys.exit(INCOMPLETE)

    def name(self, files, what, deed):
        """Which files something is wrong with, and what to do."""
        self.stderr.write(f"有 {len(files)} 个文件{what}：{'、'.join(files)}。{deed}")
