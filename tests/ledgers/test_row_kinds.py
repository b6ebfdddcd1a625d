"""A further kind of row: declared once, its fields in the one catalogue, a form of it kept."""

from dataclasses import replace

import pytest

from common.errors import Refused
from ledgers.fields import FIELDS, ROW_KINDS, Kind, LedgerField, RowKind
from ledgers.models import LedgerForm
from ledgers.rows import Cell
from ledgers.services.ledger_forms import add_form, find_form, form_choices, layout_of
from tests.ledgers.test_second_form import declared

pytestmark = pytest.mark.django_db
CLUE = RowKind("clue", "线索", needed=("clue_number",), named_by="clue_number")


def of_clues(key, label, **more):
    """A field that only clues have."""
    return LedgerField(
        key=key,
        label=label,
        words=(label,),
        draw=lambda facts, clue, field: Cell(),
        rows=frozenset({"clue"}),
        **({"kind": Kind.TEXT} | more),
    )


@pytest.fixture
def clues(monkeypatch):
    """The kind `clue` with two fields of its own; 位置 stands in rows of both kinds."""
    monkeypatch.setitem(ROW_KINDS, "clue", CLUE)
    monkeypatch.setattr(FIELDS, "_fields", dict(FIELDS._fields))
    FIELDS.register(of_clues("clue_number", "线索编号"), of_clues("received_on", "收到日期", kind=Kind.DATE))
    shared = replace(FIELDS["place"], rows=frozenset({"entry", "clue"}))
    monkeypatch.setitem(FIELDS._fields, "place", shared)


def form_of_clues(*more, **changes):
    """A form of clues as its file would declare it."""
    heads = [
        {"head": "线索编号", "key": "clue_number", "width": 16},
        {"head": "收到日期", "key": "received_on", "width": 12},
        {"head": "位置", "key": "place", "width": 24},
        *more,
    ]
    places = {"auditor": 1, "filled_on": 2, "filler": 3}
    signatures = [each | {"column": places[each["name"]]} for each in declared()["signatures"]]
    return declared(row_kind="clue", heads=heads, signatures=signatures) | changes


def test_a_form_of_clues_is_kept_and_drawn(clues):
    add_form(form_of_clues())
    layout = layout_of("referrals", 1)
    assert (layout.row_kind, layout.keys) == (CLUE, ("clue_number", "received_on", "place"))
    assert layout.label_span == 1
    assert LedgerForm.objects.get(code="referrals").get_row_kind_display() == "线索"


def test_a_form_must_have_what_its_kind_needs_and_only_fields_of_it(clues):
    form = form_of_clues({"head": "矿种", "key": "mineral", "width": 9})
    form["heads"] = form["heads"][1:]
    with pytest.raises(Refused) as refusal:
        add_form(form)
    assert refusal.value.sentence == "“开采矿种”不属于这种台账行。缺少“线索编号”。"
    with pytest.raises(Refused, match="“收到日期”不属于这种台账行"):
        add_form(declared(heads=[*declared()["heads"], form["heads"][0]]))


def test_a_campaign_reports_with_a_form_of_entries_only(clues):
    before = form_choices()
    add_form(form_of_clues())
    assert form_choices() == before
    assert find_form("referrals", 1) is None


def test_the_halves_of_an_entry_have_no_fields_of_clues(clues):
    assert "clue_number" not in {field.key for field in FIELDS.of_side(FIELDS["remark"].side)}
    assert "clue_number" in {field.key for field in FIELDS.of_side(FIELDS["remark"].side, "clue")}
