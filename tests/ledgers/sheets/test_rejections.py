"""Lines that are not taken over, each with every fault it has."""

from ledgers.sheets.reading import read_ledger
from ledgers.sheets.tables import identity
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


def test_the_same_county_party_and_place_twice_is_rejected_the_second_time(tmp_path):
    first = line(1, party="山西（交城）石料", place="某村 3-1号")
    again = line(2, party="山西(交城) 石料", place="某村3－1号", land_area=99)
    reading = read([first, line(3), again], tmp_path)
    assert [row.row for row in reading.rows] == [7, 8]
    (fault,) = reading.faults
    assert (fault.row, fault.column, "第 7 行" in fault.reason) == (9, "C", True)


def test_another_place_or_county_makes_another_line(tmp_path):
    lines = [
        line(1),
        line(2, party="某石料厂1", place="另一村"),
        line(3, party="某石料厂1", place="某村1号", county="文水县"),
    ]
    assert len(read(lines, tmp_path).rows) == 3


def test_a_repetition_on_a_later_sheet_names_the_sheet(tmp_path):
    book = official([line(1)])
    book.copy_worksheet(book.active).title = "下半月"
    reading = read_ledger(saved(book, tmp_path / "book.xlsx"), FORM)
    (fault,) = reading.faults
    assert (fault.sheet, fault.row) == ("下半月", 7)
    assert "工作表“台账”第 7 行" in fault.reason


def test_identity_folds_spelling_and_nothing_else():
    one = {"county": "交城县", "party": "某厂（一）", "place": "3-1号"}
    assert identity(one) == identity({**one, "party": "某厂 (一)"})
    assert identity(one) != identity({**one, "place": "31号"})
