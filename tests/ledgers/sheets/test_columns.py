"""Heads as a person confirms them: best match, questions, units, samples, what is not read."""

from decimal import Decimal

import pytest
from openpyxl.utils import get_column_letter

from ledgers.sheets.choices import Choices
from ledgers.sheets.reading import read_ledger
from tests.ledgers.sheets.books import BLANK, FORM, MAY_15, saved, sheet_of
from tests.ledgers.sheets.test_heads import DATA, GROUPS, LEAVES

NO_GROUPS = [None] * 16


def read(rows, tmp_path, merges=(), **choices):
    path = saved(sheet_of(rows, merges), tmp_path / "book.xlsx")
    return read_ledger(path, FORM, choices=Choices(**choices))


def columns(reading):
    """The columns of the first sheet by their letter."""
    return {column.letter: column for column in reading.found_sheets[0].columns}


def book(changes=None, *more, groups=None):
    """The official heads without merges, some changed, with further columns (head, value)."""
    leaves = [changes.get(n, word) if changes else word for n, word in enumerate(LEAVES)]
    above = [*(GROUPS if groups is None else groups), *[None] * len(more)]
    return [above, [*leaves, *(head for head, _ in more)], [*DATA, *(value for _, value in more)]]


def the_row(reading):
    (row,) = reading.rows
    return row


def test_the_official_form_asks_nothing_and_shows_all_its_columns():
    reading = read_ledger(MAY_15, FORM)
    assert reading.questions == []
    found = columns(reading)
    assert [found[letter].key for letter in "ABCDEFGHIJKLMNOP"] == list(FORM.keys)
    assert found["F"].head == "占地方面·非法占地面积"
    assert (found["F"].unit, found["G"].unit, found["B"].unit) == ("亩", "元", "")
    assert len({column.id for column in found.values()}) == 16
    assert read_ledger(BLANK, FORM).questions == []


def test_the_first_values_are_shown_as_they_are_converted_with_their_unit(tmp_path):
    reading = read(book({6: "罚款金额（万元）"}), tmp_path)
    fine = columns(reading)["G"]
    assert (fine.unit, fine.units[:2]) == ("万元", ("亿元", "万元"))
    assert [(s.row, s.typed, s.shown) for s in fine.samples] == [(3, "100", "1,000,000元")]
    assert columns(reading)["H"].samples[0].shown == "是"


@pytest.mark.parametrize("first", [True, False])
def test_the_best_match_wins_over_the_first(tmp_path, first):
    leaves, data = list(LEAVES), list(DATA)
    at = 0 if first else 16
    leaves.insert(at, "企业地址")
    data.insert(at, "县城某街")
    reading = read([leaves, data], tmp_path)
    assert the_row(reading).values["place"] == "某村"
    assert reading.questions == []
    said = [warning.reason for warning in reading.warnings]
    assert any("也像“位置”" in reason for reason in said)


@pytest.mark.parametrize(
    ("at", "head"),
    [
        (2, "违法单位（个人）"),
        (2, "单位或个人"),
        (2, "用地单位"),
        (3, "违法地点"),
        (3, "所在位置"),
        (5, "占用土地面积（亩）"),
        (7, "是否已恢复"),
    ],
)
def test_more_words_of_offices_are_known(tmp_path, at, head):
    reading = read(book({at: head}), tmp_path)
    assert columns(reading)["ABCDEFGH"[at]].key == FORM.keys[at]
    assert reading.questions == []


def test_the_place_of_the_deed_goes_before_the_address_of_a_firm(tmp_path):
    reading = read(book({3: "违法地点"}, ("企业地址", "县城某街")), tmp_path)
    assert (the_row(reading).values["place"], reading.questions) == ("某村", [])


def test_two_areas_are_asked_and_neither_is_read(tmp_path):
    reading = read(book({5: "耕地面积"}, ("林地面积", 7), groups=NO_GROUPS), tmp_path)
    questions = reading.questions
    assert [question.letter for question in questions] == ["F", "Q"]
    assert {question.candidates for question in questions} == {("land_area",)}
    assert questions[1].question == "F、Q 列都像“非法占地面积”，请选择读哪一列。"
    assert "land_area" not in the_row(reading).present
    assert any("没有选择以前" in warning.reason for warning in reading.warnings)


