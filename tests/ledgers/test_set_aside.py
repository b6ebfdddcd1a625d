"""A row that can't be drawn is set aside with its fault, and holds up nobody."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError
from django.utils import timezone

from accounts.models import local_today
from common.errors import Refused
from config.health import undrawn
from ledgers.models import EntryMark, KeptRow, SetAside
from ledgers.services import checking, drawing, kept, marking, refreshing, submitting
from tests.ledgers import acting, build

pytestmark = pytest.mark.django_db
BROKEN = "第2户"


@pytest.fixture
def rows(cast, campaign):
    """Five rows of the county."""
    made = []
    for number in range(1, 6):
        case = build.case(cast, names=(f"第{number}户",))
        build.mined(cast, case, str(number))
        made.append(build.entry(campaign, cast.county, case, party=f"第{number}户"))
    return made


@pytest.fixture
def broken(monkeypatch):
    """One row that can't be drawn; calling it mends the program."""
    draw = drawing._row

    def fails(form, facts, entry):
        if entry.party == BROKEN:
            raise KeyError("张某某")
        return draw(form, facts, entry)

    monkeypatch.setattr(drawing, "_row", fails)
    return lambda: monkeypatch.setattr(drawing, "_row", draw)


def settle(campaign, today=None):
    refreshing.settle(refreshing.Part(campaign), today or local_today())


def test_the_others_are_drawn_and_the_one_is_named(campaign, rows, broken):
    settle(campaign)
    assert set(KeptRow.objects.values_list("pk", flat=True)) == {row.pk for row in rows} - {rows[1].pk}
    (aside,) = SetAside.objects.all()
    assert aside.entry == rows[1] and aside.fault.startswith("KeyError test_set_aside.py:")
    assert "张某某" not in aside.fault and not EntryMark.objects.exists()


def test_it_is_left_alone_until_something_happens_or_a_day_passes(campaign, rows, broken):
    today, part = local_today(), refreshing.Part(campaign)
    settle(campaign)
    assert refreshing.stale(part, today) == []
    assert refreshing.stale(part, today + timedelta(days=1)) == [rows[1].pk]
    broken()
    marking.mark([rows[1].pk])
    settle(campaign)
    assert KeptRow.objects.filter(pk=rows[1].pk).exists() and not SetAside.objects.exists()


def test_the_sweep_does_not_try_it_every_minute(campaign, rows, broken):
    settle(campaign)
    refreshing.tend(timezone.now())
    assert not EntryMark.objects.exists() and SetAside.objects.count() == 1


def test_a_row_kept_before_stays_as_it_was_and_is_not_drawn_for_its_report_again(
    cast, campaign, county_ledger, rows, monkeypatch
):
    settle(campaign)
    acting.submit(cast, county_ledger)
    SetAside.objects.create(
        entry=rows[1],
        fault="x",
        rules=refreshing.rules_of(campaign),
        since=local_today(),
        tried_on=local_today(),
    )
    KeptRow.objects.filter(pk=rows[1].pk).update(baseline=None)
    assert rows[1].pk not in refreshing.stale(refreshing.Part(campaign), local_today())


def test_what_happened_while_it_was_tried_is_tried_again(campaign, rows, broken, monkeypatch):
    keep = refreshing.set_aside

    def overtaken(pk, *more):
        marking.mark([pk])
        keep(pk, *more)

    monkeypatch.setattr(refreshing, "set_aside", overtaken)
    settle(campaign)
    assert EntryMark.objects.get().entry == rows[1]


def test_a_database_that_went_away_is_no_fault_of_a_row(campaign, rows, monkeypatch):
    def away(*_):
        raise OperationalError("server closed the connection")

    monkeypatch.setattr(drawing, "_row", away)
    with pytest.raises(OperationalError):
        settle(campaign)
    assert not SetAside.objects.exists() and EntryMark.objects.exists()


def test_the_page_says_which_row_and_whom_to_tell(cast, campaign, rows, broken, client):
    client.force_login(cast.checker)
    text = client.get(f"/ledgers/campaigns/{campaign.code}/").content.decode()
    assert "交城县第2行（第2户）现在算不出来" in text and "请告诉系统管理员" in text
    assert "第5户" in text


def test_checking_goes_on_and_reporting_waits(cast, campaign, county_ledger, rows, broken):
    acting.prepare(cast, county_ledger, "11-30")
    acting.check(cast, county_ledger)
    assert checking.work_of(county_ledger).is_checked
    with pytest.raises(Refused, match="交城县第2行（第2户）算不出来，不能报送"):
        submitting.submit_ledger(by=cast.checker, ledger=county_ledger)
    broken()
    marking.mark([rows[1].pk])
    acting.check(cast, county_ledger)
    assert submitting.submit_ledger(by=cast.checker, ledger=county_ledger).rows.count() == 5


def test_a_day_past_is_shown_without_it(campaign, rows, broken):
    settle(campaign)
    then = kept.rows_of(campaign, as_of=build.day("05-20"))
    assert [row.value("party") for row in then.page()] == ["第1户", "第3户", "第4户", "第5户"]
    assert len(then) == 4


def test_proving_and_health_tell_it(campaign, rows, broken):
    assert undrawn().well
    settle(campaign)
    said = StringIO()
    with pytest.raises(CommandError, match="第2行（第2户） 自.*起算不出来：KeyError"):
        call_command("verify_ledgers", stdout=said)
    assert "比对 4 条" in said.getvalue() and "算不出来 1 条" in said.getvalue()
    check = undrawn()
    assert (check.word, check.well) == ("提醒", False) and "第2行（第2户）" in check.says


def test_proving_names_a_row_that_can_no_longer_be_drawn(campaign, rows, monkeypatch):
    settle(campaign)
    monkeypatch.setattr(drawing, "remark_of", lambda facts, entry, row: 1 / (entry.party != BROKEN) and "")
    with pytest.raises(CommandError, match="ZeroDivisionError"):
        call_command("verify_ledgers", stdout=StringIO())
