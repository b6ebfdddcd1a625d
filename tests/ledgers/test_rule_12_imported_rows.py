"""Rule 12: an imported row's words stay as typed, its facts hold where the system has none."""

from decimal import Decimal

import pytest

from ledgers.matching import match_key
from ledgers.services import entries
from ledgers.services.candidates import candidates
from tests.ledgers import build

FIGURES = {
    "land_area": Decimal("5.25"), "land_fine": Decimal("35000"), "land_restored": False,
    "mined_tonnes": Decimal("15600"), "confiscated_tonnes": Decimal("12000"),
    "mining_fine": Decimal("300000"), "shutdown": True, "administrative_detention": 0,
    "criminal_detention": 2, "arrest": 1,
}  # fmt: skip


@pytest.fixture
def entry(cast, campaign):
    """An imported row with every figure."""
    return build.imported_entry(campaign, cast, mineral="建筑用砂", **FIGURES)


@pytest.fixture
def case(entry):
    """Its imported case."""
    return entry.links.get().case


def test_the_row_shows_what_the_workbook_said(entry, only):
    values = only().values
    assert {key: values[key] for key in FIGURES} == FIGURES
    assert values["mineral"] == "建筑用砂"


def test_the_words_stay_as_typed(entry, case, cast, only):
    case.parties.create(party=build.party(cast.county, "别的名字"), position=1)
    assert only().values["party"] == "孙某、周某"
    assert only().values["place"] == "东坡底乡某废弃矿井"


def test_before_its_day_the_row_is_not_there(entry, drawn):
    assert drawn("05-14") == []


def test_the_newest_workbook_up_to_the_day_holds(entry, case, only):
    build.imported(case, as_of="05-30", **{**FIGURES, "arrest": 2})
    build.imported(case, as_of="05-20", **{**FIGURES, "arrest": 9})
    assert only("05-15").values["arrest"] == 1
    assert only("05-29").values["arrest"] == 9
    assert only().values["arrest"] == 2


def test_the_systems_own_fact_stands_above_column_by_column(cast, entry, case, only):
    build.mined(cast, case, "16000", on="05-20")
    build.decision(cast, case, ("mining", "fine", "310000"), on="05-20")
    build.accepted(cast, case, "restoration", on="05-20")
    values = only().values
    assert values["mined_tonnes"] == 16000
    assert values["mining_fine"] == 310000
    assert values["land_restored"] is True
    assert values["land_fine"] == 35000
    assert values["shutdown"] is True
    assert only("05-19").values["mining_fine"] == 300000


def test_an_imported_yes_is_not_undone_by_a_finding(cast, entry, case, only):
    build.mined(cast, case, "16000", on="05-20")
    assert only().values["shutdown"] is True


def test_a_near_native_case_goes_to_a_person_to_join(cast, entry, county_ledger, only):
    native = build.case(cast, names=("孙某、周某",), place="东坡底乡")
    (waiting,) = candidates(county_ledger.campaign, cast.county)
    assert waiting.joint is None
    assert waiting.near == [entry]
    entries.join_case(by=cast.liaison, entry=entry, case=native)
    build.mined(cast, native, "16000", on="05-20")
    build.accepted(cast, native, on="05-21", complete=False)
    row = only()
    assert row.values["mined_tonnes"] == 16000
    assert row.values["mining_fine"] == 300000
    assert row.values["shutdown"] is False
    assert row.values["party"] == "孙某、周某"
    assert candidates(county_ledger.campaign, cast.county) == []


def test_the_key_of_a_row_forgives_how_it_is_typed():
    key = match_key("交城县某石料有限公司（一分厂）", "夏家营镇 某村北")
    assert key == match_key("交城县某石料 有限公司(一分厂)", "夏家营镇某村北")
    assert key != match_key("交城县某石料有限公司", "夏家营镇某村北")
    assert match_key("a", "bc") != match_key("ab", "c")
