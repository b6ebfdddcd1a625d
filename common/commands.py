"""Commands that end with a sentence instead of a traceback."""

import sys

from django.core.management.base import BaseCommand

from common.errors import Refused

CANNOT = 2
INTERRUPTED = 130


class SentenceCommand(BaseCommand):
    """A command whose Refused is printed as its sentence, with exit code 2.

    `call_command` (tests, other commands) still gets the Refused itself.
    """

    def run_from_argv(self, argv: list[str]) -> None:
        """Run from the command line; refusals and Ctrl-C end without a traceback."""
        try:
            super().run_from_argv(argv)
        except Refused as refusal:
            self.stderr.write(refusal.sentence)
            sys.exit(CANNOT)
        except (KeyboardInterrupt, EOFError):
            self.stderr.write("已中断。")
            sys.exit(INTERRUPTED)
