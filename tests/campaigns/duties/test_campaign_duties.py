"""Duties follow a campaign: who joins owes, who leaves doesn't, meetings meet, offices merge."""

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.models import Agency, local_today
from accounts.signals import agency_merged
from campaigns.models import Duty, DutyRule
from campaigns.services import duty_rules, members, realigning
from campaigns.services.campaigns import CampaignDraft, open_campaign
from campaigns.services.duties import make_ahead
from tests.campaigns.organising.conftest import add, seat_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def morning():
    """After 18:00 a rule that begins today makes its first duty ten days later."""
    with time_machine.travel(timezone.localtime().replace(hour=9, minute=0)):
        yield


@pytest.fixture
def own(cast):
    """交城's own running campaign, which owes the half-monthly ledger."""
    made = open_campaign(
        by=cast.liaison,
        draft=CampaignDraft(
            code="jc",
            name="交城专项行动",
            region=cast.regions["141122"],
            from_day=local_today() - timedelta(days=40),
        ),
    )
    make_ahead(timezone.now())
    return made


def owing(campaign, **more):
    return set(Duty.objects.filter(campaign=campaign, **more).values_list("agency__code", flat=True))


def test_who_leaves_a_campaign_owes_nothing_more_and_who_joins_does(cast, own):
    DutyRule.objects.filter(campaign=own).update(level="", made_until=None)
    realigning.realign_campaign(own)
    assert owing(own, state="open") == {"141122-zrzy", "141122100-zrzy"}
    members.amend_members(by=cast.liaison, campaign=own, members=[cast.county])
    assert owing(own, state="open") == {"141122-zrzy"}
    assert owing(own, state="cancelled") == {"141122100-zrzy"}
    both = [cast.county, cast.agencies["141122100-zrzy"]]
    members.amend_members(by=cast.liaison, campaign=own, members=both)
    assert owing(own, state="open") == {"141122-zrzy", "141122100-zrzy"}


def test_a_meeting_that_was_held_meets_its_duty(cast, own):
    duty_rules.set_rule(
        by=cast.liaison,
        agency=cast.county,
        draft=duty_rules.RuleDraft(
            campaign=own,
            name="协调会议",
            what="meeting",
            topic="coordination",
            pattern="every",
            every=10,
            from_day=local_today(),
            leads=[1],
        ),
    )
    first, second = Duty.objects.filter(what="meeting").order_by("due_at")[:2]
    add(cast.liaison, seat_of(own, cast.county), "meetings", held_on=local_today())
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == ("accepted", "open")
    add(cast.liaison, seat_of(own, cast.county), "meetings", kind="other", held_on=local_today())
    second.refresh_from_db()
    assert second.state == "open"


def test_what_an_ended_office_owed_goes_to_the_other_but_never_twice(cast, half_monthly):
    Duty.objects.filter(agency=cast.county, day=date(2026, 5, 30)).delete()
    agency_merged.send(sender=Agency, by=cast.system_admin, agency=cast.neighbour, into=cast.county)
    rows = Duty.objects.exclude(state="cancelled").values_list("agency__code", "day")
    assert sorted(rows) == [("141122-zrzy", date(2026, 5, 15)), ("141122-zrzy", date(2026, 5, 30))]
