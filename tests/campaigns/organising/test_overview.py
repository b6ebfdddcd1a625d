"""组织实施: the current phase, counts, screening, follow-ups, what is still owed."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from campaigns.models import BOOKS, Meeting, ScreeningTarget
from campaigns.services import organising
from tests.campaigns.organising.conftest import add, people, seat_of
from tests.clues.making import registered
from tests.ledgers import build
from tests.querycounts import assert_same_queries

OVERVIEW = "/ledgers/campaigns/test/organisation/"


@pytest.fixture
def on(monkeypatch):
    """`on("05-01")`: the page is opened on that day."""
    return lambda day: monkeypatch.setattr("campaigns.views.organising.local_today", lambda: build.day(day))


def targets(cast, seat, kind, done, todo):
    for number in range(done + todo):
        values = {"done_on": build.day("04-10"), "found": "clean"} if number < done else {}
        add(cast.liaison, seat, "screening", kind=kind, name=f"{kind}{number}", **values)


def test_completion_is_by_kind_and_in_total_in_one_query(cast, seat):
    targets(cast, seat, "village", 2, 1)
    targets(cast, seat, "gully", 1, 0)
    with CaptureQueriesContext(connection) as queries:
        found = organising.completion(ScreeningTarget.objects.all())
    assert len(queries) == 1
    assert found == {"village": (2, 3), "gully": (1, 1), "mine": (0, 0), "": (3, 4)}


@pytest.mark.parametrize(
    ("done", "total", "shown"), [(0, 3, 0), (2, 3, 66), (199, 200, 99), (3, 3, 100), (0, 0, None)]
)
def test_a_hundred_percent_only_when_all_is_done(done, total, shown):
    assert organising.percent(done, total) == shown


def test_struck_places_do_not_count(cast, page, seat):
    targets(cast, seat, "mine", 1, 1)
    row = ScreeningTarget.objects.get(done_on=None)
    organising.strike_row(by=cast.liaison, row=row, reason="已关闭")
    text = page(cast.liaison, OVERVIEW).split("排查完成情况")[1]
    assert ">100<" in text and ">50<" not in text


def test_the_phase_of_today_is_the_nearest_ones(cast, page, campaign, seat, fresh, on):
    cast.prefecture.postings.create(agency=cast.prefecture_office, role="liaison", since="2018-01-01")
    upper = seat_of(campaign, cast.prefecture_office)
    add(fresh(cast.prefecture), upper, "phases", name="全市摸排", deliverables="报全市情况")
    on("04-15")
    assert "全市摸排" in page(cast.neighbour_chief, OVERVIEW)
    add(cast.liaison, seat, "phases", name="县级摸排")
    assert "县级摸排" in page(cast.chief, OVERVIEW) and "全市摸排" not in page(cast.chief, OVERVIEW)
    assert "县级摸排" not in page(cast.neighbour_chief, OVERVIEW)
    on("05-15")
    assert "今天不在已登记的任何阶段内" in page(cast.chief, OVERVIEW)


def test_open_follow_ups_stand_there_until_they_are_done(cast, page, seat, on):
    on("04-20")
    item = {"title": "后沟盗采挂牌督办", "who": "执法大队", "due_on": build.day("04-12")}
    row = add(cast.liaison, seat, "meetings", parts=[item])
    text = page(cast.liaison, OVERVIEW)
    assert "后沟盗采挂牌督办" in text and "2026-04-12" in text
    done = {**item, "result": "已立案", "done_on": build.day("04-12")}
    organising.amend_row(by=cast.liaison, row=row, parts=[done])
    assert "后沟盗采挂牌督办" not in page(cast.liaison, OVERVIEW)


@pytest.mark.parametrize(
    ("kind", "last", "by"),
    [
        ("feedback", "2026-04-10", "2026-04-12"),
        ("coordination", "2026-04-25", "2026-05-05"),
        ("joint", "2026-02-10", "2026-06-30"),
        ("joint", "2026-06-30", "2026-09-30"),
        ("joint", "2026-09-30", "2026-12-31"),
        ("joint", "2026-12-31", "2027-03-31"),
        ("other", "2026-04-10", "None"),
    ],
)
def test_the_next_meeting_is_due_by_the_rule_of_its_kind(kind, last, by):
    assert str(Meeting.next_by(kind, build.day(last))) == by


def test_a_meeting_that_is_due_again_is_said(cast, page, seat, on):
    add(cast.liaison, seat, "meetings", held_on=build.day("04-10"))
    on("04-20")
    assert "应在" not in page(cast.liaison, OVERVIEW)
    on("04-21")
    assert "协调会议：上次 2026-04-10 召开，应在 2026-04-20 前再次召开。" in page(cast.liaison, OVERVIEW)
    assert "应在 2026-04-20 前" not in page(cast.chief, OVERVIEW)


def test_an_ended_campaign_asks_for_its_summary_and_self_assessment(cast, page, seat, on):
    on("2030-12-01")
    assert "还没有登记工作总结和自评报告" in page(cast.liaison, OVERVIEW)


def test_the_prefecture_narrows_it_to_one_agency(cast, page, sign_in, campaign, seat):
    add(cast.liaison, seat, "forces", parts=people(9))
    there = f"{OVERVIEW}?agency=141121-zrzy"
    assert "1个不足10人" in page(cast.prefecture, OVERVIEW)
    assert "1个不足10人" not in page(cast.prefecture, there)
    assert sign_in(cast.chief).get(there).status_code == 404


NAMED = (
    *("group", "liaisons", "forces", "phases", "key_areas", "key_persons", "screening"),
    *("rectification", "honours"),
)


def test_pages_take_as_many_queries_for_thirty_rows_as_for_one(cast, sign_in, seat):
    made = {"count": 0}

    def add_rows(count):
        for _ in range(count):
            made["count"] += 1
            name = f"名{made['count']}"
            for key in NAMED:
                add(cast.liaison, seat, key, name=name)
            add(cast.liaison, seat, "meetings", parts=[{"title": name}])
            add(cast.liaison, seat, "inspection", parts=[{"item": name, "full": 10, "score": 9}])

    client = sign_in(cast.liaison)
    assert_same_queries("campaigns:organisation", client, OVERVIEW, add_rows)


@pytest.mark.parametrize("key", ["forces", "meetings", "inspection", "screening", "key_persons"])
def test_a_list_takes_as_many_queries_for_thirty_rows_as_for_one(cast, sign_in, seat, key):
    parts = {
        "forces": lambda: people(3),
        "meetings": lambda: [{"title": "某事"}],
        "inspection": lambda: [{"item": "排查到位", "full": 10, "score": 9}],
    }

    def add_rows(count):
        for _ in range(count):
            more = {"parts": parts[key]()} if key in parts else {}
            if key == "key_persons":
                more = {"name": f"人{BOOKS[key].objects.count()}"}
            if key == "screening":
                more = {"clue": registered(cast)}
            add(cast.liaison, seat, key, **more)

    client = sign_in(cast.liaison)
    assert_same_queries(f"campaigns:book {key}", client, f"{OVERVIEW}{key}/", add_rows)
