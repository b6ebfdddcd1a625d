"""Text files with columns: in the encodings of Excel and WPS, behind the same gate."""

import csv
import io
from datetime import date
from decimal import Decimal

import pytest

from ledgers.sheets.gate import check_workbook
from ledgers.sheets.limits import Limits, Unreadable
from ledgers.sheets.marking import write_marked
from ledgers.sheets.reading import read_ledger
from tests.ledgers.sheets.books import FORM, line

HEADS = [column.path[-1] for column in FORM.columns]


def text_of(lines, delimiter=","):
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=delimiter)
    writer.writerows([[FORM.title], HEADS, *([values[key] for key in FORM.keys] for values in lines)])
    writer.writerow(["审核人：王某", *[""] * 5, "填报时间：2021年5月15日"])
    return stream.getvalue()


def written(tmp_path, content, name="台账.csv"):
    path = tmp_path / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("encoding", ["gbk", "gb18030", "utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_a_text_file_reads_like_a_workbook(tmp_path, encoding, delimiter):
    lines = [line(1, land_fine="84,000", remark="已移送\n县公安局"), line(2, land_area="几亩")]
    path = written(tmp_path, text_of(lines, delimiter).encode(encoding))
    reading = read_ledger(path, FORM)
    assert reading.kind == "csv"
    (row,) = reading.rows
    assert (row.sheet, row.row) == ("CSV", 3)
    assert (row.values["party"], row.values["land_area"]) == ("某石料厂1", Decimal("12.6"))
    assert (row.values["land_fine"], row.values["remark"]) == (Decimal(84000), "已移送\n县公安局")
    assert [(fault.row, fault.column) for fault in reading.faults] == [(4, "F")]
    assert (reading.auditor, reading.filled_on) == ("王某", date(2021, 5, 15))


def test_a_rare_character_of_gb18030_is_kept(tmp_path):
    path = written(tmp_path, text_of([line(1, party="㐂䶮石料厂")]).encode("gb18030"))
    assert read_ledger(path, FORM).rows[0].values["party"] == "㐂䶮石料厂"


def test_the_name_of_the_file_decides_nothing(tmp_path):
    path = written(tmp_path, text_of([line(1)]).encode("gbk"), "台账.xls")
    assert check_workbook(path).kind == "csv"


def test_a_number_that_excel_has_already_rounded_is_not_believed(tmp_path):
    path = written(tmp_path, text_of([line(1, place="1.40122E+17")]).encode())
    assert "十五位" in read_ledger(path, FORM).faults[0].reason


def test_the_marked_lines_of_a_text_file_come_back_as_a_workbook(tmp_path):
    path = written(tmp_path, text_of([line(1), line(2, land_area="几亩")]).encode("gbk"))
    reading = read_ledger(path, FORM)
    with (tmp_path / "marked.xlsx").open("wb") as stream:
        assert write_marked(path, reading, reading.faults, stream) == 1
    again = read_ledger(tmp_path / "marked.xlsx", FORM)
    assert [fault.value for fault in again.faults] == ["几亩"]


@pytest.mark.parametrize(
    ("limits", "words"),
    [(Limits(bytes=500), "上限"), (Limits(rows=5, slack=0), "20 行"), (Limits(columns=10), "离台账太远")],
)
def test_the_limits_hold_for_text_too(tmp_path, limits, words):
    lines = [line(n) for n in range(1, 18)]
    path = written(tmp_path, text_of(lines).encode())
    with pytest.raises(Unreadable) as refusal:
        check_workbook(path, limits)
    assert words in refusal.value.sentence


def test_a_cell_too_long_for_any_table_is_refused(tmp_path):
    path = written(tmp_path, text_of([line(1, remark="长" * 200_000)]).encode())
    with pytest.raises(Unreadable) as refusal:
        check_workbook(path)
    assert "损坏" in refusal.value.sentence


def test_a_text_without_a_ledger_in_it_is_told_so(tmp_path):
    path = written(tmp_path, "姓名,电话,住址,年龄,备注\n张三,139,某村,30,\n".encode("gbk"))
    with pytest.raises(Unreadable) as refusal:
        read_ledger(path, FORM)
    assert "没有找到台账的表头" in refusal.value.sentence
