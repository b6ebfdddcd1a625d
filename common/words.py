"""Making typed Chinese comparable without spoiling it.

Unicode normalisation (NFC as well as NFKC) replaces CJK compatibility ideographs, which stand in
people's names on identity cards. So nothing here normalises: only the full-width ASCII block and
the ideographic space are mapped, every other character stays the one that was typed.
"""

import re
import unicodedata

_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_HALF_WIDTH[0x3000] = 0x20

# Invisible characters that arrive with pasted text; none of them is part of a word.
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_DROP_INVISIBLE = dict.fromkeys(map(ord, _INVISIBLE))

# What offices write where there is nothing: dashes, strokes, 无. For text without blanks.
NOTHING = re.compile(r"[-\u2010-\u2015\u2212\u2500_/\\]*|无|暂无|不涉及|未涉及|不适用")


def half_width(text: str) -> str:
    """Full-width ASCII (digits, letters, punctuation) and the ideographic space in half width."""
    return text.translate(_HALF_WIDTH)


def squeeze(text: object) -> str:
    """The text in half width with all white space gone, line breaks inside words too.

    For recognising heads, units and numbers. Takes anything a cell may hold; None gives "".
    """
    if text is None:
        return ""
    return "".join(half_width(str(text)).translate(_DROP_INVISIBLE).split())


def fold(text: object) -> str:
    """A key under which two spellings of one party or place are equal. Never shown, never stored
    in place of what was typed.

    Squeezes, ignores case and leaves out brackets and punctuation, so 山西（交城）石料 and
    山西(交城) 石料 agree. A mark between two digits is kept as "-": 3-1号 is not 31号. Variation
    selectors are dropped; they choose a glyph, not a character.
    """
    letters: list[str] = []
    pending = False
    for char in squeeze(text).casefold():
        if _is_variation_selector(char):
            continue
        if unicodedata.category(char)[0] == "P":
            pending = True
            continue
        if pending and letters and letters[-1].isdigit() and char.isdigit():
            letters.append("-")
        pending = False
        letters.append(char)
    return "".join(letters)


def _is_variation_selector(char: str) -> bool:
    return "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef"
