"""Lines that are not taken over, each with every fault it has."""

from ledgers.sheets.reading import read_ledger
from tests.ledgers.sheets.books import FORM, line, official, saved


def read(lines, tmp_path, edit=None):
    return read_ledger(saved(official(lines, edit=edit), tmp_path / "book.xlsx"), FORM)


def test_a_line_with_several_bad_cells_lists_each(tmp_path):
    bad = line(1, land_area="约三亩", land_fine=-1, mined_tonnes="20方", shutdown="快了", arrest="几")
    reading = read([bad, line(2)], tmp_path)
    assert [row.row for row in reading.rows] == [8]
    (rejected,) = reading.rejected_rows
    found = {(fault.column, fault.key) for fault in rejected.faults}
    assert found == {
        ("F", "land_area"),
        ("G", "land_fine"),
        ("I", "mined_tonnes"),
        ("L", "shutdown"),
        ("O", "arrest"),
    }
    assert reading.faults == list(rejected.faults)


def test_a_rejected_line_keeps_what_was_typed_for_the_preview(tmp_path):
    reading = read([line(1, land_area="约三亩")], tmp_path)
    (rejected,) = reading.rejected_rows
    assert rejected.typed["land_area"] == "约三亩"
    assert rejected.values["land_area"] is None
    assert rejected.values["party"] == "某石料厂1"
    (fault,) = rejected.faults
    assert (fault.sheet, fault.row, fault.column, fault.value) == ("台账", 7, "F", "约三亩")
    assert fault.column_name == "非法占地面积"


def test_a_line_without_a_party_is_rejected(tmp_path):
    for nobody in (None, "—", "  "):
        (fault,) = read([line(1, party=nobody)], tmp_path).faults
        assert (fault.row, fault.column) == (7, "C")
        assert "企业名称" in fault.reason


def test_an_unknown_party_is_a_party(tmp_path):
    assert len(read([line(1, party="当事人不明")], tmp_path).rows) == 1


def test_whether_two_lines_are_one_is_not_asked_of_the_sheet(tmp_path):
    again = line(2, party="某石料厂1", place="某村1号", land_area=99)
    assert [row.row for row in read([line(1), again], tmp_path).rows] == [7, 8]


def test_a_line_says_where_its_own_table_has_each_column(tmp_path):
    (row,) = read([line(1)], tmp_path).rows
    assert (row.columns["party"], row.columns["land_area"]) == (3, 6)
