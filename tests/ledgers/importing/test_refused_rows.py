"""Rows that are not taken over: too large, too long, there twice; on every database alike."""

from decimal import Decimal

import pytest

from ledgers.models import LedgerEntry
from ledgers.services.drawing import draw
from tests.ledgers.importing.conftest import ROW
from tests.ledgers.sheets.books import line, official_old

FITS = {
    "land_area": "9999999999.9999",
    "land_fine": "999999999999.99",
    "mined_tonnes": "99999999999.9999",
    "confiscated_tonnes": "99999999999.9999",
    "mining_fine": "999999999999.99",
    "administrative_detention": "999999",
    "criminal_detention": "999999",
    "arrest": "999999",
}


@pytest.mark.parametrize("key", FITS)
def test_the_largest_figure_is_written_and_the_next_one_is_a_sentence(bring, workbook, counts, campaign, key):
    largest = Decimal(FITS[key])
    over = largest + (1 if "." not in FITS[key] else Decimal(1).scaleb(largest.as_tuple().exponent))
    rows = [ROW | {key: FITS[key]}, ROW | {"party": "b", key: str(over)}]
    batch = bring(workbook(rows))
    assert counts(batch) == (1, 0, 0)
    (fault,) = batch.report["rejected"]
    assert fault["row"] == 6 and "过大" in fault["reason"]
    assert draw(campaign)[0].values[key] == largest


@pytest.mark.parametrize(
    ("key", "value"),
    [("arrest", 3 * 10**9), ("land_area", 99999999999), ("arrest", "300万人"), ("land_area", 1e300)],
)
def test_a_figure_far_too_large_is_a_sentence(bring, workbook, counts, key, value):
    batch = bring(workbook([ROW | {key: value}]))
    assert counts(batch) == (0, 0, 0)
    assert batch.report["rejected"][0]["reason"].endswith("。")


@pytest.mark.parametrize(("key", "most"), [("party", 120), ("place", 200), ("mineral", 60)])
def test_words_are_kept_whole_or_not_taken(bring, workbook, counts, key, most):
    rows = [ROW | {key: "甲" * most}, ROW | {"party": "b", key: "乙" * (most + 1)}]
    batch = bring(workbook(rows))
    assert counts(batch) == (1, 0, 0)
    (fault,) = batch.report["rejected"]
    assert fault["row"] == 6 and f"有 {most + 1} 个字，最多 {most} 个" in fault["reason"]
    assert getattr(LedgerEntry.objects.get(), key) == "甲" * most


def test_a_character_that_no_text_may_hold_does_not_reach_the_database(bring, tmp_path, counts):
    book = official_old([line(1, party="甲\x00公司", place="某\x00沟", remark="\x00")])
    path = tmp_path / "nul.xls"
    book.save(str(path))
    assert counts(bring(path)) == (1, 0, 0)
    assert "\x00" not in LedgerEntry.objects.get().party


def test_one_county_spelt_in_four_ways_is_one_county(bring, workbook, counts):
    names = ("交城县", "吕梁市交城县", "山西省吕梁市交城县", "交城", "山西省 吕梁市\n交城县")
    rows = [ROW | {"county": name, "party": f"p{n}"} for n, name in enumerate(names)]
    batch = bring(workbook(rows))
    assert counts(batch) == (5, 0, 0), batch.report["rejected"]


def test_the_same_line_under_two_spellings_of_its_county_is_one_entry(bring, workbook, counts):
    batch = bring(workbook([ROW, ROW | {"county": "吕梁市交城县"}, ROW | {"county": "交城"}]))
    assert (counts(batch), batch.report["rejected"]) == ((1, 0, 0), [])
    (warning,) = batch.report["warnings"]
    assert "第 6、7 行与这一行逐格相同" in warning["reason"]


def test_a_blank_county_is_the_countys_own(bring, workbook, counts):
    batch = bring(workbook([ROW | {"county": None}, ROW | {"party": "b"}]))
    assert (counts(batch), batch.report["rejected"]) == ((2, 0, 0), [])


def test_a_blank_county_in_a_prefectures_workbook_is_refused(workbook, campaign, cast, fresh):
    from accounts import roles
    from ledgers.services.importing import import_rows, ledger_of, read_workbook
    from tests.cast import add_person

    by = add_person("city", "市联络", cast.prefecture_office, roles.LIAISON)
    reading = read_workbook(workbook([ROW | {"county": None}]), campaign)
    into = ledger_of(campaign, cast.prefecture_office)
    batch = import_rows(by=fresh(by), ledger=into, reading=reading)
    assert "没有填写县市区" in batch.report["rejected"][0]["reason"]


def test_a_short_name_that_two_counties_share_is_nobody(bring, workbook, cast, campaign, fresh):
    """交城市 beside 交城县 below one prefecture: 交城 could mean either."""
    from accounts import roles
    from accounts.models import Region
    from campaigns.models import CampaignMember
    from ledgers.services.importing import import_rows, ledger_of, read_workbook
    from tests.cast import add_person

    Region.objects.filter(code="141121").update(name="交城市")
    assert CampaignMember.objects.filter(agency=cast.neighbour).exists()
    by = add_person("city", "市联络", cast.prefecture_office, roles.LIAISON)
    reading = read_workbook(workbook([ROW, ROW | {"county": "交城"}]), campaign)
    into = ledger_of(campaign, cast.prefecture_office)
    batch = import_rows(by=fresh(by), ledger=into, reading=reading)
    assert (batch.report["created"], len(batch.report["rejected"])) == (1, 1)
