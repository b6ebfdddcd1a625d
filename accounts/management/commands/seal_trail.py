"""manage.py seal_trail [--out FILE]: the day's root over all chains, kept off this machine."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from accounts.models import local_today
from accounts.services import trail_checks


class Command(BaseCommand):
    """Write the day's root once; with --out also the list it was made of."""

    help = "封存当日的全过程记录；清单和根值请保存到本机之外"

    def add_arguments(self, parser):
        """Where to write the list."""
        parser.add_argument("--out", help="把清单写到这个文件")

    def handle(self, *, out, **options):
        """Seal, print the root."""
        root, lines = trail_checks.seal(day=local_today())
        if out:
            made_of = trail_checks.root_of(lines)
            text = "\n".join([f"# {root.day} {made_of}", *lines, ""])
            try:
                Path(out).write_text(text, encoding="utf-8")
            except OSError:
                raise CommandError(f"文件{out}写不了，请换一个位置。") from None
        self.stdout.write(
            f"{root.day} 封存：{root.heads}条链，{root.entries}条记录，根值 {root.root}"
        )
