"""Rule 10: 数据截止, 填报时间 and 报送时间 are three times; the 31st belongs to the next period."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from ledgers.periods import end_of
from ledgers.services import submitting
from tests.ledgers import acting, build


@pytest.mark.parametrize(
    ("day", "end"),
    [
        ("2026-05-01", "2026-05-15"),
        ("2026-05-15", "2026-05-15"),
        ("2026-05-16", "2026-05-30"),
        ("2026-05-30", "2026-05-30"),
        ("2026-05-31", "2026-06-15"),
        ("2026-12-31", "2027-01-15"),
        ("2026-02-16", "2026-02-28"),
        ("2028-02-29", "2028-02-29"),
        ("2026-11-30", "2026-11-30"),
    ],
)
def test_a_period_ends_on_the_15th_or_the_30th(day, end):
    assert end_of(date.fromisoformat(day)) == date.fromisoformat(end)


def test_the_three_times_are_kept_apart(cast, campaign, county_ledger):
    build.entry(campaign, cast.county, build.case(cast))
    filled = timezone.make_aware(datetime(2026, 5, 15, 9, 0))
    ledger = submitting.prepare_ledger(
        by=cast.liaison, ledger=county_ledger, data_as_of=build.day("05-14"), now=filled
    )
    acting.check(cast, ledger)
    made = submitting.submit_ledger(by=cast.checker, ledger=ledger, now=filled + timedelta(hours=8))
    assert made.data_as_of == date(2026, 5, 14)
    assert made.filled_at == filled
    assert made.submitted_at - made.filled_at == timedelta(hours=8)


def test_a_fact_after_the_data_day_is_not_in_the_report(cast, campaign, county_ledger):
    case = build.case(cast)
    build.entry(campaign, cast.county, case)
    build.decision(cast, case, ("mining", "fine", "1"), on="05-15")
    build.decision(cast, case, ("mining", "fine", "2"), on="05-16")
    made = acting.submit(cast, county_ledger, "05-15")
    assert made.rows.get().values["mining_fine"] == "1"
