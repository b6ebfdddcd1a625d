"""A source over a table that knows nothing of reminders: moved, cleared, closed and reopened days."""

from datetime import timedelta

import pytest
from django.db.models import Q

from campaigns.models import Meeting, MeetingItem
from reminders import due_sources
from reminders.due_sources import Due
from reminders.models import DeliveryLog, Notice, PlannedLook
from reminders.services import making, sweeping
from reminders.services.day_source import DaySource, end_of
from tests.ledgers import build
from tests.reminders.moments import at

ITEMS = DaySource(
    kind="item",
    model=MeetingItem,
    is_open=Q(done_on=None),
    day="due_on",
    agency="row__agency_id",
    reads=("row",),
    due_of=lambda item: Due("item", item.pk, "议定事项", item.row.agency_id, end_of(item.due_on)),
    why_closed=lambda item: "已办结" if item.done_on else "",
    closed_at=lambda item: end_of(item.done_on),
)


@pytest.fixture
def make(cast, monkeypatch):
    """`make("11-30")` adds an item of 交城's meeting, due then; the sweep knows only this source
    of them."""
    monkeypatch.delitem(due_sources.DUE_SOURCES, "meeting_item")
    monkeypatch.setitem(due_sources.DUE_SOURCES, "item", ITEMS)
    meeting = Meeting.objects.create(
        campaign=build.campaign(cast),
        agency=cast.county,
        recorded_by=cast.liaison,
        kind="coordination",
        held_on=build.day("04-10"),
    )
    return lambda due: MeetingItem.objects.create(
        row=meeting, position=1, title="完成排查", due_on=due and build.day(due)
    )


def swept(moment) -> int:
    return sweeping.sweep(now=at(moment))["reminders_made"]


def test_a_stage_is_told_once_and_the_next_at_its_time(cast, make):
    make("11-30")
    assert [swept(f"2026-11-{day} 09:00") for day in (20, 23, 23, 24, 27)] == [0, 1, 0, 0, 2]
    assert Notice.objects.filter(recipient=cast.liaison).count() == 2


def test_a_day_that_was_moved_is_seen_within_a_day(make):
    item = make("12-30")
    assert swept("2026-11-28 09:00") == 0
    MeetingItem.objects.filter(pk=item.pk).update(due_on=build.day("11-30"))
    assert swept("2026-11-29 09:00") > 0


def test_what_has_no_day_is_left_alone(make):
    item = make(None)
    assert swept("2026-11-30 09:00") == 0
    assert ITEMS.look([item.pk, item.pk + 1]) == {item.pk: "已没有期限", item.pk + 1: "已不存在"}


def test_what_was_done_in_time_while_nobody_swept_is_noted_and_forgotten(make):
    item = make("11-30")
    swept("2026-11-27 09:00")
    MeetingItem.objects.filter(pk=item.pk).update(done_on=build.day("11-30"))
    assert swept("2026-12-05 09:00") == 0
    notes = set(DeliveryLog.objects.filter(outcome="moot").values_list("note", flat=True))
    assert "“到期当天上午”未发送：事项已办结" in notes
    assert not PlannedLook.objects.exists()


def test_what_is_open_again_is_told_again(make):
    item = make("11-30")
    MeetingItem.objects.filter(pk=item.pk).update(done_on=build.day("11-20"))
    assert swept("2026-11-27 09:00") == 0
    MeetingItem.objects.filter(pk=item.pk).update(done_on=None)
    assert swept("2026-11-30 09:00") > 0


def test_a_row_that_is_gone_takes_its_plan_along(make):
    item = make("11-30")
    swept("2026-11-27 09:00")
    item.delete()
    swept("2026-11-28 09:00")
    assert not PlannedLook.objects.exists()


def test_a_clock_that_ran_ahead_hides_nothing(make):
    make("11-30")
    swept("2027-03-01 09:00")
    assert swept("2026-11-30 18:00") > 0


def test_a_span_of_days_is_cut_at_its_hours(cast, make):
    item, day = make("11-30"), timedelta(days=1)
    due = at("2026-11-30 18:00")
    assert [each.pk for each in ITEMS.within({cast.county.pk}, due, due + day)] == [item.pk]
    assert ITEMS.within({cast.county.pk}, due - day, due) == []
    assert ITEMS.within({cast.neighbour.pk}, due - day, due + day) == []


def test_a_thousand_things_cost_what_one_does(make, django_assert_max_num_queries):
    first = make("11-30")
    rows = [MeetingItem(row=first.row, position=n, title="x", due_on=first.due_on) for n in range(1000)]
    MeetingItem.objects.bulk_create(rows)
    now = at("2026-11-01 09:00")
    with django_assert_max_num_queries(6):
        dues = ITEMS.take(now, 1000)
        ITEMS.put_off({due.pk: now + timedelta(hours=1) for due in dues}, now)
    assert (len(dues), making.remind_due(now=now)[0]) == (1000, 1)
