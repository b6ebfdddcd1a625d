"""Identity numbers in cells: never shown, and no part of a name.

A number counts as one by its form (18 digits with a day of birth, or the old 15); one with a slip
in its last digit is somebody's number all the same.
"""

import re

from common.identifiers import mask_id
from common.words import half_width

_DAY = r"(?:0[1-9]|1[0-2])[ -]?(?:0[1-9]|[12][0-9]|3[01])"
_NEW = rf"[1-9][0-9]{{5}}[ -]?(?:19|20)[0-9]{{2}}[ -]?{_DAY}[ -]?[0-9]{{3}}[0-9Xx]"
_OLD = rf"[1-9][0-9]{{5}}[0-9]{{2}}{_DAY}[0-9]{{3}}"
_NUMBER = re.compile(rf"(?<![0-9.])(?:{_NEW}|{_OLD})(?![0-9.])")
_MASKED = re.compile(
    r"[\s(（、,，;；]*(?:公民)?(?:身份证?|证件)?(?:号码?)?[\s:：]*[0-9]{4}\*{7,10}[0-9]{3}[0-9Xx][\s)）]*"
)
_FEWEST_DIGITS = re.compile(r"[0-9０-９][^\n]{13}")


def masked(text: str) -> str:
    """The text with all but the ends of each identity number starred."""
    if not _FEWEST_DIGITS.search(text):
        return text
    plain, parts, end = half_width(text), [], 0
    for match in _NUMBER.finditer(plain):
        number = re.sub("[ -]", "", match[0])
        parts += [text[end : match.start()], mask_id(number)]
        end = match.end()
    return "".join([*parts, text[end:]])


def has_masked(text: str) -> bool:
    """Whether a number was starred in it."""
    return bool(_MASKED.search(text))


def without_numbers(name: str) -> str:
    """A name without the starred numbers in it and the words before them."""
    return re.sub(r"\s*([、,，;；])\s*", r"\1", _MASKED.sub(" ", name)).strip(" 、,，;；")
