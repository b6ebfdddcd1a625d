"""What a meeting agreed on: the clues and cases it is about, its clock, and that it was done."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from accounts.models import TrailEntry
from campaigns import desk
from campaigns.models import BOOKS, Meeting, MeetingItem
from campaigns.services import organising
from campaigns.services.meeting_items import link, linked, settle_item
from common.errors import Forbidden, Refused, Stale
from reminders.due_sources import DUE_SOURCES
from reminders.models import DeliveryLog, Notice
from reminders.services import sweeping
from reminders.services.agenda import agenda_of
from tests.campaigns.organising.conftest import ROWS, address, posted, seat_of
from tests.ledgers import build
from tests.reminders.moments import at

NOW = at("2026-04-20 09:00")
AGREED = {"title": "后沟盗采", "follow_up": "现场核查", "who": "执法大队", "due_on": build.day("04-30")}


@pytest.fixture
def item(cast, seat):
    """Agreed on 10 April by 交城, due on the 30th."""
    return held(cast.liaison, seat, AGREED).parts.get()


def held(by, seat, *items) -> Meeting:
    """A meeting of an office with what it agreed on."""
    rows = [{**ROWS["meetings"], "parts": list(items)}]
    with time_machine.travel(at("2026-04-10 17:00"), tick=False):
        return organising.add_rows(by=by, seat=seat, model=BOOKS["meetings"], rows=rows)[0]


def settle_page(item) -> str:
    return reverse("campaigns:settle_item", args=[item.row.public_id, item.position])


def told(moment) -> int:
    return sweeping.sweep(now=at(moment))["reminders_made"]


def test_its_matters_are_linked_by_the_numbers_of_clues_and_cases(cast, seat, post, page):
    case, clue = build.case(cast), build.clue(cast)
    fields = {**ROWS["meetings"], "kind": "coordination", "held_on": "2026-04-10"}
    about = f"{clue.number}、 {case.number}"
    post(
        cast.liaison,
        address(seat, "meetings"),
        **posted(rows=[{"title": "后沟盗采", "about": about}], **fields),
    )
    text = page(cast.chief, Meeting.objects.get().get_absolute_url())
    assert case.get_absolute_url() in text and clue.get_absolute_url() in text
    entry = TrailEntry.objects.get(act="add_row")
    assert "有关线索、案件2件" in str(entry.changes) and case.number not in str(entry.changes)


@pytest.mark.parametrize("whose", ["neighbour", "nobody"])
def test_a_number_that_the_person_does_not_see_is_refused_alike(cast, seat, post, whose):
    foreign = build.case(cast, agency=cast.neighbour) if whose == "neighbour" else None
    number = foreign.number if foreign else "交自然资立字〔2026〕99号"
    fields = {**ROWS["meetings"], "kind": "coordination", "held_on": "2026-04-10"}
    answer = post(
        cast.liaison, address(seat, "meetings"), **posted(rows=[{"title": "x", "about": number}], **fields)
    )
    assert answer.status_code == 422 and not Meeting.objects.exists()
    assert f"没有找到“{number}”" in answer.content.decode()


def test_the_service_refuses_what_the_person_does_not_see(cast, item):
    with pytest.raises(Refused, match="看不到"):
        link(cast.liaison, item, [build.case(cast, agency=cast.neighbour)])
    assert not item.cases.exists()


def test_who_may_not_see_the_case_sees_only_that_there_is_one(cast, item, page):
    case = build.case(cast)
    link(cast.liaison, item, [case])
    assert linked(cast.liaison, item) == ([case], 0)
    assert linked(cast.police, item) == ([], 1)
    text = page(cast.police, item.get_absolute_url())
    assert "另有1件您无权查看" in text and case.number not in text and case.public_id not in text


def test_amending_keeps_what_one_does_not_see_and_shows_what_one_does(cast, campaign, post, page):
    station = seat_of(campaign, cast.police_office)
    meeting = held(cast.police, station, AGREED)
    case = build.case(cast)
    meeting.parts.get().cases.add(case)
    url = reverse("campaigns:amend_row", args=["meetings", meeting.public_id])
    assert case.number not in page(cast.police, url)
    fields = {
        **ROWS["meetings"],
        "held_on": "2026-04-10",
        "kind": "coordination",
        "_version": meeting.version,
    }
    post(cast.police, url, **posted(rows=[{"title": "后沟盗采", "about": ""}], **fields))
    assert list(MeetingItem.objects.get().cases.all()) == [case]


def test_the_form_of_an_own_meeting_shows_the_numbers_and_can_take_one_out(cast, item, post, page):
    case, clue = build.case(cast), build.clue(cast)
    link(cast.liaison, item, [case, clue])
    url = reverse("campaigns:amend_row", args=["meetings", item.row.public_id])
    assert f'value="{clue.number}、{case.number}"' in page(cast.liaison, url)
    fields = {**ROWS["meetings"], "held_on": "2026-04-10", "kind": "coordination", "_version": 1}
    post(cast.liaison, url, **posted(rows=[{"title": "后沟盗采", "about": case.number}], **fields))
    assert (item.clues.count(), list(item.cases.all())) == (0, [case])


def test_it_is_done_by_one_press_with_how(cast, item, post, page):
    assert settle_page(item) in page(cast.liaison, item.get_absolute_url())
    answer = post(
        cast.liaison, settle_page(item), done_on="2026-04-20", result="已核查，立案一件", _version=1
    )
    assert "已办结，不再提醒。" in answer.content.decode()
    item.refresh_from_db()
    assert (item.state, item.result) == ("done", "已核查，立案一件")
    entry = TrailEntry.objects.get(act="settle_item")
    assert (entry.subject_id, entry.changes["办结的事项"][1]) == (item.row_id, "后沟盗采")
    assert settle_page(item) not in page(cast.liaison, item.get_absolute_url())


def test_who_does_not_keep_the_book_settles_nothing(cast, item, sign_in):
    for person in (cast.police, cast.handler, cast.prefecture, cast.neighbour_liaison):
        with pytest.raises(Forbidden):
            settle_item(by=person, item=item, done_on=build.day("04-20"), result="已办")
    assert sign_in(cast.neighbour_liaison).get(settle_page(item)).status_code == 404
    assert sign_in(cast.police).get(settle_page(item)).status_code == 403
    gone = reverse("campaigns:settle_item", args=[item.row.public_id, 7])
    assert sign_in(cast.liaison).get(gone).status_code == 404


@pytest.mark.parametrize(
    ("done_on", "result", "words"), [("04-09", "已办", "不能早于会议召开日期"), ("04-20", " ", "落实情况")]
)
def test_it_cannot_be_done_before_the_meeting_nor_without_a_word(cast, item, done_on, result, words):
    with pytest.raises(Refused, match=words):
        settle_item(by=cast.liaison, item=item, done_on=build.day(done_on), result=result)


def test_of_two_who_settle_it_the_second_is_shown_the_first(cast, item):
    settle_item(by=cast.liaison, item=item, done_on=build.day("04-20"), result="已办", version=1)
    with pytest.raises(Stale):
        settle_item(by=cast.liaison, item=item, done_on=build.day("04-21"), result="又办", version=1)
    with pytest.raises(Refused, match="已办结"):
        settle_item(by=cast.liaison, item=item, done_on=build.day("04-21"), result="又办")


def test_its_keeper_is_reminded_stage_by_stage_and_has_it_in_the_calendar(cast, item):
    assert told("2026-04-20 09:00") == 0
    assert [told(f"2026-04-{moment}") for moment in ("23 09:01", "23 09:02")] == [1, 0]
    notice = Notice.objects.get()
    assert (notice.recipient, notice.url) == (cast.liaison, item.get_absolute_url())
    assert notice.title == "会议议定事项 将于4月30日 18:00到期"
    (due,) = agenda_of(cast.liaison, NOW, NOW + timedelta(days=20), NOW)
    assert due.about == f"meeting_item:{item.pk}"
    assert not agenda_of(cast.neighbour_liaison, NOW, NOW + timedelta(days=20), NOW)


@pytest.mark.parametrize("how", ["settled", "struck"])
def test_what_is_done_or_struck_is_let_be(cast, item, how):
    told("2026-04-23 09:01")
    with time_machine.travel(at("2026-04-30 08:00"), tick=False):
        if how == "settled":
            settle_item(by=cast.liaison, item=item, done_on=build.day("04-28"), result="已办")
        else:
            organising.strike_row(by=cast.liaison, row=item.row, reason="重复登记")
    assert told("2026-04-30 09:01") == told("2026-04-30 18:01") == 0
    why = {"settled": "已于2026-04-28办结", "struck": "会议已作废"}[how]
    assert DUE_SOURCES["meeting_item"].look([item.pk]) == {item.pk: why}
    assert all(why in log.note for log in DeliveryLog.objects.filter(outcome="moot"))


def test_it_stands_on_the_desk_of_its_keeper_three_days_ahead(cast, item):
    assert desk.waiting_for(cast.liaison, NOW) == []
    (task,) = desk.waiting_for(cast.liaison, at("2026-04-27 09:00"))
    assert (task.thing, task.verb, task.act_url) == ("后沟盗采", "办结", settle_page(item))
    assert task.due == at("2026-04-30 18:00")
    assert desk.waiting_for(cast.neighbour_liaison, at("2026-04-27 09:00")) == []
