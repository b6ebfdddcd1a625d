"""What goes out is the official form, says what it was given, and can do nothing else."""

import io
import re
import zipfile
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from common.xlsx_stream import clean_text
from ledgers.fields import FIELDS, Kind
from ledgers.sheets.reading import read_ledger
from ledgers.sheets.signatures import has_label
from ledgers.sheets.totals import total_word
from ledgers.sheets.writing import SheetSums, SheetWords, write_ledger
from tests.ledgers.sheets.books import BLANK, FORM, MAY_15, MAY_30, in_memory


def written(rows=(), *, subtotals=None, totals=None, **words):
    return in_memory(write_ledger, FORM, rows, SheetWords(**words), SheetSums(subtotals, totals))


def sheet_of(rows=(), **options):
    content = written(rows, **options)
    return openpyxl.load_workbook(io.BytesIO(content)).active


def read_back(rows, tmp_path, **options):
    path = tmp_path / "out.xlsx"
    path.write_bytes(written(rows, **options))
    return read_ledger(path, FORM)


def texts(sheet):
    return {c.coordinate: c.value for row in sheet for c in row if c.value not in (None, "")}


def test_an_empty_ledger_is_the_official_blank_form():
    ours, official = sheet_of(), openpyxl.load_workbook(BLANK).active
    assert texts(ours) == texts(official)
    assert {str(m) for m in ours.merged_cells.ranges} == {str(m) for m in official.merged_cells.ranges}
    assert ours.title == official.title
    assert ours["A1"].font.b
    assert ours["A1"].font.sz == official["A1"].font.sz == 16


def row_heights(sheet):
    return {row: sheet.row_dimensions[row].height for row in range(1, sheet.max_row + 1)}


