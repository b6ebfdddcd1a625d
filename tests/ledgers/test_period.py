"""A report is for the period that runs: what counts on the due day, what a correction keeps, what a
return asks."""

import pytest

from campaigns.models import Duty
from campaigns.services.duties import make_ahead
from campaigns.services.duty_rules import begin_rule
from campaigns.services.periods import periods_of
from common.errors import Refused
from ledgers import desk
from ledgers.models import Submission
from ledgers.services import submitting
from ledgers.services.checking import work_of
from ledgers.services.freezing import submission_digest
from ledgers.services.submitting import Report
from ledgers.services.verifying import check_submissions
from ledgers.showing.period import period_at
from tests.campaigns.duties.conftest import at
from tests.ledgers import acting, build

FIRST, LATER = build.day("05-15"), build.day("05-30")


@pytest.fixture
def row(cast, campaign):
    """One row of the county's ledger."""
    return build.entry(campaign, cast.county, build.case(cast))


@pytest.fixture
def rule(cast, campaign):
    """Owed on the 15th and the 30th from 2026-05-01 on."""
    rule = begin_rule(campaign=campaign, agency=cast.prefecture_office)
    make_ahead(at("2026-05-01 09:00"))
    return rule


def duty_of(cast, day) -> Duty:
    return Duty.objects.get(agency=cast.county, day=day, what="ledger")


def state_of(cast, day) -> str:
    return duty_of(cast, day).state


def test_a_report_on_the_due_day_counts_though_an_earlier_one_had_the_same_day(cast, county_ledger, row):
    """As on a fresh install: reported and accepted before the rule made its first duty."""
    acting.accept(cast, acting.submit(cast, county_ledger, now=at("2026-05-15 08:00")))
    begin_rule(campaign=county_ledger.campaign, agency=cast.prefecture_office)
    make_ahead(at("2026-05-15 09:00"))
    build.decision(cast, row.links.get().case, ("mining", "fine", "1"), on="05-14")
    made = acting.submit(cast, county_ledger, now=at("2026-05-15 10:00"))
    assert (made.corrects, made.duty, state_of(cast, FIRST)) == (None, duty_of(cast, FIRST), "submitted")


def test_it_counts_as_a_nil_report_where_nothing_changed(cast, county_ledger, row):
    acting.accept(cast, acting.submit(cast, county_ledger, now=at("2026-05-15 08:00")))
    begin_rule(campaign=county_ledger.campaign, agency=cast.prefecture_office)
    make_ahead(at("2026-05-15 09:00"))
    made = acting.submit(cast, county_ledger, now=at("2026-05-15 10:00"), nil_report=True)
    assert made.nil_report and state_of(cast, FIRST) == "submitted"


def test_what_makes_up_for_the_last_period_leaves_the_one_due_today_to_be_reported(
    cast, county_ledger, rule, row
):
    overdue = duty_of(cast, FIRST)
    acting.submit(cast, county_ledger, "05-30", now=at("2026-05-30 09:00"), duty=overdue)
    assert (state_of(cast, FIRST), state_of(cast, LATER)) == ("submitted", "open")
    acting.submit(cast, county_ledger, "05-30", now=at("2026-05-30 10:00"), nil_report=True)
    assert (state_of(cast, FIRST), state_of(cast, LATER)) == ("submitted", "submitted")


def test_one_more_report_on_the_due_day_is_for_the_same_period_not_the_next(cast, county_ledger, rule, row):
    acting.submit(cast, county_ledger, "05-14", now=at("2026-05-14 09:00"))
    again = acting.submit(cast, county_ledger, "05-15", now=at("2026-05-15 09:00"), nil_report=True)
    assert (again.duty, acting.answer_to(duty_of(cast, FIRST))) == (duty_of(cast, FIRST), again)
    assert (state_of(cast, FIRST), state_of(cast, LATER)) == ("submitted", "open")
    assert duty_of(cast, FIRST).submitted_at == at("2026-05-14 09:00")


def test_the_same_period_and_day_again_is_refused_when_it_is_prepared(cast, county_ledger, rule, row):
    acting.submit(cast, county_ledger, now=at("2026-05-15 09:00"))
    with pytest.raises(Refused, match="有错的，更正第1期"):
        acting.prepare(cast, county_ledger, now=at("2026-05-15 10:00"))
    with pytest.raises(Refused, match="以新的数据截止日期"):
        acting.prepare(cast, county_ledger, now=at("2026-05-16 10:00"))
    county_ledger.refresh_from_db()
    assert county_ledger.prepared_at is None


def test_a_correction_of_the_periods_report_keeps_the_duty_met(cast, county_ledger, rule, row):
    first = acting.accept(cast, acting.submit(cast, county_ledger, now=at("2026-05-15 09:00")))
    build.decision(cast, row.links.get().case, ("mining", "fine", "1"), on="05-14")
    made = acting.submit(cast, county_ledger, now=at("2026-05-15 19:00"), correct=True)
    assert (made.corrects, made.correction) == (first, acting.CORRECTED)
    duty = duty_of(cast, FIRST)
    assert (duty.state, duty.late_by(at("2026-05-16 09:00"))) == ("submitted", None)
    acting.send_back(cast, made)
    assert state_of(cast, FIRST) == "accepted"
    assert desk.waiting_for(cast.liaison, at("2026-05-16 09:00"))[0].due is None


