"""Every way an office writes a value, and what it means."""

from datetime import date
from decimal import Decimal

import pytest

from ledgers.sheets.reading import read_ledger
from tests.ledgers.sheets.books import FORM, line, official, old_format, saved, with_part

LEAVES = [column.path[-1] for column in FORM.columns]


def value_of(key, typed, tmp_path):
    """What a cell of the official form is read as."""
    path = saved(official([line(1, **{key: typed})]), tmp_path / "book.xlsx")
    (row,) = read_ledger(path, FORM).rows
    return row.values[key]


def fault_of(key, typed, tmp_path):
    path = saved(official([line(1, **{key: typed})]), tmp_path / "book.xlsx")
    reading = read_ledger(path, FORM)
    assert reading.rows == []
    (fault,) = reading.faults
    assert fault.key == key
    return fault


@pytest.mark.parametrize(
    ("key", "typed", "value"),
    [
        ("land_area", 12.6, "12.6"),
        ("land_area", "１２．６", "12.6"),
        ("land_area", "12.6亩", "12.6"),
        ("land_area", "１２.６ 亩", "12.6"),
        ("land_area", "8400㎡", "12.6"),
        ("land_area", "8400平方米", "12.6"),
        ("land_area", "0.84公顷", "12.6"),
        ("land_area", 0.1 + 0.2, "0.3"),
        ("land_fine", "84,000", "84000"),
        ("land_fine", "￥84,000.50", "84000.50"),
        ("land_fine", "84000元", "84000"),
        ("land_fine", "8.4万元", "84000"),
        ("land_fine", "８．４万", "84000"),
        ("land_fine", 84000.005, "84000.01"),
        ("mined_tonnes", "3200吨", "3200"),
        ("mined_tonnes", "0.32万吨", "3200"),
        ("mined_tonnes", "3,200", "3200"),
        ("arrest", "2人", 2),
        ("arrest", "2名", 2),
        ("arrest", "２", 2),
        ("arrest", 2.0, 2),
        ("arrest", 0, 0),
    ],
)
def test_a_figure_is_converted_to_the_unit_of_its_column(tmp_path, key, typed, value):
    assert value_of(key, typed, tmp_path) == Decimal(value)


@pytest.mark.parametrize("typed", ["无", "/", "—", "——", "-", "－", "", "　", None])
@pytest.mark.parametrize("key", ["land_area", "land_fine", "mined_tonnes", "arrest", "shutdown"])
def test_nothing_is_empty_not_nought(tmp_path, key, typed):
    assert value_of(key, typed, tmp_path) is None


@pytest.mark.parametrize("typed", ["无", "/", "—", "-", "　"])
def test_nothing_in_words_is_empty_too(tmp_path, typed):
    assert value_of("remark", typed, tmp_path) is None
    assert value_of("mineral", typed, tmp_path) is None


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("是", True), ("√", True), ("已恢复", True), (" 是 ", True), (True, True),
        ("否", False), ("×", False), ("未恢复", False), ("未 恢 复", False), (False, False),
    ],
)  # fmt: skip
def test_restored_or_not_in_all_its_words(tmp_path, typed, value):
    assert value_of("land_restored", typed, tmp_path) is value


@pytest.mark.parametrize(("typed", "value"), [("已取缔", True), ("未取缔", False)])
def test_shut_down_or_not_in_its_words(tmp_path, typed, value):
    assert value_of("shutdown", typed, tmp_path) is value


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("孙某、周某", "孙某、周某"),
        ("  山西（交城）石料 有限公司 ", "山西（交城）石料 有限公司"),
        ("某厂\r\n二分厂", "某厂\n二分厂"),
        (20210515, "20210515"),
        ("＝某厂", "＝某厂"),
    ],
)
def test_words_are_kept_as_typed(tmp_path, typed, value):
    assert value_of("party", typed, tmp_path) == value


def test_a_day_among_the_words_is_written_out(tmp_path):
    assert value_of("remark", date(2021, 5, 15), tmp_path) == "2021-05-15"


def test_a_serial_number_is_text_without_a_point(tmp_path):
    assert value_of("serial", 7.0, tmp_path) == "7"
    assert value_of("serial", "7-1", tmp_path) == "7-1"


@pytest.mark.parametrize(
    ("key", "typed", "words"),
    [
        ("land_area", "约十亩", "面积"),
        ("land_area", "12.6吨", "重量单位"),
        ("land_area", -3, "负数"),
        ("land_fine", "已缴清", "不是数字"),
        ("land_fine", "8,40,00", "千位"),
        ("land_fine", "-84000", "负数"),
        ("land_fine", "84000\n16000", "几个数"),
        ("mined_tonnes", "3200立方米", "密度"),
        ("mined_tonnes", "3200m³", "密度"),
        ("mined_tonnes", "0.3万方", "密度"),
        ("confiscated_tonnes", "全部", "不是数字"),
        ("arrest", 1.5, "整数"),
        ("arrest", True, "是或否"),
        ("land_restored", "部分", "是或否"),
        ("shutdown", 1, "是或否"),
        ("mining_fine", date(2021, 5, 15), ""),
        ("mining_fine", 10**13, "过大"),
    ],
)
def test_what_is_no_value_is_rejected_with_its_cell_and_a_sentence(tmp_path, key, typed, words):
    fault = fault_of(key, typed, tmp_path)
    assert words in fault.reason
    assert fault.reason.endswith("。")
    assert (fault.sheet, fault.row) == ("台账", 7)


def test_a_long_number_in_words_is_never_rounded(tmp_path):
    assert value_of("party", "990122198099011234", tmp_path) == "990122198099011234"


def test_a_long_number_typed_as_a_figure_is_read_to_its_last_digit(tmp_path):
    source = saved(official([line(1, remark=123)]), tmp_path / "source.xlsx")
    path = with_part(
        source,
        tmp_path / "book.xlsx",
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace("<v>123</v>", "<v>990122198099011234</v>"),
    )
    (row,) = read_ledger(path, FORM).rows
    assert row.values["remark"] == row.typed["remark"] == "990122198099011234"


@pytest.mark.parametrize("suffix", ["xlsx", "xls"])
def test_a_long_number_the_spreadsheet_has_already_rounded_is_not_believed(tmp_path, suffix):
    long = line(1, place=1.40122198001011e17)
    book = old_format([LEAVES, [long[key] for key in FORM.keys]]) if suffix == "xls" else official([long])
    reading = read_ledger(saved(book, tmp_path / f"book.{suffix}"), FORM)
    assert [fault.key for fault in reading.faults] == ["place"]
    assert "十五位" in reading.faults[0].reason


def test_a_formula_counts_by_its_value(tmp_path):
    source = saved(official([line(1, land_fine="=F7*2")]), tmp_path / "source.xlsx")
    path = with_part(
        source,
        tmp_path / "book.xlsx",
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace("<f>F7*2</f><v></v>", "<f>F7*2</f><v>25.2</v>").replace(
            "<f>F7*2</f><v />", "<f>F7*2</f><v>25.2</v>"
        ),
    )
    (row,) = read_ledger(path, FORM).rows
    assert row.values["land_fine"] == Decimal("25.2")


def test_a_formula_without_a_value_is_a_fault_not_an_empty_cell(tmp_path):
    assert "公式" in fault_of("land_fine", "=F7*2", tmp_path).reason


def test_an_error_value_is_a_fault_not_an_empty_cell(tmp_path):
    fault = fault_of("land_fine", "#DIV/0!", tmp_path)
    assert fault.value == "#DIV/0!"
    assert "#DIV/0!" in fault.reason
