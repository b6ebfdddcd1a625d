"""Duties are made ahead from the rules, each once, for whom the rule names."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Agency
from accounts.services.system import system_person
from campaigns.models import Campaign, Duty, DutyRule
from campaigns.services import duty_rules
from campaigns.services.campaigns import CampaignDraft, open_campaign
from campaigns.services.duties import make_ahead, next_due_times
from common.errors import Forbidden, Refused
from tests.campaigns.duties.conftest import at

pytestmark = pytest.mark.django_db


def days_of(agency):
    return list(Duty.objects.filter(agency=agency).values_list("day", flat=True))


def test_setting_a_rule_makes_the_duties_of_thirty_days(cast, half_monthly):
    assert days_of(cast.county) == [date(2026, 5, 15), date(2026, 5, 30)]
    assert days_of(cast.neighbour) == days_of(cast.county)
    assert not Duty.objects.filter(agency=cast.prefecture_office).exists()
    assert not Duty.objects.filter(agency=cast.police_office).exists()


def test_a_duty_says_when_it_is_due_and_why(cast, half_monthly):
    duty = Duty.objects.get(agency=cast.county, day=date(2026, 5, 30))
    assert duty.due_at == at("2026-05-30 18:00")
    assert duty.explanation.startswith("每月15、30日18:00。遇休息日不变。")


def test_the_sweep_makes_each_new_day_once(half_monthly):
    assert make_ahead(at("2026-05-01 10:00")) == 0
    assert make_ahead(at("2026-05-16 09:00")) == 2
    assert make_ahead(at("2026-05-16 09:01")) == 0
    assert make_ahead(at("2026-06-01 00:00")) == 2


def test_what_a_long_outage_left_unmade_is_owed_all_the_same(cast, half_monthly):
    make_ahead(at("2026-08-20 09:00"))
    assert date(2026, 6, 15) in days_of(cast.county)
    assert date(2026, 8, 15) in days_of(cast.county)


def test_nobody_owes_what_was_due_before_the_rule(cast, campaign, setter):
    duty_rules.set_rule(
        by=setter,
        agency=cast.prefecture_office,
        draft=duty_rules.RuleDraft(campaign=campaign, from_day=date(2026, 1, 1), **duty_rules.HALF_MONTHLY),
        now=at("2026-05-15 18:30"),
    )
    assert days_of(cast.county) == [date(2026, 5, 30)]


def test_an_agency_that_joins_later_owes_from_then_on(cast, campaign, half_monthly):
    campaign.members.filter(agency=cast.neighbour).delete()
    Duty.objects.all().delete()
    DutyRule.objects.update(made_until=None)
    make_ahead(at("2026-05-02 09:00"))
    assert days_of(cast.neighbour) == []
    campaign.members.create(agency=cast.neighbour)
    make_ahead(at("2026-05-16 09:00"))
    assert days_of(cast.neighbour)[0] == date(2026, 5, 30)


def test_a_rule_may_bind_other_levels_and_kinds(cast, setter):
    duty_rules.set_rule(
        by=setter,
        agency=cast.prefecture_office,
        draft=duty_rules.RuleDraft(
            name="巡查情况",
            what="paper",
            level="township",
            pattern="weekly",
            days=[5],
            from_day=date(2026, 5, 1),
            leads=[1],
        ),
        now=at("2026-05-01 09:00"),
    )
    owing = Agency.objects.filter(duties__isnull=False).distinct()
    assert [agency.name for agency in owing] == ["天宁自然资源所"]
    assert Duty.objects.count() == 5


def test_an_ended_rule_makes_nothing_more(half_monthly):
    DutyRule.objects.update(to_day=date(2026, 6, 1))
    assert make_ahead(at("2026-06-10 09:00")) == 0


def test_opening_a_campaign_sets_the_half_monthly_rule(cast):
    by = system_person(cast.county)
    made = open_campaign(
        by=by,
        draft=CampaignDraft(
            code="jc", name="交城专项", region=cast.regions["141122"], from_day=date(2026, 1, 1)
        ),
    )
    rule = DutyRule.objects.get(campaign=made)
    assert rule.rhythm.words == "每月15、30日18:00"
    assert Duty.objects.count() == 0
    assert make_ahead(at("2026-05-01 09:00")) == 2
    assert {duty.agency for duty in Duty.objects.all()} == {cast.county}


def test_a_campaign_that_is_over_owes_nothing(cast):
    open_campaign(
        by=system_person(cast.county),
        draft=CampaignDraft(
            code="old",
            name="交城专项",
            region=cast.regions["141122"],
            from_day=date(2021, 4, 1),
            to_day=date(2021, 11, 30),
        ),
    )
    assert Campaign.objects.count() == 1
    assert make_ahead(at("2026-05-01 09:00")) == 0


def test_the_next_twelve_due_times_are_worked_out_without_saving(campaign, cast):
    rule = DutyRule(
        agency=cast.county, campaign=campaign, from_day=date(2026, 5, 1), **duty_rules.HALF_MONTHLY
    )
    times = next_due_times(rule, at("2026-12-20 09:00"))
    assert len(times) == 12
    assert times[0][0] == at("2026-12-30 18:00")
    assert times[4][0] == at("2027-02-28 18:00")
    assert "2027年2月没有30日" in times[4][1]


def test_a_rule_that_comes_once_has_one_due_time(cast):
    rule = DutyRule(agency=cast.county, pattern="once", from_day=date(2026, 11, 19), name="总结")
    assert [due for due, _ in next_due_times(rule, at("2026-05-01 09:00"))] == [at("2026-11-19 18:00")]


def test_only_a_liaison_sets_rules_and_only_for_the_own_office(cast, campaign):
    for person in (cast.prefecture, cast.checker, cast.liaison):
        with pytest.raises(Forbidden):
            duty_rules.set_rule(
                by=person,
                agency=cast.prefecture_office,
                draft=duty_rules.RuleDraft(
                    campaign=campaign, from_day=campaign.from_day, **duty_rules.HALF_MONTHLY
                ),
            )


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"campaign": None}, "选择专项行动"),
        ({"days": []}, "请填写每期的几日"),
        ({"days": [32]}, "1至31"),
        ({"pattern": "weekly", "days": [8]}, "星期几"),
        ({"to_day": date(2026, 1, 1)}, "不能早于开始"),
        ({"pattern": "quarterly", "month": 4}, "1至3"),
        ({"pattern": "every", "every": 0}, "至少"),
    ],
)
def test_a_rule_that_cannot_be_is_refused_with_a_sentence(cast, campaign, setter, change, words):
    values = {"campaign": campaign, "from_day": campaign.from_day, **duty_rules.HALF_MONTHLY}
    with pytest.raises(Refused) as refusal:
        duty_rules.set_rule(
            by=setter, agency=cast.prefecture_office, draft=duty_rules.RuleDraft(**values | change)
        )
    assert words in refusal.value.sentence
    assert not DutyRule.objects.exists()


def test_making_reads_the_same_whatever_the_number_of_agencies(cast, half_monthly):
    def reads(count):
        Agency.objects.bulk_create(
            Agency(
                code=f"x{count}-{n}",
                name="x",
                kind="zrzy",
                region=cast.regions["141122"],
                path=f"{cast.prefecture_office.path}x{count}{n}/",
            )
            for n in range(count)
        )
        members = half_monthly.campaign.members
        members.bulk_create(
            members.model(campaign=half_monthly.campaign, agency=one)
            for one in Agency.objects.filter(code__startswith=f"x{count}-")
        )
        Duty.objects.all().delete()
        DutyRule.objects.update(made_until=None)
        with CaptureQueriesContext(connection) as seen:
            made = make_ahead(at("2026-05-02 09:00"))
        return made, sum(not each["sql"].startswith("INSERT") for each in seen)

    made, queries = reads(1)
    assert (made, queries) == (6, 8)
    assert reads(300) == (606, queries)


def test_public_security_owes_to_the_office_that_set_the_rule(cast, campaign, setter):
    duty_rules.set_rule(
        by=setter,
        agency=cast.prefecture_office,
        draft=duty_rules.RuleDraft(
            campaign=campaign,
            name="打击进展",
            what="paper",
            kind="ga",
            pattern="monthly",
            days=[15],
            from_day=date(2026, 5, 1),
            leads=[7],
        ),
        now=at("2026-05-01 09:00"),
    )
    duty = Duty.objects.get(agency=cast.police_office)
    assert duty.upper == cast.prefecture_office
    assert Duty.objects.visible_to(cast.police).get() == duty
    assert Duty.objects.visible_to(cast.prefecture).filter(pk=duty.pk).exists()
    assert not Duty.objects.visible_to(cast.neighbour_police).filter(pk=duty.pk).exists()