def test_every_line_is_high_enough_for_all_its_text_in_whatever_program_opens_it():
    long = "结转；2026年5月6日移送交城县公安局，涉嫌非法采矿罪；" * 6
    sheet = sheet_of([{"party": "某厂"}, {"party": "某厂二", "remark": long}, {"place": "一\n二\n三\n四"}])
    heights = row_heights(sheet)
    # 备注 is 24 digits wide: eleven characters to a line.
    assert heights[8] >= -(-len(long) // 11) * 11 * 1.3
    assert heights[9] >= 4 * 11 * 1.3
    assert heights[7] < heights[9] < heights[8] < 410
    # 非法采矿是否取缔 stands on two lines of its column, 公安's heads over two rows.
    assert heights[6] >= 2 * 11 * 1.3
    assert heights[1] > 16 * 1.3
    assert all(heights[row] for row in (1, 2, 3, 4, 5, 6, 7, 8, 9, 11)), heights


def test_the_form_is_set_in_one_chinese_face():
    sheet = sheet_of(
        [{"party": "某厂", "land_area": Decimal("1.5")}], totals={}, filler="李某", note="注：零报告。"
    )
    faces = {cell.font.name for row in sheet for cell in row if cell.value not in (None, "")}
    assert faces == {"宋体"}


def test_a_figure_too_wide_for_its_column_shrinks_and_is_never_shown_as_hashes():
    fine = Decimal("1234567890123.45")
    sheet = sheet_of([{"serial": "1", "party": "某", "land_fine": fine}], totals={"land_fine": fine})
    for cell in (sheet["G7"], sheet["A7"], sheet["G8"]):
        assert cell.data_type == "n"
        assert (cell.alignment.shrink_to_fit, cell.alignment.wrap_text) == (True, None)


@pytest.mark.parametrize("sample", [MAY_15, MAY_30])
def test_a_ledger_read_and_written_is_the_same_cell_by_cell(sample):
    reading = read_ledger(sample, FORM)
    ours = sheet_of(
        [row.values for row in reading.rows],
        reporting_unit=reading.reporting_unit,
        filled_on=reading.filled_on,
    )
    assert texts(ours) == texts(openpyxl.load_workbook(sample).active)


def test_the_sheet_prints_as_a_form():
    sheet = sheet_of([{"party": "某厂"}], footer_note="luliang-1 a&b")
    assert sheet.page_setup.orientation == "landscape"
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$1:$6"
    assert sheet.freeze_panes == "D7"
    assert sheet.oddFooter.left.text == "luliang-1 a&&b"
    # A merged cell shows its borders at its edges only, so the leaves and the lines are looked at.
    for cell in (*sheet["F6:L6"][0], *sheet["A7:P7"][0]):
        edges = cell.border
        assert {edges.left.style, edges.right.style, edges.bottom.style} == {"thin"}, cell
    assert sheet["F4"].alignment.wrap_text
    assert sheet["F4"].alignment.horizontal == "center"


def test_the_signature_line_stands_below_the_last_line():
    sheet = sheet_of(
        [{"party": "某厂"}],
        reporting_unit="交城县自然资源局",
        auditor="王某",
        filler="李某",
        filled_on=date(2021, 5, 15),
        data_as_of=date(2021, 5, 14),
    )
    assert sheet["A3"].value == "填报单位：交城县自然资源局"
    assert [sheet[f"{c}9"].value for c in "AGM"] == [
        "审核人：王某",
        "填报时间：2021年5月15日 数据截止：2021年5月14日",
        "填报人：李某",
    ]


def test_what_stands_around_the_table_is_read_back(tmp_path):
    around = {
        "reporting_unit": "交城县自然资源局",
        "auditor": "王某",
        "filler": "李某",
        "filled_on": date(2021, 5, 15),
        "data_as_of": date(2021, 5, 14),
    }
    reading = read_back([{"party": "某厂"}], tmp_path, **around)
    assert {name: getattr(reading, name) for name in around} == around


def test_subtotals_and_totals_add_up_and_are_no_lines_when_read_back(tmp_path):
    rows = [
        {"county": county, "party": f"某厂{n}", "land_area": Decimal(n), "arrest": n}
        for n, county in enumerate(["交城县", "交城县", "文水县", "文水县"], 1)
    ]
    reading = read_back(
        rows,
        tmp_path,
        subtotals={
            "交城县": {"land_area": Decimal(3), "arrest": 3},
            "文水县": {"land_area": Decimal(7), "arrest": 7},
        },
        totals={"land_area": Decimal(10), "arrest": 10},
    )
    assert [row.row for row in reading.rows] == [7, 8, 10, 11]
    assert (reading.skipped_totals, reading.warnings) == (3, [])


def test_unfilled_is_empty_nought_is_nought_and_flags_are_words():
    sheet = sheet_of(
        [{"party": "某厂", "land_area": None, "arrest": 0, "shutdown": True, "land_restored": False}]
    )
    assert [sheet[f"{c}7"].value for c in "FHLO"] == [None, "否", "是", 0]


def test_amounts_are_numbers_to_the_last_digit():
    sheet = sheet_of([{"party": "某", "land_fine": Decimal("1234567890123.45")}])
    assert sheet["G7"].data_type == "n"
    assert Decimal(str(sheet["G7"].value)) == Decimal("1234567890123.45")


def test_a_number_beyond_a_spreadsheets_digits_goes_out_as_text():
    sheet = sheet_of([{"party": "某", "land_fine": Decimal("123456789012345678.91")}])
    assert (sheet["G7"].data_type, sheet["G7"].value) == ("s", "123456789012345678.91")


PAYLOADS = [
    "=1+1", "=HYPERLINK(\"http://x\",\"y\")", "=cmd|'/C calc'!A0", "+1", "-1+1", "@SUM(A1)", "\t=1",
    "\r=1", "\n=1", "＝1＋1", "＋1", "－1", "＠x", "  =1", "'=1", "#N/A", "{=1}", "%0A=1",
]  # fmt: skip
TEXT_KEYS = [key for key in FORM.keys if FIELDS[key].kind in (Kind.TEXT, Kind.SERIAL)]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_text_becomes_a_formula(payload):
    content = written(
        [dict.fromkeys(TEXT_KEYS, payload)],
        reporting_unit=payload,
        auditor=payload,
        filler=payload,
        footer_note=payload,
    )
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        xml = archive.read("xl/worksheets/sheet1.xml").decode()
    assert not re.search(r"<f[ >/]", xml)
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    for letter in "ABCDEP":
        assert sheet[f"{letter}7"].data_type in ("s", "inlineStr")
        assert sheet[f"{letter}7"].value.strip() == payload.replace("\r", "\n").strip()
    if payload[0] in "=+-@\t":
        assert sheet["C7"].quotePrefix


def test_what_no_workbook_can_hold_is_left_out(tmp_path):
    odd = "某\x00\x0b\x1f厂\ud800\ufffe_x0041_"
    assert clean_text(odd) == "某厂_x0041_"
    (row,) = read_back([{"party": odd}], tmp_path).rows
    assert row.values["party"] == "某厂_x0041_"


def test_the_file_names_no_author_and_hides_nothing():
    content = written([{"party": "某厂"}])
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = archive.namelist()
        core = archive.read("docProps/core.xml").decode()
    assert "openpyxl" not in core
    assert not any("comment" in name or "external" in name.lower() for name in names)


# ---------------------------------------------------------------- there and back again

LETTERS = st.characters(codec="utf-8", exclude_categories=("Cs",))
TEXT = st.builds(
    lambda head, tail: _kept(head + tail),
    st.sampled_from(["某", "=1+", "+", "@", "_x0041_", "山西（交城）", "14012219800101", "'", "<&>"]),
    st.text(LETTERS, max_size=30),
).filter(lambda text: text and not _means_something(text))


def _kept(text):
    """The text as a reader keeps it."""
    return clean_text(text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def _means_something(text):
    return has_label(text) or total_word([text]) or text in ("+", "@", "'")


def amount(places, digits):
    return st.one_of(
        st.none(), st.decimals(0, 10**digits - 1, places=places, allow_nan=False, allow_infinity=False)
    )


ROW = st.fixed_dictionaries(
    {
        "county": st.sampled_from(["交城县", "文水县", None]),
        "party": TEXT,
        "mineral": st.one_of(st.none(), TEXT),
        "land_area": amount(4, 9),
        "land_fine": amount(2, 11),
        "land_restored": st.sampled_from([None, True, False]),
        "mined_tonnes": amount(4, 9),
        "confiscated_tonnes": amount(4, 9),
        "mining_fine": amount(2, 11),
        "shutdown": st.sampled_from([None, True, False]),
        "administrative_detention": st.one_of(st.none(), st.integers(0, 9999)),
        "criminal_detention": st.one_of(st.none(), st.integers(0, 9999)),
        "arrest": st.one_of(st.none(), st.integers(0, 9999)),
        "remark": st.one_of(st.none(), TEXT),
    }
)


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(rows=st.lists(ROW, max_size=6))
def test_reading_what_was_written_gives_the_same_values(tmp_path, rows):
    rows = [{**row, "serial": str(n), "place": f"某村{n}号"} for n, row in enumerate(rows, start=1)]
    reading = read_back(rows, tmp_path)
    assert reading.rejected_rows == []
    assert [row.values for row in reading.rows] == [{key: row[key] for key in FORM.keys} for row in rows]
