"""小计 and 合计 are no data; one that does not add up is a warning."""

import pytest

from ledgers.sheets.reading import read_ledger
from ledgers.sheets.totals import total_word
from tests.ledgers.sheets.books import FORM, line, official, saved


def read(lines, tmp_path):
    return read_ledger(saved(official(lines), tmp_path / "book.xlsx"), FORM)


def total(word, key="serial", **values):
    return {key: word, **values}


def some(*areas, county="交城县", start=1):
    return [line(start + n, land_area=area, county=county) for n, area in enumerate(areas)]


@pytest.mark.parametrize("key", ["serial", "county", "party", "place"])
@pytest.mark.parametrize(
    "word",
    [
        "合计",
        "合 计",
        "总计",
        "小计：",
        "合计：2宗",
        "交城县小计",
        "双江拉祜族佤族布朗族傣族自治县小计（2 条）",
    ],
)
def test_a_total_is_no_line_wherever_its_word_stands(tmp_path, key, word):
    reading = read([*some(1, 2), total(word, key, land_area=3)], tmp_path)
    assert len(reading.rows) == 2
    assert (reading.skipped_totals, reading.warnings, reading.rejected_rows) == (1, [], [])


def test_a_party_may_have_such_a_word_in_its_name():
    assert total_word(["交城县合计石料有限公司"]) is None
    assert total_word(["共计某"]) is None


def test_a_total_that_does_not_add_up_is_a_warning_with_both_figures(tmp_path):
    lines = [*some(1, 2), total("合计", land_area=4, land_fine=168000)]
    (warning,) = read(lines, tmp_path).warnings
    assert (warning.row, warning.column, warning.column_name) == (9, "F", "非法占地面积")
    assert "表中为 4，各行之和为 3" in warning.reason


def test_subtotals_and_the_total_below_them_are_each_added_up(tmp_path):
    lines = [
        *some(1, 2),
        total("小计", land_area=3),
        *some(4, 5, county="文水县", start=3),
        total("小计", land_area=9),
        total("合计", land_area=12),
    ]
    reading = read(lines, tmp_path)
    assert (reading.skipped_totals, reading.warnings) == (3, [])
    lines[5] = total("小计", land_area=12)
    (warning,) = read(lines, tmp_path).warnings
    assert (warning.row, "各行之和为 9" in warning.reason) == (12, True)


def test_totals_may_stand_above_their_lines(tmp_path):
    lines = [
        total("合计", land_area=12),
        total("小计", land_area=3),
        *some(1, 2),
        total("小计", land_area=9),
        *some(4, 5, start=3),
    ]
    reading = read(lines, tmp_path)
    assert (reading.skipped_totals, reading.warnings) == (3, [])


def test_a_subtotal_that_names_its_county_means_that_county(tmp_path):
    lines = [*some(1), *some(2, county="文水县", start=2), *some(4, start=3)]
    named = total("小计", county="交城县", land_area=5)
    assert read([*lines, named], tmp_path).warnings == []


def test_rejected_lines_count_in_a_printed_total(tmp_path):
    lines = [line(1, land_area=1), line(2, party=None, land_area=2), total("合计", land_area=3)]
    reading = read(lines, tmp_path)
    assert len(reading.rejected_rows) == 1
    assert reading.warnings == []


def test_a_column_with_an_unreadable_cell_is_not_added_up(tmp_path):
    lines = [*some(1, 2), line(3, land_area="约三亩"), total("合计", land_area=6, land_fine=1)]
    assert [warning.key for warning in read(lines, tmp_path).warnings] == ["land_fine"]


def test_an_empty_cell_of_a_total_says_nothing(tmp_path):
    assert read([*some(1, 2), total("合计", land_area=None)], tmp_path).warnings == []
