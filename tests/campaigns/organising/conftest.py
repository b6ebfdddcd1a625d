"""Seats of 交城 and 文水, and what is written into their books."""

import pytest
from django.urls import reverse

from campaigns.models import BOOKS, Seat
from campaigns.services import organising
from tests.ledgers import build

PDF = b"%PDF-1.4 minutes"
ROWS = {
    "group": {"body": "group", "rank": "head", "name": "张五宁", "post": "县局局长"},
    "liaisons": {"name": "孙联络", "phone": "0358-3520001", "since": build.day("04-01")},
    "forces": {"kind": "checking", "name": "第一核查专班"},
    "phases": {
        "name": "调查摸排阶段", "from_day": build.day("04-01"), "to_day": build.day("04-30"),
        "deliverables": "完成逐村、逐沟、逐矿排查",
    },
    "violations": {"position": 1, "text": "无证勘查、开采", "codes": ["K11", "K21"]},
    "meetings": {
        "kind": "coordination", "held_on": build.day("04-10"), "chair": "苏瑾",
        "attendees": "县局、公安",
    },
    "screening": {"township": "东坡底乡", "kind": "village", "name": "某村"},
    "rectification": {
        "township": "天宁镇", "name": "后沟砂场", "problem": "无证采砂", "measure": "close",
    },
    "key_areas": {
        "kind": "frequent", "township": "东坡底乡", "name": "后沟一带", "situation": "夜间盗采频发",
        "since": build.day("04-02"),
    },
    "key_persons": {
        "kind": "frequent", "township": "东坡底乡", "name": "张三丰", "situation": "两年内被处罚两次",
        "since": build.day("04-02"),
    },
    "inspection": {"township": "天宁镇", "inspected_on": build.day("05-01"), "outcome": "passed"},
    "honours": {
        "kind": "praise", "name": "某大队", "reason": "成绩突出", "decided_on": build.day("05-01"),
    },
}  # fmt: skip


@pytest.fixture
def seat(cast, campaign):
    """交城's place in the campaign."""
    return seat_of(campaign, cast.county)


def seat_of(campaign, agency) -> Seat:
    """An agency's place."""
    return Seat.objects.select_related("campaign", "agency__region").get(campaign=campaign, agency=agency)


def add(by, seat, key, **values):
    """One row of a book, the usual one but for `values`."""
    rows = [{**ROWS.get(key, {}), **values}]
    return organising.add_rows(by=by, seat=seat, model=BOOKS[key], rows=rows)[0]


def people(count) -> list[dict]:
    """So many people of a 专班."""
    return [{"name": f"队员{number}", "post": "执法大队"} for number in range(count)]


def address(seat, key) -> str:
    """The form that adds to a book."""
    return reverse("campaigns:add_row", args=[seat.campaign.code, seat.agency.code, key])


def posted(prefix="parts", rows=(), **fields) -> dict:
    """Form fields with rows below them as a browser sends them."""
    data = {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": 0, **fields}
    for number, row in enumerate(rows):
        data |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return data


@pytest.fixture
def page(sign_in):
    """`page(person, url)` is the text of a page that must open."""

    def opened(person, url):
        response = sign_in(person).get(url)
        assert response.status_code == 200, response.status_code
        return response.content.decode()

    return opened


@pytest.fixture
def post(sign_in):
    """`post(person, url, **fields)` sends a form and follows to the next page."""
    return lambda person, url, **fields: sign_in(person).post(url, fields, follow=True)
