"""Numbers found on real papers, in every bracket style."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.document_numbers import BadDocumentNumber, format_number, normalise_number, parse_number


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("交自然资字〔2021〕62号", "交自然资字〔2021〕62号"),
        ("砚自然资罚字〔2024〕34号", "砚自然资罚字〔2024〕34号"),
        ("清自资罚决字〔2025〕6号", "清自资罚决字〔2025〕6号"),
        ("宣自然资规执罚〔2021〕2号", "宣自然资规执罚〔2021〕2号"),
        ("邹自然资规罚字[2020]第15号", "邹自然资规罚字〔2020〕第15号"),
        ("汾国土资罚字(2017)第3号", "汾国土资罚字〔2017〕第3号"),
        ("汾国土资罚字（２０１７）第３号", "汾国土资罚字〔2017〕第3号"),
        ("朔国土资(罚)字[2018]SC第6013号", "朔国土资(罚)字〔2018〕SC第6013号"),
        ("文市自然资告字〔2024〕第44号", "文市自然资告字〔2024〕第44号"),
        ("定农罚〔2025〕26号", "定农罚〔2025〕26号"),
        ("九国土资执(大)催字〔2015〕3-1号", "九国土资执(大)催字〔2015〕3-1号"),
        ("阿市自然资罚2021第2号", "阿市自然资罚〔2021〕第2号"),
        ("交自然资罚字【2026】 12 号", "交自然资罚字〔2026〕12号"),
        ("交自然资罚字〔2026〕09号", "交自然资罚字〔2026〕09号"),
        ("交自然资罚字［2026］9号", "交自然资罚字〔2026〕9号"),
        ("梨国土资执罚(2014)135号", "梨国土资执罚〔2014〕135号"),
    ],
)
def test_a_real_number_is_read_and_written_in_the_normal_form(written, normal):
    assert str(parse_number(written)) == normal
    assert normalise_number(written) == normal


def test_the_parts_are_told_apart():
    number = parse_number("朔国土资(罚)字[2018]SC第6013号")
    assert (number.prefix, number.year) == ("朔国土资(罚)字", 2018)
    assert (number.series, number.ordinal, number.number) == ("SC", True, "6013")


@pytest.mark.parametrize(
    ("written", "seq"),
    [
        ("交自然资罚字〔2026〕第012号", 12),
        ("九国土资执(大)催字〔2015〕3-1号", None),
        ("朔国土资(罚)字[2018]SC第6013号", None),
        ("交自然资罚字〔2026〕123456789012号", None),
    ],
)
def test_only_a_plain_number_takes_a_place_in_the_series(written, seq):
    assert parse_number(written).seq == seq


def test_two_spellings_of_one_number_have_one_key():
    assert parse_number("交自然资罚字[2026]第012号").key == parse_number("交自然资罚字〔2026〕12号").key
    assert parse_number("交自然资罚字〔2026〕1-2号").key != parse_number("交自然资罚字〔2026〕12号").key


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("", "没有填写文号"),
        ("〔2024〕09号", "没有看懂"),
        ("2016-23号", "没有看懂"),
        ("交自然资罚字12号", "没有看懂"),
        ("交自然资罚字〔2026〕12", "没有看懂"),
        ("交自然资罚字〔0026〕12号", "年份26不对"),
        ("文市自然资告字〔2024〕第44号（告知）", "没有看懂"),
    ],
)
def test_what_is_no_number_is_refused_with_a_sentence_and_kept_as_typed(written, says):
    with pytest.raises(BadDocumentNumber, match=says):
        parse_number(written)
    assert normalise_number(f" {written} ") == written.replace("（", "(").replace("）", ")")


def test_our_own_number_is_put_together():
    assert format_number("交自然资", "立字", 2026, 12) == "交自然资立字〔2026〕12号"


@given(st.integers(1949, 2099), st.integers(1, 99999), st.sampled_from("罚立告停"))
def test_our_own_numbers_read_back(year, seq, word):
    number = parse_number(format_number("交自然资", f"{word}字", year, seq))
    assert (number.prefix, number.year, number.seq) == (f"交自然资{word}字", year, seq)


@given(st.text(max_size=40))
def test_normalising_twice_changes_nothing_more(text):
    assert normalise_number(normalise_number(text)) == normalise_number(text)
