"""How high a row must be so that every program shows all its text.

WPS and LibreOffice do not always make room by themselves, and where the office's font is missing
another, wider one stands in; so what is reckoned here errs on the high side.
"""

import unicodedata
from collections.abc import Iterable
from math import ceil

# A column's width counts digits of the workbook's font; a Chinese character takes two and a bit.
_WIDE, _NARROW = 2.2, 1.15
_PADDING = 1.0
_LEADING = 1.4
_HIGHEST = 409.0
SIZE = 11
_LEAST = 20.0


def width_of(text: str) -> float:
    """How many digits wide a line of text is at the ordinary size."""
    return sum(_WIDE if unicodedata.east_asian_width(char) in "WFA" else _NARROW for char in text)


def lines_in(text: str, width: float, size: int = SIZE) -> int:
    """On how many lines a text stands in a cell of that width."""
    room = max(width - _PADDING, _WIDE)
    return sum(max(1, ceil(width_of(line) * size / SIZE / room)) for line in text.split("\n"))


def height_for(lines: int, size: int = SIZE) -> float:
    """The height, in points, of a row with so many lines; no program knows a higher one than 409."""
    return min(max(_LEAST, ceil(lines * size * _LEADING) + 4.0), _HIGHEST)


def height_of(texts: Iterable[tuple[str, float]], size: int = SIZE) -> float:
    """The height of a row with these texts, each with the width it has."""
    return height_for(max((lines_in(text, width, size) for text, width in texts), default=1), size)
