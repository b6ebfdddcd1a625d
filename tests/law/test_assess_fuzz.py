"""Whatever a line holds, it is assessed or refused with a sentence; what nobody reads is said."""

import json
from datetime import date
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from law.figures import SEEDED
from law.findings import assess
from law.reading import COLUMNS, KEYS, BadInput, read_line, read_rows, unknown_keys
from law.reading.keys import DATES, INSIDE
from law.reports import as_data
from law.shipped import calendar
from law.words import violation_names

AS_OF = date(2026, 9, 1)
WORDS = st.sampled_from(
    [
        "",
        "是",
        "否",
        "无",
        "none",
        "约十万",
        "15万",
        "永久基本农田",
        "林地",
        "public",
        "禁采区",
        "执行完毕",
        "K21",
    ]
)
DAY = st.one_of(
    st.dates().map(str), st.datetimes().map(lambda each: each.isoformat()),
    st.sampled_from(["2025-08-01T10:00", "9999-12-31", "0001-01-01", "2025/8/1", "去年"]),
    st.just("2025-08-01T10:00Z"),
)  # fmt: skip
NUMBER = st.one_of(
    st.integers(-5, 10**13), st.decimals(allow_nan=True, allow_infinity=True),
    st.floats(), st.sampled_from([Decimal("1e-99999999"), Decimal("1e99999999"), 10**400]),
)  # fmt: skip
PLAIN = st.one_of(st.none(), st.booleans(), NUMBER, WORDS, DAY, st.text(max_size=8))
ANY = st.recursive(
    PLAIN, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3), max_leaves=6
)


def part(name: str) -> st.SearchStrategy:
    row = st.dictionaries(st.sampled_from(INSIDE[name]), st.one_of(DAY, PLAIN, ANY), max_size=6)
    return st.one_of(row, st.lists(row, max_size=3), ANY)


VALUES = {
    **{key: st.one_of(PLAIN, ANY) for key in KEYS},
    **{name: part(name) for name in INSIDE},
    **{key: st.one_of(DAY, PLAIN) for key in ("as_of", "acts_from", "acts_ended")},
    "violation": st.sampled_from([*violation_names(), "K99", ""]),
    "dates": st.dictionaries(st.sampled_from(DATES), st.one_of(DAY, DAY, DAY, PLAIN)),
}
LINES = st.fixed_dictionaries({}, optional=VALUES)


def tried(line):
    """The findings, or the sentence that refuses the line."""
    try:
        found = assess(read_line(line, AS_OF), SEEDED, calendar())
    except BadInput as wrong:
        return str(wrong)
    return json.dumps([as_data(each) for each in found], ensure_ascii=False)


@settings(max_examples=600, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(LINES)
def test_any_line_is_assessed_or_refused_with_a_sentence(line):
    assert tried(line)
    unknown_keys(line)


CELL = st.one_of(PLAIN, DAY, st.dates(), st.datetimes(), st.times(), ANY)
CELLS = st.dictionaries(st.sampled_from([each.key for each in COLUMNS]), CELL, max_size=10)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(CELLS, min_size=1, max_size=3))
def test_any_rows_of_a_register_are_assessed_or_refused_with_a_sentence(rows):
    try:
        assess(read_rows(rows, AS_OF), SEEDED, calendar())
    except BadInput as wrong:
        assert str(wrong)


SANE = {
    **dict.fromkeys(("value", "illegal_income"), st.sampled_from([None, 0, "49999.99", 100_000, 2_844_809])),
    "acts_ended": st.dates(date(2000, 1, 1), date(2100, 1, 1)).map(str),
    "dates": st.dictionaries(
        st.sampled_from(DATES), st.dates(date(1900, 1, 1), date(2200, 12, 31)).map(str), max_size=9
    ),
    "extended": st.sampled_from([True, False, 0, 30, 3650]),
    "excluded_days": st.sampled_from([0, 5, 3650]),
    "continuing": st.booleans(),
    "life_health": st.booleans(),
}  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.fixed_dictionaries({"violation": st.sampled_from([*violation_names()])}, optional=SANE))
def test_a_line_of_good_values_in_any_order_of_days_is_assessed(line):
    assert tried(line).startswith("[")


