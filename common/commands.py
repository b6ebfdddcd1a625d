"""Commands that end with a sentence instead of a traceback; a day on the command line."""

import sys
from datetime import date

from django.core.management.base import BaseCommand

from common.errors import NotYet, Refused

INCOMPLETE = 1
CANNOT = 2
TRY_AGAIN = 75  # EX_TEMPFAIL: whoever watches over us may start us again
INTERRUPTED = 130


class SentenceCommand(BaseCommand):
    """A command whose Refused is printed as its sentence, with exit code 2 (75: try again later).

    `call_command` (tests, other commands) still gets the Refused itself.
    """

    def run_from_argv(self, argv: list[str]) -> None:
        """Run from the command line; refusals and Ctrl-C end without a traceback."""
        try:
            super().run_from_argv(argv)
        except Refused as refusal:
            self.stderr.write(refusal.sentence)
            sys.exit(TRY_AGAIN if isinstance(refusal, NotYet) else CANNOT)
        except (KeyboardInterrupt, EOFError):
            self.stderr.write("已中断。")
            sys.exit(INTERRUPTED)


def day_of(options: dict, name: str) -> date | None:
    """The day given as `name` (--from); Refused with a sentence for what is none."""
    typed = options[name.removeprefix("--").replace("-", "_")]
    if not typed:
        return None
    try:
        return date.fromisoformat(typed)
    except ValueError:
        raise Refused(f"{name} 的“{typed}”不是日期，请写成 2021-04-01 的样子。") from None
