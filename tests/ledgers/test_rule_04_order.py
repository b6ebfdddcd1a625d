"""Rule 4: rows are cumulative and keep their order; only 剔除 with a reason removes one."""

import pytest

from common.errors import Refused
from ledgers.services import entries
from tests.ledgers import build


@pytest.fixture
def three(cast, campaign):
    """Three rows of one county, in the order they were taken in."""
    return [
        build.entry(campaign, cast.county, build.case(cast, names=(name,)), party=name)
        for name in ("甲", "乙", "丙")
    ]


def parties(rows):
    """The party words in the order of the sheet."""
    return [row.values["party"] for row in rows]


def test_rows_keep_the_order_of_first_report(cast, three, drawn):
    assert parties(drawn()) == ["甲", "乙", "丙"]
    assert [row.serial for row in drawn()] == [1, 2, 3]


def test_closing_a_case_never_removes_its_row(cast, three, drawn):
    case = three[0].links.get().case
    case.state, case.closed_on = "closed", build.day("06-01")
    case.save()
    assert parties(drawn()) == ["甲", "乙", "丙"]


def test_striking_takes_a_row_away_and_leaves_the_others_in_order(cast, three, drawn):
    with pytest.raises(Refused, match="剔除理由"):
        entries.strike_entry(by=cast.liaison, entry=three[1], reason="")
    entries.strike_entry(by=cast.liaison, entry=three[1], reason="不属实，复核更正")
    assert parties(drawn()) == ["甲", "丙"]
    three[1].refresh_from_db()
    assert three[1].struck_reason == "不属实，复核更正"


def test_a_struck_row_is_not_acted_on_again(cast, three):
    entries.strike_entry(by=cast.liaison, entry=three[1], reason="误录")
    with pytest.raises(Refused, match="已剔除"):
        entries.amend_entry(by=cast.liaison, entry=three[1], party="甲")


def test_a_new_row_comes_last_also_after_a_strike(cast, three, county_ledger, drawn):
    entries.strike_entry(by=cast.liaison, entry=three[2], reason="误录")
    case = build.case(cast, names=("丁",), filed="04-02")
    entries.include_candidate(by=cast.liaison, ledger=county_ledger, case=case)
    assert parties(drawn()) == ["甲", "乙", "丁"]


def test_counties_stand_in_the_order_of_their_codes(cast, campaign, three, drawn):
    build.entry(campaign, cast.neighbour, party="邻县甲")
    assert [row.values["county"] for row in drawn()] == ["文水县", "交城县", "交城县", "交城县"]


def test_a_day_before_it_opened_a_row_is_not_there(cast, three, drawn):
    assert drawn("04-19") == []
