"""The data that ships: whole, consistent, and with the words the notices use."""

import json
import re
from datetime import date
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def load(path):
    return json.loads((ROOT / path).read_text(encoding="utf-8"))


REGIONS = {row["code"]: row for row in load("accounts/data/regions.json")}
CALENDAR = load("accounts/data/calendar.json")
CODES = load("registry/data/codes.json")
LISTS = {name: rows for name, rows in CODES.items() if name != "note"}
# The list that the law's rules read: same words, no codes.
LAW = load("law/data/codes.json")


def children(code):
    return {row["name"] for row in REGIONS.values() if row["parent"] == code}


def test_each_division_stands_under_one_of_the_next_level():
    above = {"prefecture": "province", "county": "prefecture", "township": "county"}
    for row in REGIONS.values():
        if row["level"] == "province":
            assert row["parent"] is None
        else:
            assert REGIONS[row["parent"]]["level"] == above[row["level"]]
        assert re.fullmatch(r"\d{9}" if row["level"] == "township" else r"\d{6}", row["code"])


def test_no_code_stands_twice():
    assert len(load("accounts/data/regions.json")) == len(REGIONS)


def test_the_prefectures_we_serve_are_whole():
    assert len(children("140000")) == 11
    assert len(children("141100")) == 13
    assert len(children("140900")) == 14
    assert REGIONS["141122"]["name"] == "交城县"
    assert REGIONS["140929"]["name"] == "岢岚县"
    assert REGIONS["370402"] == {"code": "370402", "name": "市中区", "level": "county", "parent": "370400"}


def test_statistical_areas_are_no_counties():
    assert "140971" not in REGIONS


def test_the_townships_of_the_demo_are_there():
    assert {"天宁镇", "夏家营镇", "水峪贯镇", "东坡底乡"} <= children("141122")
    assert {"岚漪镇", "宋家沟镇", "水峪贯乡"} <= children("140929")


@pytest.mark.parametrize("year", [str(year) for year in range(2018, 2027)])
def test_a_year_of_the_calendar_holds_its_own_days(year):
    days = CALENDAR["years"][year]
    assert 20 <= len(days["off"]) <= 40
    assert all(day.startswith(year) for day in days["off"] + days["work"])
    assert not set(days["off"]) & set(days["work"])
    assert all(date.fromisoformat(day).weekday() >= 5 for day in days["work"])


def test_the_calendar_says_where_it_comes_from():
    assert "chinesecalendar" in CALENDAR["source"]


@pytest.mark.parametrize("name", LISTS)
def test_a_code_list_has_stable_codes_and_chinese_names(name):
    rows = LISTS[name]
    assert len({row["code"] for row in rows}) == len({row["name"] for row in rows}) == len(rows)
    for row in rows:
        assert re.fullmatch(r"[a-z][a-z0-9_]*|[KT]\d\d", row["code"])
        assert row["name"] == row["name"].strip() != ""
        assert row.get("sure") in (None, True, False)


def test_no_working_note_is_left_in_a_name():
    assert not re.search(r'"[^"]*\([UVMD]\)|TODO|[（(]附加标签', json.dumps(CODES, ensure_ascii=False))


def test_clues_come_by_wechat_too():
    assert "微信" in {row["name"] for row in CODES["sources"]}


def test_the_lists_of_minerals_are_whole():
    minerals = CODES["minerals"]
    assert len({row["major34"] for row in minerals} - {None}) == 34
    assert len({row["strategic24"] for row in minerals} - {None}) == 24
    coal = next(row for row in minerals if row["name"] == "煤")
    assert coal["major34"] == "煤"
    assert coal["strategic24"] == "煤炭"


def test_not_filing_has_six_reasons_each_with_its_article():
    reasons = CODES["non_filing_reasons"]
    assert len(reasons) == 6
    assert all("第十六条" in row["article"] for row in reasons)


def test_closing_has_the_seven_grounds_of_article_46():
    grounds = CODES["closing_grounds"]
    assert len(grounds) == 7
    assert all("第四十六条" in row["article"] for row in grounds)


def test_violations_are_of_mining_or_of_land_and_the_sure_ones_name_an_article():
    for row in CODES["violations"]:
        assert row["side"] == ("mining" if row["code"][0] == "K" else "land")
        if row["sure"] and not row["tag"]:
            assert row["articles"]["current"]


def test_the_violations_chosen_are_those_the_law_knows():
    names = {row["code"]: row["name"] for key in ("violation_mining", "violation_land") for row in LAW[key]}
    plain = {code: re.sub(r"（[^（]*附加标签[^）]*）", "", name) for code, name in names.items()}
    assert plain == {row["code"]: row["name"] for row in CODES["violations"]}
    assert {"T23", "T24", "T25", "T45"} <= set(plain)


def test_a_mineral_means_the_same_to_a_form_and_to_the_law():
    told = ("name", "category", "variants", "major34", "strategic24")
    ours = [({key: row[key] for key in told}, row["protective"]) for row in CODES["minerals"]]
    assert ours == [({key: row[key] for key in told}, bool(row["protective"])) for row in LAW["minerals"]]


def test_of_rare_earths_only_the_ion_adsorbed_is_protected():
    rare = {row["name"]: row["protective"] for row in CODES["minerals"] if row["major34"] == "稀土"}
    assert [name for name, protected in rare.items() if protected] == ["离子型稀土"]
    assert len(rare) == 16


def test_measures_reach_as_far_as_the_law_says():
    ours = {row["name"]: row for row in CODES["measures_not_penalty"]}
    scope = {name: (row["side"], row["since"]) for name, row in ours.items() if row.get("since")}
    assert scope == {name: (row["side"], row["from"]) for name, row in LAW["measure_scope"].items()}
    assert all(ours[name]["article"] for name in scope)
    assert len(ours) == len(LAW["measure_not_penalty"])


def test_every_kind_of_penalty_of_the_law_can_be_chosen():
    assert len(CODES["penalty_kinds"]) == len(LAW["penalty_kind"])
