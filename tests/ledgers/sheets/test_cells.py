"""What offices write around a value, and cells whose fault keeps no line out."""

from decimal import Decimal

import pytest
import xlwt

from ledgers.sheets.marking import write_marked
from ledgers.sheets.reading import read_ledger
from tests.ledgers.sheets.books import FORM, line, official, old_format, saved

LEAVES = [column.path[-1] for column in FORM.columns]
ID = "140122198001011234"


def read(values, tmp_path, edit=None):
    return read_ledger(saved(official([values], edit=edit), tmp_path / "book.xlsx"), FORM)


def the_row(reading):
    assert reading.faults == []
    (row,) = reading.rows
    return row


@pytest.mark.parametrize(("key", "column"), [("serial", "A"), ("remark", "P")])
@pytest.mark.parametrize("typed", ["=A1&B1", "#REF!"])
def test_a_fault_in_the_serial_or_the_remark_keeps_no_line_out(tmp_path, key, column, typed):
    reading = read(line(1, **{key: typed}), tmp_path)
    assert the_row(reading).values[key] is None
    (warning,) = reading.warnings
    assert (warning.column, warning.key) == (column, key)
    assert "按空白计" in warning.reason


@pytest.mark.parametrize(
    ("key", "typed", "value", "note"),
    [
        ("land_area", "12.6（含耕地3亩）", "12.6", "非法占地面积：含耕地3亩"),
        ("land_area", "8400平方米(复测)", "12.6", "非法占地面积：复测"),
        ("land_fine", "84000\n（已缴清）", "84000", "占地罚款金额：已缴清"),
        ("mined_tonnes", "约3200吨", "3200", "非法开采数量：约数"),
        ("mined_tonnes", "3200吨左右（估算）", "3200", "非法开采数量：约数，估算"),
    ],
)
def test_what_stands_beside_a_figure_goes_to_the_remark(tmp_path, key, typed, value, note):
    reading = read(line(1, **{key: typed}), tmp_path)
    row = the_row(reading)
    assert (row.values[key], row.values["remark"]) == (Decimal(value), note)
    (warning,) = reading.warnings
    assert (warning.key, "已写入备注" in warning.reason) == (key, True)


def test_a_note_is_put_behind_the_remark_that_is_there(tmp_path):
    row = the_row(read(line(1, land_area="3（复测）", remark="已移送"), tmp_path))
    assert row.values["remark"] == "已移送；非法占地面积：复测"


def test_a_unit_in_brackets_is_a_unit(tmp_path):
    reading = read(line(1, land_area="12.6（亩）", land_fine="8.4(万元)"), tmp_path)
    row = the_row(reading)
    assert (row.values["land_area"], row.values["land_fine"]) == (Decimal("12.6"), Decimal(84000))
    assert (row.values["remark"], reading.warnings) == (None, [])


@pytest.mark.parametrize("typed", ["不涉及", "不适用", "未涉及"])
@pytest.mark.parametrize("key", ["land_area", "mining_fine", "shutdown", "mineral", "remark"])
def test_what_does_not_apply_is_empty(tmp_path, key, typed):
    assert the_row(read(line(1, **{key: typed}), tmp_path)).values[key] is None


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("■是□否", True),
        ("□是 ■否", False),
        ("☑是 ☐否", True),
        ("是☑否□", True),
        ("是√ 否×", True),
        ("（√）是（ ）否", True),
        ("□是□否", None),
    ],
)
def test_a_ticked_box_counts(tmp_path, typed, value):
    assert the_row(read(line(1, land_restored=typed), tmp_path)).values["land_restored"] is value


@pytest.mark.parametrize(("typed", "value"), [("是（已验收）", True), ("否（部分已恢复）", False)])
def test_what_stands_beside_a_yes_goes_to_the_remark(tmp_path, typed, value):
    reading = read(line(1, land_restored=typed), tmp_path)
    row = the_row(reading)
    assert row.values["land_restored"] is value
    assert row.values["remark"] == f"是否恢复原状：{typed[2:-1]}"
    assert [warning.key for warning in reading.warnings] == ["land_restored"]


@pytest.mark.parametrize("word", ["同上", "（同上）", "〃"])
def test_a_cell_that_says_as_above_says_what_stands_above(tmp_path, word):
    below = line(2, party=word, place=word, mineral=word, remark=word)
    book = official([line(1, party="甲石料厂", place="某沟"), below, line(3, party=word)])
    reading = read_ledger(saved(book, tmp_path / "book.xlsx"), FORM)
    _, second, last = reading.rows
    assert [second.values[key] for key in ("party", "place", "mineral")] == ["甲石料厂", "某沟", "石灰岩"]
    assert (second.typed["party"], last.values["party"]) == ("甲石料厂", "甲石料厂")
    assert second.values["remark"] == word  # nothing stands above it: words of its own
    said = [warning.reason for warning in reading.warnings]
    assert f"此格写“{word}”，按上一行的“甲石料厂”读入，请核对。" in said and len(said) == 4


def test_as_above_on_the_first_line_is_refused(tmp_path):
    (fault,) = read(line(1, party="同上"), tmp_path).faults
    assert (fault.key, "请直接填写" in fault.reason) == ("party", True)