def test_a_correction_of_what_came_back_without_a_duty_meets_what_is_due_today(cast, county_ledger, row):
    first = acting.submit(cast, county_ledger, "05-13", now=at("2026-05-13 08:00"))
    begin_rule(campaign=county_ledger.campaign, agency=cast.prefecture_office)
    make_ahead(at("2026-05-13 09:00"))
    acting.send_back(cast, first)
    assert acting.submit(cast, county_ledger, "05-14", now=at("2026-05-14 09:00")).duty is None
    acting.send_back(cast, Submission.objects.latest("pk"))
    assert acting.submit(cast, county_ledger, now=at("2026-05-15 09:00")).duty == duty_of(cast, FIRST)


def test_what_came_back_is_resubmitted_with_what_was_corrected(cast, county_ledger, rule, row):
    acting.send_back(cast, acting.submit(cast, county_ledger, now=at("2026-05-15 09:00")))
    with pytest.raises(Refused, match="写明更正了什么"):
        submitting.prepare_ledger(by=cast.liaison, ledger=county_ledger, data_as_of=FIRST)
    made = acting.submit(cast, county_ledger, now=at("2026-05-16 09:00"))
    assert made.correction == acting.CORRECTED


def test_what_was_prepared_before_the_return_is_not_submitted_without_it(cast, county_ledger, rule, row):
    first = acting.submit(cast, county_ledger, now=at("2026-05-15 09:00"))
    acting.check(cast, acting.prepare(cast, county_ledger, "05-16", now=at("2026-05-16 09:00")))
    acting.send_back(cast, first)
    county_ledger.refresh_from_db()
    with pytest.raises(Refused, match="请联络员写明更正了什么"):
        submitting.submit_ledger(
            by=cast.checker, ledger=county_ledger, report=Report(), now=at("2026-05-16 10:00")
        )


def test_what_was_corrected_is_under_the_digest(cast, county_ledger, row):
    acting.send_back(cast, acting.submit(cast, county_ledger))
    made = acting.submit(cast, county_ledger)
    assert check_submissions() == (2, None)
    made.correction = "别的"
    assert submission_digest(made, made.rows.order_by("position"), made.corrects.digest) != made.digest


def test_a_return_has_its_own_due_time_and_what_was_on_time_is_never_late(cast, county_ledger, rule, row):
    made = acting.submit(cast, county_ledger, now=at("2026-05-15 17:00"))
    acting.send_back(cast, made, now=at("2026-05-15 18:30"))
    duty, now = duty_of(cast, FIRST), at("2026-05-16 09:00")
    assert (duty.wanted_by, duty.late_by(now)) == (at("2026-05-18 18:00"), None)
    (task,) = desk.waiting_for(cast.liaison, now)
    assert (task.due, task.note) == (at("2026-05-18 18:00"), "占地面积与决定书不符")
    assert period_at(work_of(county_ledger), now).due == at("2026-05-18 18:00")
    acting.submit(cast, county_ledger, now=at("2026-05-19 09:00"))
    assert duty_of(cast, FIRST).late_by(at("2026-05-20 09:00")) is None


def test_the_prefecture_says_by_when_it_wants_it_again(cast, county_ledger, rule, row):
    made = acting.submit(cast, county_ledger, now=at("2026-05-15 17:00"))
    with pytest.raises(Refused, match="要晚于现在"):
        acting.send_back(cast, made, now=at("2026-05-16 09:00"), again_by=at("2026-05-15 18:00"))
    acting.send_back(cast, made, now=at("2026-05-16 09:00"), again_by=at("2026-05-16 12:00"))
    assert duty_of(cast, FIRST).wanted_by == at("2026-05-16 12:00")


def test_a_return_before_the_due_time_leaves_that(cast, county_ledger, rule, row):
    made = acting.submit(cast, county_ledger, "05-01", now=at("2026-05-02 17:00"))
    acting.send_back(cast, made, now=at("2026-05-03 09:00"))
    assert duty_of(cast, FIRST).wanted_by == at("2026-05-15 18:00")


def shown(ledger, moment):
    """(state, due, progress, the last report's state) of the bar."""
    period = period_at(work_of(ledger), at(moment))
    last = period.last
    return period.state, period.due, period.progress, last and last["state"]


def test_the_bar_shows_the_period_that_is_open_and_the_last_report_beside_it(cast, county_ledger, rule, row):
    due = duty_of(cast, FIRST).due_at
    assert shown(county_ledger, "2026-05-15 01:00") == ("draft", due, "待提交核对，已核对 0/1", None)
    made = acting.submit(cast, county_ledger, now=at("2026-05-15 10:00"))
    assert shown(county_ledger, "2026-05-15 12:00") == (
        "submitted", None, "上次报送已报送，此后没有变化", "已报送",
    )  # fmt: skip
    acting.accept(cast, made)
    state, due, _, last = shown(county_ledger, "2026-05-16 09:00")
    assert (state, due, last) == ("draft", duty_of(cast, LATER).due_at, "已接收")


def test_what_waits_to_be_taken_in_counts_before_that_nothing_changed(cast, county_ledger, rule, row):
    acting.submit(cast, county_ledger, now=at("2026-05-15 10:00"))
    build.case(cast, names=("新某",), place="新地")
    assert shown(county_ledger, "2026-05-15 12:00")[2] == "上次报送已报送，待纳入 1 条"
    assert shown(county_ledger, "2026-05-16 12:00")[2] == "待纳入 1 条，待提交核对，已核对 1/1"


def test_periods_of_many_ledgers_cost_one_query(cast, campaign, rule, django_assert_num_queries):
    ledgers = [build.ledger(campaign, agency) for agency in (cast.county, cast.neighbour)]
    with django_assert_num_queries(1):
        several = periods_of(ledgers, at("2026-05-20 09:00"))
    assert [[duty.day for duty in one.owed] for one in several.values()] == [[FIRST, LATER]] * 2
