"""The checker is ill: a leader names another person, from a phone, until midnight."""

from datetime import datetime, time, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from accounts.models import TrailEntry, User, local_today
from accounts.services import trail_checks
from common.errors import Forbidden, Refused
from ledgers.services import checking, submitting
from ledgers.services.standing_in import replace_checker
from reminders.models import Notice
from reminders.services import outbox
from tests.ledgers import acting, build


@pytest.fixture
def afternoon():
    """It is 17:40 today; `clock` moves on."""
    at = timezone.make_aware(datetime.combine(local_today(), time(17, 40)))
    with time_machine.travel(at, tick=False) as clock:
        yield clock


@pytest.fixture
def ready(cast, campaign, county_ledger, afternoon):
    """交城's ledger, prepared by its liaison, with one fined case."""
    case = build.case(cast)
    build.decision(cast, case, ("mining", "fine", "30000"))
    build.entry(campaign, cast.county, case)
    acting.prepare(cast, county_ledger)
    county_ledger.refresh_from_db()
    return county_ledger


def name(by, ledger, person, reason="吴审核住院"):
    """Name somebody for today, and read them anew."""
    replace_checker(by=by, ledger=ledger, person=person, reason=reason)
    return User.objects.get(pk=person.pk)


def check(by, ledger):
    work = checking.work_of(ledger)
    return checking.check_ledger(by=by, ledger=ledger, rows=work.digests, rest=True)


@pytest.mark.parametrize("leader", ["chief", "deputy"])
def test_who_is_named_checks_and_submits_today(cast, ready, leader):
    legal = name(getattr(cast, leader), ready, cast.legal)
    check(legal, ready)
    made = submitting.submit_ledger(by=legal, ledger=ready)
    assert (made.filled_by, made.checked_by) == (cast.liaison, cast.legal)


def test_it_ends_at_midnight(cast, ready, afternoon):
    name(cast.chief, ready, cast.legal)
    midnight = timezone.make_aware(datetime.combine(local_today(), time())) + timedelta(days=1)
    afternoon.move_to(midnight - timedelta(seconds=1), tick=False)
    check(User.objects.get(pk=cast.legal.pk), ready)
    afternoon.move_to(midnight, tick=False)
    with pytest.raises(Forbidden):
        submitting.submit_ledger(by=User.objects.get(pk=cast.legal.pk), ledger=ready)


def test_who_filled_it_in_is_not_named(cast, ready):
    with pytest.raises(Refused, match="孙联络本期已办理“提交核对”"):
        replace_checker(by=cast.chief, ledger=ready, person=cast.liaison, reason="住院")
    assert cast.liaison.postings.count() == 1


@pytest.mark.parametrize("who", ["checker", "system_admin", "neighbour_checker", "police"])
def test_only_a_colleague_with_another_business_post_is_named(cast, ready, who):
    with pytest.raises(Refused, match="只能指定交城县自然资源局"):
        replace_checker(by=cast.chief, ledger=ready, person=getattr(cast, who), reason="住院")


@pytest.mark.parametrize("who", ["liaison", "checker", "brigade_head", "neighbour_chief", "prefecture"])
def test_only_a_leader_of_the_office_names(cast, ready, who):
    with pytest.raises(Forbidden):
        replace_checker(by=getattr(cast, who), ledger=ready, person=cast.legal, reason="住院")


def test_named_once_a_day_is_enough(cast, ready):
    name(cast.chief, ready, cast.legal)
    with pytest.raises(Refused, match="还不是台账审核人"):
        replace_checker(by=cast.chief, ledger=ready, person=cast.legal, reason="住院")


def test_the_trail_says_who_for_whom_and_both_are_told(cast, ready):
    name(cast.chief, ready, cast.legal)
    entry = TrailEntry.objects.get(act="replace_checker")
    assert (entry.actor, entry.reason, entry.chain) == (cast.chief, "吴审核住院", ready.trail_chain)
    assert entry.changes == {"今天的台账审核人": ["吴审核", "法审核"], "至": ["", "今天24:00"]}
    assert TrailEntry.objects.filter(act="appoint", subject_id=cast.legal.pk, agency=cast.county).exists()
    assert trail_checks.first_broken() is None
    outbox.deliver()
    told = dict(
        Notice.objects.filter(kind="ledger", key__contains=":checker:").values_list("recipient", "title")
    )
    assert told == {
        cast.legal.pk: "请您代为核对并报送台账，今天24:00前有效",
        cast.checker.pk: "今天的台账已指定他人代为核对",
    }


def test_a_leader_does_it_from_the_ledgers_page(cast, ready, sign_in):
    client = sign_in(cast.chief)
    url = reverse("ledgers:replace_checker", args=[ready.campaign.code, cast.county.code])
    assert url in client.get(ready.get_absolute_url()).content.decode()
    form = client.get(url).content.decode()
    assert "法审核（法制审核）" in form and "吴审核" not in form.split("<select")[1].split("</select>")[0]
    done = client.post(url, {"person": cast.legal.pk, "reason": "住院"}, follow=True).content.decode()
    assert "今天24:00前有效" in done
    assert "核对并报送台账" in sign_in(cast.legal).get("/").content.decode()
    assert url not in sign_in(cast.liaison).get(ready.get_absolute_url()).content.decode()
