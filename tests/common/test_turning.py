"""Turning the pages of a list: on from a row, forward and back, from either end, over ties and blanks."""

from datetime import date
from types import SimpleNamespace
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from django.db.models import F
from django.test import RequestFactory

from accounts.models import Region, User
from common.columns import Column
from common.lists import page as pages
from common.lists.declared import Listing
from common.lists.page import ListPage

COLUMNS = (
    Column("username", "登录名", sortable="username"),
    Column("since", "自", value="certificate_since", kind="date", sortable="certificate_since"),
    Column("phone", "电话", sortable="phone"),
    Column("home", "单位", value="agency.name", sortable="agency__region__name"),
    Column("told", "又", value="told", sortable="told"),
)
SORTS = ["", *(f"sort={way}{each.key}" for each in COLUMNS for way in ("", "-"))]
LOTS = 130


@pytest.fixture
def rows(cast):
    """People of whom many share what they are sorted by, and a third have nothing there."""
    days = [None, date(2026, 1, 1), None, date(2026, 1, 2), date(2026, 1, 1), date(2025, 3, 4)]
    homes = [None, cast.county, cast.police_office]
    User.objects.bulk_create(
        User(
            username=f"甲{n:03}", name="赵某", phone=f"{n % 7}", public_id=f"turning{n}",
            certificate_since=days[n % 6], agency=homes[n % 3],
        )
        for n in range(LOTS)
    )  # fmt: skip
    return User.objects.filter(username__startswith="甲").annotate(told=F("certificate_since"))


def ask(rows, address, **more):
    request = RequestFactory().get(f"/people/{address}")
    request.session, request.user = {}, SimpleNamespace(pk=1, is_authenticated=False)
    declared = {"name": "turned", "columns": COLUMNS, "ordering": "-certificate_since"}
    return ListPage(request, rows, Listing(**{**declared, **more}))


def names(page):
    return [row.username for row in page.page_rows]


def walked(rows, address, step, **more):
    """The names on each page from an address on, by a link of the pager."""
    found = []
    while address:
        page = ask(rows, address, **more)
        found.append(names(page))
        address = page.pager()[step]
        assert len(found) < LOTS
    return found


def whole(rows, sort):
    """Every name in the order that Python gives them: blanks last, ties by key."""
    key = {
        "username": lambda row: row.username, "since": lambda row: row.certificate_since,
        "phone": lambda row: row.phone, "home": lambda row: row.agency and row.agency.region.name,
        "told": lambda row: row.certificate_since,
    }  # fmt: skip
    asked = sort.removeprefix("sort=")
    value, down = (key[asked.lstrip("-")], asked.startswith("-")) if asked else (key["since"], True)
    several = sorted(rows.select_related("agency__region"), key=lambda row: row.pk)
    if down and asked:
        several.reverse()
    filled = [row for row in several if value(row) is not None]
    blank = [row for row in several if value(row) is None]
    return [row.username for row in sorted(filled, key=value, reverse=down) + blank]


@pytest.mark.parametrize("sort", SORTS)
def test_each_row_comes_once_forward_and_back_over_ties_and_blanks(rows, sort):
    expected = whole(rows, sort)
    forward = walked(rows, f"?{sort}", "next_url")
    assert [name for page in forward for name in page] == expected and len(forward) == 7
    last = ask(rows, f"?{sort}").pager()["last_url"]
    back = walked(rows, last, "previous_url")
    assert [name for page in reversed(back) for name in page] == expected


@pytest.mark.parametrize("sort", SORTS)
def test_pages_from_the_end_hold_what_those_from_the_start_hold(rows, sort, monkeypatch):
    monkeypatch.setattr(pages, "COUNT_CAP", 40)
    forward = [name for page in walked(rows, f"?{sort}", "next_url") for name in page]
    assert len(set(forward)) == len(forward) == LOTS
    last = ask(rows, f"?{sort}").pager()["last_url"]
    assert parse_qs(urlsplit(last).query)["page"] == ["-1"]
    back = [name for page in reversed(walked(rows, last, "previous_url")) for name in page]
    assert back == forward
    assert names(ask(rows, f"?{sort}&page=-2")) == forward[-40:-20]


def test_the_order_is_the_same_by_number_and_by_steps(rows):
    for sort in SORTS:
        steps = walked(rows, f"?{sort}", "next_url")
        assert [names(ask(rows, f"?{sort}&page={n}")) for n in range(1, 8)] == steps, sort


