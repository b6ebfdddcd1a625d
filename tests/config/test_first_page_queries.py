"""工作台 costs the same few queries for whoever looks, however much waits for them."""

import pytest

from tests.cases import making
from tests.querycounts import check_recorded, queries_of

PARTS = ("intake", "handler", "brigade_head", "chief", "prefecture")


@pytest.fixture
def busy(cast):
    """Something of most kinds waits, or was sent."""
    making.proposed_case(cast)
    making.decided_case(cast)
    making.proposed_referral(cast, making.mined(cast, making.filed_case(cast), value="200000"))
    making.verified_clue(cast)
    return cast


def test_the_first_page_makes_as_many_queries_as_were_recorded(busy, sign_in):
    few = {part: queries_of(sign_in(getattr(busy, part)), "/") for part in PARTS}
    for _ in range(3):
        making.decided_case(busy)
    for part, count in few.items():
        assert queries_of(sign_in(getattr(busy, part)), "/") == count, part
        check_recorded(f"desk:{part}", count)


def test_only_lines_that_are_shown_say_which_act_leads_on(cast, sign_in, monkeypatch):
    for _ in range(3):
        making.filed_case(cast)
    monkeypatch.setattr("config.home.SHOWN", 2)
    page = sign_in(cast.handler).get("/").context
    assert (len(page["today"]), page["today_left"]) == (2, 1)
    assert [task.act_url.endswith("/next/") and task.article != "" for task in page["today"]] == [True, True]