def test_every_key_of_a_line_is_read_and_no_other_in_silence():
    line = {
        "violation": "K21", "valeu": 1, "decision": {"fine": 1, "fines": 2},
        "dates": {"filled": "2025-01-01"},
        "batches": [{"v": 1, "worth": 3}], "quantity": [{"v": 1, "unit": "吨"}],
        "land": [{"area_mu": 1, "areamu": 2}], "prior_penalties": [{"date": "2025-01-01", "kind": "other"}],
        "unpunished": [{"date": "2025-01-01", "land": [{"area": 1}]}],
    }  # fmt: skip
    assert unknown_keys(line) == [
        "batches.worth", "dates.filled", "decision.fines", "land.areamu", "prior_penalties.kind",
        "quantity.unit", "unpunished.land.area", "valeu",
    ]  # fmt: skip
    assert unknown_keys(dict.fromkeys(KEYS)) == []
    assert unknown_keys({"land": "x", "dates": [1], "unpunished": [2, {"land": "y"}]}) == []


FULL = {
    "id": "A", "province": "山西省", "county": "141122", "violations": ["K21", "T21"], "mineral": "煤",
    "mine_scale": "小型", "quantity": [{"v": 10, "u": "立方米", "density": 2.6}], "value": 1,
    "illegal_income": 2, "batches": [{"v": 1, "u": "吨", "density": 1, "value": 60000, "income": 50000}],
    "value_estimated": True, "destroyed_value": 3, "special_area": ["禁采区", "禁采期"], "eco_damage": False,
    "destructive": True,
    "acts_from": "2025-07-01", "acts_ended": "2025-08-01", "continuing": False, "life_health": True,
    "right_exists": True, "refused_correct": True, "mitigation": "行政处罚法第三十二条",
    "unpunished": [{"date": "2025-01-01", "value": 9, "land": 2}], "notice_waived": True,
    "land": [{"class": "林地", "area_m2": 5, "conform_plan": True, "destroyed": True, "black_soil": True,
              "black_soil_m3": 7, "forest": "commercial"}],
    "prior_penalties": [{"date": "2024-01-01", "for": "illegal_mining"}], "plea_answered": True,
    "dates": dict.fromkeys(DATES, "2025-09-01T09:30"), "extended": True, "excluded_days": 4,
    "decision": {"fine": 8, "confiscated_income": 50000, "confiscated_minerals": True,
                 "confiscated_tools": "none", "restoration": False},
    "paid": 6, "referred": True, "not_referred": True, "joined": True, "closing": "执行完毕",
}  # fmt: skip


def test_every_input_key_reaches_the_facts():
    """A line with every key: each leaves its mark, times and batches in place of totals included."""
    assert unknown_keys(FULL) == []
    facts = read_line(FULL, AS_OF)
    bare = read_line({}, AS_OF)
    untouched = {"as_of", "parties", "carries", "native", "pauses", "took_part", "settled"}
    fields = set(facts.__dataclass_fields__) - untouched
    assert {name for name in fields if getattr(facts, name) == getattr(bare, name)} == set()
    assert facts.took_part and facts.market_value == 60000 and facts.batches[0].income == 50000
    assert facts.steps.referred.isoformat() == "2025-09-01T09:30:00"


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"\xff\xfe\x00", "UTF-8"), (b"[" * 100_000, "JSON"), (b"[1, {", "JSON")],
)
def test_a_file_that_cannot_be_read_is_said(tmp_path, db, content, said):
    path = tmp_path / "cases.jsonl"
    path.write_bytes(content)
    with pytest.raises(Exception, match=said) as stopped:
        call_command("assess", str(path), stdout=StringIO())
    assert type(stopped.value).__name__ == "CommandError"


def test_what_only_bears_the_name_of_a_workbook_is_said(tmp_path, db):
    path = tmp_path / "cases.xlsx"
    path.write_bytes(b"not a workbook")
    with pytest.raises(Exception, match="Excel"):
        call_command("assess", str(path), stdout=StringIO())
