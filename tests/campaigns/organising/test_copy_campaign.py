"""复制上一次专项行动: what stays the same, with every day moved by as many days."""

from datetime import date, timedelta

import pytest

from accounts.models import TrailEntry
from campaigns.models import (
    BOOKS,
    Campaign,
    CampaignViolation,
    DutyRule,
    GroupMember,
    Phase,
    ScreeningTarget,
    TaskForce,
)
from campaigns.services.campaigns import CampaignDraft, open_campaign
from campaigns.services.copying import copy_campaign
from common.errors import Forbidden, Refused
from tests.campaigns.organising.conftest import ROWS, add, people, seat_of


@pytest.fixture
def last_year(cast):
    """交城's campaign of 2023 with a row in every book."""
    made = open_campaign(
        by=cast.liaison,
        draft=CampaignDraft(
            code="jc-2023",
            name="专项行动（2023年）",
            region=cast.regions["141122"],
            from_day=date(2023, 1, 1),
            to_day=date(2023, 11, 30),
            settings={"counts_only_within": False},
        ),
    )
    seat = seat_of(made, cast.county)
    for key in ROWS:
        more = {"parts": people(10), "lodged_on": date(2023, 1, 9)} if key == "forces" else {}
        days = {"from_day": date(2023, 2, 20), "to_day": date(2023, 3, 1)}
        add(cast.liaison, seat, key, **more, **(days if key == "phases" else {}))
    add(
        cast.liaison,
        seat,
        "screening",
        name="后沟",
        kind="gully",
        planned_on=date(2023, 3, 1),
        done_on=date(2023, 2, 1),
        found="trouble",
        result="有新开挖面",
    )
    return made


def copy(cast, campaign, first=date(2024, 1, 1), **more):
    return copy_campaign(
        by=cast.liaison, campaign=campaign, code="jc-2024", name="专项行动（2024年）", from_day=first, **more
    )


def test_settings_form_members_and_days_are_taken_over(cast, last_year):
    last_year.members.filter(agency__code="141122100-zrzy").delete()
    new = copy(cast, last_year)
    assert new.settings == {"counts_only_within": False}
    assert (new.form_code, new.form_version) == (last_year.form_code, last_year.form_version)
    assert (new.region, new.to_day) == (last_year.region, date(2024, 11, 29))
    codes = set(new.members.values_list("agency__code", flat=True))
    assert codes == {"141122-zrzy", "141122-ga"}


@pytest.mark.parametrize(
    ("first", "from_day", "to_day"),
    [
        (date(2024, 1, 1), date(2024, 2, 20), date(2024, 2, 29)),  # 365 days on, into a leap year
        (date(2025, 1, 1), date(2025, 2, 20), date(2025, 3, 1)),  # 731 days, past 29 February
        (date(2023, 1, 1), date(2023, 2, 20), date(2023, 3, 1)),
        (date(2022, 12, 22), date(2023, 2, 10), date(2023, 2, 19)),
    ],
)
def test_phases_move_by_as_many_days_as_the_campaign(cast, last_year, first, from_day, to_day):
    new = copy(cast, last_year, first)
    phase = Phase.objects.get(campaign=new)
    assert (phase.from_day, phase.to_day) == (from_day, to_day)
    assert phase.to_day - phase.from_day == timedelta(days=9)
    assert phase.deliverables == ROWS["phases"]["deliverables"]


def test_group_violations_and_task_forces_come_along_to_be_filed_anew(cast, last_year):
    new = copy(cast, last_year)
    assert GroupMember.objects.get(campaign=new).name == "张五宁"
    assert CampaignViolation.objects.get(campaign=new).codes == ["K11", "K21"]
    force = TaskForce.objects.get(campaign=new)
    assert (force.parts.count(), force.lodged_on, force.agency) == (10, None, cast.county)
    entry = TrailEntry.objects.get(subject_kind="campaigns.taskforce", subject_id=force.pk)
    assert entry.act == "copy_campaign" and entry.changes == {"复制自": ["", "专项行动（2023年）"]}


def test_meetings_papers_acceptance_honours_and_results_do_not(cast, last_year):
    new = copy(cast, last_year)
    for key in ("meetings", "documents", "inspection", "honours", "liaisons", "screening"):
        assert not BOOKS[key].objects.filter(campaign=new).exists(), key


def test_the_screening_plan_comes_along_on_wish_without_results(cast, last_year):
    new = copy(cast, last_year, screening=True)
    row = ScreeningTarget.objects.get(campaign=new, name="后沟")
    assert (row.planned_on, row.done_on, row.found, row.result) == (date(2024, 2, 29), None, "", "")


def test_struck_rows_and_the_last_years_own_stay_where_they_are(cast, last_year):
    Phase.objects.update(struck_on=date(2023, 5, 1), struck_reason="误录")
    new = copy(cast, last_year)
    assert not Phase.objects.filter(campaign=new).exists()
    assert GroupMember.objects.filter(campaign=last_year).count() == 1


def test_the_page_offers_a_year_later_and_leads_to_the_new_one(cast, page, post, last_year):
    url = "/ledgers/campaigns/jc-2023/copy/"
    text = page(cast.liaison, url)
    assert 'value="2024-01-01"' in text and 'value="jc-2024"' in text
    assert 'value="专项行动（2024年）"' in text
    fields = {"name": "新的", "code": "jc-2024", "from_day": "2024-01-01", "_key": "k"}
    for _ in range(2):
        answer = post(cast.liaison, url, **fields)
    assert answer.redirect_chain[-1][0] == "/ledgers/campaigns/jc-2024/organisation/"
    assert Campaign.objects.filter(code="jc-2024").count() == 1


def test_a_taken_code_copies_nothing(cast, last_year):
    copy(cast, last_year)
    with pytest.raises(Refused, match="已经用过"):
        copy(cast, last_year)
    assert Phase.objects.count() == 2


def test_only_the_regions_liaison_copies(cast, last_year, sign_in):
    for part in ("chief", "prefecture"):
        client = sign_in(getattr(cast, part))
        assert client.get("/ledgers/campaigns/jc-2023/copy/").status_code == 403
        with pytest.raises(Forbidden):
            copy_campaign(
                by=getattr(cast, part), campaign=last_year, code="x", name="x", from_day=date(2024, 1, 1)
            )
    neighbour = sign_in(cast.neighbour_liaison)
    assert neighbour.get("/ledgers/campaigns/jc-2023/copy/").status_code == 404


def test_reporting_rules_are_copied_with_their_days_moved(cast, last_year):
    DutyRule.objects.filter(campaign=last_year).update(days=[10], leads=[2])
    new = copy(cast, last_year)
    rule = DutyRule.objects.get(campaign=new)
    assert (rule.days, rule.leads, rule.agency) == ([10], [2], cast.county)
    assert (rule.from_day, rule.to_day) == (new.from_day, new.to_day)
