"""Identity numbers and credit codes: golden ones pass, slips are named in a sentence."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from common.identifiers import (
    BadIdentifier,
    check_credit_code,
    check_id_card,
    credit_code_check,
    mask_id,
    mask_name,
    mask_phone,
    organisation_check,
)

VECTORS = Path(__file__).parents[1] / "data/vectors.json"
IDS = json.loads(VECTORS.read_text(encoding="utf-8"))["ids"]
DEMO_CARDS = next(row["codes"] for row in IDS if row["kind"] == "ID-synthetic-demo")
CODES = [row["code"] for row in IDS if row["kind"] == "USCC"]


@st.composite
def cards(draw):
    """A card number that is right, by an arithmetic of its own."""
    region = draw(st.sampled_from(["141122", "140929", "370402", "830000"]))
    birth = draw(st.dates(date(1900, 1, 1), date(2025, 12, 31)))
    first = f"{region}{birth:%Y%m%d}{draw(st.integers(0, 999)):03d}"
    # ISO 7064 MOD 11-2: the whole number, weighted by powers of two, leaves 1.
    rest = sum(int(digit) * pow(2, 17 - i, 11) for i, digit in enumerate(first)) % 11
    check = (1 - rest) % 11
    return first + ("X" if check == 10 else str(check)), birth


def test_the_golden_card_is_read():
    card = check_id_card("11010519491231002X")
    assert card.birth == date(1949, 12, 31)
    assert card.sex == "女"
    assert card.region == "110105"


@pytest.mark.parametrize("number", DEMO_CARDS)
def test_the_demo_cards_are_right(number):
    assert check_id_card(number).birth.year == 1900


def test_a_card_typed_full_width_with_spaces_and_small_x_is_the_same():
    assert check_id_card(" １１０１０５ 19491231 002x").normalised == "11010519491231002X"


@pytest.mark.parametrize(
    ("number", "says"),
    [
        ("", "没有填写"),
        ("110105491231002", "15位的旧号码"),
        ("1101051949123100", "现在是16位"),
        ("1101051949123100AX", "前17位应为数字"),
        ("10010519491231002X", "地区代码"),
        ("110105194902310020", "出生日期不存在"),
        ("110105194912310021", "末位校验不符"),
    ],
)
def test_a_wrong_card_is_refused_with_a_sentence(number, says):
    with pytest.raises(BadIdentifier) as refusal:
        check_id_card(number)
    assert says in str(refusal.value)
    assert str(refusal.value).endswith("。")
    assert not number or number not in str(refusal.value)


def test_nobody_is_born_tomorrow():
    number = "11010519491231002X"
    assert check_id_card(number, today=date(1949, 12, 31))
    with pytest.raises(BadIdentifier, match="晚于今天"):
        check_id_card(number, today=date(1949, 12, 30))


@given(cards())
def test_every_right_card_is_read(made):
    number, birth = made
    card = check_id_card(number)
    assert card.birth == birth
    assert (card.sex == "男") == (int(number[16]) % 2 == 1)


@given(cards(), st.integers(0, 16), st.integers(1, 9))
def test_every_single_wrong_digit_is_noticed(made, place, step):
    number = made[0]
    wrong = str((int(number[place]) + step) % 10)
    with pytest.raises(BadIdentifier):
        check_id_card(number[:place] + wrong + number[place + 1 :])


@given(cards(), st.integers(0, 15))
def test_every_two_neighbours_swapped_are_noticed(made, place):
    number = made[0]
    assume(number[place] != number[place + 1])
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    with pytest.raises(BadIdentifier):
        check_id_card(swapped)


@pytest.mark.parametrize("code", [*CODES, "9114000057595565X4", "11371626MB28577961", "91141122MA0DEM013B"])
def test_a_right_credit_code_gives_no_warning(code):
    read = check_credit_code(code)
    assert read.warnings == ()
    assert read.region == code[2:8]


def test_a_pilot_code_is_taken_with_a_warning():
    assert "校验不符" in check_credit_code("91350100M0001TGQXM").warnings[0]


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("", "没有填写"),
        ("140500000012345", "现在是15位"),
        ("91140000575955O5X4", "“O”"),
        ("91A4000057595565X4", "第3至8位"),
    ],
)
def test_a_credit_code_of_wrong_form_is_refused(code, says):
    with pytest.raises(BadIdentifier, match=says):
        check_credit_code(code)


@given(st.text("0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=8, max_size=8), st.integers(0, 999999))
def test_a_credit_code_with_its_own_checks_gives_no_warning(body, region):
    first = f"91{region:06d}{body}"
    first += organisation_check(body)
    code = first + credit_code_check(first)
    assert check_credit_code(code.lower()).warnings == ()


def test_masks_show_too_little_to_know_who():
    assert mask_id("110105194912310021") == "1101**********0021"
    assert mask_id("E12345678") == "E********"
    assert mask_name("张三丰") == mask_name("张三") == "张**"
    assert mask_phone("13835812345") == "138****2345"
    assert mask_phone("8296743") == "*****43"
    assert mask_id("") == mask_name("") == mask_phone(None) == ""
