"""零报告 and reports without change are accepted together: exactly those that were listed."""

import pytest
from django.urls import reverse

from accounts import roles
from accounts.models import TrailEntry
from campaigns.services.duty_rules import HALF_MONTHLY, RuleDraft, set_rule
from common.errors import Forbidden, Refused
from ledgers.models import Consolidation, Submission
from ledgers.services.accepting_together import accept_unchanged, is_unchanged, unchanged_below
from tests.campaigns.duties.conftest import at
from tests.cast import add_person
from tests.ledgers import acting, build


@pytest.fixture
def total(cast, campaign):
    """The counties below 吕梁 taken together."""
    return Consolidation(build.ledger(campaign, cast.prefecture_office))


@pytest.fixture
def fined(cast, campaign, county_ledger):
    """交城 reported one fine, accepted; then nothing changed."""
    case = build.case(cast)
    build.decision(cast, case, ("mining", "fine", "30000"))
    build.entry(campaign, cast.county, case)
    acting.accept(cast, acting.submit(cast, county_ledger))
    return case


@pytest.fixture
def nil(cast, campaign):
    """文水's 零报告."""
    return acting.submit(cast, build.ledger(campaign, cast.neighbour), "05-30", nil_report=True)


@pytest.fixture
def unchanged(cast, fined, county_ledger):
    """交城's report without change."""
    return acting.submit(cast, county_ledger, "05-30", nil_report=True)


def ids(*submissions):
    return [submission.public_id for submission in submissions]


def test_all_that_were_listed_are_accepted_each_with_its_own_trail_entry(cast, total, nil, unchanged):
    assert unchanged_below(cast.prefecture, total) == [nil, unchanged]
    accept_unchanged(by=cast.prefecture, total=total, seen=ids(unchanged, nil))
    assert (nil.state, unchanged.state) == ("accepted", "accepted")
    entries = TrailEntry.objects.filter(act="accept_submission", subject_id__in=[nil.pk, unchanged.pk])
    assert {(entry.actor, entry.subject_id) for entry in entries} == {
        (cast.prefecture, nil.pk),
        (cast.prefecture, unchanged.pk),
    }


def test_what_changed_is_not_among_them(cast, campaign, total, fined, county_ledger, nil):
    build.decision(cast, fined, ("mining", "fine", "1"), on="05-20")
    changed = acting.submit(cast, county_ledger, "05-30")
    assert unchanged_below(cast.prefecture, total) == [nil]
    accept_unchanged(by=cast.prefecture, total=total, seen=ids(nil))
    assert changed.state == "submitted"


def test_a_report_whose_rows_all_stand_as_before_is_among_them_without_being_called_nil(
    cast, total, unchanged
):
    again = Submission.objects.get(pk=unchanged.pk)
    again.nil_report = False
    assert again.previous.rows.exists()
    assert is_unchanged(again)


def test_a_correction_is_looked_at_by_itself(cast, total, fined, county_ledger):
    sent = acting.submit(cast, county_ledger, "05-30", nil_report=True)
    acting.send_back(cast, sent)
    acting.submit(cast, county_ledger, "05-30")
    assert unchanged_below(cast.prefecture, total) == []


def test_if_the_set_changed_meanwhile_none_is_accepted(cast, total, nil, unchanged):
    with pytest.raises(Refused, match="刚才列出1份，现在是2份"):
        accept_unchanged(by=cast.prefecture, total=total, seen=ids(nil))
    acting.accept(cast, unchanged)
    with pytest.raises(Refused, match="刚才列出2份，现在是1份"):
        accept_unchanged(by=cast.prefecture, total=total, seen=ids(nil, unchanged))
    assert nil.state == "submitted"


def test_where_none_waits_it_says_so(cast, total, nil):
    acting.accept(cast, nil)
    with pytest.raises(Refused, match="没有待接收"):
        accept_unchanged(by=cast.prefecture, total=total, seen=[])


@pytest.mark.parametrize("who", ["checker", "liaison", "province", "other_prefecture"])
def test_nobody_else_accepts_them(cast, total, nil, who):
    with pytest.raises(Forbidden):
        accept_unchanged(by=getattr(cast, who), total=total, seen=ids(nil))


def test_one_press_on_the_page_lists_and_accepts_them(cast, sign_in, campaign, nil, unchanged):
    client, url = sign_in(cast.prefecture), reverse("ledgers:accept_unchanged", args=[campaign.code])
    front = client.get(campaign.get_absolute_url()).content.decode()
    assert "接收 2 份零报告和无变化报告" in front and url in front
    page = client.get(url).content.decode()
    assert "文水县自然资源局" in page and "交城县自然资源局" in page and "接收 2 份" in page
    late = client.post(url, {"seen": ids(nil)})
    assert late.status_code == 409 and "刚才列出1份，现在是2份" in late.content.decode()
    assert all(each in late.content.decode() for each in ids(nil, unchanged))
    done = client.post(url, {"seen": ids(nil, unchanged)}, follow=True).content.decode()
    assert "已接收 2 份零报告和无变化报告。" in done
    assert "没有待接收的零报告和无变化报告" in client.get(url).content.decode()


def test_the_board_offers_it_and_names_the_counties_that_nobody_signs_in_for(cast, sign_in, campaign, nil):
    setter = add_person("setter", "市联络", cast.prefecture_office, roles.LIAISON)
    draft = RuleDraft(campaign=campaign, from_day=campaign.from_day, **HALF_MONTHLY)
    rule = set_rule(by=setter, agency=cast.prefecture_office, draft=draft, now=at("2026-05-01 09:00"))
    board = sign_in(cast.prefecture).get(f"{rule.board_url}?day=2026-05-15").content.decode()
    assert "接收 1 份零报告和无变化报告" in board
    assert reverse("ledgers:enter_for_county", args=[campaign.code, cast.county.code]) in board
    sign_in(cast.liaison)
    board = sign_in(cast.prefecture).get(f"{rule.board_url}?day=2026-05-15").content.decode()
    assert reverse("ledgers:enter_for_county", args=[campaign.code, cast.county.code]) not in board
    assert "代录" not in sign_in(cast.checker).get(f"{rule.board_url}?day=2026-05-15").content.decode()
