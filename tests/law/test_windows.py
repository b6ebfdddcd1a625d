"""Which version of the law holds on each day at its border: three windows for mining, three for land."""

from datetime import date

import pytest

from law.figures import SEEDED
from law.penalties import options
from law.windows import window
from tests.law.making import codes, facts_of, miner, one

MINING = [
    ("2025-06-30", "矿产资源法（2009）", True),
    ("2025-07-01", "矿产资源法（2024）", True),
    ("2026-06-14", "矿产资源法（2024）", True),
    ("2026-06-15", "矿产资源法实施条例（国务院令第839号）", False),
]
LAND = [
    ("2019-12-31", "土地管理法（2004）", False),
    ("2020-01-01", "土地管理法（2019）、实施条例（2014）", True),
    ("2021-08-31", "土地管理法（2019）、实施条例（2014）", True),
    ("2021-09-01", "土地管理法（2019）、实施条例（2021）", True),
]


@pytest.mark.parametrize(("day", "name", "sure"), MINING)
def test_three_windows_of_mining(day, name, sure):
    """矿产资源法（2024）第八十条 (in force 2025-07-01); 国务院令第839号 (2026-06-15)"""
    held = window("K21", date.fromisoformat(day))
    assert name in held.name and held.sure is sure


@pytest.mark.parametrize(("day", "name", "sure"), LAND)
def test_three_windows_of_land(day, name, sure):
    """土地管理法（2019）, in force 2020-01-01; 土地管理法实施条例（2021）第六十七条"""
    held = window("T11", date.fromisoformat(day))
    assert name in held.name and held.sure is sure


LAW09, LAW24, L04, L19 = (
    "矿产资源法（2009）",
    "矿产资源法（2024）",
    "土地管理法（2004）",
    "土地管理法（2019）",
)
RULES14, RULES21, RECLAIM = "土地管理法实施条例（2014）", "土地管理法实施条例（2021）", "土地复垦条例"
# What may apply, refusal and right unknown: violation, day on which the act ended, articles.
ARTICLES = [
    ("K14", "2025-07-01", (f"{LAW24}第六十三条", f"{LAW24}第六十六条")),
    ("K21", "2025-06-30", (f"{LAW09}第三十九条",)),
    ("K21", "2025-07-01", (f"{LAW24}第六十四条",)),
    ("K23", "2025-07-01", (f"{LAW24}第六十四条", f"{LAW24}第六十七条")),
    ("K31", "2025-06-30", (f"{LAW09}第四十条",)),
    ("K31", "2025-07-01", (f"{LAW24}第六十四条",)),
    ("K33", "2025-06-30", (f"{LAW09}第四十四条", f"{LAW09}第三十九条")),
    ("K33", "2025-07-01", (f"{LAW24}第六十八条",)),
    ("K61", "2025-06-30", ()),
    ("K61", "2025-07-01", (f"{LAW24}第六十五条",)),
    ("K63", "2025-07-01", (f"{LAW24}第七十条第一款", f"{LAW24}第七十条第二款")),
    ("T11", "2019-12-31", (f"{L04}第七十六条",)),
    ("T11", "2020-01-01", (f"{L19}第七十七条",)),
    ("T21", "2019-12-31", (f"{L04}第七十四条",)),
    ("T21", "2020-01-01", (f"{L19}第七十五条",)),
    ("T31", "2019-12-31", (f"{L04}第七十三条",)),
    ("T31", "2020-01-01", (f"{L19}第七十四条",)),
    ("T32", "2019-12-31", (f"{L04}第八十一条",)),
    ("T32", "2020-01-01", (f"{L19}第八十二条",)),
    ("T41", "2011-03-04", (f"{L04}第七十五条", f"{RULES14}第四十四条")),
    ("T41", "2019-12-31", (f"{L04}第七十五条", f"{RULES14}第四十四条", f"{RECLAIM}第四十二条")),
    ("T41", "2020-01-01", (f"{L19}第七十六条", f"{RULES14}第四十四条", f"{RECLAIM}第四十二条")),
    ("T41", "2021-09-01", (f"{L19}第七十六条", f"{RECLAIM}第四十二条")),
    ("T43", "2019-12-31", (f"{L04}第八十条",)),
    ("T43", "2020-01-01", (f"{L19}第八十一条",)),
    ("T44", "2019-12-31", (f"{RULES14}第三十四条；{L04}第七十六条",)),
    ("T44", "2020-01-01", (f"{RULES14}第三十四条；{L19}第七十七条",)),
    ("T44", "2021-09-01", (f"{RULES21}第五十七条第二款；{L19}第七十七条",)),
    (
        "T45",
        "2025-01-01",
        tuple(f"{RECLAIM}第{n}条" for n in ("三十七", "三十八", "三十九", "四十一", "四十三")),
    ),
]


@pytest.mark.parametrize(("code", "day", "articles"), ARTICLES)
def test_the_article_is_that_of_the_day_the_act_ended(code, day, articles):
    """行政处罚法第三十七条"""
    facts = facts_of(as_of=date.fromisoformat(day), violation=code, acts_ended=day)
    found = {each.article.removesuffix("第一款") for each in options(code, facts, SEEDED)}
    assert found == {article.removesuffix("第一款") for article in articles}


@pytest.mark.parametrize(("day", "asked"), [("2026-06-14", False), ("2026-06-15", True)])
def test_where_the_rules_text_is_not_held_legal_staff_are_asked(day, asked):
    """矿产资源法实施条例（国务院令第839号）, in force 2026-06-15, text not held"""
    line = miner(day, value=60_000, decision={"fine": 1, "confiscated_income": 0})
    assert "FINE_OUT_OF_RANGE" in codes(**line)
    assert ("请法制人员核对" in one("FINE_OUT_OF_RANGE", **line).because) == asked
