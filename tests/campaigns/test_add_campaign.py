"""`add_campaign` opens an empty campaign with every 自然资源 and 公安 agency of the region."""

import io
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Posting, TrailEntry, User
from accounts.services.system import system_person
from campaigns.models import Campaign
from campaigns.services.campaigns import CampaignDraft, open_campaign
from common.errors import Forbidden
from ledgers.services.ledger_forms import form_of


def add(code="luliang-now", *more, region="141100", since="2026-04-01"):
    """Run the command; what it said."""
    said = io.StringIO()
    call_command(
        "add_campaign",
        code,
        "--name",
        "打击非法采矿占地专项行动",
        "--region",
        region,
        "--from",
        since,
        *more,
        stdout=said,
    )
    return said.getvalue()


def test_it_opens_an_empty_campaign_with_the_luliang_form(cast):
    add("luliang-2021", "--to", "2026-11-30")
    campaign = Campaign.objects.get(code="luliang-2021")
    assert (campaign.from_day, campaign.to_day) == (date(2026, 4, 1), date(2026, 11, 30))
    assert form_of(campaign).version_code == "luliang-1"
    assert not campaign.entries.exists()


def test_all_agencies_of_both_kinds_in_the_region_take_part(cast):
    add()
    campaign = Campaign.objects.get()
    codes = set(campaign.members.values_list("agency__code", flat=True))
    assert codes == {
        "141100-zrzy",
        "141122-zrzy",
        "141121-zrzy",
        "141122100-zrzy",
        "141100-ga",
        "141122-ga",
        "141121-ga",
    }


def test_it_may_be_open_ended(cast):
    add()
    assert Campaign.objects.get().to_day is None


def test_it_acts_as_a_system_posting_that_cannot_sign_in(cast):
    add()
    entry = TrailEntry.objects.get(act="open_campaign")
    person = entry.actor
    assert person.name == "系统（吕梁市规划和自然资源局）"
    assert entry.agency == cast.prefecture_office
    assert not person.has_usable_password()


def test_the_system_posting_is_made_once(cast):
    first, second = system_person(cast.county), system_person(cast.county)
    assert first == second
    assert Posting.objects.filter(user=first).count() == 1
    assert User.objects.filter(username__startswith="system:").count() == 1


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ({"region": "999999"}, "没有代码为“999999”的行政区划"),
        ({"region": "141122101"}, "还没有自然资源机构"),
        ({"code": "Bad Code"}, "代码只用小写字母"),
    ],
)
def test_what_does_not_fit_is_a_sentence(cast, arguments, sentence):
    with pytest.raises(CommandError, match=sentence):
        add(**arguments)
    assert not Campaign.objects.exists()


def test_a_code_is_used_once_and_days_follow_one_another(cast):
    add()
    with pytest.raises(CommandError, match="已经用过"):
        add()
    with pytest.raises(CommandError, match="不能早于"):
        add("other", "--to", "2026-03-31")


def test_only_the_regions_liaison_opens_one(cast):
    for person in (cast.liaison, cast.prefecture, cast.system_admin):
        with pytest.raises(Forbidden):
            open_campaign(
                by=person,
                draft=CampaignDraft(
                    code="x", name="x", region=cast.regions["141100"], from_day=date(2026, 1, 1)
                ),
            )
