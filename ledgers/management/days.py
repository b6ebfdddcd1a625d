"""A day on the command line."""

from datetime import date

from common.errors import Refused


def day_of(options, name: str) -> date | None:
    """The day given as `name` (--from); Refused with a sentence for what is none."""
    typed = options[name.removeprefix("--").replace("-", "_")]
    if not typed:
        return None
    try:
        return date.fromisoformat(typed)
    except ValueError:
        raise Refused(f"{name} 的“{typed}”不是日期，请写成 2021-04-01 的样子。") from None
