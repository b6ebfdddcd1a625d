"""The form as data: its head drives page, Excel out and Excel in."""

import openpyxl

from ledgers.fields import FIELDS
from ledgers.layouts import fold_head
from ledgers.services.ledger_forms import layout_of
from tests.ledgers.sheets.books import BLANK, FORM


def test_the_form_has_its_sixteen_columns_in_the_official_order():
    assert " ".join(FORM.keys) == (
        "serial county party place mineral land_area land_fine land_restored mined_tonnes "
        "confiscated_tonnes mining_fine shutdown administrative_detention criminal_detention "
        "arrest remark"
    )


def test_the_head_computed_from_the_paths_is_the_official_head():
    sheet = openpyxl.load_workbook(BLANK).active
    official = {str(m) for m in sheet.merged_cells.ranges} - {"A1:P1", "A2:P2", "A3:P3"}
    assert set(FORM.merges(top=4)) == official
    for cell in FORM.head_cells:
        assert sheet.cell(3 + cell.row, cell.column).value == cell.text


def test_every_place_of_the_head_belongs_to_exactly_one_cell():
    covered = [
        (row, column)
        for cell in FORM.head_cells
        for row in range(cell.row, cell.row + cell.row_span)
        for column in range(cell.column, cell.column + cell.column_span)
    ]
    assert len(covered) == len(set(covered)) == 3 * 16


def test_areas_amounts_tonnes_and_persons_are_added_up_and_nothing_else():
    assert FORM.sum_keys == (
        "land_area",
        "land_fine",
        "mined_tonnes",
        "confiscated_tonnes",
        "mining_fine",
        "administrative_detention",
        "criminal_detention",
        "arrest",
    )


def test_a_form_is_found_by_its_code_and_version(db):
    assert layout_of("luliang", 1) == FORM
    assert FORM.version_code == "luliang-1"


def test_a_head_word_is_compared_without_blanks_breaks_and_brackets():
    assert fold_head("县（市、\n 区）") == "县市区"
    assert fold_head("企业名称 (个人)") == fold_head("企业名称（个人）") == "企业名称个人"


def test_every_field_is_recognised_by_its_own_head_on_the_form():
    for column in FORM.columns:
        head = fold_head(column.path[-1])
        assert any(word in head for word in FIELDS[column.key].words), column.key
