"""The head is recognised wherever it stands and however the office has bent it."""

from decimal import Decimal

import pytest

from ledgers.sheets.reading import read_ledger
from tests.ledgers.sheets.books import BLANK, FORM, line, official, saved, sheet_of

LEAVES = [
    "序号", "县市区", "企业名称（个人）", "位置", "开采矿种", "非法占地面积", "罚款金额",
    "是否恢复原状", "非法开采数量", "没收非法矿产品", "罚款金额", "非法采矿是否取缔",
    "行政拘留", "刑事拘留", "逮捕", "备注",
]  # fmt: skip
GROUPS = [None] * 5 + ["占地方面", None, None, "采矿方面", None, None, None] + [None] * 4
DATA = [
    1, "交城县", "某厂", "某村", "煤", 1.5, 100, "是", 20, 10, 300, "否", 1, 2, 3, "备",
]  # fmt: skip
EXPECTED = {
    "serial": "1", "county": "交城县", "party": "某厂", "place": "某村", "mineral": "煤",
    "land_area": Decimal("1.5"), "land_fine": Decimal(100), "land_restored": True,
    "mined_tonnes": Decimal(20), "confiscated_tonnes": Decimal(10), "mining_fine": Decimal(300),
    "shutdown": False, "administrative_detention": 1, "criminal_detention": 2, "arrest": 3,
    "remark": "备",
}  # fmt: skip


def read(book, tmp_path):
    return read_ledger(saved(book, tmp_path / "book.xlsx"), FORM)


def only(reading):
    assert reading.rejected_rows == []
    (row,) = reading.rows
    return row.values


@pytest.mark.parametrize("above", [0, 1, 7, 20])
def test_the_head_may_stand_anywhere_in_the_first_rows(tmp_path, above):
    rows = [["某县材料", f"第{n}页"] for n in range(above)] + [GROUPS, LEAVES, DATA]
    reading = read(sheet_of(rows), tmp_path)
    assert only(reading) == EXPECTED
    assert reading.rows[0].row == above + 3


def test_a_head_below_the_first_thirty_rows_is_none(tmp_path):
    rows = [["某县材料", "页"]] * 40 + [GROUPS, LEAVES, DATA]
    with pytest.raises(Exception, match="没有找到"):
        read(sheet_of(rows), tmp_path)


def test_words_broken_over_lines_and_spaced_out_are_the_same_words(tmp_path):
    bent = ["\n".join(word) if n % 2 else "　".join(word) for n, word in enumerate(LEAVES)]
    groups = [word and " ".join(word) for word in GROUPS]
    assert only(read(sheet_of([groups, bent, DATA]), tmp_path)) == EXPECTED


def test_other_words_for_the_same_columns_are_known(tmp_path):
    words = [
        "编号",
        "县（市、区）",
        "企业名称\n（个人）",
        "违法地点",
        "矿种",
        "占地面积（亩）",
        "罚款(元)",
        "恢复情况",
        "开采量",
        "没收矿产品",
        "罚款",
        "取缔情况",
        "行政拘留（人）",
        "刑拘",
        "批捕",
        "备 注",
    ]
    assert only(read(sheet_of([GROUPS, words, DATA]), tmp_path)) == EXPECTED


def test_the_two_fines_are_told_apart_by_the_words_above(tmp_path):
    order = [0, 1, 2, 3, 4, 10, 8, 9, 11, 6, 5, 7, 12, 13, 14, 15]
    groups = [None] * 5 + ["采矿方面", None, None, None, "占地方面", None, None] + [None] * 4
    rows = [groups, [LEAVES[n] for n in order], [DATA[n] for n in order]]
    assert only(read(sheet_of(rows, ["F1:I1", "J1:L1"]), tmp_path)) == EXPECTED
    assert only(read(sheet_of(rows), tmp_path)) == EXPECTED


def test_the_two_fines_are_told_apart_by_their_own_words(tmp_path):
    words = list(LEAVES)
    words[6], words[10] = "采矿罚款金额", "占地罚款金额"
    data = list(DATA)
    data[6], data[10] = DATA[10], DATA[6]
    assert only(read(sheet_of([words, data]), tmp_path)) == EXPECTED


def test_without_any_words_above_a_fine_belongs_to_its_neighbour(tmp_path):
    assert only(read(sheet_of([LEAVES, DATA]), tmp_path)) == EXPECTED


def test_shutdown_may_stand_behind_the_police_columns_as_the_notice_prints_it(tmp_path):
    order = [*range(11), 12, 13, 14, 15, 11]
    groups = [GROUPS[n] if n < 11 else None for n in range(16)]
    groups[11] = "公安部门处理情况"
    rows = [groups, [LEAVES[n] for n in order], [DATA[n] for n in order]]
    assert only(read(sheet_of(rows, ["F1:H1", "I1:K1", "L1:N1"]), tmp_path)) == EXPECTED
    assert only(read(sheet_of(rows), tmp_path)) == EXPECTED


