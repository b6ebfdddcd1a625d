"""线下报送补登: a crash at 17:50 is not the county's lateness; the prefecture decides."""

from datetime import timedelta

import pytest

from accounts.models import TrailEntry
from campaigns.models import Duty
from campaigns.services import claims
from campaigns.services.periods import owed_by
from common.errors import Forbidden, Refused
from reminders.models import Standstill
from tests.campaigns.duties.conftest import at
from tests.cases.making import scan
from tests.ledgers import acting, build

pytestmark = pytest.mark.django_db
SENT, TYPED = "2026-05-15 17:50", "2026-05-15 19:30"


@pytest.fixture
def duty(cast, half_monthly):
    """What 交城 owes by 2026-05-15."""
    return Duty.objects.get(agency=cast.county, day=build.day("05-15"))


def claim(by, duty, sent=SENT, typed=TYPED, **more):
    return claims.record_claim(
        by=by,
        duty=duty,
        sent_at=at(sent),
        scan=scan(),
        system_down=True,
        note="系统17:50打不开，已传真",
        now=at(typed),
        **more,
    )


def test_a_claim_reports_the_duty_and_keeps_both_times(cast, duty):
    duty = claim(cast.liaison, duty)
    assert duty.state == "submitted"
    assert (duty.submitted_at, duty.claim.sent_at) == (at(TYPED), at(SENT))
    assert duty.claim.recognised is None


def test_until_it_is_recognised_the_server_clock_counts(cast, duty):
    duty = claim(cast.liaison, duty)
    assert duty.late_by(at(TYPED)) == timedelta(hours=1, minutes=30)


def test_recognised_the_true_time_counts(cast, duty):
    duty = claim(cast.liaison, duty)
    duty = claims.rule_on_claim(by=cast.prefecture, duty=duty, recognised=True, ruling="系统停机")
    assert duty.late_by(at(TYPED)) is None


def test_not_recognised_it_stays_late(cast, duty):
    duty = claim(cast.liaison, duty)
    duty = claims.rule_on_claim(by=cast.prefecture, duty=duty, recognised=False, ruling="未见传真")
    assert duty.late_by(at(TYPED)) == timedelta(hours=1, minutes=30)
    assert TrailEntry.objects.filter(act="rule_on_claim", reason="未见传真").exists()


def test_only_the_prefecture_decides_and_only_once(cast, duty):
    duty = claim(cast.liaison, duty)
    with pytest.raises(Forbidden):
        claims.rule_on_claim(by=cast.liaison, duty=duty, recognised=True, ruling="")
    duty = claims.rule_on_claim(by=cast.prefecture, duty=duty, recognised=True, ruling="停机")
    with pytest.raises(Refused):
        claims.rule_on_claim(by=cast.prefecture, duty=duty, recognised=False, ruling="")


def test_the_ledger_itself_may_follow_later(cast, county_ledger, duty):
    claim(cast.liaison, duty)
    assert owed_by(county_ledger, at("2026-05-16 09:00"))[0] == duty
    submission = acting.submit(cast, county_ledger, "05-15", now=at("2026-05-16 09:00"), nil_report=True)
    duty.refresh_from_db()
    assert (acting.answer_to(duty), duty.submitted_at) == (submission, at(TYPED))


def test_a_claim_for_what_was_submitted_late_keeps_the_submission(cast, county_ledger, duty):
    submission = acting.submit(cast, county_ledger, "05-15", now=at("2026-05-15 18:20"), nil_report=True)
    duty.refresh_from_db()
    duty = claim(cast.checker, duty)
    assert (acting.answer_to(duty), duty.submitted_at) == (submission, at("2026-05-15 18:20"))


@pytest.mark.parametrize(("sent", "words"), [("2026-05-15 19:31", "不能晚于现在")])
def test_a_time_to_come_is_refused(cast, duty, sent, words):
    with pytest.raises(Refused) as refusal:
        claim(cast.liaison, duty, sent=sent)
    assert words in refusal.value.sentence


def test_a_second_claim_is_refused(cast, duty):
    duty = claim(cast.liaison, duty)
    with pytest.raises(Refused):
        claim(cast.liaison, duty)


def test_the_standstills_around_the_due_time_stand_beside_it(cast, duty):
    told = Standstill.objects.create(since=at("2026-05-15 17:48"), until=at("2026-05-15 19:20"))
    Standstill.objects.create(since=at("2026-05-12 09:00"), until=at("2026-05-12 10:00"))
    assert claims.standstills_around(duty) == [told]


def test_a_claim_that_is_not_recognised_reported_nothing(cast, duty):
    duty = claim(cast.liaison, duty, sent="2026-05-15 17:40", typed="2026-05-15 17:59")
    duty = claims.rule_on_claim(by=cast.prefecture, duty=duty, recognised=False, ruling="未见传真")
    assert (duty.state, duty.submitted_at, duty.closed_at) == ("open", None, None)
    assert duty.late_by(at("2026-05-17 18:00")) == timedelta(days=2)


def test_a_claim_not_recognised_leaves_what_the_system_received(cast, county_ledger, duty):
    claim(cast.liaison, duty, typed="2026-05-15 17:59")
    acting.submit(cast, county_ledger, "05-15", now=at("2026-05-15 18:20"), nil_report=True)
    duty.refresh_from_db()
    duty = claims.rule_on_claim(by=cast.prefecture, duty=duty, recognised=False, ruling="未见传真")
    assert duty.late_by(at("2026-05-20 18:00")) == timedelta(minutes=20)
