"""Amounts in capital characters, as receipts and decisions write them: 壹万贰仟元整 is 12000."""

import re
from decimal import Decimal

from common.words import squeeze

_DIGITS = {char: place % 10 for place, char in enumerate("零壹贰叁肆伍陆柒捌玖〇")} | {"两": 2}
_STEPS = {"拾": 10, "佰": 100, "仟": 1000}
_WRITTEN = re.compile(r"(?:人民币)?(?:大写)?:?([零〇壹贰两叁肆伍陆柒捌玖拾佰仟萬万億亿]+)[元圆](.*)")
_CENTS = re.compile(r"零?(?:([壹贰叁肆伍陆柒捌玖])角)?零?(?:([壹贰叁肆伍陆柒捌玖])分)?[整正]?")


def read_capitals(value: object) -> Decimal | None:
    """The amount in 元; None where this is no amount in capital characters."""
    match = _WRITTEN.fullmatch(squeeze(value)[:60])
    cents = _CENTS.fullmatch(match[2]) if match else None
    if not cents:
        return None
    whole = _whole(match[1].replace("萬", "万").replace("億", "亿"))
    if whole is None:
        return None
    tenths, hundredths = (_DIGITS.get(char or "", 0) for char in cents.groups())
    return Decimal(whole) + Decimal(tenths * 10 + hundredths) / 100


def _whole(text: str) -> int | None:
    """壹万贰仟 → 12000: what stands before 亿 and 万 counts that many times."""
    for word, step in (("亿", 10**8), ("万", 10**4)):
        before, found, after = text.rpartition(word)
        if found:
            high, low = _whole(before), _whole(after) if after else 0
            return None if not high or low is None else high * step + low
    return _thousands(text)


def _thousands(text: str) -> int | None:
    """贰仟零叁拾伍 → 2035; a digit without a step may stand only last."""
    total, digit, last = 0, None, 10**4
    for char in text:
        if char in _STEPS:
            # 拾万 is said for 壹拾万; the other steps need their digit.
            if _STEPS[char] >= last or not digit and (char != "拾" or total or digit == 0):
                return None
            last = _STEPS[char]
            total, digit = total + (digit or 1) * last, None
        elif digit:
            return None
        else:
            digit = _DIGITS[char]
    return total + (digit or 0)
