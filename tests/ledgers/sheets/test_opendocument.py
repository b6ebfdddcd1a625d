"""Workbooks of OpenDocument (.ods), and the traps such a file can hold."""

import time
import tracemalloc
from datetime import date
from decimal import Decimal

import pytest

from ledgers.sheets.choices import Role
from ledgers.sheets.gate import check_workbook
from ledgers.sheets.limits import MEGABYTE, Limits, Unreadable
from ledgers.sheets.reading import read_ledger
from tests.ledgers.sheets.books import FORM, line
from tests.ledgers.sheets.open_documents import MANIFEST, cell, document, row, saved, table

HEADS = [column.path[-1] for column in FORM.columns]


def data(number=1, **values):
    return row(*(line(number, **values)[key] for key in FORM.keys))


def sheet(*rows, **options):
    return table(row(FORM.title), row(*HEADS), *rows, **options)


def read(tmp_path, *tables, **options):
    return read_ledger(saved(document(*tables, **options), tmp_path / "台账.ods"), FORM)


def refusal(path, limits=None):
    with pytest.raises(Unreadable) as refused:
        check_workbook(path, limits or Limits())
    assert refused.value.sentence.endswith("。")
    return refused.value.sentence


def test_an_ods_reads_like_an_xlsx(tmp_path):
    day = '<table:table-cell office:value-type="date" office:date-value="2021-05-15"/>'
    signed = row("审核人：王某", None, None, None, None, "填报时间", day)
    reading = read(tmp_path, sheet(data(1, remark="已移送\n县公安局"), data(2, land_area="几亩"), signed))
    assert reading.kind == "ods"
    (first,) = reading.rows
    assert (first.row, first.values["land_area"], first.values["arrest"]) == (3, Decimal("12.6"), 0)
    assert first.values["remark"] == "已移送\n县公安局"
    assert [(fault.row, fault.column) for fault in reading.faults] == [(4, "F")]
    assert (reading.auditor, reading.filled_on) == ("王某", date(2021, 5, 15))


def test_repeated_cells_and_rows_are_written_out(tmp_path):
    blank = '<table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row>'
    nought = cell(0, table_number__columns__repeated=3).replace("__", "-")
    values = line(1)
    cells = [values[key] for key in FORM.keys[:12]]
    reading = read(tmp_path, sheet(blank, row(*cells, nought, "备")))
    (first,) = reading.rows
    assert (first.row, first.values["arrest"], first.values["remark"]) == (6, 0, "备")


def test_a_merged_county_counts_for_every_row_it_covers(tmp_path):
    merged = cell("交城县").replace("<table:table-cell", '<table:table-cell table:number-rows-spanned="2"', 1)
    first = row(1, merged, *(line(1)[key] for key in FORM.keys[2:]))
    second = row(2, "<table:covered-table-cell/>", *(line(2)[key] for key in FORM.keys[2:]))
    reading = read(tmp_path, sheet(first, second))
    assert [each.values["county"] for each in reading.rows] == ["交城县", "交城县"]


def test_comments_shares_errors_and_uncalculated_formulas_are_seen(tmp_path):
    commented = (
        '<table:table-cell office:value-type="string"><office:annotation><text:p>核对</text:p>'
        "</office:annotation><text:p>甲<text:s text:c='2'/>厂</text:p></table:table-cell>"
    )
    share = '<table:table-cell office:value-type="percentage" office:value="0.6"/>'
    error = (
        '<table:table-cell table:formula="of:=1/0" office:value-type="string" '
        'calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell>'
    )
    open_formula = '<table:table-cell table:formula="of:=[.A1]"/>'
    row_ = data(1, party=commented, mined_tonnes=share, land_fine=error, land_area=open_formula)
    reading = read(tmp_path, sheet(row_))
    (rejected,) = reading.rejected_rows
    assert rejected.values["party"] == "甲  厂"
    reasons = {fault.key: fault.reason for fault in rejected.faults}
    assert reasons.keys() == {"mined_tonnes", "land_fine", "land_area"}
    assert "“60%”是百分数" in reasons["mined_tonnes"]
    assert "#DIV/0!" in reasons["land_fine"]
    assert "没有算出结果" in reasons["land_area"]


