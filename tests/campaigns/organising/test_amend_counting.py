"""修改计数口径: the campaign's own office sets it, the others read it."""

import pytest

from accounts.models import TrailEntry
from campaigns.counting import ONLY_WITHIN, RULES
from campaigns.services.counting import amend_counting
from common.errors import Forbidden, Refused, Stale
from tests.cast import add_person

WITHIN, EVERYTHING = "只计专项行动期间的", "期间以前的也计入"


@pytest.fixture
def office(cast):
    """The liaison of the prefecture, whose campaign it is."""
    return add_person("office", "市联络", cast.prefecture_office, "liaison")


def url(campaign, tail=""):
    return f"/ledgers/campaigns/{campaign.code}/counting/{tail}"


def test_the_office_sets_it_and_the_trail_says_from_what_to_what(campaign, office):
    assert campaign.counts_only_within is True
    campaign = amend_counting(by=office, campaign=campaign, counts_only_within="all")
    assert campaign.counts_only_within is False
    entry = TrailEntry.objects.get(act="amend_counting")
    assert entry.changes == {"结转条目的数额": [WITHIN, EVERYTHING]}
    campaign = amend_counting(by=office, campaign=campaign, counts_only_within="within")
    assert campaign.counts_only_within is True


def test_what_it_does_not_know_or_does_not_change_is_refused_with_a_sentence(campaign, office):
    with pytest.raises(Refused, match="“结转条目的数额”没有“some”这种计法"):
        amend_counting(by=office, campaign=campaign, counts_only_within="some")
    with pytest.raises(Refused, match="没有“yes”这种计法"):
        amend_counting(by=office, campaign=campaign, counts_everything="yes")
    with pytest.raises(Refused, match="没有改动"):
        amend_counting(by=office, campaign=campaign, counts_only_within="within")
    assert not TrailEntry.objects.filter(act="amend_counting").exists()


def test_only_the_office_of_the_campaign_sets_it(cast, campaign):
    for person in (cast.liaison, cast.checker, cast.prefecture, cast.police, cast.province):
        with pytest.raises(Forbidden):
            amend_counting(by=person, campaign=campaign, counts_only_within="all")


def test_the_second_of_two_people_sees_what_the_first_set(campaign, office):
    read = campaign.version
    amend_counting(by=office, campaign=campaign, version=read, counts_only_within="all")
    with pytest.raises(Stale):
        amend_counting(by=office, campaign=campaign, version=read, counts_only_within="within")


def test_who_may_not_set_it_reads_the_values_only(cast, campaign, office, page, sign_in):
    for person in (cast.liaison, cast.checker, cast.police, cast.prefecture):
        text = page(person, url(campaign))
        assert WITHIN in text and "由吕梁市规划和自然资源局的联络员修改" in text
        assert url(campaign, "amend/") not in text
        assert sign_in(person).get(url(campaign, "amend/")).status_code == 403
    assert url(campaign) in page(cast.checker, f"/ledgers/campaigns/{campaign.code}/organisation/")
    assert url(campaign, "amend/") in page(office, url(campaign))
    assert sign_in(cast.other_prefecture).get(url(campaign)).status_code == 404


def test_the_form_shows_what_holds_and_saves_it(campaign, office, page, post):
    text = page(office, url(campaign, "amend/"))
    assert 'value="within"' in text and "checked" in text and "“期间以前的也计入”" in text
    answer = post(office, url(campaign, "amend/"), counts_only_within="every")
    assert "“结转条目的数额”没有这种计法，请重新选择。" in answer.content.decode()
    answer = post(office, url(campaign, "amend/"), counts_only_within="all")
    assert "计数口径已修改" in answer.content.decode()
    text = page(office, url(campaign))
    assert EVERYTHING in text and "修改计数口径" in text


def test_each_rule_says_in_words_what_each_choice_does():
    assert set(RULES) == {"counts_only_within"}
    assert ONLY_WITHIN.default is True
    for rule in RULES.values():
        codes = [choice.code for choice in rule.choices]
        assert len(set(codes)) == len(codes) > 1
        assert all(choice.label and choice.effect.endswith("。") for choice in rule.choices)