def test_rows_that_come_in_meanwhile_move_nothing_along(rows, cast):
    expected = [name for page in walked(rows, "?", "next_url") for name in page]
    seen, address = [], ""
    for n in range(7):
        page = ask(rows, address)
        seen += names(page)
        address = page.pager()["next_url"]
        for more in range(3):  # above all that was seen, and level with the row one goes on from
            User.objects.create(username=f"甲新{n}{more}", name="钱某", certificate_since=date(2026, 1, 2))
    assert [name for name in seen if "新" not in name] == expected
    assert len(set(seen)) == len(seen)


def test_going_back_to_the_first_page_shows_what_came_before_and_says_there_is_more(rows):
    second = ask(rows, "").pager()["next_url"]
    for n in range(30):
        User.objects.create(username=f"甲新{n}", name="钱某", certificate_since=date(2026, 6, 1))
    first = ask(rows, ask(rows, second).pager()["previous_url"])
    assert "甲新" not in "".join(names(first)) and first.pager()["number"] == 1
    newer = walked(rows, first.pager()["previous_url"], "previous_url")
    assert sum(map(len, newer)) == 30


def test_a_page_of_which_nothing_is_left_is_the_one_at_that_end(rows):
    page = ask(rows, "?sort=username")
    onward = page.pager()["next_url"]
    rows.filter(username__gte="甲020").delete()
    assert names(ask(rows, onward)) == names(page)
    assert ask(rows, onward).pager()["number"] == 1


def test_the_number_beside_a_step_says_how_far_it_is(rows, monkeypatch):
    monkeypatch.setattr(pages, "COUNT_CAP", 40)
    third = walked_to(rows, "?", "next_url", 2).pager()
    assert (third["number"], third["start"], third["end"], third["last"]) == (3, 41, 60, None)
    second_last = walked_to(rows, "?page=-1", "previous_url", 1).pager()
    assert (second_last["number"], second_last["from_end"], second_last["start"]) == (2, True, 21)
    html = ask(rows, "?page=-1").response("parts/list.html").content.decode()
    assert "倒数第 1–20 条" in html and "倒数第 1 页" in html and "末页" not in html


def walked_to(rows, address, step, times):
    for _ in range(times):
        address = ask(rows, address).pager()[step]
    return ask(rows, address)


def test_a_jump_by_number_goes_no_further_than_was_counted(rows, monkeypatch):
    monkeypatch.setattr(pages, "COUNT_CAP", 40)
    assert ask(rows, "?page=999999").pager()["start"] == 21
    assert ask(rows, "?page=-999999").pager()["start"] == 21


@pytest.mark.parametrize("name", ["after", "before"])
@pytest.mark.parametrize("text", ["x", "汉字", "A" * 4000, "%00", "-", "IiI", "after=1"])
def test_a_place_that_nobody_wrote_is_the_first_page(rows, name, text):
    page = ask(rows, f"?{name}={text}")
    assert names(page) == names(ask(rows, "")) and page.pager()["number"] == 1


def test_a_place_of_another_order_or_list_is_not_used(rows):
    step = ask(rows, "?sort=phone").pager()["next_url"]
    place = parse_qs(urlsplit(step).query)["after"][0]
    assert names(ask(rows, f"?sort=-phone&after={place}")) == names(ask(rows, "?sort=-phone"))
    assert names(ask(rows, f"?sort=phone&after={place}", name="other")) == names(ask(rows, "?sort=phone"))
    assert names(ask(rows, f"?sort=phone&after={place}")) != names(ask(rows, "?sort=phone"))


def test_what_a_list_is_sorted_by_is_not_to_be_read_in_an_address(rows):
    step = ask(rows, "?sort=username").pager()["next_url"]
    assert "甲" not in unquote(step)
    from_place = parse_qs(urlsplit(step).query)["after"][0]
    assert from_place != parse_qs(urlsplit(ask(rows, "?sort=username").pager()["next_url"]).query)["after"][0]


def test_a_filter_and_a_sort_begin_at_the_first_page_again(rows):
    second = ask(rows, ask(rows, "").pager()["next_url"])
    assert "after" not in second.asked.address(sort="username") + second.asked.address(size=50)


def test_a_step_costs_no_more_queries_than_a_first_page(rows, django_assert_max_num_queries):
    second = ask(rows, "?sort=username").pager()["next_url"]
    with django_assert_max_num_queries(2):  # count, rows
        assert len(names(ask(rows, second))) == 20
    with django_assert_max_num_queries(2):
        assert len(names(ask(rows, "?sort=username"))) == 20


def test_regions_are_sorted_across_a_key_without_reading_them_one_by_one(rows, django_assert_max_num_queries):
    assert Region.objects.count() > 1
    with django_assert_max_num_queries(2):
        assert ask(rows, "?sort=home").pager()["next_url"]