def test_columns_may_stand_in_any_order_with_strange_ones_between(tmp_path):
    words = ["联系电话", *reversed(LEAVES[:5]), None, *LEAVES[5:], "案卷号"]
    data = ["139", *reversed(DATA[:5]), None, *DATA[5:], "卷1"]
    reading = read(sheet_of([[None, *GROUPS[:5], None, *GROUPS[5:]], words, data]), tmp_path)
    assert only(reading) == EXPECTED
    assert reading.columns["serial"] == 6


def test_a_missing_column_is_absent_not_empty(tmp_path):
    rows = [GROUPS[:15], LEAVES[:15], DATA[:15]]
    reading = read(sheet_of(rows), tmp_path)
    assert "remark" not in reading.rows[0].present
    assert "remark" not in only(reading)
    assert "备注" in reading.warnings[0].reason


def test_two_columns_of_remarks_are_read_together_and_said_so(tmp_path):
    rows = [[*GROUPS, None], [*LEAVES, "备注"], [*DATA, "另一个"]]
    reading = read(sheet_of(rows), tmp_path)
    assert only(reading) == {**EXPECTED, "remark": "备；另一个"}
    (warning,) = reading.warnings
    assert warning.reason == "与 Q 列都是“备注”，合在一起读入。"


def test_the_head_is_quoted_so_that_one_column_is_meant():
    names = read_ledger(BLANK, FORM).sheets[0].names
    assert names["land_fine"] == "占地方面·罚款金额"
    assert names["mining_fine"] == "采矿方面·罚款金额"
    assert names["party"] == "企业名称(个人)"


@pytest.mark.parametrize(
    ("word", "typed", "amount"),
    [
        ("罚款金额（万元）", 8.4, 84000),
        ("罚款金额\n(单位：万元)", "8.4", 84000),
        ("罚款金额（万元）", "8.4万元", 84000),
        ("罚款金额（万元）", "84000元", 84000),
        ("罚款金额（元）", 84000, 84000),
    ],
)
def test_a_unit_in_the_head_holds_for_figures_without_their_own(tmp_path, word, typed, amount):
    words, data = list(LEAVES), list(DATA)
    words[6], data[6] = word, typed
    values = only(read(sheet_of([GROUPS, words, data]), tmp_path))
    assert (values["land_fine"], values["mining_fine"]) == (Decimal(amount), Decimal(300))


def test_a_unit_in_the_unit_line_holds_for_its_columns(tmp_path):
    def in_ten_thousands(sheet):
        sheet["A2"] = "单位：公顷、万元、吨、人"

    book = official([line(1, land_area=1, land_fine=8.4)], edit=in_ten_thousands)
    values = only(read(book, tmp_path))
    assert values["land_area"] == Decimal(15)
    assert values["land_fine"] == Decimal(84000)
    assert values["mined_tonnes"] == Decimal(3200)


def test_a_column_counted_in_cubic_metres_is_rejected_for_want_of_a_density(tmp_path):
    words = list(LEAVES)
    words[8] = "非法开采数量（立方米）"
    reading = read(sheet_of([GROUPS, words, DATA]), tmp_path)
    assert [fault.key for fault in reading.faults] == ["mined_tonnes"]
    assert "密度" in reading.faults[0].reason


UNITS = [None] * 5 + ["公顷", "（万元）", "/", "万吨", "吨", "元", None, "人", "人", "人", None]
COUNTED = [1, "交城县", "某厂", "某村", "煤", 2, 8.4, "是", 0.5, 10, 300, "否", 1, 2, 3, "备"]
DOWN = [f"{column}2:{column}3" for column in "ABCDEP"]


@pytest.mark.parametrize("merges", [(), DOWN], ids=["below", "beside merged heads"])
def test_units_in_a_row_of_their_own_below_the_head_hold_for_their_columns(tmp_path, merges):
    reading = read(sheet_of([GROUPS, LEAVES, UNITS, COUNTED], merges), tmp_path)
    values = only(reading)
    assert [values[key] for key in ("land_area", "land_fine", "mined_tonnes", "mining_fine")] == [
        30, 84000, 5000, 300,
    ]  # fmt: skip
    assert [(each.row, each.kind) for each in reading.lines] == [
        (1, "head"), (2, "head"), (3, "head"), (4, "read"),
    ]  # fmt: skip
    assert reading.head_rows == (1, 3)


def test_two_units_below_a_head_are_asked(tmp_path):
    units = [None] * 5 + ["亩/公顷"]
    reading = read(sheet_of([LEAVES, units, COUNTED]), tmp_path)
    assert [column.letter for column in reading.questions][:1] == ["F"]
    assert "写了几个单位（亩、公顷）" in reading.questions[0].question


def test_a_line_of_the_ledger_is_no_row_of_units(tmp_path):
    short = [1, None, "人", None, None, None, None, None, "吨"]
    reading = read(sheet_of([GROUPS, LEAVES, short]), tmp_path)
    assert [row.row for row in reading.rejected_rows] == [3]


def test_numbers_of_columns_between_head_and_units_hide_no_unit(tmp_path):
    numbers = [str(number) for number in range(1, len(LEAVES) + 1)]
    values = only(read(sheet_of([LEAVES, numbers, UNITS, COUNTED]), tmp_path))
    assert values == only(read(sheet_of([LEAVES, UNITS, COUNTED]), tmp_path))