def below(*leaves):
    """The heads with the area parted into these columns below one head in 公顷, and their merges."""
    at, count = 5, len(leaves)
    upper = [*LEAVES[:at], "占地面积（公顷）", *[None] * (count - 1), *LEAVES[at + 1 :]]
    lower = [*[None] * at, *leaves, *[None] * (len(LEAVES) - at - 1)]
    letters = [get_column_letter(n) for n in range(1, len(upper) + 1)]
    merges = [f"{letter}1:{letter}2" for letter in (*letters[:at], *letters[at + count :])]
    rows = [upper, lower, [*DATA[:at], *range(1, count + 1), *DATA[at + 1 :]]]
    return rows, [*merges, f"F1:{letters[at + count - 1]}1"]


def test_of_the_parts_of_an_area_the_sum_is_read(tmp_path):
    rows, merges = below("耕地", "林地", "合计")
    reading = read(rows, tmp_path, merges)
    assert the_row(reading).values["land_area"] == Decimal(45)
    assert reading.questions == []


def test_the_parts_of_an_area_without_a_sum_are_asked(tmp_path):
    rows, merges = below("耕地", "林地")
    reading = read(rows, tmp_path, merges)
    assert [question.letter for question in reading.questions] == ["F", "G"]
    assert "land_area" not in the_row(reading).present


def test_an_answer_settles_the_question_and_its_rivals(tmp_path):
    rows = book({5: "耕地面积"}, ("林地面积", 7), groups=NO_GROUPS)
    chosen = columns(read(rows, tmp_path))["Q"].id
    reading = read(rows, tmp_path, columns={chosen: "land_area"})
    assert reading.questions == []
    assert the_row(reading).values["land_area"] == Decimal(7)


def test_an_area_under_the_other_side_is_asked(tmp_path):
    rows = book(
        {5: "面积"}, groups=[*NO_GROUPS[:5], "采矿方面", *NO_GROUPS[:6], "公安部门", None, None, None]
    )
    (question, *_) = read(rows, tmp_path).questions
    assert (question.letter, question.candidates) == ("F", ("land_area",))
    assert "看不出是不是“非法占地面积”" in question.question


def test_two_places_are_asked_and_the_first_stands_in(tmp_path):
    reading = read(book({}, ("地点", "另一处")), tmp_path)
    assert [question.letter for question in reading.questions] == ["D", "Q"]
    assert the_row(reading).values["place"] == "某村"


def test_one_fine_without_a_group_is_asked(tmp_path):
    leaves = [word for n, word in enumerate(LEAVES) if n != 10]
    data = [value for n, value in enumerate(DATA) if n != 10]
    reading = read([leaves, data], tmp_path)
    (question,) = reading.questions
    assert (question.letter, question.candidates) == ("G", ("land_fine", "mining_fine"))
    assert question.question == "“罚款金额”可以是“占地罚款金额”，也可以是“采矿罚款金额”，请选择。"
    assert not {"land_fine", "mining_fine"} & the_row(reading).present
    answered = read([leaves, data], tmp_path, columns={question.id: "mining_fine"})
    assert the_row(answered).values["mining_fine"] == Decimal(100)
    assert answered.questions == []


def test_a_column_can_be_left_out(tmp_path):
    left = columns(read(book(), tmp_path))["F"].id
    reading = read(book(), tmp_path, columns={left: ""})
    assert "land_area" not in the_row(reading).present
    assert columns(reading)["F"].key == ""
    assert (columns(reading)["F"].proposed, reading.questions) == ("land_area", [])


def test_two_columns_of_names_can_both_be_read(tmp_path):
    rows = book({}, ("个人姓名", "李某"))
    rows[2][2] = None
    asked = read(rows, tmp_path)
    assert "可以都选" in asked.questions[0].question
    answers = {question.id: "party" for question in asked.questions}
    assert the_row(read(rows, tmp_path, columns=answers)).values["party"] == "李某"


