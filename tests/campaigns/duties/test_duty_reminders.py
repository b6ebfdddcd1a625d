"""Duties go through the same engine as every clock: who is told when, and what is moot."""

from datetime import date
from types import SimpleNamespace

import pytest

from campaigns.models import Duty, DutyRule
from reminders import due_sources
from reminders.models import DeliveryLog, Notice
from reminders.services import sweeping
from tests.campaigns.duties.conftest import at
from tests.ledgers import acting

pytestmark = pytest.mark.django_db


def told(moment):
    sweeping.sweep(now=at(moment))
    rows = Notice.objects.filter(kind="reminder").order_by("pk")
    return [(row.recipient.name, row.key.split(":")[3]) for row in rows]


DESK = ("孙联络", "吴审核")


@pytest.fixture
def only_county(cast, half_monthly):
    """Only 交城 owes, only by 2026-05-15."""
    Duty.objects.exclude(agency=cast.county, day=date(2026, 5, 15)).delete()
    DutyRule.objects.update(made_until=date(2027, 1, 1))


def test_from_the_liaison_to_the_head_to_the_prefecture(cast, only_county):
    assert told("2026-05-08 09:00") == [(name, "d7") for name in DESK]
    told("2026-05-12 09:00")
    assert told("2026-05-14 09:00")[4:] == [(name, "eve") for name in (*DESK, "马队长")]
    told("2026-05-15 09:00")
    told("2026-05-15 15:00")
    names = [name for name, stage in told("2026-05-15 18:00") if stage == "over"]
    assert names == [*DESK, "马队长", "吕市审"]
    assert ("孙联络", "after20260516") in told("2026-05-16 09:00")


def test_a_rule_says_how_many_days_ahead_people_are_told(cast, only_county):
    Duty.objects.update(leads=[5, 2])
    assert told("2026-05-08 09:00") == []
    assert told("2026-05-10 09:00") == [(name, "d5") for name in DESK]
    assert told("2026-05-13 09:00")[2:] == [(name, "d2") for name in DESK]


def test_who_has_reported_is_told_nothing_more(cast, county_ledger, only_county):
    told("2026-05-15 09:00")
    before = Notice.objects.filter(key__startswith="duty:").count()
    acting.submit(cast, county_ledger, now=at("2026-05-15 14:00"), nil_report=True)
    told("2026-05-15 18:00")
    told("2026-05-16 09:00")
    assert Notice.objects.filter(key__startswith="duty:").count() == before


def test_a_returned_report_reminds_again(cast, county_ledger, only_county):
    submission = acting.submit(cast, county_ledger, now=at("2026-05-15 17:00"), nil_report=True)
    told("2026-05-15 18:00")
    acting.send_back(cast, submission, now=at("2026-05-15 18:30"))
    assert Duty.objects.get(agency=cast.county).wanted_by == at("2026-05-18 18:00")
    assert told("2026-05-17 09:00")[-1][1] == "eve"
    assert ("孙联络", "day09") in told("2026-05-18 09:00")
    assert ("孙联络", "after20260519") in told("2026-05-19 09:00")


def test_an_outage_over_the_fifteenth_tells_what_still_holds(cast, county_ledger, only_county):
    """Thirty hours without a sweep; on return the morning's stages are moot, the log says so."""
    told("2026-05-14 14:00")
    before = set(Notice.objects.values_list("key", flat=True))
    told("2026-05-15 20:00")
    new = Notice.objects.exclude(key__in=before).filter(key__startswith="duty:")
    assert {row.key.split(":")[3] for row in new} == {"over"}
    moot = DeliveryLog.objects.filter(outcome="moot", meaning__startswith="duty:")
    assert {row.meaning.split(":")[3] for row in moot} == {"day09", "day15"}
    assert all("不再发送" in row.note for row in moot)


def test_a_maker_that_fails_holds_up_nobody_else_and_is_heard_of(cast, only_county, monkeypatch):
    def broken(now):
        raise ValueError("broken maker")

    monkeypatch.setattr(due_sources, "MAKERS", [broken])
    monkeypatch.setattr("reminders.services.making.MAKERS", [broken])
    with pytest.raises(ValueError, match="broken maker"):
        sweeping.sweep(now=at("2026-05-15 09:00"))
    assert Notice.objects.filter(key__startswith="duty:").exists()


def test_a_source_that_fails_holds_up_no_other(cast, only_county, monkeypatch):
    def broken(now, limit):
        raise ValueError("broken source")

    monkeypatch.setitem(due_sources.DUE_SOURCES, "clock", SimpleNamespace(take_closed=broken, rewind=len))
    with pytest.raises(ValueError, match="broken source"):
        sweeping.sweep(now=at("2026-05-15 09:00"))
    assert Notice.objects.filter(key__startswith="duty:").exists()
