"""Whether words name somebody: under every spelling in which a reader would still see the name or number."""

import re
import unicodedata

from common.words import fold, squeeze

_NUMERALS = dict(
    zip("〇○零一二三四五六七八九幺壹贰叁肆伍陆柒捌玖貳參陸", "0001234567891123456789236", strict=True)
)
_MOBILE = re.compile(r"1\d{10}$")
SHORTEST_NAME, SHORTEST_NUMBER = 2, 5


def names(text: str, name: str) -> bool:
    """Whether `text` has the name in it, whatever blanks and marks stand between its characters."""
    wanted = fold(name)
    return len(wanted) >= SHORTEST_NAME and wanted in fold(text)


def numbers(text: str, number: str) -> bool:
    """Whether `text` has the phone or identity number in it.

    Marks between digits count for nothing, digits may be of any script or Chinese numerals; a phone is
    also found without its country's or its place's code.
    """
    bare = _bare(text)
    return any(each in bare for each in _forms(number))


def _forms(number: str) -> set[str]:
    """The number, a mobile's last eleven digits, a landline's without the code of its place."""
    bare = _bare(number)
    forms = {bare}
    if mobile := _MOBILE.search(bare):
        forms.add(mobile[0])
    if bare.isdigit() and bare.startswith("0") and 10 <= len(bare) <= 12:
        forms.add(bare[3:] if bare[1] in "12" else bare[4:])
    return {each for each in forms if len(each) >= SHORTEST_NUMBER}


class _Signs(dict):
    """Each sign as it counts: a digit as 0 to 9, a letter as itself, a mark as nothing; worked out once."""

    def __missing__(self, code: int) -> str:
        sign = chr(code)
        digit = unicodedata.digit(sign, None)
        kept = _NUMERALS.get(sign, sign if sign.isalpha() else "")
        self[code] = found = kept if digit is None else str(digit)
        return found


_SIGNS = _Signs()


def _bare(text: str) -> str:
    """Digits as 0 to 9 and letters; no marks."""
    return squeeze(text).casefold().translate(_SIGNS)
