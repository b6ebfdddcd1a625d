"""Chairs: filled from above, drawn as a piece to fetch or a plain link, for whom it would open."""

from types import SimpleNamespace

import pytest
from django.template import Context, Template
from django.urls import reverse

from common import slots

PAGE = Template('{% load slots %}{% slot "test.side" "abc" %}')
HANDLER, REPORTER = (SimpleNamespace(role_codes=frozenset({post})) for post in ("handler", "reporter"))


@pytest.fixture
def seated():
    slots.seat("test.side", "cases:of_clue", label="看看")
    slots.seat("test.side", "cases:of_clue")
    yield
    slots.unseat("test.side", "cases:of_clue")


def test_an_empty_chair_draws_nothing():
    assert PAGE.render(Context({"user": HANDLER})).strip() == ""


def test_a_guest_is_fetched_once_and_linked_without_a_script(seated):
    drawn, url = PAGE.render(Context({"user": HANDLER})), reverse("cases:of_clue", args=["abc"])
    assert drawn.count(f'hx-get="{url}"') == 1
    assert f'<noscript><a href="{url}">看看</a></noscript>' in drawn


@pytest.mark.parametrize("person", [{"user": REPORTER}, {}], ids=["no post", "nobody"])
def test_what_would_be_refused_is_not_fetched(seated, person):
    assert PAGE.render(Context(person)).strip() == ""


def test_a_refused_piece_answers_with_its_sentence_alone(cast, sign_in):
    client, url = sign_in(cast.intake), reverse("accounts:audit")
    piece = client.get(url, headers={"HX-Request": "true"})
    assert (piece.status_code, piece["Content-Type"]) == (403, "text/plain; charset=utf-8")
    assert piece.content.decode().startswith("您的岗位不能打开")
    assert "<!doctype" in client.get(url).content.decode().lower()
