"""修改成员单位: agencies of the region come, and go as long as they left nothing."""

import pytest

from accounts.models import TrailEntry
from campaigns.services.campaigns import CampaignDraft, open_campaign
from campaigns.services.members import amend_members
from common.errors import Forbidden, Refused
from tests.campaigns.organising.conftest import add, seat_of
from tests.ledgers import build

URL = "/ledgers/campaigns/jc/members/"


@pytest.fixture
def own(cast):
    """交城's own campaign: bureau, township office, public security."""
    return open_campaign(
        by=cast.liaison,
        draft=CampaignDraft(
            code="jc", name="交城专项行动", region=cast.regions["141122"], from_day=build.FROM
        ),
    )


def codes(campaign) -> set:
    return set(campaign.members.values_list("agency__code", flat=True))


def test_ticked_ones_come_and_unticked_ones_go(cast, page, post, own):
    text = page(cast.liaison, URL)
    assert "交城县水利局" in text and "文水" not in text.split("<form")[2]
    water, bureau = cast.agencies["141122-sl"], cast.county
    answer = post(cast.liaison, URL, in_141122=[bureau.pk, cast.police_office.pk, water.pk])
    assert "成员单位已修改" in answer.content.decode()
    assert codes(own) == {"141122-zrzy", "141122-ga", "141122-sl"}
    assert TrailEntry.objects.get(act="amend_members").changes == {
        "增加": ["", "交城县水利局"],
        "移出": ["", "天宁自然资源所"],
    }


def test_one_that_has_entries_or_rows_stays(cast, own):
    build.entry(own, cast.county, build.case(cast))
    add(cast.police, seat_of(own, cast.police_office), "forces")
    office = cast.agencies["141122100-zrzy"]
    with pytest.raises(Refused, match="交城县公安局、交城县自然资源局在本专项行动中已有"):
        amend_members(by=cast.liaison, campaign=own, members=[office])
    assert len(codes(own)) == 3


def test_agencies_from_outside_the_region_do_not_take_part(cast, own):
    with pytest.raises(Refused, match="只能选择交城县范围内的机构"):
        amend_members(by=cast.liaison, campaign=own, members=[cast.county, cast.neighbour])


def test_somebody_is_left(cast, post, own):
    assert post(cast.liaison, URL).status_code == 422
    with pytest.raises(Refused, match="至少要有一个"):
        amend_members(by=cast.liaison, campaign=own, members=[])


def test_a_county_does_not_change_the_prefectures(cast, sign_in, campaign):
    client = sign_in(cast.liaison)
    assert client.get("/ledgers/campaigns/test/members/").status_code == 403
    with pytest.raises(Forbidden):
        amend_members(by=cast.liaison, campaign=campaign, members=[cast.county])


def test_who_comes_second_sees_that_it_changed(cast, post, own):
    post(cast.liaison, URL, in_141122=[cast.county.pk], _version=1)
    answer = post(cast.liaison, URL, in_141122=[cast.police_office.pk], _version=1)
    assert answer.status_code == 409 and codes(own) == {"141122-zrzy"}
