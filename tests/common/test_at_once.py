"""Rows read by one statement are the rows that Django would have read, of every field and both ways round."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import DurationField, Exists, OuterRef, Value, prefetch_related_objects
from django.test.utils import CaptureQueriesContext

from accounts.models import Clock, TrailEntry
from accounts.services.clocks import first_due
from cases.models import Case, PenaltyItem
from cases.showing import READ
from clues.models import Clue
from clues.showing.loading import READ as READ_OF_CLUE
from common import at_once
from tests.cases import making


def told(row, also=()):
    """Every column of a row, and of the rows it points at by these paths."""
    if row is None:
        return None
    values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    for path in also:
        step, _, rest = path.partition("__")
        values[path] = told(getattr(row, step, None), (rest,) if rest else ())
    return values


def everything(things, wanted):
    """What hangs on things, by relation."""
    found = {}
    for path, also in wanted.items():
        rows = things
        for step in path.split("__"):
            several = (getattr(row, step, None) for row in rows if row is not None)
            rows = [each for one in several for each in (one.all() if hasattr(one, "all") else [one])]
        found[path] = [told(row, also) for row in rows]
    return found


@pytest.fixture
def held(cast):
    """Two cases, one with all that a case may have, and their clues."""
    case = making.decided_case(cast)
    making.mined(cast, case, value="200000.5")
    making.proposed_referral(cast, making.mined(cast, making.filed_case(cast), value="200000"))
    return case


def plainly(model, wanted):
    """The same by Django alone."""
    things = list(model.objects.order_by("pk"))
    for name, also in wanted.items():
        paths = (f"{name}__{each}" for each in also)
        prefetch_related_objects(things, name, *paths)
    return things


@pytest.mark.parametrize(("model", "wanted"), [(Case, READ), (Clue, READ_OF_CLUE)])
def test_what_hangs_on_rows_is_what_django_reads(held, model, wanted):
    things = list(model.objects.select_related(*(["handler", "second_handler"] if model is Case else [])))
    things.sort(key=lambda row: row.pk)
    with CaptureQueriesContext(connection) as asked:
        at_once.prefetch(things, wanted)
    assert len(asked) == 1
    with CaptureQueriesContext(connection) as asked:
        at_once.prefetch(things, wanted)
        found = everything(things, wanted)
    assert len(asked) == 0
    assert found == everything(plainly(model, wanted), wanted)


def test_order_limit_and_what_was_worked_out_beside_stay(held):
    def several():
        due = Case.objects.annotate(due_at=first_due("cases.case")).order_by("-due_at", "-pk")[:1]
        items = PenaltyItem.objects.annotate(
            named=Exists(Case.objects.filter(decisions__items=OuterRef("pk")))
        ).order_by("-pk")
        keys = TrailEntry.objects.order_by("-seq", "pk").values_list("pk", "changes", "at")[:5]
        return due, items, keys, Clock.objects.only("label", "due_at").order_by("pk"), Case.objects.none()

    plain = [list(rows) for rows in several()]
    with CaptureQueriesContext(connection) as asked:
        due, items, keys, clocks, none = at_once.read(*several())
    assert len(asked) == 1
    assert ([due], [items], keys, clocks, none) == ([plain[0]], [plain[1]], plain[2], plain[3], [])
    assert [row.due_at for row in due] == [row.due_at for row in plain[0]]
    assert [(row.named, row.amount) for row in items] == [(row.named, row.amount) for row in plain[1]]
    assert clocks[0].get_deferred_fields() == plain[3][0].get_deferred_fields()


def test_a_question_that_is_ready_finds_what_stands_there_each_time_it_is_asked(held):
    rows = Case.objects.filter(state="investigation").select_related("agency").order_by("pk")
    again = at_once.ready(rows)
    for state in ("investigation", "closed"):
        Case.objects.update(state=state)
        with CaptureQueriesContext(connection) as asked:
            ((*found,),) = at_once.read(again())
        assert len(asked) == 1 and found == list(rows.all()) and len(found) == 2 * (state == "investigation")
        assert [told(case, ("agency",)) for case in found] == [told(case, ("agency",)) for case in rows.all()]
    assert at_once.read(at_once.ready(Case.objects.none())()) == [[]]


def test_what_json_cannot_carry_is_refused(cast):
    rows = Clock.objects.annotate(lasts=Value(timedelta(1), output_field=DurationField()))
    with pytest.raises(TypeError, match="DurationField"):
        at_once.read(rows)
