"""Chairs: filled from above, drawn as a piece to fetch or a plain link."""

import pytest
from django.template import Context, Template

from common import slots

PAGE = Template('{% load slots %}{% slot "test.side" "abc" %}')


@pytest.fixture
def seated():
    slots.seat("test.side", "clues:detail", label="看看", seen_by=lambda user: user != "stranger")
    slots.seat("test.side", "clues:detail")
    yield
    slots.unseat("test.side", "clues:detail")


def test_an_empty_chair_draws_nothing():
    assert PAGE.render(Context({})).strip() == ""


def test_a_guest_is_fetched_once_and_linked_without_a_script(seated):
    drawn = PAGE.render(Context({"user": "me"}))
    assert drawn.count('hx-get="/clues/abc/"') == 1
    assert '<noscript><a href="/clues/abc/">看看</a></noscript>' in drawn


def test_who_may_not_see_the_guest_sees_an_empty_chair(seated):
    assert PAGE.render(Context({"user": "stranger"})).strip() == ""
