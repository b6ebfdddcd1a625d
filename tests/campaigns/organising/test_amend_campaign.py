"""修改名称和起止: what ends a campaign ends its duties, what prolongs it goes on with them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import TrailEntry, local_today
from campaigns.models import Duty, DutyRule
from campaigns.services.campaigns import CampaignDraft, amend_campaign, open_campaign
from campaigns.services.duties import make_ahead
from common.errors import Forbidden, Refused

URL = "/ledgers/campaigns/jc/amend/"


@pytest.fixture
def own(cast):
    """交城's own running campaign with its duties."""
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


def open_duties(campaign):
    return Duty.objects.filter(campaign=campaign, state="open").count()


def test_an_ended_campaign_owes_nothing_more_and_a_prolonged_one_does_again(cast, own):
    before = open_duties(own)
    assert before >= 1
    own = amend_campaign(
        by=cast.liaison, campaign=own, name=own.name, from_day=own.from_day, to_day=local_today()
    )
    assert DutyRule.objects.get(campaign=own).to_day == local_today()
    assert open_duties(own) < before or before == 1
    own = amend_campaign(by=cast.liaison, campaign=own, name="新名称", from_day=own.from_day)
    assert (own.name, own.to_day, open_duties(own)) == ("新名称", None, before)
    assert TrailEntry.objects.filter(act="amend_campaign").count() == 2


def test_it_cannot_end_before_it_began(cast, own, post):
    day = own.from_day - timedelta(days=1)
    with pytest.raises(Refused, match="不能早于开始日期"):
        amend_campaign(by=cast.liaison, campaign=own, name="x", from_day=own.from_day, to_day=day)
    answer = post(cast.liaison, URL, name="改了名", from_day=own.from_day, to_day=day)
    assert "不能早于开始日期" in answer.content.decode() and "改了名" in answer.content.decode()


def test_the_page_shows_what_stands_and_saves(cast, own, page, post):
    assert 'value="交城专项行动"' in page(cast.liaison, URL)
    answer = post(cast.liaison, URL, name="交城县专项行动", from_day=own.from_day, to_day="")
    assert "专项行动已修改" in answer.content.decode()


def test_a_county_does_not_amend_the_prefectures(cast, campaign):
    with pytest.raises(Forbidden):
        amend_campaign(by=cast.liaison, campaign=campaign, name="x", from_day=campaign.from_day)
