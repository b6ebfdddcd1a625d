"""A report answers a duty; late is late by the server's clock, and says by how much."""

from datetime import date, timedelta

import pytest

from campaigns.models import Duty
from campaigns.services.duties import make_ahead
from campaigns.services.periods import owed_by
from common.errors import Refused
from common.spans import lateness
from ledgers.services import submitting
from tests.campaigns.duties.conftest import at
from tests.ledgers import acting, build

pytestmark = pytest.mark.django_db


@pytest.fixture
def duty_of(cast, half_monthly):
    """`duty_of("05-15")` is what 交城 owes by that day."""

    def found(day, agency=None):
        return Duty.objects.get(agency=agency or cast.county, day=build.day(day))

    return found


def submit(cast, ledger, moment, as_of="05-15", **more):
    return acting.submit(cast, ledger, as_of, now=at(moment), nil_report=True, **more)


def test_two_seconds_before_six_is_in_time(cast, county_ledger, duty_of):
    submission = submit(cast, county_ledger, "2026-05-15 17:59:58")
    duty = duty_of("05-15")
    assert (duty.state, acting.answer_to(duty)) == ("submitted", submission)
    assert duty.submitted_at == at("2026-05-15 17:59:58")
    assert duty.late_by(at("2026-05-20 09:00")) is None


def test_one_second_after_six_is_late_by_one_second(cast, county_ledger, duty_of):
    submit(cast, county_ledger, "2026-05-15 18:00:01")
    late = duty_of("05-15").late_by(at("2026-05-20 09:00"))
    assert late == timedelta(seconds=1)
    assert lateness(late) == "1 秒"


def test_what_is_owed_is_late_by_now(duty_of):
    late = duty_of("05-15").late_by(at("2026-05-16 20:14"))
    assert lateness(late) == "1 天 2 小时"
    assert duty_of("05-15").late_by(at("2026-05-15 18:00")) is None


def test_a_report_answers_the_earliest_that_is_owed(cast, county_ledger, duty_of):
    submit(cast, county_ledger, "2026-05-16 09:00")
    assert duty_of("05-15").state == "submitted"
    assert duty_of("05-30").state == "open"


def test_a_report_ahead_of_time_answers_the_next(cast, county_ledger, duty_of):
    submit(cast, county_ledger, "2026-05-15 09:00")
    submit(cast, county_ledger, "2026-05-29 09:00", "05-29")
    assert duty_of("05-30").state == "submitted"


def test_who_chooses_the_later_one_has_missed_the_earlier(cast, county_ledger, duty_of):
    submit(cast, county_ledger, "2026-05-29 09:00", "05-29", duty=duty_of("05-30"))
    assert duty_of("05-30").state == "submitted"
    assert duty_of("05-15").state == "missed"
    assert duty_of("05-15", cast.neighbour).state == "open"


def test_a_returned_report_is_owed_again_and_its_correction_answers_it(cast, county_ledger, duty_of):
    submission = submit(cast, county_ledger, "2026-05-15 17:00")
    Duty.objects.update(remind_at=at("2026-06-01 09:00"))
    acting.send_back(cast, submission)
    duty = duty_of("05-15")
    assert (duty.state, duty.closed_at, duty.remind_at) == ("returned", None, None)
    corrected = submit(cast, county_ledger, "2026-05-16 10:00")
    duty = duty_of("05-15")
    assert (duty.state, acting.answer_to(duty)) == ("submitted", corrected)
    assert duty.submitted_at == at("2026-05-15 17:00")


def test_accepting_closes_the_duty(cast, county_ledger, duty_of):
    acting.accept(cast, submit(cast, county_ledger, "2026-05-15 17:00"))
    assert duty_of("05-15").state == "accepted"


def test_a_correction_of_an_accepted_report_stays_with_its_duty(cast, county_ledger, duty_of):
    acting.accept(cast, submit(cast, county_ledger, "2026-05-15 17:00"))
    corrected = submit(cast, county_ledger, "2026-05-20 10:00", correct=True)
    duty = duty_of("05-15")
    assert (duty.state, acting.answer_to(duty)) == ("submitted", corrected)
    assert duty_of("05-30").state == "open"


def test_what_may_be_answered_is_all_that_is_overdue_and_the_next(cast, county_ledger, duty_of):
    owed = owed_by(county_ledger, at("2026-05-20 09:00"))
    assert [duty.day for duty in owed] == [date(2026, 5, 15), date(2026, 5, 30)]
    owed = owed_by(county_ledger, at("2026-05-10 09:00"))
    assert [duty.day for duty in owed] == [date(2026, 5, 15)]


def test_without_a_duty_a_ledger_may_be_submitted_all_the_same(cast, county_ledger):
    assert submit(cast, county_ledger, "2026-05-15 17:00").duty is None


def test_the_trail_of_the_report_names_its_duty_and_its_lateness(cast, county_ledger, duty_of):
    submit(cast, county_ledger, "2026-05-15 20:14")
    from accounts.models import TrailEntry

    entry = TrailEntry.objects.get(act="submit_ledger")
    assert "半月台账（2026-05-15），迟报2 小时 14 分" in str(entry.changes)


def test_a_nil_report_is_an_act_of_its_own(cast, county_ledger, duty_of):
    ledger = acting.prepare(cast, county_ledger)
    acting.check(cast, ledger)
    with pytest.raises(Refused) as refusal:
        submitting.submit_ledger(by=cast.checker, ledger=ledger, now=at("2026-05-15 17:00"))
    assert "零报告" in refusal.value.sentence
    assert duty_of("05-15").state == "open"


def test_three_missed_and_one_report_on_the_due_day_answers_that_day(
    cast, county_ledger, half_monthly, duty_of
):
    make_ahead(at("2026-06-10 09:00"))
    submit(cast, county_ledger, "2026-06-15 17:00", "06-15")
    assert duty_of("06-15").state == "submitted"
    assert (duty_of("05-15").state, duty_of("05-30").state) == ("missed", "missed")
