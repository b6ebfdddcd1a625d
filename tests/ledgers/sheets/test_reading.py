"""Whole ledgers: the county's own files, in both formats, and what stands around the table."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from ledgers.sheets.limits import Unreadable
from ledgers.sheets.reading import read_ledger
from tests.ledgers.sheets.books import (
    BLANK,
    FORM,
    MAY_15,
    MAY_30,
    line,
    official,
    official_old,
    saved,
    sheet_of,
)


def read(book, tmp_path, name="book.xlsx"):
    return read_ledger(saved(book, tmp_path / name), FORM)


def test_the_ledger_of_15_may_has_nine_clean_lines():
    reading = read_ledger(MAY_15, FORM)
    assert [row.row for row in reading.rows] == list(range(7, 16))
    assert (reading.rejected_rows, reading.warnings, reading.skipped_totals) == ([], [], 0)
    assert (reading.sheet, reading.head_rows) == ("台账", (4, 6))
    assert reading.reporting_unit == "交城县自然资源局"
    assert reading.filled_on == date(2021, 5, 15)
    assert (reading.auditor, reading.filler, reading.data_as_of) == ("", "", None)


def test_the_ledger_of_30_may_has_ten_and_differs_in_three():
    before = {row.values["serial"]: row.values for row in read_ledger(MAY_15, FORM).rows}
    after = {row.values["serial"]: row.values for row in read_ledger(MAY_30, FORM).rows}
    assert len(after) == 10
    assert [n for n in before if before[n] != after[n]] == ["3", "5", "7"]


def test_a_line_carries_exact_values_what_was_typed_and_the_columns_there_are():
    row = read_ledger(MAY_15, FORM).rows[2]
    assert row.values["land_area"] == Decimal("5.25")
    assert row.values["land_restored"] is False
    assert row.values["criminal_detention"] == 2
    assert row.values["remark"] == "已移送县公安局"
    assert row.typed["land_area"] == "5.25"
    assert row.typed["mined_tonnes"] == "15600"
    assert row.present == frozenset(FORM.keys)


def test_an_empty_form_is_a_ledger_without_lines():
    reading = read_ledger(BLANK, FORM)
    assert (reading.rows, reading.rejected_rows) == ([], [])
    assert reading.filled_on is None


def test_a_form_numbered_in_advance_is_empty_too(tmp_path):
    book = official([{"serial": n, "county": "交城县"} for n in range(1, 21)])
    assert read(book, tmp_path).rows == []


def test_a_nil_report_is_no_line(tmp_path):
    nil = {"serial": 1, "county": "交城县", "party": "无", "land_area": 0, "arrest": 0}
    reading = read(official([nil]), tmp_path)
    assert (reading.rows, reading.rejected_rows) == ([], [])


def test_an_xls_reads_like_an_xlsx(tmp_path):
    below = [[], ["审核人：王某", *[None] * 5, "填报时间：2021年5月15日"]]
    old = read(official_old([line(1), line(2, remark="已移送")], below), tmp_path, "book.xls")
    new = read(official([line(1), line(2, remark="已移送")]), tmp_path)
    assert old.kind == "xls"
    assert [row.values for row in old.rows] == [row.values for row in new.rows]
    assert [row.row for row in old.rows] == [7, 8]
    assert (old.auditor, old.filled_on) == ("王某", date(2021, 5, 15))
    assert old.reporting_unit == "交城县自然资源局"


def test_a_county_merged_downwards_counts_for_every_row_it_covers(tmp_path):
    def merge(sheet):
        sheet["B8"] = sheet["B9"] = None
        sheet.merge_cells("B7:B9")

    reading = read(official([line(1), line(2), line(3), line(4)], edit=merge), tmp_path)
    assert [row.values["county"] for row in reading.rows] == ["交城县"] * 4


def test_a_blank_county_is_not_guessed(tmp_path):
    reading = read(official([line(1), line(2, county=None)]), tmp_path)
    assert [row.values["county"] for row in reading.rows] == ["交城县", None]


def test_a_party_merged_over_two_places_makes_two_lines_and_its_figures_count_once(tmp_path):
    def merge(sheet):
        sheet["C8"] = sheet["G8"] = None
        sheet.merge_cells("C7:C8")
        sheet.merge_cells("G7:G8")

    reading = read(official([line(1), line(2)], edit=merge), tmp_path)
    assert [row.values["party"] for row in reading.rows] == ["某石料厂1", "某石料厂1"]
    assert [row.values["land_fine"] for row in reading.rows] == [Decimal(84000), None]
    (warning,) = reading.warnings
    assert (warning.row, warning.column) == (8, "G") and "数字只计入第 7 行" in warning.reason


def test_a_line_spread_over_two_merged_rows_is_one_line(tmp_path):
    def merge(sheet):
        for column in "ABCDEFGHIJKLMNOP":
            sheet.merge_cells(f"{column}7:{column}8")

    reading = read(official([line(1), {}, line(2)], edit=merge), tmp_path)
    assert [row.row for row in reading.rows] == [7, 9]
    assert reading.rejected_rows == reading.warnings == []


def test_blank_lines_repeated_heads_and_notes_are_no_lines(tmp_path):
    def furnish(sheet):
        sheet.insert_rows(8, 6)
        sheet["A9"] = FORM.title
        sheet["A10"] = "填报单位：交城县自然资源局"
        for cell in FORM.head_cells:
            sheet.cell(10 + cell.row, cell.column).value = cell.text

    book = official([line(1), line(2)], [{"A": "注：本表一式三份。"}], furnish)
    reading = read(book, tmp_path)
    assert [row.row for row in reading.rows] == [7, 14]
    assert reading.rejected_rows == []


def test_a_row_of_column_numbers_under_the_head_is_no_line(tmp_path):
    numbers = dict(zip(FORM.keys, range(1, 17), strict=True))
    reading = read(official([numbers, line(1)]), tmp_path)
    assert [row.row for row in reading.rows] == [8]


@pytest.mark.parametrize(
    "below",
    [
        {"A": "审核人：王某", "G": "填报时间：2021年5月15日 数据截止：2021年5月14日", "M": "填报人：李某"},
        {"A": "审核人：王某  填报时间：2021-5-15　数据截止：2021.5.14  填报人：李某 电话：1390"},
        {
            "B": "审 核 人：",
            "C": "王某",
            "E": "填报日期",
            "F": datetime(2021, 5, 15),
            "H": "数据截止日期：2021/5/14",
            "J": "填表人（签字）：李某",
        },
    ],
)
def test_the_signatures_are_read_wherever_they_stand(tmp_path, below):
    reading = read(official([line(1)], [{}, below]), tmp_path)
    assert (reading.auditor, reading.filler) == ("王某", "李某")
    assert (reading.filled_on, reading.data_as_of) == (date(2021, 5, 15), date(2021, 5, 14))
    assert len(reading.rows) == 1
    assert reading.rejected_rows == []


def test_the_signatures_may_stand_above_the_table(tmp_path):
    def above(sheet):
        sheet.unmerge_cells("A3:P3")
        sheet["A3"] = "填报单位（盖章）："
        sheet["C3"] = "交城县自然资源局"
        sheet["H3"] = "填报时间：二〇二一年五月十五日"

    reading = read(official([line(1)], edit=above), tmp_path)
    assert reading.reporting_unit == "交城县自然资源局"
    assert reading.filled_on == date(2021, 5, 15)


@pytest.mark.parametrize(
    ("title", "below", "day"),
    [
        ("非法采矿占地台账（截至2021年6月30日）", "", date(2021, 6, 30)),
        ("截止到二〇二一年六月十五日台账", "", date(2021, 6, 15)),
        ("（2021年6月30日）", "", date(2021, 6, 30)),
        ("2021年6月台账", "", None),
        ("截至2021年6月30日台账", "数据截止：2021年5月30日", date(2021, 5, 30)),
    ],
)
def test_a_day_in_the_title_counts_where_no_label_tells_one(tmp_path, title, below, day):
    def titled(sheet):
        sheet["A1"] = title

    reading = read(official([line(1)], [{"A": below}] if below else (), titled), tmp_path)
    assert (reading.data_as_of, reading.found_sheets[0].as_of) == (day, day)
    assert reading.warnings == []


def test_a_day_that_is_none_is_left_open_with_a_warning(tmp_path):
    reading = read(official([line(1)], [{"A": "填报时间：2021年2月30日"}]), tmp_path)
    assert reading.filled_on is None
    assert "2021年2月30日" in reading.warnings[0].reason


def test_all_sheets_with_the_head_are_read_in_order(tmp_path):
    book = official([line(1)])
    second = book.copy_worksheet(book.active)
    second.title = "续表"
    second["C7"], second["D7"] = "张某", "某沟"
    book.create_sheet("说明", 0)["A1"] = "填表说明"
    reading = read(book, tmp_path)
    assert [(row.sheet, row.row) for row in reading.rows] == [("台账", 7), ("续表", 7)]
    assert [sheet.name for sheet in reading.sheets] == ["台账", "续表"]


def test_a_hidden_sheet_is_not_read_and_said_so(tmp_path):
    book = official([line(1)])
    hidden = book.copy_worksheet(book.active)
    hidden.title, hidden.sheet_state = "上期", "hidden"
    reading = read(book, tmp_path)
    assert len(reading.rows) == 1
    assert "隐藏" in reading.warnings[0].reason


def test_a_workbook_without_the_head_is_told_so(tmp_path):
    with pytest.raises(Unreadable) as refusal:
        read(sheet_of([["姓名", "电话"], ["张三", "139"]]), tmp_path)
    assert "没有找到台账的表头" in refusal.value.sentence


def test_more_lines_than_allowed_are_refused(tmp_path):
    path = saved(official([line(n) for n in range(1, 13)]), tmp_path / "book.xlsx")
    assert len(read_ledger(path, FORM, max_rows=12).rows) == 12
    with pytest.raises(Unreadable) as refusal:
        read_ledger(path, FORM, max_rows=11)
    assert "11 行" in refusal.value.sentence