def test_two_ticked_boxes_are_refused(tmp_path):
    (fault,) = read(line(1, land_restored="■是■否"), tmp_path).faults
    assert fault.reason == "“■是■否”勾选了几项，请只选是或否。"


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("壹万贰仟元整", "12000"),
        ("人民币捌万肆仟圆整", "84000"),
        ("壹佰贰拾叁万肆仟伍佰陆拾柒元捌角玖分", "1234567.89"),
        ("拾万零伍佰元", "100500"),
        ("12000元（大写：壹万贰仟元整）", "12000"),
        ("1.2万元（壹万贰仟元整）", "12000"),
        ("壹万贰仟元整（12000元）", "12000"),
        ("壹万贰仟元整（小写：1.2万元）", "12000"),
    ],
)
def test_an_amount_in_capitals_is_read(tmp_path, typed, value):
    row = the_row(read(line(1, land_fine=typed), tmp_path))
    assert (row.values["land_fine"], row.values["remark"]) == (Decimal(value), None)


@pytest.mark.parametrize("typed", ["12000元（壹万叁仟元整）", "壹万叁仟元整（12000元）"])
def test_an_amount_that_contradicts_its_capitals_is_refused(tmp_path, typed):
    (fault,) = read(line(1, land_fine=typed), tmp_path).faults
    assert "大小写金额不一致" in fault.reason


def test_a_share_in_percent_is_no_quantity(tmp_path):
    def shares(sheet):
        sheet["I7"].number_format = "0%"

    (fault,) = read(line(1, mined_tonnes=0.6), tmp_path, shares).faults
    assert fault.reason == "“60%”是百分数，此列以吨计，请填写数量。"
    (fault,) = read(line(1, mined_tonnes="60%"), tmp_path).faults
    assert "不是可以换算的单位" in fault.reason


def test_a_percent_sign_in_a_formats_words_is_none(tmp_path):
    def worded(sheet):
        sheet["I7"].number_format = '0"（100%）"'

    assert the_row(read(line(1, mined_tonnes=3), tmp_path, worded)).values["mined_tonnes"] == 3


@pytest.mark.parametrize("value", [0.6, 0.123456789, 60])
def test_a_share_in_percent_of_an_xls_is_no_quantity(tmp_path, value):
    values = line(1)
    book = old_format([LEAVES, [values[key] for key in FORM.keys]])
    at = FORM.keys.index("mined_tonnes")
    book.get_sheet(0)._cell_overwrite_ok = True
    book.get_sheet(0).write(1, at, value, xlwt.easyxf(num_format_str="0.00%"))
    (fault,) = read_ledger(saved(book, tmp_path / "book.xls"), FORM).faults
    assert (fault.key, "百分数" in fault.reason) == ("mined_tonnes", True)


def test_the_heads_words_inside_a_cell_are_no_part_of_it(tmp_path):
    values = line(1, party="企业名称：甲石料厂", land_area="占地面积：12.6亩", remark="备注：已移送")
    row = the_row(read(values, tmp_path))
    assert row.values["party"] == "甲石料厂"
    assert (row.values["land_area"], row.values["remark"]) == (Decimal("12.6"), "已移送")


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        (f"王某（身份证号：{ID}）", "王某"),
        (f"王某{ID}", "王某"),
        (f"王某 {ID}、李某 14012219800101123X", "王某、李某"),
        ("王某140122 19800101 1234", "王某"),
        ("王某１４０１２２１９８００１０１１２３４", "王某"),
        ("王某（140122800101123）", "王某"),
    ],
)
def test_an_identity_number_is_no_part_of_a_name_and_nowhere_in_clear(tmp_path, typed, name):
    reading = read(line(1, party=typed, remark=f"联系{ID}", land_area="几亩"), tmp_path)
    (row,) = reading.rejected_rows
    assert row.values["party"] == name
    assert sorted(warning.key for warning in reading.warnings) == ["party", "remark"]
    shown = repr((reading.rows, reading.rejected_rows, reading.warnings, reading.lines, reading.found_sheets))
    assert "19800101" not in shown
    assert "１９８００１０１" not in shown
    with (tmp_path / "marked.xlsx").open("wb") as stream:
        write_marked(tmp_path / "book.xlsx", reading, reading.faults, stream)
    again = read_ledger(tmp_path / "marked.xlsx", FORM).rejected_rows[0]
    assert again.values["party"] == name
    assert "19800101" not in repr(again)


def test_an_identity_number_in_a_column_of_figures_is_not_repeated(tmp_path):
    (fault,) = read(line(1, land_fine=ID), tmp_path).faults
    assert "19800101" not in fault.reason + fault.value


def test_a_name_that_is_only_a_number_is_refused(tmp_path):
    (fault,) = read(line(1, party=ID), tmp_path).faults
    assert "没有填写" in fault.reason


@pytest.mark.parametrize(
    "number", ["91141122MA0K123456", "20210515123456789", "0358-8123456", "990122198099011234"]
)
def test_other_long_numbers_are_left_as_they_are(tmp_path, number):
    row = the_row(read(line(1, remark=number), tmp_path))
    assert row.values["remark"] == row.typed["remark"] == number


@pytest.mark.parametrize(
    ("key", "typed"),
    [
        ("land_area", "12.6吨（复测）"),
        ("land_fine", "已缴清（84000）"),
        ("land_area", "约十亩"),
        ("land_restored", "■部分"),
        ("land_fine", "壹万仟元"),
        ("mined_tonnes", "3200～3300"),
        ("party", "#REF!"),
        ("land_fine", "=F7*2"),
        ("place", 1.5e17),
        ("arrest", 10**7),
    ],
)
def test_a_refusal_is_one_sentence(tmp_path, key, typed):
    (fault,) = read(line(1, **{key: typed}), tmp_path).faults
    assert fault.key == key
    assert fault.reason.endswith("。")
    assert fault.reason.count("。") == 1
