"""The rejected lines come back as typed, the bad cells red, each fault in words."""

import io
from datetime import date

import openpyxl

from ledgers.sheets.marking import write_marked
from ledgers.sheets.reading import read_ledger
from ledgers.sheets.tables import Fault
from tests.ledgers.sheets.books import FORM, line, official, official_old, saved

BAD = [line(1), line(2, land_area="约三亩", arrest="几人"), line(3), line(4, party=None, remark="已移送")]
SIGNED = [{}, {"A": "审核人：王某", "G": "填报时间：2021年5月15日"}]


def marked(path, faults=None):
    reading = read_ledger(path, FORM)
    stream = io.BytesIO()
    write_marked(path, reading, reading.faults if faults is None else faults, stream)
    content = stream.getvalue()
    return content, openpyxl.load_workbook(io.BytesIO(content)).active


def test_the_rejected_lines_come_back_with_their_faults(tmp_path):
    _, sheet = marked(saved(official(BAD, SIGNED), tmp_path / "book.xlsx"))
    assert [sheet.cell(row, 3).value for row in (7, 8)] == ["某石料厂2", None]
    assert sheet["Q6"].value == "问题"
    first = sheet["Q7"].value.splitlines()
    assert len(first) == 2
    assert first[0].startswith("非法占地面积：")
    assert "没有填写" in sheet["Q8"].value


def test_the_bad_cells_are_red_and_only_they(tmp_path):
    _, sheet = marked(saved(official(BAD), tmp_path / "book.xlsx"))
    red = {c.coordinate for row in sheet for c in row if c.fill.fill_type == "solid"}
    assert red == {"F7", "O7", "C8"}
    assert all(cell.comment is None for row in sheet for cell in row)


def test_cells_stay_as_they_were_typed(tmp_path):
    path = saved(official([line(2, land_area="约三亩", party="=1+1")]), tmp_path / "book.xlsx")
    book = openpyxl.load_workbook(path)
    book.active["C7"].value, book.active["C7"].data_type = "=1+1", "s"
    book.save(path)
    _, sheet = marked(path)
    assert (sheet["F7"].value, sheet["G7"].value, sheet["H7"].value) == ("约三亩", 84000, "是")
    assert (sheet["C7"].value, sheet["C7"].data_type) == ("=1+1", "s")


def test_the_marked_workbook_corrected_can_be_imported_again(tmp_path):
    content, _ = marked(saved(official(BAD, SIGNED), tmp_path / "book.xlsx"))
    book = openpyxl.load_workbook(io.BytesIO(content))
    book.active["F7"], book.active["O7"], book.active["C8"] = 3, 1, "李某"
    reading = read_ledger(saved(book, tmp_path / "corrected.xlsx"), FORM)
    assert [row.values["party"] for row in reading.rows] == ["某石料厂2", "李某"]
    assert reading.rejected_rows == []
    assert reading.filled_on == date(2021, 5, 15)
    assert reading.auditor == "王某"


def test_a_line_out_of_a_merged_county_takes_the_county_along(tmp_path):
    def merge(sheet):
        sheet["B8"] = None
        sheet.merge_cells("B7:B8")

    path = saved(official([line(1), line(2, arrest="几人")], edit=merge), tmp_path / "book.xlsx")
    _, sheet = marked(path)
    assert sheet["B7"].value == "交城县"


def test_faults_found_later_are_marked_like_the_readers_own(tmp_path):
    path = saved(official([line(1), line(2)]), tmp_path / "book.xlsx")
    fault = Fault("台账", 8, "B", "县市区", "文水县", "文水县不在本单位辖区内。", "county")
    _, sheet = marked(path, [fault])
    assert sheet["C7"].value == "某石料厂2"
    assert sheet["Q7"].value == "县市区：文水县不在本单位辖区内。"
    assert sheet["B7"].fill.fill_type == "solid"


def test_an_xls_comes_back_as_an_xlsx(tmp_path):
    _, sheet = marked(saved(official_old(BAD), tmp_path / "book.xls"))
    assert sheet["F7"].value == "约三亩"
    assert sheet["Q6"].value == "问题"


def test_each_sheet_keeps_its_name(tmp_path):
    book = official(BAD)
    book.active.title = "1-5月 草稿"
    _, sheet = marked(saved(book, tmp_path / "book.xlsx"))
    assert sheet.title == "1-5月 草稿"


def test_without_faults_the_marked_workbook_is_empty(tmp_path):
    _, sheet = marked(saved(official([line(1)]), tmp_path / "book.xlsx"))
    assert sheet.max_row == 1
