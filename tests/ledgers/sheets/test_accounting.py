"""Nothing vanishes: every line that is not blank is named with what it was taken for, and why."""

from collections import Counter

import openpyxl
import pytest

from ledgers.sheets.found import LineKind
from ledgers.sheets.reading import read_ledger
from tests.ledgers.sheets.books import FORM, MAY_15, line, official, saved


def read(book, tmp_path):
    return read_ledger(saved(book, tmp_path / "book.xlsx"), FORM)


def kinds(reading):
    return {each.row: each.kind for each in reading.lines}


def only_kind(row, tmp_path, edit=None):
    """What a raw row right below one plain line is taken for, with the whole reading."""
    reading = read(official([line(1)], [row], edit), tmp_path)
    return kinds(reading)[8], reading


def test_the_lines_sum_to_the_sheets_of_the_workbook(tmp_path):
    book = official(
        [line(1), line(2, land_area="几亩"), {"serial": "合计", "land_area": 25.2}, {"serial": 3}],
        [{}, {"A": "审核人：王某"}, {"A": "注：本表一式三份。"}],
    )
    book.create_sheet("电话")["A1"] = "王某 139"
    path = saved(book, tmp_path / "book.xlsx")
    reading = read_ledger(path, FORM)
    stands = Counter(
        sheet.title
        for sheet in openpyxl.load_workbook(path)
        for row in sheet.iter_rows(values_only=True)
        if any(value is not None for value in row)
    )
    assert Counter(each.sheet for each in reading.lines) == stands
    assert {sheet.name: sheet.lines for sheet in reading.found_sheets} == stands
    assert Counter(each.kind for each in reading.lines) == {
        LineKind.TITLE: 2,
        LineKind.SIGNATURE: 2,
        LineKind.HEAD: 3,
        LineKind.READ: 1,
        LineKind.REFUSED: 1,
        LineKind.TOTAL: 1,
        LineKind.EMPTY: 1,
        LineKind.NOTE: 1,
        LineKind.IGNORED: 1,
    }


def test_the_ledger_of_15_may_is_accounted_for_to_its_last_line():
    counts = Counter(each.kind for each in read_ledger(MAY_15, FORM).lines)
    assert counts[LineKind.READ] == 9
    assert sum(counts.values()) == counts[LineKind.READ] + 7


def test_each_line_that_is_not_read_says_why_and_shows_its_first_words(tmp_path):
    reading = read(official([line(1), line(2, land_area="几亩"), {"serial": "合计"}]), tmp_path)
    for each in reading.lines:
        assert (each.kind == LineKind.READ) != each.why.endswith("。"), each
        assert each.text
    (refused,) = (each for each in reading.lines if each.kind == LineKind.REFUSED)
    assert refused.why == reading.faults[0].reason
    assert refused.text == "2 交城县 某石料厂2"


@pytest.mark.parametrize(
    "words", ["填报人：李某", "联系电话：13900000000", "审核人：王某 填报时间：2021年5月15日"]
)
@pytest.mark.parametrize("column", ["E", "P", "Q"])
def test_a_line_with_a_party_is_no_signature_whatever_stands_beside_it(tmp_path, words, column):
    row = {"A": 2, "B": "交城县", "C": "甲石料厂", "D": "某沟", "F": 3, column: words}
    kind, reading = only_kind(row, tmp_path)
    assert kind == LineKind.READ
    assert reading.rows[1].values["party"] == "甲石料厂"


def test_short_words_with_a_colon_are_a_signature_and_no_line(tmp_path):
    kind, reading = only_kind({"A": "制表：李某", "D": "审核：王某", "F": "2021年6月30日"}, tmp_path)
    assert (kind, reading.faults) == (LineKind.SIGNATURE, [])
    assert (reading.filler, reading.auditor) == ("李某", "王某")


def test_a_party_with_a_label_in_its_own_cell_stays_a_party(tmp_path):
    row = {"A": 2, "B": "交城县", "C": "甲石料厂 联系人：李某", "D": "某沟"}
    kind, reading = only_kind(row, tmp_path)
    assert (kind, len(reading.rows)) == (LineKind.READ, 2)


def test_figures_without_a_party_are_refused_and_no_signature(tmp_path):
    kind, reading = only_kind({"A": 2, "B": "交城县", "F": 3, "Q": "联系人：李某"}, tmp_path)
    assert kind == LineKind.REFUSED
    assert "没有填写" in reading.faults[0].reason


@pytest.mark.parametrize(("column", "word"), [("D", "合计"), ("E", "小计"), ("Q", "累计"), ("B", "合计")])
def test_a_line_with_a_party_is_no_total_whatever_stands_beside_it(tmp_path, column, word):
    row = {"A": 2, "C": "甲石料厂", "F": 3, column: word}
    kind, reading = only_kind(row, tmp_path)
    assert (kind, reading.skipped_totals) == (LineKind.READ, 0)


def test_a_total_may_count_the_parties_in_their_column(tmp_path):
    kind, reading = only_kind({"A": "合计", "C": "共1家", "F": 12.6}, tmp_path)
    assert (kind, reading.skipped_totals) == (LineKind.TOTAL, 1)


def test_a_name_that_begins_like_a_note_is_a_party(tmp_path):
    kind, _ = only_kind({"C": "附城石料厂"}, tmp_path)
    assert kind == LineKind.READ
    kind, _ = only_kind({"C": "注：以上均已立案。"}, tmp_path)
    assert kind == LineKind.NOTE


def test_a_line_below_the_signatures_is_a_note_that_is_named(tmp_path):
    reading = read(official([line(1)], [{"A": "审核人：王某"}, {"B": "交城县局", "D": "盖章"}]), tmp_path)
    (note,) = (each for each in reading.lines if each.row == 9)
    assert (note.kind, note.text) == (LineKind.NOTE, "交城县局 盖章")


def test_a_firm_below_the_signatures_is_read_all_the_same(tmp_path):
    below = [{"A": "审核人：王某"}, {"A": 2, "B": "交城县", "C": "乙石料厂", "D": "某沟"}]
    reading = read(official([line(1)], below), tmp_path)
    assert [row.values["party"] for row in reading.rows] == ["某石料厂1", "乙石料厂"]


@pytest.mark.parametrize(
    "words", ["无", "零报告", "本期无", "本月无新增违法案件", "截至目前未发现违法行为。"]
)
def test_a_form_that_says_none_is_a_nil_report(tmp_path, words):
    reading = read(official([{"serial": 1, "county": "交城县", "party": words}]), tmp_path)
    assert reading.nil
    assert (reading.rows, reading.rejected_rows) == ([], [])
    assert kinds(reading)[7] == LineKind.NIL


def test_a_nil_report_may_be_written_across_the_table(tmp_path):
    def across(sheet):
        sheet.merge_cells("A7:P7")

    assert read(official([{"serial": "零报告"}], edit=across), tmp_path).nil


def test_none_beside_lines_of_the_ledger_is_no_nil_report(tmp_path):
    reading = read(official([line(1), {"serial": 2, "party": "无"}]), tmp_path)
    assert (reading.nil, len(reading.rows)) == (False, 1)


def test_none_for_a_name_beside_figures_is_refused(tmp_path):
    reading = read(official([line(1, party="无")]), tmp_path)
    assert (reading.nil, len(reading.faults)) == (False, 1)


def test_an_empty_form_is_no_nil_report(tmp_path):
    assert not read(official([{"serial": 1, "county": "交城县"}]), tmp_path).nil
