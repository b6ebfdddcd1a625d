"""Print docs/procedure.md from the acts tables."""

from django.core.management.base import BaseCommand

from config import procedure


class Command(BaseCommand):
    """`manage.py print_procedure > docs/procedure.md`"""

    help = "从事项表打印 docs/procedure.md"

    def handle(self, *args, **options):
        """Write the page to standard output."""
        self.stdout.write(procedure.text(), ending="")
