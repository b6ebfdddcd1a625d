"""An office that a rule binds and where nobody can answer is shown to whoever set the rule."""

from dataclasses import replace
from datetime import date

import pytest

from accounts.models import Posting
from campaigns import desk
from campaigns.models import DutyRule
from campaigns.services import duty_rules
from campaigns.services.answerable import posts_needed, unanswerable
from campaigns.services.duty_rules import RuleDraft
from common.errors import Refused
from tests.campaigns.duties.conftest import at
from tests.cast import SINCE

pytestmark = pytest.mark.django_db
NOW = at("2026-05-04 09:00")


@pytest.fixture
def weekly(cast):
    """周报 of the townships, set by 交城; 天宁 has a reporter."""
    return set_rule(cast)


def set_rule(cast, **values):
    draft = {
        "name": "周报", "what": "paper", "pattern": "weekly", "days": [5], "level": "township",
        "from_day": date(2026, 5, 1),
    }  # fmt: skip
    return duty_rules.set_rule(
        by=cast.liaison, agency=cast.county, draft=duty_rules.RuleDraft(**{**draft, **values}), now=NOW
    )


def lacking(rule) -> list[str]:
    return [agency.name for agency in unanswerable([rule])[rule.pk]]


def on_desk(person) -> list[str]:
    return [task.what for task in desk.waiting_for(person, NOW) if "没有人报送" in task.what]


def test_an_office_with_a_person_who_may_report_is_not_named(cast, weekly):
    assert lacking(weekly) == on_desk(cast.liaison) == []


@pytest.mark.parametrize("how", ["post", "person"])
def test_once_the_post_or_the_person_is_gone_it_is(cast, weekly, sign_in, how):
    if how == "post":
        Posting.objects.filter(user=cast.reporter).update(until=date(2026, 4, 30))
    else:
        type(cast.reporter).objects.filter(pk=cast.reporter.pk).update(is_active=False)
    assert lacking(weekly) == ["天宁自然资源所"]
    assert on_desk(cast.liaison) == ["1个单位没有人报送"]
    assert on_desk(cast.neighbour_liaison) == on_desk(cast.chief) == []
    page = sign_in(cast.liaison).get(weekly.get_absolute_url()).content.decode()
    assert "1 个单位没有人报送：天宁自然资源所。请系统管理员在这些单位任命乡镇报告员。" in page


def test_a_ledger_takes_somebody_who_prepares_and_somebody_who_checks(cast, half_monthly):
    assert lacking(half_monthly) == []
    Posting.objects.filter(user=cast.neighbour_checker).update(until=date(2026, 4, 30))
    assert lacking(half_monthly) == ["文水县自然资源局"]
    Posting.objects.create(user=cast.neighbour_liaison, agency=cast.neighbour, role="checker", since=SINCE)
    assert lacking(half_monthly) == []


@pytest.mark.parametrize(
    ("kind", "level", "what", "posts"),
    [
        ("zrzy", "county", "paper", "联络员、台账审核人"),
        ("sl", "county", "paper", "部门联络员"),
        ("jc", "county", "paper", "检察联络员"),
        ("ga", "county", "meeting", "公安联络员"),
    ],
)
def test_the_posts_that_are_wanting_fit_the_office(cast, kind, level, what, posts):
    assert posts_needed(set_rule(cast, kind=kind, level=level, what=what)) == posts


@pytest.mark.parametrize(
    ("kind", "what", "said"),
    [
        ("sl", "meeting", "水利单位在系统里没有报送会议的岗位，请把报送内容改为书面材料"),
        ("jc", "meeting", "检察单位在系统里没有报送会议的岗位"),
        ("ga", "ledger", "公安单位在系统里没有报送台账的岗位"),
    ],
)
def test_what_no_post_of_an_office_could_ever_answer_is_not_asked_of_it(cast, campaign, kind, what, said):
    with pytest.raises(Refused, match=said):
        set_rule(cast, kind=kind, level="county", what=what, campaign=campaign)
    weekly = set_rule(cast, kind=kind, level="county")
    with pytest.raises(Refused, match=said):
        duty_rules.amend_rule(
            by=cast.liaison, rule=weekly, draft=replace(RuleDraft.of(weekly), what=what, campaign=campaign)
        )


def test_a_rule_that_binds_nobody_says_so(cast, sign_in):
    rule = set_rule(cast, kind="dl", level="county")
    page = sign_in(cast.liaison).get(rule.get_absolute_url()).content.decode()
    assert "没有单位符合“谁来报”的条件" in page


def test_who_sets_the_rule_is_told_at_once(cast, sign_in):
    Posting.objects.filter(user=cast.reporter).update(until=date(2026, 4, 30))
    fields = {
        "name": "周报", "what": "paper", "topic": "", "campaign": "", "article": "", "level": "township",
        "kind": "zrzy", "pattern": "weekly", "days": "", "weekdays": ["5"], "month": "1", "every": "1",
        "at": "18:00", "holidays": "stay", "from_day": "2026-05-01", "to_day": "", "leads": "1",
    }  # fmt: skip
    answer = sign_in(cast.liaison).post("/ledgers/duties/rules/new/", fields, follow=True)
    assert DutyRule.objects.count() == 1
    assert "有1个单位没有人报送，名单见本页。" in answer.content.decode()


def test_an_ended_rule_troubles_nobody(cast, weekly):
    Posting.objects.filter(user=cast.reporter).update(until=date(2026, 4, 30))
    duty_rules.end_rule(by=cast.liaison, rule=weekly, to_day=date(2026, 5, 3), now=NOW)
    assert on_desk(cast.liaison) == []
