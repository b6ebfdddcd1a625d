"""Cells as offices fill them, to exact decimals; everything doubtful to a sentence."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.numerals import NotAQuantity
from common.quantities import (
    convert_area,
    parse_area,
    parse_flag,
    parse_money,
    parse_persons,
    parse_tonnes,
    parse_volume,
    show_area,
    show_money,
    show_persons,
    show_tonnes,
)
from common.written_days import parse_day

READERS = (parse_area, parse_money, parse_tonnes, parse_persons)
EMPTY = (None, "", "  ", "\n", "无", "/", "／", "-", "－", "—", "——", "–", "　")


@pytest.mark.parametrize(
    ("cell", "mu"),
    [
        (12.6, "12.6"),
        (5.25, "5.25"),
        ("１２．６", "12.6"),
        ("12.6亩", "12.6"),
        (" 12.6 亩 ", "12.6"),
        ("8400㎡", "12.6"),
        ("8,400平方米", "12.6"),
        ("8400 m2", "12.6"),
        ("0.84公顷", "12.6"),
        ("0.84hm²", "12.6"),
        ("1000㎡", "1.5"),
        ("100㎡", "0.15"),
        ("1㎡", "0.0015"),
        (0, "0"),
        (Decimal("3.00005"), "3.0001"),
    ],
)
def test_an_area_is_read_in_mu(cell, mu):
    assert parse_area(cell) == Decimal(mu)


def test_an_area_is_read_in_square_metres_when_the_column_wants_them():
    assert parse_area("10亩", into="平方米") == Decimal("6666.6667")
    assert parse_area("850.5", into="平方米") == Decimal("850.5")
    assert convert_area(Decimal(3), "亩", "平方米", places=2) == Decimal("2000.00")
    assert convert_area(Decimal(10), "亩", "平方米", places=2) == Decimal("6666.67")


@pytest.mark.parametrize(
    ("cell", "yuan"),
    [
        (84000, "84000"),
        (84000.0, "84000"),
        ("84,000", "84000"),
        ("８４，０００", "84000"),
        ("￥84,000.00", "84000"),
        ("¥84000元", "84000"),
        ("84 000", "84000"),
        ("8.4万元", "84000"),
        ("8.4万", "84000"),
        ("84000元整", "84000"),
        ("1.2亿元", "120000000"),
        ("30000.555", "30000.56"),
        (0.1 + 0.2, "0.30"),
        (1.005, "1.01"),
        ("-0", "0"),
    ],
)
def test_an_amount_is_read_in_yuan(cell, yuan):
    assert parse_money(cell) == Decimal(yuan)


@pytest.mark.parametrize(
    ("cell", "tonnes"),
    [("3200吨", "3200"), ("1.56万吨", "15600"), ("860t", "860"), ("860T", "860"), ("500kg", "0.5")],
)
def test_a_quantity_is_read_in_tonnes(cell, tonnes):
    assert parse_tonnes(cell) == Decimal(tonnes)


@pytest.mark.parametrize("cell", ["100立方米", "100m³", "100 方", "100M3", "0.01万方"])
def test_cubic_metres_need_a_density(cell):
    with pytest.raises(NotAQuantity, match="没有密度"):
        parse_tonnes(cell)
    assert parse_tonnes(cell, density=Decimal("2.65")) == Decimal(265)


def test_a_density_of_nothing_is_refused():
    with pytest.raises(NotAQuantity, match="大于零"):
        parse_tonnes("100方", density=Decimal(0))


@pytest.mark.parametrize(("cell", "count"), [(2, 2), (2.0, 2), ("２", 2), ("3人", 3), ("3 名", 3), (0, 0)])
def test_heads_are_whole(cell, count):
    assert parse_persons(cell) == count
    assert isinstance(parse_persons(cell), int)


def test_half_a_person_is_refused():
    with pytest.raises(NotAQuantity, match="整数"):
        parse_persons(2.5)


@pytest.mark.parametrize("cell", EMPTY)
def test_an_empty_cell_is_nothing_and_not_zero(cell):
    for read in (*READERS, parse_flag, parse_day):
        assert read(cell) is None


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        ("约12亩", "不是确数"),
        ("12亩左右", "不是确数"),
        ("100余吨", "不是确数"),
        ("10～20", "不是确数"),
        ("10-20", "不是数字"),
        ("三亩", "阿拉伯数字"),
        ("已移送", "不是数字"),
        ("-5", "负数"),
        ("－5亩", "负数"),
        (-5, "负数"),
        (-0.5, "负数"),
        (float("nan"), "不是有效的数字"),
        (float("inf"), "不是有效的数字"),
        (True, "是或否"),
        (date(2021, 5, 15), "日期"),
        (datetime(2021, 5, 15), "日期"),
        ("50000\n30000", "几个数"),
        ("50\n000", "几个数"),
        ("1 000\n000", "几个数"),
        ("12 6", "几个数"),
        ("1 000 50", "几个数"),
        ("1,23", "千位分隔符"),
        ("1,2345", "千位分隔符"),
        ("3.2.1", "不是数字"),
        ("50%", "不是可以换算的单位"),
        ("=A1+B1", "不是数字"),
        ("9" * 41, "过长"),
        ("9" * 13, "过大"),
        (10**15, "过大"),
        ("²", "不是数字"),
    ],
)
def test_what_is_not_plainly_a_quantity_is_refused_with_a_sentence(cell, says):
    for read in READERS:
        with pytest.raises(NotAQuantity) as refusal:
            read(cell)
        assert says in refusal.value.sentence
        assert refusal.value.sentence.endswith("。")


@pytest.mark.parametrize(
    ("read", "cell", "says"),
    [
        (parse_money, "12亩", "面积单位，此处以元计"),
        (parse_area, "12元", "金额单位，此处以亩计"),
        (parse_area, "12方", "方量单位"),
        (parse_persons, "2吨", "重量单位，此处以人计"),
        (parse_tonnes, "5车", "“车”不是可以换算的单位"),
    ],
)
def test_a_unit_of_another_kind_is_refused(read, cell, says):
    with pytest.raises(NotAQuantity, match=says):
        read(cell)


@pytest.mark.parametrize("cell", ["是", " 是 ", "√", "✓", "已恢复", "已取缔", True])
def test_a_yes_is_true(cell):
    assert parse_flag(cell) is True


@pytest.mark.parametrize("cell", ["否", "×", "✗", "X", "未恢复", "未取缔", False])
def test_a_no_is_false(cell):
    assert parse_flag(cell) is False


@pytest.mark.parametrize("cell", ["部分恢复", "是否", 1, "不"])
def test_neither_yes_nor_no_is_refused(cell):
    with pytest.raises(NotAQuantity, match="请填写是或否"):
        parse_flag(cell)


def test_figures_are_shown_with_separators_and_without_needless_zeros():
    assert show_area(Decimal("1234.5000")) == "1,234.5"
    assert show_area(Decimal("12.0000")) == "12"
    assert show_tonnes(Decimal("15600")) == "15,600"
    assert show_tonnes(Decimal("0.0000")) == "0"
    assert show_money(Decimal("84000.00")) == "84,000"
    assert show_money(Decimal("84000.50")) == "84,000.50"
    assert show_money(Decimal("-1200.00")) == "-1,200"
    assert show_persons(1234) == "1,234"
    assert show_area(None) == show_money(None) == show_tonnes(None) == show_persons(None) == ""


AMOUNTS = st.decimals(0, 10**9, places=2, allow_nan=False)
AREAS = st.decimals(0, 10**8, places=4, allow_nan=False)


@given(AMOUNTS)
def test_what_is_shown_reads_back_as_the_same_amount(amount):
    assert parse_money(show_money(amount)) == amount


@given(AREAS)
def test_what_is_shown_reads_back_as_the_same_area(area):
    assert parse_area(show_area(area)) == area
    assert parse_tonnes(show_tonnes(area)) == area


@given(st.decimals(0, 10**6, places=4, allow_nan=False))
def test_an_area_survives_the_way_to_square_metres_and_back(mu):
    metres = convert_area(mu, "亩", "平方米", places=8)
    assert convert_area(metres, "平方米", "亩") == mu


@given(st.one_of(st.text(max_size=40), st.floats(), st.integers(), st.booleans(), st.none()))
def test_any_cell_gives_a_quantity_or_a_sentence(cell):
    for read in (*READERS, parse_flag):
        try:
            value = read(cell)
        except NotAQuantity as refusal:
            assert refusal.sentence.endswith("。")
        else:
            assert value is None or value >= 0


@pytest.mark.parametrize(
    ("typed", "cubic"),
    [("1200", "1200"), ("1,200方", "1200"), ("0.3万方", "3000"), ("12立方米", "12"), ("", None)],
)
def test_a_volume_as_offices_type_it(typed, cubic):
    assert parse_volume(typed) == (cubic and Decimal(cubic))


def test_a_volume_in_tonnes_is_refused():
    with pytest.raises(NotAQuantity):
        parse_volume("12吨")


@pytest.mark.parametrize("typed", ["9999999999.99996", "99999999999", "99999999999平方公里"])
def test_an_area_of_more_than_ten_digits_is_a_slip_of_the_keyboard(typed):
    with pytest.raises(NotAQuantity, match="数值过大"):
        parse_area(typed)
    assert parse_area("9999999999.9999") == Decimal("9999999999.9999")
