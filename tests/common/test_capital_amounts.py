"""Amounts in capital characters."""

from decimal import Decimal

import pytest

from common.capital_amounts import read_capitals
from common.quantities import parse_money

_DIGITS = "零壹贰叁肆伍陆柒捌玖"


def spelt(number):
    """A whole number below a hundred million as a receipt writes it."""
    if number >= 10_000:
        high, low = divmod(number, 10_000)
        gap = "零" if 0 < low < 1000 else ""
        return spelt(high) + "万" + gap + (spelt(low) if low else "")
    words, gap = "", False
    for step, name in ((1000, "仟"), (100, "佰"), (10, "拾"), (1, "")):
        digit, number = divmod(number, step)
        if digit:
            words += ("零" if gap and words else "") + _DIGITS[digit] + name
            gap = False
        else:
            gap = True
    return words


@pytest.mark.parametrize(
    "number", [1, 9, 10, 35, 100, 105, 1000, 1010, 2035, 9999, 10_000, 100_500, 99_990_009]
)
def test_a_number_spelt_out_is_read_back(number):
    assert read_capitals(spelt(number) + "元整") == number


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("人民币（大写）：壹万贰仟元整", None),
        ("人民币大写：壹万贰仟元整", "12000"),
        ("叁亿零伍拾万元", "300500000"),
        ("壹佰元零伍分", "100.05"),
        ("壹元贰角", "1.20"),
        ("拾万元整", "100000"),
        ("萬元", None),
        ("壹贰叁元", None),
        ("壹万仟元", None),
        ("壹佰壹仟元", None),
        ("约壹万元", None),
        ("某元", None),
        ("", None),
        (12000, None),
    ],
)
def test_what_is_no_amount_in_capitals_is_none(text, amount):
    assert read_capitals(text) == (amount and Decimal(amount))


def test_an_amount_of_money_may_be_in_capitals():
    assert parse_money("壹万贰仟元整") == Decimal("12000.00")
