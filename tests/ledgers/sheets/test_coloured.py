"""Colours and comments of a workbook, as offices and programs write them."""

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.colors import Color

from ledgers.sheets import coloured
from ledgers.sheets.coloured import CellMark, read_marks
from ledgers.sheets.limits import Limits, Unreadable
from tests.ledgers.sheets.books import with_part

THREADED = (
    "[线程批注]\n\n你的Excel版本可读取此线程批注。了解详细信息: "
    "https://go.microsoft.com/fwlink/?linkid=870924\n\n注释:\n    请核对面积"
)


@pytest.fixture
def sheet():
    return openpyxl.Workbook().active


@pytest.fixture
def marks(sheet, tmp_path):
    """`marks()` reads the sheet as it stands now."""

    def read():
        path = tmp_path / "marked.xlsx"
        sheet.parent.save(path)
        return read_marks(path, Limits())[sheet.title]

    return read


@pytest.mark.parametrize(
    ("colour", "word"),
    [
        (Color(rgb="FFFFFF00"), "标黄"),
        (Color(rgb="FFFF0000"), "标红"),
        (Color(rgb="FFFFC7CE"), "标红"),
        (Color(rgb="FF92D050"), "标绿"),
        (Color(rgb="FF00B0F0"), "标青"),
        (Color(rgb="FF7030A0"), "标紫"),
        (Color(rgb="FFD9D9D9"), "标灰"),
        (Color(indexed=13), "标黄"),
        (Color(theme=4, tint=0.6), "标蓝"),
    ],
)
def test_a_filled_cell_says_its_colour_whether_anything_stands_in_it_or_not(sheet, marks, colour, word):
    sheet["B2"].fill = sheet["B3"].fill = PatternFill("solid", fgColor=colour)
    sheet["B3"].value = 1
    assert marks() == {(2, 2): CellMark(word), (3, 2): CellMark(word)}


@pytest.mark.parametrize("colour", [Color(rgb="FFFFFFFF"), Color(theme=0), Color(indexed=64)])
def test_paper_is_no_colour(sheet, marks, colour):
    sheet["B2"].fill = PatternFill("solid", fgColor=colour)
    assert marks() == {}


def test_coloured_letters_and_a_fill_are_both_said_and_ink_is_not(sheet, marks):
    sheet["A1"].value, sheet["A2"].value = 1, 2
    sheet["A1"].font, sheet["A1"].fill = Font(color="FFFF0000"), PatternFill("solid", fgColor="FFFFFF00")
    sheet["A2"].font = Font(color=Color(theme=1))
    assert marks() == {(1, 1): CellMark("标黄、红字")}


def test_a_comment_loses_what_the_program_says_about_itself(sheet, marks):
    sheet["A1"].comment = Comment(THREADED, "tc={8F3C}")
    sheet["C4"].comment = Comment("面积不对", "吕市审")
    sheet["C5"].comment = Comment("  ", "吕市审")
    assert marks() == {(1, 1): CellMark("", "请核对面积"), (4, 3): CellMark("", "面积不对", "吕市审")}


def test_a_whole_sheet_painted_or_a_broken_style_is_refused_with_a_sentence(
    sheet, marks, tmp_path, monkeypatch
):
    for row in range(1, 7):
        sheet.cell(row, 1).fill = PatternFill("solid", fgColor="FFFFFF00")
    monkeypatch.setattr(coloured, "_MOST", 5)
    with pytest.raises(Unreadable, match="标了颜色的格过多"):
        marks()
    path = with_part(
        tmp_path / "marked.xlsx", tmp_path / "bad.xlsx", "xl/styles.xml", lambda text: text[: len(text) // 2]
    )
    with pytest.raises(Unreadable, match="标色和批注读不出来"):
        read_marks(path, Limits())
