"""A name or a number is found in words under every spelling in which a reader would see it."""

import pytest

from common.mentions import names, numbers

PHONE, IDENTITY = "13812345678", "14092919000102012X"


@pytest.mark.parametrize(
    "text",
    [
        "打13812345678问",
        "138-1234 5678",
        "138 1234 5678",
        "138.1234.5678",
        "138·1234·5678",
        "138—1234—5678",
        "(138)1234/5678",
        "１３８１２３４５６７８",
        "１３８－１２３４　５６７８",
        "138_1234_5678",
        "138、1234，5678",
        "138\n1234\n5678",
        "+86 138 1234 5678",
        "138\u200b12345678",
        "138*1234*5678",
        "一三八一二三四五六七八",
        "幺三八 一二三四 五六七八",
        "壹叁捌壹贰叁肆伍陆柒捌",
        "１三8-一2３四-五6七8",
        "①③⑧①②③④⑤⑥⑦⑧",
    ],
)
def test_a_phone_is_found_whatever_stands_between_its_digits(text):
    assert numbers(text, PHONE)


@pytest.mark.parametrize("text", ["14092919000102012X", "140929 19000102 012x", "140929-1900-0102-012Ｘ"])
def test_an_identity_number_is_found_too(text):
    assert numbers(text, IDENTITY)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("+8613812345678", "138-1234-5678"),
        ("008613812345678", "13812345678"),
        ("0358-3522000", "352 2000"),
        ("01082881234", "8288-1234"),
        ("0358-3522000", "0358 3522000"),
    ],
)
def test_a_phone_is_found_without_its_codes(typed, text):
    assert numbers(text, typed)


@pytest.mark.parametrize(
    "text",
    ["13812345679", "采煤138车，1234吨，装5678袋", "2026-11-30", "", "长138米宽1234米", "三八一二"],
)
def test_other_figures_are_no_phone(text):
    assert not numbers(text, PHONE)


def test_too_little_to_tell_somebody_by_is_not_looked_for():
    assert not numbers("采坑长110米", "110")
    assert not numbers("采坑长110米", "")
    assert not names("张某到场", "张")


@pytest.mark.parametrize("text", ["据赵举报讲", "赵 举 报", "赵·举报", "（赵）举报", "赵\u200b举报"])
def test_a_name_is_found_with_marks_in_it(text):
    assert names(text, "赵举报")


def test_another_name_is_none():
    assert not names("赵某举报三次", "赵举报")
