"""Paper and meeting duties on 工作台 of who owes them: what is near, and what is long over."""

from datetime import date

import pytest
import time_machine

from campaigns import desk
from campaigns.models import Duty
from campaigns.services import duty_rules
from campaigns.services.duties import make_ahead
from tests.campaigns.duties.conftest import at
from tests.cases.making import scan

pytestmark = pytest.mark.django_db


def set_rule(cast, **values):
    draft = {
        "name": "周报", "what": "paper", "pattern": "weekly", "days": [5], "level": "township",
        "from_day": date(2026, 5, 1), "leads": [1],
    }  # fmt: skip
    return duty_rules.set_rule(
        by=cast.liaison,
        agency=cast.county,
        draft=duty_rules.RuleDraft(**{**draft, **values}),
        now=at("2026-05-04 09:00"),
    )


def waits(person, moment):
    return [(task.what, task.verb, task.note) for task in desk.waiting_for(person, at(moment))]


def test_it_stands_there_three_days_ahead_or_as_early_as_the_rule_tells(cast):
    rule = set_rule(cast)
    assert waits(cast.reporter, "2026-05-05 09:00") == []
    assert waits(cast.reporter, "2026-05-06 09:00") == [("报送周报", "报送", "")]
    Duty.objects.filter(rule=rule).update(leads=[5])
    assert waits(cast.reporter, "2026-05-04 09:00") == [("报送周报", "报送", "")]


def test_the_first_that_is_owed_stands_for_all_that_are_over(cast):
    set_rule(cast)
    make_ahead(at("2026-05-20 09:00"))
    assert waits(cast.reporter, "2026-05-25 09:00") == [("报送周报", "报送", "另有2期也已超期")]


def test_nobody_else_of_the_office_below_or_above_has_it(cast):
    set_rule(cast)
    for person in (cast.liaison, cast.handler, cast.prefecture, cast.neighbour_liaison):
        assert waits(person, "2026-05-08 09:00") == []


def test_a_meeting_waits_for_whoever_keeps_the_book(cast, campaign, setter):
    duty_rules.set_rule(
        by=setter,
        agency=cast.prefecture_office,
        draft=duty_rules.RuleDraft(
            campaign=campaign, name="协调会议", what="meeting", topic="coordination", pattern="every",
            every=10, from_day=date(2026, 5, 1),
        ),
        now=at("2026-05-01 09:00"),
    )  # fmt: skip
    (task,) = desk.waiting_for(cast.liaison, at("2026-05-01 10:00"))
    assert (task.what, task.verb) == ("召开协调会议并登记", "登记会议")
    assert task.act_url == f"/ledgers/campaigns/test/{cast.county.code}/organisation/meetings/add/"
    assert waits(cast.checker, "2026-05-01 10:00") == []


@time_machine.travel(at("2026-05-08 17:40"), tick=False)
def test_the_first_line_of_the_desk_is_what_a_township_owes(cast, sign_in):
    set_rule(cast)
    page = sign_in(cast.reporter).get("/").content.decode()
    assert "报送周报" in page and "还有 <b>20 分钟</b>" in page


@time_machine.travel(at("2026-05-08 10:00"), tick=False)
def test_who_keeps_no_ledger_has_the_list_in_the_menu(cast, sign_in):
    set_rule(cast, kind="sl", level="county")
    page = sign_in(cast.department).get("/ledgers/duties/")
    assert page.status_code == 200
    text = page.content.decode()
    assert 'href="/ledgers/duties/"' in text and 'href="/ledgers/"' not in text
    duty = Duty.objects.get(agency__code="141122-sl", day=date(2026, 5, 8))
    answer = sign_in(cast.department).post(
        f"{duty.get_absolute_url()}hand-in/", {"upload": scan()}, follow=True
    )
    assert "材料已报送。" in answer.content.decode()