def test_hidden_sheets_rows_and_columns_are_seen(tmp_path):
    styles = '<style:style style:name="h"><style:table-properties table:display="false"/></style:style>'
    hidden_row = data(2).replace("<table:table-row", '<table:table-row table:visibility="filter"', 1)
    columns = (
        '<table:table-column table:number-columns-repeated="6"/>'
        '<table:table-column table:visibility="collapse"/>'
    )
    reading = read(
        tmp_path,
        sheet(data(1), hidden_row, before=columns),
        sheet(data(3), name="旧", style="h"),
        styles=styles,
    )
    first, second = reading.found_sheets
    assert (first.hidden_rows, first.hidden_columns) == ((4,), ("G",))
    assert (second.visible, second.role) == (False, Role.IGNORED)
    assert len(reading.rows) == 2


def test_a_number_beyond_fifteen_digits_is_read_to_its_last(tmp_path):
    long = '<table:table-cell office:value-type="float" office:value="990122198099011234"/>'
    (first,) = read(tmp_path, sheet(data(1, remark=long))).rows
    assert first.values["remark"] == "990122198099011234"


def repeated(rows=1, columns=1):
    return (
        f'<table:table-row table:number-rows-repeated="{rows}"><table:table-cell office:value-type="float" '
        f'office:value="1" table:number-columns-repeated="{columns}"/></table:table-row>'
    )


@pytest.mark.parametrize(
    ("rows", "columns"), [(1_048_576, 1), (1, 16_384), (1_048_576, 16_384), (999_999_999, 1)]
)
def test_a_few_bytes_that_mean_millions_of_cells_are_refused_at_once(tmp_path, rows, columns):
    path = saved(document(sheet(repeated(rows, columns))), tmp_path / "台账.ods")
    tracemalloc.start()
    started = time.monotonic()
    sentence = refusal(path)
    assert time.monotonic() - started < 5
    assert tracemalloc.get_traced_memory()[1] < 120 * MEGABYTE
    tracemalloc.stop()
    assert "上限" in sentence or "离台账太远" in sentence


def test_blank_rows_to_the_end_of_the_sheet_do_no_harm(tmp_path):
    end = (
        '<table:table-row table:number-rows-repeated="1048000">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    assert len(read(tmp_path, sheet(data(1), end)).rows) == 1


def test_a_long_text_repeated_is_refused(tmp_path):
    text = (
        '<table:table-row table:number-rows-repeated="20000"><table:table-cell office:value-type="string" '
        f'table:number-columns-repeated="60"><text:p>{"某" * 30_000}</text:p></table:table-cell>'
        "</table:table-row>"
    )
    assert "过大" in refusal(saved(document(sheet(text)), tmp_path / "台账.ods"))


def test_a_password_and_macros_are_told(tmp_path):
    parts = document(sheet(data(1)))
    locked = {**parts, "META-INF/manifest.xml": MANIFEST.format("<manifest:encryption-data/>")}
    assert "有密码" in refusal(saved({**locked, "content.xml": b"\x01\x02"}, tmp_path / "1.ods"))
    assert "宏" in refusal(saved({**parts, "Basic/Standard/Module1.xml": "<x/>"}, tmp_path / "2.ods"))


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE b [<!ENTITY a "aaaaaaaaaa"><!ENTITY c "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE b SYSTEM "http://127.0.0.1:1/x.dtd">',
    ],
)
def test_entities_are_refused(tmp_path, doctype):
    path = saved(document(sheet(data(1)), doctype=doctype), tmp_path / "台账.ods")
    assert "外部定义" in refusal(path)
    parts = {**document(sheet(data(1))), "settings.xml": f'<?xml version="1.0"?>{doctype}<a/>'}
    assert "外部定义" in refusal(saved(parts, tmp_path / "2.ods"))


def test_what_only_says_it_is_a_sheet_is_none(tmp_path):
    other = {**document(sheet(data(1))), "mimetype": "application/vnd.oasis.opendocument.text"}
    assert "不是 Excel 工作簿" in refusal(saved(other, tmp_path / "1.ods"))
    assert "不是 Excel 工作簿" in refusal(saved(document(), tmp_path / "2.ods"))
    assert "损坏" in refusal(saved({**document(), "content.xml": "<a>"}, tmp_path / "3.ods"))


@pytest.mark.parametrize(
    "broken",
    [
        repeated().replace('repeated="1"', 'repeated="-1"'),
        repeated().replace('value="1"', 'value="x"'),
        row("<table:table-cell><table:table-cell/></table:table-cell>"),
        "<table:table-cell/>" * 3,
    ],
)
def test_what_no_office_writes_is_a_sentence(tmp_path, broken):
    path = saved(document(sheet(data(1), broken)), tmp_path / "台账.ods")
    try:
        reading = read_ledger(path, FORM)
    except Unreadable as refused:
        assert refused.sentence.endswith("。")
    else:
        assert len(reading.rows) == 1
