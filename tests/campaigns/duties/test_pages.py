"""The pages of duties: what they show, what they keep, what they say."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from campaigns.models import BOOKS, Duty, DutyRule
from campaigns.services import duty_rules, handing_in, organising
from campaigns.services.duty_rules import RuleDraft
from tests.campaigns.duties.conftest import at
from tests.campaigns.duties.test_pairs import office_of_campaigns
from tests.campaigns.organising.conftest import ROWS, seat_of
from tests.cases.making import scan
from tests.ledgers import acting

pytestmark = pytest.mark.django_db
RULE = {
    "name": "周报", "what": "paper", "level": "county", "kind": "zrzy", "pattern": "weekly",
    "weekdays": ["5"], "at": "17:00", "holidays": "before", "from_day": "2026-05-01",
    "leads": "2、1", "month": "1", "every": "1",
}  # fmt: skip


@pytest.fixture(autouse=True)
def noon():
    """It is 2026-05-15 12:00."""
    with time_machine.travel(at("2026-05-15 12:00"), tick=False):
        yield


@pytest.fixture
def open_page(sign_in):
    """`open_page(person, url)` gives the text of a page that answers 200."""

    def opened(person, url):
        answer = sign_in(person).get(url)
        assert answer.status_code == 200, answer.status_code
        return answer.content.decode()

    return opened


@pytest.fixture
def duty(cast, half_monthly):
    """What 交城 owes today at 18:00."""
    return Duty.objects.get(agency=cast.county, day=date(2026, 5, 15))


def test_the_list_shows_what_one_owes_by_due_time(cast, open_page, duty):
    page = open_page(cast.liaison, reverse("campaigns:duties"))
    assert "半月台账" in page and "2026-05-15 18:00" in page
    assert "文水县" not in page


def test_the_prefecture_sees_all_counties_and_can_narrow_to_what_is_late(cast, open_page, sign_in, duty):
    Duty.objects.filter(pk=duty.pk).update(due_at=at("2026-05-15 11:00"))
    page = open_page(cast.prefecture, reverse("campaigns:duties") + "?late=yes")
    assert "交城县自然资源局" in page
    assert page.count("data-row") == 1
    assert "未报，已超 1 小时" in page


def test_duties_are_narrowed_to_what_is_still_owed_by_its_time(cast, open_page, duty):
    others = Duty.objects.exclude(pk=duty.pk)
    others.update(state="accepted")
    url = reverse("campaigns:duties")
    for asked, due, seen in (
        ("over", "2026-05-15 11:00", 1), ("3", "2026-05-15 11:00", 0), ("3", "2026-05-18 23:00", 1),
        ("3", "2026-05-19 00:00", 0), ("7", "2026-05-19 00:00", 1),
    ):  # fmt: skip
        Duty.objects.update(due_at=at(due))
        assert open_page(cast.prefecture, f"{url}?due={asked}").count("data-row") == seen, (asked, due)


def test_a_duty_says_why_this_day_and_leads_to_the_ledger(cast, open_page, duty):
    page = open_page(cast.liaison, duty.get_absolute_url())
    assert "每月15、30日18:00。" in page and "去台账" in page
    assert "6 小时" in page


def test_a_late_report_shows_its_time_to_the_second(cast, open_page, county_ledger, duty):
    acting.submit(cast, county_ledger, now=at("2026-05-15 18:00:01"), nil_report=True)
    page = open_page(cast.prefecture, duty.get_absolute_url())
    assert "2026-05-15 18:00:01" in page and "迟报 1 秒" in page


def test_a_rule_is_set_on_its_page_and_lists_the_next_twelve_times(cast, setter, sign_in):
    client = sign_in(setter)
    answer = client.post(reverse("campaigns:set_rule"), RULE)
    rule = DutyRule.objects.get()
    assert answer.status_code == 302
    assert (rule.days, rule.leads, rule.agency) == ([5], [2, 1], cast.prefecture_office)
    page = client.get(rule.get_absolute_url()).content.decode()
    assert page.count("17:00 星期") == 12
    assert Duty.objects.filter(rule=rule, agency=cast.county).count() == 5


def test_a_rule_filled_in_wrongly_keeps_what_was_typed(cast, setter, sign_in):
    typed = RULE | {"pattern": "monthly", "days": "十五", "name": "月报"}
    answer = sign_in(setter).post(reverse("campaigns:set_rule"), typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "“十五”不是数字" in page and 'value="月报"' in page and 'value="十五"' in page
    assert not DutyRule.objects.exists()


def test_a_preset_fills_the_form(cast, setter, open_page):
    page = open_page(setter, reverse("campaigns:set_rule") + "?preset=ten-days")
    assert 'value="协调会议"' in page and 'value="10"' in page


def test_the_preview_shows_the_times_of_what_is_typed_so_far(cast, setter, open_page):
    query = "?pattern=monthly&days=15、30&at=18:00&holidays=stay&from_day=2026-05-01"
    page = open_page(setter, reverse("campaigns:preview_rule") + query)
    assert page.count("<tr>") == 13
    assert "2026-05-15 18:00" in page
    assert "填好周期" in open_page(setter, reverse("campaigns:preview_rule") + "?pattern=monthly")


def test_an_amended_rule_says_what_it_moved(cast, setter, sign_in, half_monthly):
    client, url = sign_in(setter), reverse("campaigns:amend_rule", args=[half_monthly.public_id])
    page = client.get(url).content.decode()
    assert 'value="15、30"' in page and 'value="7、3"' in page
    typed = {
        "name": "半月台账",
        "what": "ledger",
        "campaign": half_monthly.campaign_id,
        "level": "county",
        "kind": "zrzy",
        "pattern": "monthly",
        "days": "15、30",
        "at": "12:30",
        "holidays": "stay",
        "from_day": "2026-04-01",
        "leads": "7、3",
        "month": "1",
        "every": "1",
        "_version": half_monthly.version,
    }
    answer = client.post(url, typed, follow=True)
    assert "待报任务：改期4项" in answer.content.decode()


def test_the_board_counts_and_names_who_has_not_reported(cast, open_page, county_ledger, duty, half_monthly):
    acting.submit(cast, county_ledger, nil_report=True)
    page = open_page(cast.prefecture, half_monthly.board_url)
    assert "应报 2" in page and "已报 1" in page and "未报 1" in page
    assert "未报：文水县自然资源局" in page and "提醒未报单位" in page
    assert "2026-05-15 12:00:00" in page


def test_a_county_sees_only_itself_on_the_board(cast, open_page, duty, half_monthly):
    page = open_page(cast.liaison, half_monthly.board_url)
    assert "应报 1" in page and "文水县" not in page and "提醒未报单位" not in page


def test_the_missing_are_reminded_from_the_board(cast, sign_in, duty, half_monthly):
    url = reverse("campaigns:remind_missing", args=[half_monthly.public_id, "2026-05-15"])
    client = sign_in(cast.prefecture)
    assert "提醒 2 个单位" in client.get(url).content.decode()
    answer = client.post(url, follow=True)
    assert "已提醒未报单位。" in answer.content.decode()


@pytest.mark.parametrize("day", ["2026-13-45", "x"])
def test_a_board_of_no_day_is_not_there(cast, sign_in, duty, half_monthly, day):
    client = sign_in(cast.prefecture)
    assert client.get(f"{half_monthly.board_url}?day={day}").status_code in (200, 404)
    url = reverse("campaigns:remind_missing", args=[half_monthly.public_id, day])
    assert client.get(url).status_code == 404


def test_a_claim_is_typed_with_its_scan_and_decided_above(cast, sign_in, duty):
    client = sign_in(cast.liaison)
    typed = {"sent_at": "2026-05-15T11:50", "system_down": "on", "note": "打不开", "scan": scan()}
    answer = client.post(reverse("campaigns:record_claim", args=[duty.public_id]), typed)
    assert answer.status_code == 302
    above = sign_in(cast.prefecture)
    page = above.get(duty.get_absolute_url()).content.decode()
    assert "2026-05-15 11:50:00" in page and "补登待认定" in page
    url = reverse("campaigns:rule_on_claim", args=[duty.public_id])
    answer = above.post(url, {"recognised": "yes", "ruling": "系统停机属实"}, follow=True)
    assert "按实际报送时间认定。系统停机属实" in answer.content.decode()


def test_who_owes_several_chooses_which_one_is_reported(
    cast, sign_in, open_page, county_ledger, half_monthly
):
    acting.prepare(cast, county_ledger)
    acting.check(cast, county_ledger)
    url = reverse("ledgers:submit", args=[county_ledger.campaign.code, cast.county.code])
    page = open_page(cast.checker, url)
    assert "报送哪一期" not in page
    with time_machine.travel(at("2026-05-16 09:00"), tick=False):
        client = sign_in(cast.checker)
        page = client.get(url).content.decode()
        assert "报送哪一期" in page and "截止 2026-05-15 18:00" in page
        later = Duty.objects.get(agency=cast.county, day=date(2026, 5, 30))
        client.post(url, {"duty": later.pk, "nil_report": "on", "_version": "2"})
    states = dict(Duty.objects.filter(agency=cast.county).values_list("day", "state"))
    assert states == {date(2026, 5, 15): "missed", date(2026, 5, 30): "submitted"}


def test_the_police_confirm_their_half_on_its_page(cast, sign_in, county_ledger):
    args = [county_ledger.campaign.code, cast.county.code]
    client, url = sign_in(cast.police), reverse("ledgers:confirm_police", args=args)
    page = client.get(url).content.decode()
    digest = page.split('name="digest" value="')[1].split('"')[0]
    answer = client.post(url, {"digest": digest}, follow=True)
    assert "公安数据已核对。" in answer.content.decode()
    assert sign_in(cast.neighbour_police).get(url).status_code == 404


def test_lists_say_which_paper_and_which_meeting_answered(cast, campaign, setter, sign_in):
    common = {"pattern": "weekly", "days": [5], "level": "county", "from_day": date(2026, 5, 1)}
    rules = {
        what: duty_rules.set_rule(
            by=setter, agency=cast.prefecture_office, draft=RuleDraft(name=what, what=what, **common)
        )
        for what in ("paper", "meeting")
    }
    paper, meeting = (
        Duty.objects.get(rule=rules[what], agency=cast.county, day=date(2026, 5, 15)) for what in rules
    )
    handing_in.hand_in(by=cast.liaison, duty=paper, upload=scan("五月第三周.pdf"))
    row = {**ROWS["meetings"], "held_on": date(2026, 5, 14)}
    seat = seat_of(campaign, cast.county)
    (held,) = organising.add_rows(by=cast.liaison, seat=seat, model=BOOKS["meetings"], rows=[row])
    client = sign_in(cast.prefecture)
    for url in (f"{rules['paper'].board_url}?day=2026-05-15", "/ledgers/duties/?what=paper"):
        page = client.get(url).content.decode()
        assert "五月第三周.pdf" in page and paper.papers.get().file.get_absolute_url() in page
    meeting.refresh_from_db()
    assert meeting.meeting == held
    assert str(held) in client.get(f"{rules['meeting'].board_url}?day=2026-05-15").content.decode()


def test_a_liaison_of_two_offices_says_for_which_the_rule_is(cast, sign_in):
    office = office_of_campaigns(cast)
    cast.liaison.postings.create(agency=office, role="liaison")
    client, url = sign_in(cast.liaison), reverse("campaigns:set_rule")
    assert "制定单位" in client.get(url).content.decode()
    assert client.post(url, RULE).status_code == 422
    for agency in (office, cast.county):
        client.post(url, RULE | {"agency": agency.pk, "name": f"周报{agency.pk}"})
        assert DutyRule.objects.get(name=f"周报{agency.pk}").agency == agency
    assert client.post(url, RULE | {"agency": cast.neighbour.pk}).status_code == 422
    rule = DutyRule.objects.get(agency=office)
    amend = client.get(reverse("campaigns:amend_rule", args=[rule.public_id])).content.decode()
    assert 'name="agency"' not in amend


def test_a_liaison_of_one_office_is_not_asked(cast, sign_in):
    assert 'name="agency"' not in sign_in(cast.liaison).get(reverse("campaigns:set_rule")).content.decode()
