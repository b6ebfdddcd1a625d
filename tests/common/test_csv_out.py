"""What leaves as text with commas is the same as the workbook, and no program takes a cell for a formula."""

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from common import csv_out


def read_back(rows, kind="csv"):
    content = b"".join(csv_out.pieces(["甲", "乙"], iter(rows), kind))
    return list(
        csv.reader(io.StringIO(content.decode("utf-8-sig" if kind == "csv" else "gb18030"), newline=""))
    )


@pytest.mark.parametrize("typed", ["=1+1", "+86", "-5", "@x", "\t=1", "＝1", "  =1", "\r=1"])
def test_text_that_looks_like_a_formula_begins_with_an_apostrophe(typed):
    assert read_back([[typed, "a"]])[1] == [f"'{typed}", "a"]


def test_figures_days_and_answers_are_plain():
    row = [Decimal("-1E+3"), date(2026, 5, 1)], [True, datetime(2026, 5, 1, 9, 5, tzinfo=UTC)], [None, ""]
    assert read_back(row)[1:] == [["-1000", "2026-05-01"], ["是", "2026-05-01 09:05"], ["", ""]]


def test_commas_quotes_and_lines_stay_in_their_cell():
    assert read_back([['甲"乙，丙,丁', "一\n二"]])[1] == ['甲"乙，丙,丁', "一\n二"]


def test_only_utf_8_is_marked_and_a_rare_name_survives_either(monkeypatch):
    monkeypatch.setattr(csv_out, "_PIECE", 1)
    rows = [["㛃某", "𠮷"]] * 3
    assert read_back(rows)[3] == read_back(rows, "gbk")[3] == ["㛃某", "𠮷"]
    content = [*csv_out.pieces(["甲"], iter(rows), "csv")]
    assert content[0].startswith(b"\xef\xbb\xbf") and b"\xef\xbb\xbf" not in b"".join(content[1:])
    assert b"".join(csv_out.pieces(["甲"], [], "gbk")) == "甲\r\n".encode("gbk")
