"""Typed Chinese made comparable, and nothing spoiled."""

from hypothesis import given
from hypothesis import strategies as st

from common.words import fold, squeeze


def test_a_head_broken_over_lines_reads_as_one_word():
    assert squeeze("非法占地\n面 积　") == "非法占地面积"


def test_full_width_digits_letters_and_brackets_become_half_width():
    assert squeeze("１２．６ 亩（Ａ）") == "12.6亩(A)"


def test_nothing_in_a_cell_is_an_empty_word():
    assert squeeze(None) == ""
    assert squeeze(12.6) == "12.6"


def test_invisible_characters_of_pasted_text_go():
    assert squeeze("\ufeff交城\u200b县") == "交城县"


def test_compatibility_ideographs_of_names_are_kept():
    # U+FA11 﨑 and U+F9DC 隆 would be replaced by any Unicode normalisation.
    for name in ("\ufa11某", "王\uf9dc", "\U0002f80f某", "𠮷某"):
        assert squeeze(name) == name
        assert fold(name) == name


def test_two_spellings_of_one_firm_agree():
    assert fold("山西（交城）石料 有限公司") == fold("山西(交城)石料有限公司")
    assert fold("ＡＢＣ矿业") == fold("abc矿业")
    assert fold("孙某、周某") == fold("孙某，周某")


def test_a_mark_between_two_digits_still_tells_places_apart():
    assert fold("3-1号坑") == fold("3—1号坑") == fold("３－１号坑")
    assert fold("3-1号坑") != fold("31号坑")


def test_different_parties_stay_different():
    assert fold("孙某、周某") != fold("周某、孙某")
    assert fold("李某") != fold("李某某")


def test_a_variation_selector_does_not_make_another_person():
    assert fold("葛\U000e0100某") == fold("葛某")
    assert squeeze("葛\U000e0100某") == "葛\U000e0100某"


@given(st.text())
def test_folding_and_squeezing_twice_change_nothing_more(text):
    assert squeeze(squeeze(text)) == squeeze(text)
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_squeezed_text_has_no_white_space(text):
    assert not any(char.isspace() for char in squeeze(text))