def test_columns_that_are_not_read_are_named(tmp_path):
    reading = read(book({}, ("联系电话", "139"), (None, "散记")), tmp_path)
    assert (columns(reading)["Q"].key, columns(reading)["Q"].head) == ("", "联系电话")
    assert columns(reading)["R"].head == ""
    said = [warning.reason for warning in reading.warnings]
    assert "这些列没有读入：联系电话（Q 列）、没有表头（R 列）。" in said


def test_a_column_without_a_head_can_be_chosen(tmp_path):
    rows = book({15: None})
    rows[2][15] = "已移送"
    unnamed = columns(read(rows, tmp_path))["P"]
    assert unnamed.key == ""
    assert the_row(read(rows, tmp_path, columns={unnamed.id: "remark"})).values["remark"] == "已移送"


@pytest.mark.parametrize(
    ("head", "typed", "mu"),
    [
        ("占地面积（公顷）", 2, 30),
        ("占地面积(平方米)", 2000, 3),
        ("占地面积（㎡）", "2000", 3),
        ("占地面积（单位：万平方米）", 0.2, 3),
        ("（公顷）占地面积", 2, 30),
    ],
)
def test_the_unit_of_a_head_holds_for_its_figures(tmp_path, head, typed, mu):
    rows = book({5: head})
    rows[2][5] = typed
    assert the_row(read(rows, tmp_path)).values["land_area"] == Decimal(mu)


def test_a_head_with_two_units_is_asked_and_not_read(tmp_path):
    rows = book({5: "占地面积（亩、平方米）"})
    reading = read(rows, tmp_path)
    (question,) = reading.questions
    assert (
        question.question
        == "“占地方面·占地面积(亩、平方米)”写了几个单位（亩、平方米），请选择数字按哪个单位。"
    )
    assert "land_area" not in the_row(reading).present
    answered = read(rows, tmp_path, units={question.id: "平方米"})
    assert the_row(answered).values["land_area"] == Decimal("0.0023")


def test_a_chosen_unit_stands_above_the_heads(tmp_path):
    rows = book({6: "罚款金额（万元）"})
    column = columns(read(rows, tmp_path))["G"].id
    reading = read(rows, tmp_path, units={column: "元"})
    assert the_row(reading).values["land_fine"] == Decimal(100)
    assert columns(reading)["G"].unit == "元"


def test_cubic_metres_ask_their_density_once(tmp_path):
    rows = book({8: "非法开采数量（立方米）"})
    asked = read(rows, tmp_path)
    (question,) = asked.questions
    assert (question.asks_density, question.unit) == (True, "立方米")
    assert question.question == "“非法开采数量(立方米)”以立方米计，台账以吨计，请填写每立方米的吨数。"
    answered = read(rows, tmp_path, units={question.id: "立方米×2.6"})
    assert (answered.questions, the_row(answered).values["mined_tonnes"]) == ([], Decimal("52.0000"))


def test_choices_go_into_json_and_come_back_the_same():
    chosen = Choices(
        sheets={"5月": "history"},
        columns={"占地面积": "land_area", "电话": ""},
        units={"开采量": "立方米×2.6"},
        edits={("台账", 7, "land_area"): "3"},
    )
    assert Choices.from_dict(chosen.to_dict()) == chosen
    assert Choices.from_dict(None) == Choices()


def test_a_cell_typed_in_the_preview_stands_in_place_of_the_sheets(tmp_path):
    rows = book()
    rows[2][5], rows[2][2] = "几亩", None
    bad = read(rows, tmp_path)
    assert len(bad.faults) == 2
    edits = {("台账", 3, "land_area"): "3.5", ("台账", 3, "party"): "乙厂"}
    row = the_row(read(rows, tmp_path, edits=edits))
    assert (row.values["land_area"], row.values["party"]) == (Decimal("3.5"), "乙厂")
    assert row.typed["land_area"] == "3.5"


def test_a_cell_can_be_typed_for_a_column_the_sheet_has_not(tmp_path):
    rows = [line[:15] for line in book()]
    row = the_row(read(rows, tmp_path, edits={("台账", 3, "remark"): "已移送"}))
    assert row.values["remark"] == "已移送"
    assert "remark" in row.present
