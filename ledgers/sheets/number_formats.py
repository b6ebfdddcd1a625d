"""Number formats that show a share in percent: 0.6 that a person sees as 60% is no quantity."""

import re
from decimal import Decimal

from ledgers.sheets.limits import Note, Oddity

# The two formats for shares that every workbook has without declaring them.
PERCENT_FORMATS = ("9", "10")


def is_percent(code: str) -> bool:
    """Whether a number format shows a share in percent, outside its quoted words."""
    return "%" in re.sub(r'"[^"]*"|\\.', "", code)


def percent_note(value: str) -> Note | None:
    """What a person sees of such a cell; None where it holds no number."""
    try:
        shown = f"{Decimal(format(float(value) * 100, '.12g')):f}%"
    except (ValueError, ArithmeticError):
        return None
    return Note(Oddity.PERCENT, shown)
