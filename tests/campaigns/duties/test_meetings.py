"""A meeting meets the duty of the period in which it was held, whenever it was typed."""

from datetime import date

import pytest
import time_machine

from campaigns.models import BOOKS, Duty, Meeting
from campaigns.services import duty_rules, organising
from campaigns.services.duties import make_ahead
from tests.campaigns.duties.conftest import at
from tests.campaigns.organising.conftest import ROWS, seat_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def rule(cast, campaign, setter):
    """协调会议 every ten days, from 2026-05-01, in the campaign."""
    return set_rule(cast, setter, campaign=campaign)


def set_rule(cast, setter, now="2026-05-01 09:00", **values):
    draft = {
        "name": "协调会议", "what": "meeting", "topic": "coordination", "pattern": "every", "every": 10,
        "from_day": date(2026, 5, 1), "leads": [1],
    }  # fmt: skip
    return duty_rules.set_rule(
        by=setter,
        agency=cast.prefecture_office,
        draft=duty_rules.RuleDraft(**{**draft, **values}),
        now=at(now),
    )


@pytest.fixture
def hold(cast, campaign):
    """`hold("05-01", typed="05-02 09:00")`: 交城's liaison writes a meeting down."""

    def held(day, typed, **values):
        row = {**ROWS["meetings"], "held_on": date.fromisoformat(f"2026-{day}"), **values}
        with time_machine.travel(at(f"2026-{typed}"), tick=False):
            seat = seat_of(campaign, cast.county)
            return organising.add_rows(by=cast.liaison, seat=seat, model=BOOKS["meetings"], rows=[row])[0]

    return held


@pytest.fixture
def states(cast):
    """{day: state} of what 交城 owes."""
    return lambda: {
        f"{duty.day:%m-%d}": duty.state for duty in Duty.objects.filter(agency=cast.county).order_by("day")
    }


def test_a_meeting_meets_the_duty_of_the_period_it_was_held_in(cast, rule, hold, states):
    meeting = hold("05-08", typed="05-08 17:00")
    assert states() == {"05-01": "missed", "05-11": "accepted", "05-21": "open", "05-31": "open"}
    duty = Duty.objects.get(agency=cast.county, day=date(2026, 5, 11))
    assert (duty.meeting, duty.submitted_at) == (meeting, at("2026-05-08 17:00"))
    assert Duty.objects.filter(agency=cast.neighbour, state="open").count() == 4


def test_one_typed_late_closes_no_later_duty(rule, hold, states):
    hold("05-01", typed="05-20 09:00")
    assert states() == {"05-01": "accepted", "05-11": "open", "05-21": "open", "05-31": "open"}


def test_one_typed_after_a_later_one_still_meets_its_own(rule, hold, states):
    hold("05-08", typed="05-08 17:00")
    hold("04-30", typed="05-09 09:00")
    assert states()["05-01"] == "accepted"
    assert states()["05-21"] == "open"


def test_two_in_one_period_are_one_for_it_and_none_for_the_next(rule, hold, states):
    hold("05-05", typed="05-05 17:00")
    hold("05-09", typed="05-09 17:00")
    assert states()["05-11"] == "accepted"
    assert states()["05-21"] == "open"


def test_it_is_late_by_when_it_was_typed(cast, rule, hold):
    hold("05-01", typed="05-01 20:00")
    late = Duty.objects.get(agency=cast.county, day=date(2026, 5, 1)).late_by(at("2026-06-01 09:00"))
    assert late.total_seconds() == 2 * 60 * 60


@pytest.mark.parametrize(("kind", "met"), [("coordination", True), ("joint", False)])
def test_only_the_kind_that_the_rule_names_counts(rule, hold, states, kind, met):
    hold("05-01", typed="05-01 15:00", kind=kind)
    assert (states()["05-01"] == "accepted") is met


def test_a_rule_for_any_kind_and_of_no_campaign_takes_any_meeting(cast, setter, hold, states):
    set_rule(cast, setter, topic="")
    hold("05-01", typed="05-01 15:00", kind="other")
    assert states()["05-01"] == "accepted"


