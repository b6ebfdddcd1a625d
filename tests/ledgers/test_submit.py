"""Prepare, check, submit: what is reported is frozen, whole, checked by another than its filler."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import TrailEntry
from common.errors import Forbidden, Refused, Stale
from ledgers.models import EntryCheck, Submission
from ledgers.services import checking, kept, submitting
from ledgers.services.submitting import Report
from reminders.models import Notice
from reminders.services import outbox
from tests.cast import add_person
from tests.ledgers import acting, build


@pytest.fixture
def case(cast, campaign):
    """One case with a fine, in the ledger."""
    made = build.case(cast)
    build.mined(cast, made, "860")
    build.decision(cast, made, ("mining", "fine", "30000"))
    build.entry(campaign, cast.county, made)
    return made


def test_a_submission_keeps_its_rows_its_times_and_its_people(cast, case, county_ledger):
    before = timezone.now()
    made = acting.submit(cast, county_ledger)
    row = made.rows.get()
    assert row.values["mining_fine"] == "30000"
    assert row.values["mined_tonnes"] == "860"
    assert row.values["land_area"] is None
    assert "land_area" in row.marks["na"]
    assert made.data_as_of == build.day("05-15")
    assert before < made.filled_at < made.submitted_at
    assert (made.filled_by, made.checked_by) == (cast.liaison, cast.checker)
    assert (made.sequence, made.form_code, made.form_version) == (1, "luliang", 1)
    assert made.totals["now"]["mining_fine"] == "30000"


def test_nothing_is_submitted_before_every_row_is_checked(cast, case, county_ledger):
    acting.prepare(cast, county_ledger)
    with pytest.raises(Refused, match="还有1行没有核对"):
        submitting.submit_ledger(by=cast.checker, ledger=county_ledger)
    assert not Submission.objects.exists()


def test_a_row_that_changed_after_its_check_must_be_checked_again(cast, case, county_ledger):
    acting.check(cast, acting.prepare(cast, county_ledger))
    build.decision(cast, case, ("mining", "fine", "1"), on="05-12")
    with pytest.raises(Refused, match="还有1行没有核对"):
        submitting.submit_ledger(by=cast.checker, ledger=county_ledger)


def test_a_checker_confirms_only_what_was_seen(cast, case, county_ledger):
    acting.prepare(cast, county_ledger)
    seen = checking.work_of(county_ledger).digests
    build.decision(cast, case, ("mining", "fine", "1"), on="05-12")
    with pytest.raises(Refused, match="有1行在您核对期间有了变化"):
        checking.check_ledger(by=cast.checker, ledger=county_ledger, rows=seen)
    assert not EntryCheck.objects.exists()


def test_only_what_changed_since_the_last_submission_is_asked_again(cast, campaign, case, county_ledger):
    acting.submit(cast, county_ledger)
    new = build.case(cast, place="另一处")
    build.entry(campaign, cast.county, new, place="另一处", opened="05-20")
    acting.prepare(cast, county_ledger, "05-30")
    county_ledger.refresh_from_db()
    work = checking.work_of(county_ledger)
    assert [row.value("place") for row in work.rows.of([head.key for head in work.changed])] == ["另一处"]
    assert len(work.rest) == 1
    checking.check_ledger(by=cast.checker, ledger=county_ledger, rest=True)
    work = checking.work_of(county_ledger)
    assert (len(work.changed), len(work.rest), len(work.checked)) == (1, 0, 1)


def test_without_preparation_nothing_is_submitted(cast, case, county_ledger):
    with pytest.raises(Refused, match="还没有提交核对"):
        submitting.submit_ledger(by=cast.checker, ledger=county_ledger)


def test_the_liaison_does_not_submit_and_the_checker_does_not_prepare(cast, case, county_ledger):
    with pytest.raises(Forbidden):
        submitting.submit_ledger(by=cast.liaison, ledger=county_ledger)
    with pytest.raises(Forbidden):
        submitting.prepare_ledger(by=cast.checker, ledger=county_ledger)


def test_who_holds_both_posts_does_not_check_what_they_prepared(cast, case, county_ledger):
    both = add_person("both", "身兼两职", cast.county, "liaison", "checker")
    submitting.prepare_ledger(by=both, ledger=county_ledger, data_as_of=build.day("05-15"))
    with pytest.raises(Refused, match="须由另一人办理"):
        checking.check_ledger(by=both, ledger=county_ledger, rest=True)
    with pytest.raises(Refused, match="须由另一人办理"):
        submitting.submit_ledger(by=both, ledger=county_ledger, report=Report(filled_by=cast.liaison))


def test_the_filler_is_not_the_checker(cast, case, county_ledger):
    acting.check(cast, acting.prepare(cast, county_ledger))
    with pytest.raises(Refused, match="不能是同一人"):
        submitting.submit_ledger(by=cast.checker, ledger=county_ledger, report=Report(filled_by=cast.checker))


def test_the_same_day_is_not_reported_twice(cast, case, county_ledger):
    acting.submit(cast, county_ledger)
    with pytest.raises(Refused, match="已经报送（第1期），有错的，更正第1期"):
        acting.prepare(cast, county_ledger, "05-15")


def test_a_stale_form_does_not_submit(cast, case, county_ledger):
    version = acting.prepare(cast, county_ledger).version
    acting.check(cast, county_ledger)
    with pytest.raises(Stale):
        submitting.submit_ledger(by=cast.checker, ledger=county_ledger, version=version - 1)


def test_a_period_without_change_is_reported_as_nil_and_said_so(cast, case, county_ledger):
    acting.submit(cast, county_ledger)
    with pytest.raises(Refused, match="零报告"):
        acting.submit(cast, county_ledger, "05-30")
    made = submitting.submit_ledger(by=cast.checker, ledger=county_ledger, report=Report(nil_report=True))
    assert made.nil_report
    assert made.rows.count() == 1


def test_an_empty_ledger_is_a_nil_report(cast, county_ledger):
    assert acting.submit(cast, county_ledger, nil_report=True).rows.count() == 0


def test_a_changed_ledger_is_no_nil_report(cast, case, county_ledger):
    with pytest.raises(Refused, match="不能按零报告"):
        acting.submit(cast, county_ledger, nil_report=True)


def test_the_data_day_is_not_in_the_future_and_never_goes_back(cast, case, county_ledger):
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(Refused, match="不能晚于今天"):
        submitting.prepare_ledger(by=cast.liaison, ledger=county_ledger, data_as_of=tomorrow)
    acting.submit(cast, county_ledger)
    with pytest.raises(Refused, match="不能更早"):
        acting.prepare(cast, county_ledger, "05-14")


def test_the_trail_holds_each_step_and_the_digest(cast, case, county_ledger):
    made = acting.submit(cast, county_ledger)
    entries = TrailEntry.objects.filter(chain=county_ledger.trail_chain).order_by("seq")
    assert [entry.act for entry in entries] == ["prepare_ledger", "check_ledger", "submit_ledger"]
    assert entries[2].changes["摘要"] == ["", made.digest]
    assert entries[2].agency == cast.county


def test_checker_and_prefecture_are_told(cast, case, county_ledger):
    made = acting.submit(cast, county_ledger)
    outbox.deliver()
    assert Notice.objects.filter(recipient=cast.checker, title__contains="待核对").exists()
    assert Notice.objects.filter(recipient=cast.prefecture, url=made.get_absolute_url()).exists()


def test_the_neighbour_does_not_submit_for_this_county(cast, case, county_ledger):
    with pytest.raises(Forbidden):
        submitting.submit_ledger(by=cast.neighbour_checker, ledger=county_ledger)


@pytest.mark.parametrize("of", ["rows", "sums"])
def test_what_came_in_while_it_was_read_stops_the_report(cast, case, county_ledger, monkeypatch, of):
    """On PostgreSQL each statement may see another moment."""
    read = kept.LedgerRows.frozen

    def overtaken(rows, submission):
        _ = rows.heads, rows.sums
        several = read(rows, submission)
        if of == "rows":
            several[0].values = {**several[0].values, "party": "另一人"}
        else:
            rows.sums.figures.clear()
        return several

    monkeypatch.setattr(kept.LedgerRows, "frozen", overtaken)
    with pytest.raises(Refused, match="报送时台账又有变动"):
        acting.submit(cast, county_ledger)
    assert not Submission.objects.exists()
