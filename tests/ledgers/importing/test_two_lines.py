"""One firm on two lines of a workbook: the land half and the mining half, or what a person says."""

from decimal import Decimal

import pytest

from ledgers.models import ImportBatch, LedgerEntry
from ledgers.services.drawing import draw
from ledgers.services.import_joining import Joining
from tests.ledgers.importing.conftest import ROW

PLACE = {"county": "交城县", "party": "甲公司", "place": "某沟"}
LAND = PLACE | {
    "land_area": 12.6,
    "land_fine": 84000,
    "land_restored": "是",
    "mined_tonnes": 0,
    "remark": "占地",
}
MINING = PLACE | {
    "mineral": "石灰岩",
    "mined_tonnes": 320,
    "mining_fine": 50000,
    "land_area": 0,
    "remark": "采矿",
}
LATER = "2021年6月30日"


def values_of(campaign) -> list[dict]:
    return [row.values for row in draw(campaign)]


def name_of(batch) -> str:
    """How the page names the only lines that are alike."""
    (alike,) = batch.report["alike"]
    return alike["name"]


def test_land_on_one_line_and_mining_on_the_next_are_one_entry(bring, workbook, counts, campaign):
    batch = bring(workbook([LAND, MINING]))
    assert counts(batch) == (1, 0, 0)
    assert batch.report["rejected"] == batch.report["questions"] == []
    (values,) = values_of(campaign)
    assert (values["land_area"], values["land_fine"]) == (Decimal("12.6"), 84000)
    assert values["land_restored"] is True
    assert (values["mined_tonnes"], values["mining_fine"], values["mineral"]) == (320, 50000, "石灰岩")
    assert values["remark"] == "占地；采矿"


def test_the_same_two_lines_again_change_nothing(bring, workbook, counts):
    path = workbook([LAND, MINING])
    bring(path)
    assert counts(bring(path)) == (0, 0, 1)


def test_a_name_written_otherwise_is_the_same_firm(bring, workbook, counts):
    assert counts(bring(workbook([LAND, MINING | {"party": "甲 公司"}]))) == (1, 0, 0)


def test_figures_on_both_lines_are_a_question_and_no_refusal(bring, workbook, counts):
    batch = bring(workbook([MINING, MINING | {"mined_tonnes": 7}, ROW | {"party": "别家"}]))
    assert counts(batch) == (1, 0, 0)
    assert batch.report["rejected"] == []
    (question,) = batch.report["questions"]
    assert (question["kind"], question["rows"]) == ("lines", [5, 6])
    assert "“非法开采数量”" in question["reason"] and question["reason"].endswith("。")
    assert LedgerEntry.objects.get().party == "别家"


@pytest.mark.parametrize(
    ("answer", "tonnes"), [(Joining.SUM, [327]), (Joining.FIRST, [320]), (Joining.APART, [320, 7])]
)
def test_what_a_person_says_the_lines_are_is_written(bring, workbook, campaign, counts, answer, tonnes):
    rows = [MINING | {"mining_fine": None}, PLACE | {"mined_tonnes": 7}]
    asked = bring(workbook(rows))
    assert not LedgerEntry.objects.exists()
    batch = bring(workbook(rows), joins={name_of(asked): answer})
    assert counts(batch) == (len(tonnes), 0, 0)
    assert [values["mined_tonnes"] for values in values_of(campaign)] == tonnes
    again = bring(workbook(rows), joins={name_of(asked): answer})
    assert counts(again) == (0, 0, len(tonnes))


def test_lines_said_to_be_two_entries_are_updated_apart(bring, workbook, campaign, counts):
    rows = [MINING, MINING | {"mined_tonnes": 7}]
    joins = {name_of(bring(workbook(rows))): Joining.APART}
    bring(workbook(rows), joins=joins)
    batch = bring(workbook([rows[0], rows[1] | {"mined_tonnes": 9}], day=LATER), joins=joins)
    assert counts(batch) == (0, 1, 1)
    assert sorted(values["mined_tonnes"] for values in values_of(campaign)) == [9, 320]


def test_a_line_repeated_cell_for_cell_is_one_entry_and_said(bring, workbook, counts, campaign):
    batch = bring(workbook([ROW, ROW, ROW]))
    assert counts(batch) == (1, 0, 0)
    (warning,) = batch.report["warnings"]
    assert warning["row"] == 5 and "第 6、7 行与这一行逐格相同" in warning["reason"]
    assert values_of(campaign)[0]["mined_tonnes"] == 100


def test_all_or_none_waits_for_the_answer(bring, workbook, counts):
    batch = bring(workbook([MINING, MINING | {"mined_tonnes": 7}, ROW | {"party": "别家"}]), all_or_none=True)
    assert counts(batch) == (0, 0, 0) and not LedgerEntry.objects.exists()
    assert ImportBatch.objects.get().state == "preview"


def test_a_second_line_that_leaves_the_place_blank_is_the_same_entry_and_said(
    bring, workbook, counts, campaign
):
    batch = bring(workbook([LAND, MINING | {"place": None}, ROW | {"party": "别家", "place": None}]))
    assert counts(batch) == (2, 0, 0)
    assert [(values["party"], values["place"]) for values in values_of(campaign)] == [
        ("甲公司", "某沟"), ("别家", None),
    ]  # fmt: skip
    (warning,) = batch.report["warnings"]
    assert (warning["row"], warning["column"]) == (6, "D")
    assert "与上一行是同一当事人，按上一行的“某沟”读入" in warning["reason"]


def test_where_its_figures_collide_it_is_a_question(bring, workbook, counts):
    batch = bring(workbook([MINING, MINING | {"place": None, "mined_tonnes": 7}]))
    assert counts(batch) == (0, 0, 0)
    assert [question["rows"] for question in batch.report["questions"]] == [[5, 6]]
