"""A changed rule moves only what is open and lies ahead, and says what it moved."""

from dataclasses import replace
from datetime import date, time

import pytest

from accounts.models import CalendarDay, TrailEntry
from accounts.signals import calendar_changed
from campaigns.models import Duty
from campaigns.services import duty_rules, realigning
from common.errors import Forbidden, Stale
from tests.campaigns.duties.conftest import at

pytestmark = pytest.mark.django_db
NOW = at("2026-05-16 09:00")


def changed(rule, **values):
    """What a rule says, with some of it changed."""
    return replace(duty_rules.RuleDraft.of(rule), **values)


@pytest.fixture
def reported(cast, half_monthly):
    """交城 has reported for the 15th; 文水 has not."""
    Duty.objects.filter(agency=cast.county, day=date(2026, 5, 15)).update(
        state="submitted", submitted_at=at("2026-05-15 17:00"), closed_at=at("2026-05-15 17:00")
    )
    return half_monthly


def due_times(agency):
    rows = Duty.objects.filter(agency=agency).exclude(state="cancelled")
    return list(rows.values_list("due_at", flat=True))


def test_another_hour_moves_what_lies_ahead(cast, setter, reported):
    rule, moved = duty_rules.amend_rule(
        by=setter, rule=reported, draft=changed(reported, at=time(12)), now=NOW
    )
    assert (moved.moved, moved.cancelled) == (2, 0)
    expected = [at("2026-05-15 18:00"), at("2026-05-30 12:00"), at("2026-06-15 12:00")]
    assert due_times(cast.county) == expected
    assert due_times(cast.neighbour) == expected


def test_what_is_overdue_stays_owed_as_it_was(cast, setter, reported):
    duty_rules.amend_rule(by=setter, rule=reported, draft=changed(reported, days=[20]), now=NOW)
    late = Duty.objects.get(agency=cast.neighbour, day=date(2026, 5, 15))
    assert (late.state, late.due_at) == ("open", at("2026-05-15 18:00"))


def test_other_days_withdraw_the_old_and_make_the_new(cast, setter, reported):
    rule, moved = duty_rules.amend_rule(by=setter, rule=reported, draft=changed(reported, days=[20]), now=NOW)
    assert moved.cancelled == 2
    assert due_times(cast.county) == [at("2026-05-15 18:00"), at("2026-05-20 18:00")]
    assert Duty.objects.filter(state="cancelled").count() == 2


def test_a_day_taken_back_is_owed_again_once(cast, setter, reported):
    rule, _ = duty_rules.amend_rule(by=setter, rule=reported, draft=changed(reported, days=[20]), now=NOW)
    rule, moved = duty_rules.amend_rule(by=setter, rule=rule, draft=changed(rule, days=[15, 30]), now=NOW)
    assert moved.made >= 2
    again = Duty.objects.get(agency=cast.county, day=date(2026, 5, 30))
    assert (again.state, again.closed_at) == ("open", None)


def test_the_trail_says_what_moved(setter, reported):
    duty_rules.amend_rule(by=setter, rule=reported, draft=changed(reported, at=time(12)), now=NOW)
    entry = TrailEntry.objects.filter(act="amend_rule").get()
    assert "改期2项" in str(entry.changes)


def test_a_moved_duty_is_looked_at_anew(cast, setter, reported):
    Duty.objects.update(remind_at=at("2026-05-29 09:00"))
    duty_rules.amend_rule(by=setter, rule=reported, draft=changed(reported, at=time(12)), now=NOW)
    assert Duty.objects.get(agency=cast.county, day=date(2026, 5, 30)).remind_at is None


def test_an_ended_rule_withdraws_what_lies_after(cast, setter, reported):
    rule, moved = duty_rules.end_rule(by=setter, rule=reported, to_day=date(2026, 5, 20), now=NOW)
    assert moved.cancelled == 2
    assert due_times(cast.county) == [at("2026-05-15 18:00")]


def test_a_stale_form_changes_nothing(setter, reported):
    duty_rules.amend_rule(
        by=setter,
        rule=reported,
        version=1,
        draft=changed(reported, at=time(12)),
        now=NOW,
    )
    with pytest.raises(Stale):
        duty_rules.amend_rule(
            by=setter,
            rule=reported,
            version=1,
            draft=changed(reported, at=time(13)),
            now=NOW,
        )


def test_a_county_cannot_change_the_rule_of_its_prefecture(cast, reported):
    with pytest.raises(Forbidden):
        duty_rules.amend_rule(
            by=cast.liaison,
            rule=reported,
            draft=changed(reported, at=time(20)),
            now=NOW,
        )


def test_a_new_day_off_moves_what_the_rule_moves_off_holidays(cast, setter, half_monthly):
    def due():
        return Duty.objects.get(agency=cast.county, day=date(2026, 5, 15)).due_at

    early = at("2026-05-02 09:00")
    duty_rules.amend_rule(
        by=setter,
        rule=half_monthly,
        draft=changed(half_monthly, holidays="before"),
        now=early,
    )
    assert due() == at("2026-05-15 18:00")
    CalendarDay.objects.create(day=date(2026, 5, 15), kind="off", note="调休")
    realigning.realign_for_calendar(now=early)
    assert due() == at("2026-05-14 18:00")


def test_a_rule_that_stays_stays(cast, half_monthly):
    CalendarDay.objects.create(day=date(2026, 5, 15), kind="off", note="调休")
    realigning.realign_for_calendar(now=at("2026-05-02 09:00"))
    assert due_times(cast.county)[0] == at("2026-05-15 18:00")


def test_the_calendar_is_heard(monkeypatch):
    heard = []
    monkeypatch.setattr("campaigns.receivers.realign_for_calendar", lambda: heard.append(1))
    calendar_changed.send(sender=None, by=None, year=2027)
    assert heard == [1]
