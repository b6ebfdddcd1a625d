"""Workbooks that leave the house hold text as text and figures as figures."""

import hashlib
import io
from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace as Row
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from common import xlsx
from common.columns import Column

COLUMNS = (
    Column("party", "当事人"),
    Column("fine", "罚款金额", kind="money", unit="元"),
    Column("decided_on", "决定日期", kind="date"),
    Column("typed_at", "录入时间", kind="datetime"),
    Column("state", "状态", kind="flag", value=lambda row: [("已超", "red"), "督办"]),
)


def row(**changes):
    facts = {
        "party": "孙某、周某",
        "fine": Decimal("12345.60"),
        "decided_on": date(2026, 11, 15),
        "typed_at": datetime(2026, 11, 15, 10, 0, tzinfo=UTC),
    }
    return Row(**{**facts, **changes})


def written(rows, title="线索", columns=COLUMNS):
    target = io.BytesIO()
    lines = ([column.excel(row) for column in columns] for row in rows)
    count = xlsx.write_list(columns, lines, [("条件", "全部")], title, target)
    return count, target, load_workbook(target)


@pytest.mark.parametrize(
    "typed", ["=1+1", "+86 138", "-5", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://x")']
)
def test_text_that_looks_like_a_formula_stays_text(typed):
    _, target, book = written([row(party=typed)])
    cell = book.worksheets[0]["A2"]
    assert cell.data_type == "s"
    assert str(cell.value).strip() == typed.strip()
    assert cell.quotePrefix
    assert b"<f>" not in ZipFile(target).read("xl/worksheets/sheet1.xml")


def test_control_characters_do_not_break_the_workbook():
    _, _, book = written([row(party="西岭\x00村\x0b口")])
    assert book.worksheets[0]["A2"].value == "西岭村口"


def test_figures_and_days_are_figures_and_days():
    _, _, book = written([row()])
    party, fine, decided_on, typed_at, state = (cell.value for cell in book.worksheets[0][2])
    assert (party, fine, decided_on) == ("孙某、周某", 12345.60, datetime(2026, 11, 15))
    assert typed_at == datetime(2026, 11, 15, 18, 0)  # the office clock
    assert state == "已超、督办"
    assert book.worksheets[0]["B2"].number_format == "#,##0.00"


def test_long_numbers_keep_their_last_digits():
    _, _, book = written([row(party="141122199001011234")])
    assert book.worksheets[0]["A2"].value == "141122199001011234"


def test_what_was_not_entered_is_an_empty_cell():
    _, _, book = written([row(party="", fine=None)])
    assert [cell.value for cell in book.worksheets[0][2]][:2] == [None, None]


def test_the_second_sheet_says_what_the_workbook_holds():
    count, _, book = written([row()] * 3)
    about = {line[0].value: line[1].value for line in book["导出说明"]}
    assert count == 3 and about == {"条件": "全部", "行数": "3"}


def test_an_empty_list_still_has_its_head():
    _, _, book = written([])
    assert [cell.value for cell in book.worksheets[0][1]][:2] == ["当事人", "罚款金额（元）"]


def test_a_sheet_title_is_one_excel_accepts():
    assert xlsx.sheet_title("线索[2026]/全部:*?" + "长" * 40) == ("线索2026全部" + "长" * 40)[:31]


def test_more_rows_than_a_sheet_holds_go_on_in_the_next(monkeypatch):
    monkeypatch.setattr(xlsx, "SHEET_ROWS", 2)
    count, _, book = written([row()] * 5)
    assert count == 5 and book.sheetnames == ["线索", "线索 2", "线索 3", "导出说明"]


def test_a_download_is_named_in_chinese_and_not_kept_by_the_browser():
    response = xlsx.as_download("线索_2026-11-15.xlsx", lambda target: target.write(b"PK"), what="线索")
    assert b"".join(response.streaming_content) == b"PK"
    assert "filename*=utf-8''" in response.headers["Content-Disposition"]
    assert response.headers["Cache-Control"] == "no-store"


def test_a_download_says_what_it_holds_for_the_register():
    def write(target):
        target.write(b"PK more")
        return 7

    taken = xlsx.as_download("线索.xlsx", write, what="线索", conditions="县：交城").taken
    assert (taken.what, taken.conditions, taken.rows, taken.size) == ("线索", "县：交城", 7, 7)
    assert taken.sha256 == hashlib.sha256(b"PK more").hexdigest()


def test_yes_and_no_are_written_so():
    book = written([row(party=True), row(party=False)], columns=[Column("party", "是否", kind="date")])[2]
    assert [cell.value for cell in book.worksheets[0]["A"]] == ["是否", "是", "否"]