def test_one_typed_before_the_duty_was_made_is_credited_when_it_is_made(cast, setter, campaign, hold):
    set_rule(
        cast, setter, now="2026-07-02 09:00", campaign=campaign, topic="joint", pattern="quarterly",
        month=3, days=[31], from_day=date(2026, 7, 1),
    )  # fmt: skip
    meeting = hold("07-10", typed="07-10 16:00", kind="joint")
    assert not Duty.objects.exists()
    make_ahead(at("2026-09-02 09:00"))
    duty = Duty.objects.get(agency=cast.county)
    assert (duty.day, duty.state, duty.meeting) == (date(2026, 9, 30), "accepted", meeting)
    assert duty.late_by(at("2026-10-02 09:00")) is None
    assert Duty.objects.get(agency=cast.neighbour).state == "open"


def test_one_of_the_last_quarter_is_not_credited_to_this_one(cast, setter, campaign, hold):
    hold("06-29", typed="06-29 16:00", kind="joint")
    set_rule(
        cast, setter, now="2026-09-02 09:00", campaign=campaign, topic="joint", pattern="quarterly",
        month=3, days=[31], from_day=date(2026, 7, 1),
    )  # fmt: skip
    assert Duty.objects.get(agency=cast.county).state == "open"


def test_a_duty_moved_off_a_holiday_takes_what_was_held_on_its_day(cast, setter, campaign, hold, states):
    """2026-10-01 is a holiday; the duty is due on the eighth, and a meeting of that day is its own."""
    set_rule(
        cast, setter, now="2026-09-25 09:00", campaign=campaign, pattern="monthly", days=[1, 15],
        holidays="after", from_day=date(2026, 9, 25),
    )  # fmt: skip
    hold("10-08", typed="10-08 15:00")
    assert states() == {"10-01": "accepted", "10-15": "open"}


def test_a_struck_meeting_met_nothing(cast, rule, hold, states):
    meeting = hold("05-01", typed="05-01 15:00")
    organising.strike_row(by=cast.liaison, row=meeting, reason="重复登记")
    assert states()["05-01"] == "open"
    duty = Duty.objects.get(agency=cast.county, day=date(2026, 5, 1))
    assert (duty.meeting, duty.submitted_at, duty.remind_at) == (None, None, None)


def test_another_of_the_period_takes_the_place_of_a_struck_one(cast, rule, hold):
    first, second = hold("05-05", typed="05-05 15:00"), hold("05-09", typed="05-09 15:00")
    organising.strike_row(by=cast.liaison, row=first, reason="重复登记")
    duty = Duty.objects.get(agency=cast.county, day=date(2026, 5, 11))
    assert (duty.state, duty.meeting, duty.submitted_at) == ("accepted", second, at("2026-05-09 15:00"))


def test_a_day_that_is_put_right_moves_what_the_meeting_met(cast, rule, hold, states):
    meeting = hold("05-12", typed="05-12 15:00")
    assert states()["05-21"] == "accepted"
    with time_machine.travel(at("2026-05-13 09:00"), tick=False):
        organising.amend_row(by=cast.liaison, row=meeting, held_on=date(2026, 5, 2))
    assert (states()["05-11"], states()["05-21"]) == ("accepted", "open")


def test_what_is_put_right_otherwise_moves_nothing(cast, rule, hold):
    meeting = hold("05-01", typed="05-01 15:00")
    with time_machine.travel(at("2026-05-03 09:00"), tick=False):
        organising.amend_row(by=cast.liaison, row=meeting, place="县局三楼")
    duty = Duty.objects.get(agency=cast.county, day=date(2026, 5, 1))
    assert (duty.meeting, duty.submitted_at) == (Meeting.objects.get(), at("2026-05-01 15:00"))


def test_the_duty_leads_to_the_meeting_and_before_that_to_its_form(cast, campaign, rule, hold, sign_in):
    duty = Duty.objects.get(agency=cast.county, day=date(2026, 5, 1))
    page = sign_in(cast.liaison).get(duty.get_absolute_url()).content.decode()
    assert f"/ledgers/campaigns/test/{cast.county.code}/organisation/meetings/add/" in page
    meeting = hold("05-01", typed="05-01 15:00")
    page = sign_in(cast.liaison).get(duty.get_absolute_url()).content.decode()
    assert meeting.get_absolute_url() in page and "登记会议" not in page
