"""Several sheets, several tables on one, heads on every page, hidden sheets, rows and columns."""

from datetime import date

import openpyxl
import pytest

from ledgers.sheets.choices import Choices, Role
from ledgers.sheets.found import LineKind
from ledgers.sheets.limits import Unreadable
from ledgers.sheets.marking import write_marked
from ledgers.sheets.reading import read_ledger
from ledgers.sheets.roles import named_day
from tests.ledgers.sheets.books import FORM, line, official, old_format, saved

HEADS = [column.path[-1] for column in FORM.columns]


def months(*sheets):
    """A workbook with a ledger on each sheet: (name, 填报时间, lines)."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, day, lines in sheets:
        sheet = book.create_sheet(name)
        sheet.append([FORM.title])
        sheet.append([f"填报时间：{day}" if day else "单位：亩、元、吨、人"])
        sheet.append(HEADS)
        for values in lines:
            sheet.append([values.get(key) for key in FORM.keys])
    return book


def read(book, tmp_path, choices=None, name="book.xlsx"):
    return read_ledger(saved(book, tmp_path / name), FORM, choices=choices)


def roles(reading):
    return [sheet.role for sheet in reading.found_sheets]


def places(reading):
    return [(row.sheet, row.row) for row in reading.rows]


APRIL = ("4月", "2021年4月30日", [line(1)])
MAY = ("5月", "2021年5月30日", [line(1), line(2)])
JUNE = ("6月", "2021年6月15日", [line(1), line(2), line(3)])


@pytest.mark.parametrize("order", [(APRIL, MAY, JUNE), (JUNE, MAY, APRIL)])
def test_of_months_kept_on_sheets_the_newest_is_the_ledger_and_the_others_history(tmp_path, order):
    reading = read(months(*order), tmp_path)
    assert {sheet.name: sheet.role for sheet in reading.found_sheets} == {
        "4月": Role.HISTORY,
        "5月": Role.HISTORY,
        "6月": Role.LEDGER,
    }
    assert places(reading) == [("6月", 4), ("6月", 5), ("6月", 6)]
    assert reading.filled_on == date(2021, 6, 15)
    assert [(each.filled_on, len(each.rows)) for each in reading.history] == [
        (date(2021, 4, 30), 1),
        (date(2021, 5, 30), 2),
    ]


def test_what_a_sheet_is_taken_for_is_said_with_its_day(tmp_path):
    reading = read(months(MAY, JUNE), tmp_path)
    may, june = reading.found_sheets
    assert (may.as_of, may.why) == (date(2021, 5, 30), "比“6月”早，是往期的台账。")
    assert (june.as_of, june.why) == (date(2021, 6, 15), "填报时间最晚，是本期台账。")
    assert may.why in [warning.reason for warning in reading.warnings if warning.sheet == "5月"]


def test_a_sheet_without_a_day_of_its_own_has_the_one_in_its_name(tmp_path):
    sheets = [("4月", "", [line(1)]), ("5月上半月", "", [line(1)]), JUNE]
    reading = read(months(*sheets), tmp_path)
    assert [each.data_as_of for each in reading.history] == [date(2021, 4, 30), date(2021, 5, 15)]


@pytest.mark.parametrize(
    ("names", "days"),
    [
        (("十二月", "一月", "二月"), ["2020-12-31", "2021-01-31", "2021-02-28"]),
        (("5月", "6月", "7月"), ["2020-07-31", "2021-05-31", "2021-06-15"]),
        (("2019年", "2020年度", "2021年台账"), ["2019-12-31", "2020-12-31", "2021-06-15"]),
    ],
)
def test_months_of_which_no_sheet_tells_the_year_are_those_before_today(tmp_path, names, days):
    book = months(*((name, "", [line(1)]) for name in names))
    reading = read_ledger(saved(book, tmp_path / "book.xlsx"), FORM, today=date(2021, 6, 15))
    assert sorted(str(sheet.as_of) for sheet in reading.found_sheets) == days
    assert sorted(roles(reading)) == [Role.HISTORY, Role.HISTORY, Role.LEDGER]
    assert max(reading.found_sheets, key=lambda sheet: sheet.as_of).role == Role.LEDGER


def test_copied_sheets_that_kept_their_day_are_told_apart_by_their_names(tmp_path):
    day = "2021年6月15日"
    reading = read(
        months(("4月", day, [line(1)]), ("5月", day, [line(1)]), ("6月", day, [line(1)])), tmp_path
    )
    assert roles(reading) == [Role.HISTORY, Role.HISTORY, Role.LEDGER]


def test_another_countys_sheet_is_no_history(tmp_path):
    other = ("文水", "2021年5月14日", [line(1, county="文水县")])
    reading = read(months(other, ("交城", "2021年5月15日", [line(2)])), tmp_path)
    assert roles(reading) == [Role.LEDGER, Role.LEDGER]
    assert places(reading) == [("文水", 4), ("交城", 4)]


def test_the_role_of_a_sheet_is_taken_as_chosen(tmp_path):
    book = months(APRIL, MAY, JUNE)
    chosen = Choices(sheets={"4月": "ignored", "5月": "ledger", "6月": "history"})
    reading = read(book, tmp_path, chosen)
    assert roles(reading) == [Role.IGNORED, Role.LEDGER, Role.HISTORY]
    assert [sheet.proposed for sheet in reading.found_sheets][1] == Role.HISTORY
    assert len(reading.rows) == 2
    (left,) = {each.why for each in reading.lines if each.sheet == "4月"}
    assert left == "按选择不读。"


def test_a_ledger_without_a_sheet_is_refused_with_a_sentence(tmp_path):
    with pytest.raises(Unreadable) as refusal:
        read(months(MAY), tmp_path, Choices(sheets={"5月": "ignored"}))
    assert refusal.value.sentence == "没有一张工作表选作本期台账，请至少选一张。"


def test_history_without_a_day_is_not_read_and_said_so(tmp_path):
    book = months(("旧表", "", [line(1)]), JUNE)
    reading = read(book, tmp_path, Choices(sheets={"旧表": "history"}))
    assert (reading.found_sheets[0].role, reading.history) == (Role.IGNORED, [])
    assert "看不出是哪一天" in reading.found_sheets[0].why


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("6月", date(2021, 6, 30)),
        ("6月份", date(2021, 6, 30)),
        ("五月台账", date(2021, 5, 31)),
        ("12月", date(2020, 12, 31)),
        ("2020年6月上半月", date(2020, 6, 15)),
        ("5月15日", date(2021, 5, 15)),
        ("2021-05-15", date(2021, 5, 15)),
        ("20210515", date(2021, 5, 15)),
        ("2020年度", date(2020, 12, 31)),
        ("2020", date(2020, 12, 31)),
        ("2021.2.30", date(2021, 2, 28)),
        ("台账", None),
        ("13月", None),
    ],
)
def test_the_day_in_a_sheets_name(name, day):
    assert named_day(name, date(2021, 6, 15)) == day


def test_a_hidden_sheet_is_proposed_unread_and_read_when_chosen(tmp_path):
    book = months(MAY, JUNE)
    book["5月"].sheet_state = "hidden"
    hidden = read(book, tmp_path).found_sheets[0]
    assert (hidden.visible, hidden.role, hidden.lines) == (False, Role.IGNORED, 5)
    assert "隐藏" in hidden.why
    reading = read(book, tmp_path, Choices(sheets={"5月": "history"}))
    assert [len(each.rows) for each in reading.history] == [2]


def test_hidden_rows_and_columns_are_read_and_said(tmp_path):
    def hide(sheet):
        for row in (8, 9):
            sheet.row_dimensions[row].hidden = True
        sheet.column_dimensions["G"].hidden = True

    reading = read(official([line(n) for n in range(1, 5)], edit=hide), tmp_path)
    (sheet,) = reading.found_sheets
    assert (sheet.hidden_rows, sheet.hidden_columns) == ((8, 9), ("G",))
    assert [column.letter for column in sheet.columns if column.hidden] == ["G"]
    assert len(reading.rows) == 4
    said = " ".join(warning.reason for warning in reading.warnings)
    assert "第 8、9 行在表中是隐藏的" in said
    assert "G 列在表中是隐藏的" in said


def test_hidden_rows_and_columns_of_an_xls_are_said_too(tmp_path):
    rows = [HEADS, *([values[key] for key in FORM.keys] for values in (line(1), line(2)))]
    book = old_format(rows)
    book.get_sheet(0).row(2).hidden = True
    book.get_sheet(0).col(6).hidden = True
    (sheet,) = read(book, tmp_path, name="book.xls").found_sheets
    assert (sheet.hidden_rows, sheet.hidden_columns) == ((3,), ("G",))


def pages(count):
    """The official form printed again and again below itself, with a total at the end."""

    def furnish(sheet):
        for page in range(1, count):
            top = 7 + page * 10
            sheet.cell(top - 2, 1).value = FORM.title
            sheet.cell(top - 1, 1).value = "填报单位：交城县自然资源局"
            for cell in FORM.head_cells:
                sheet.cell(top + cell.row - 1, cell.column).value = cell.text
            for key, value in line(page + 1).items():
                sheet.cell(top + 3, FORM.keys.index(key) + 1).value = value
            sheet.cell(top + 4, 1).value = "审核人：王某"
        sheet.cell(7 + count * 10, 1).value = "合计"
        sheet.cell(7 + count * 10, 6).value = 12.6 * count

    return official([line(1)], edit=furnish)


def test_a_head_printed_on_every_page_is_one_table(tmp_path):
    reading = read(pages(4), tmp_path)
    assert [row.values["party"] for row in reading.rows] == [f"某石料厂{n}" for n in range(1, 5)]
    assert (reading.rejected_rows, reading.warnings, reading.skipped_totals) == ([], [], 1)
    kinds = [each.kind for each in reading.lines]
    assert (kinds.count(LineKind.REPEATED_HEAD), kinds.count(LineKind.HEAD)) == (9, 3)
    assert reading.found_sheets[0].tables == 4


def second_table():
    """Below the first table a second one with fewer columns in another order, under its own title."""
    heads = ["序号", "位置", "企业名称", "县市区", "非法开采数量（万吨）", "采矿罚款"]

    def furnish(sheet):
        sheet["A10"] = "二、采矿部分"
        for column, head in enumerate(heads, 1):
            sheet.cell(11, column).value = head
        for column, value in enumerate([1, "某沟", "乙矿", "交城县", 2, 5000], 1):
            sheet.cell(12, column).value = value
        for column, value in enumerate([2, "某坡", "丙矿", "交城县", "几吨", 1], 1):
            sheet.cell(13, column).value = value

    return official([line(1), line(2)], edit=furnish)


def test_a_second_table_below_has_its_own_columns(tmp_path):
    reading = read(second_table(), tmp_path)
    assert [row.values["party"] for row in reading.rows] == ["某石料厂1", "某石料厂2", "乙矿"]
    last = reading.rows[2]
    assert (last.row, last.values["mined_tonnes"], last.values["mining_fine"]) == (12, 20_000, 5000)
    assert last.present == {"serial", "place", "party", "county", "mined_tonnes", "mining_fine"}
    (fault,) = reading.faults
    assert (fault.row, fault.column, fault.column_name) == (13, "E", "非法开采数量(万吨)")
    assert {each.row: each.kind for each in reading.lines}[10] == LineKind.TITLE
    assert "非法开采数量(万吨)" in [column.head for column in reading.found_sheets[0].columns]


def test_the_marked_lines_of_a_second_table_come_back_below_their_own_head(tmp_path):
    path = saved(second_table(), tmp_path / "book.xlsx")
    reading = read_ledger(path, FORM)
    with (tmp_path / "marked.xlsx").open("wb") as stream:
        write_marked(path, reading, reading.faults, stream)
    again = read_ledger(tmp_path / "marked.xlsx", FORM)
    (row,) = again.rejected_rows
    assert (row.values["party"], row.values["mining_fine"]) == ("丙矿", 1)
    assert [fault.key for fault in row.faults] == ["mined_tonnes"]
