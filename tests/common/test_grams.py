"""Words find what a person means by them: split, shortened, by first letters; and no other number."""

import pytest

from common.gram_field import match, tsquery
from common.grams import NAMED, asked_for, grams_of, initials_of_name, initials_of_place, named

PLACE = ["交城县", "夏家营镇", "后沟村北坡3-1号采石场"]
KEPT = (
    grams_of([*PLACE, "交自然资立字〔2026〕9号", "工单 JC20261125000178", "山西（交城）石料有限公司", "K14"])
    | initials_of_place(PLACE)
    | initials_of_name("张三丰")
)


def fits(*words, kept=KEPT):
    def there(text, begins):
        return any(each.startswith(text) if begins else each == text for each in kept)

    asked = asked_for(words)
    return bool(asked) and all(any(there(*piece) for piece in several) for several in asked)


@pytest.mark.parametrize(
    "word",
    [
        *("夏家营", "夏家", "夏家营镇后沟村", "夏家营后沟", "后沟北坡", "交城采石场", "沟", "场"),
        *("３－１号", "3-1号", "立字9号", "立字〔2026〕9号", "立字2026", "2026", "立字〔2026"),
        *("JC20261125000178", "jc2026", "1125", "0178", "山西(交城) 石料", "K14", "k1"),
        *("xjyzhgc", "xjyhg", "XJYHG", "jcxjy", "zsf", "zs", "sf"),
    ],
)
def test_it_is_found(word):
    assert fits(word)


@pytest.mark.parametrize(
    "word",
    ["夏家村", "立字19号", "立字90号", "9999", "2027", "31号", "后沟南坡村", "石灰岩", "K41", "zsg", "xjyhb",
     "178999", "", "——", "（）", "😀"],
)  # fmt: skip
def test_it_is_not_found(word):
    assert not fits(word)


def test_every_word_must_stand_there():
    assert fits("夏家营", "立字9号") and not fits("夏家营", "立字19号")


def test_a_sign_of_a_word_alone_in_its_place_is_not_enough():
    assert not fits("夏采"), "夏 and 采 stand there, but never beside each other"


@pytest.mark.parametrize("word", ["' | 'a", 'x" OR "y', "a:*", "\\", "NEAR(a b)", "#1", "~zs", "!", "*"])
def test_no_sign_of_either_language_of_questions_gets_into_a_question(word):
    for piece in (each.text for several in asked_for([word, "沟"]) for each in several):
        assert all(sign.isalnum() or sign in "_~#=" for sign in piece)
    assert not {"!", "\\"} & set(tsquery(asked_for([word, "沟"])) + match(asked_for([word, "沟"])))


def test_a_name_alone_is_looked_for_among_names():
    (((text, begins),),) = asked_for(["张三"], NAMED)
    assert text in named(["张三丰"]) and text not in grams_of(["张三丰采矿"]) and not begins


def test_both_databases_are_asked_the_same():
    asked = asked_for(["夏家营后沟", "沟"])
    assert tsquery(asked) == "('夏家') & ('家营' | '营后') & ('后沟') & ('沟':*)"
    assert match(asked) == '("夏家") AND ("家营" OR "营后") AND ("后沟") AND ("沟" *)'


@pytest.mark.parametrize("run", ["7" * 2_100, "k" * 2_100])
def test_of_a_very_long_run_the_beginning_counts_in_what_is_kept_and_in_what_is_asked(run):
    kept = grams_of([f"附{run}号{run}"])
    assert max(map(len, kept)) < 200
    assert fits(f"附{run}号{run}", run, run[:10], kept=kept)


def test_a_sign_whose_pinyin_is_not_known_has_no_letter_and_stops_nothing():
    """㐂 and 嗧 stand in no table of pinyin; such signs do stand in names of people and of villages."""
    assert initials_of_name("张㐂丰") == initials_of_name("张丰") == {"~zf"}
    assert initials_of_place(["嗧沟村"]) == initials_of_place(["沟村"])
