"""专班: not fewer than ten people; nine are warned of and taken, ten are enough."""

import pytest

from tests.campaigns.organising.conftest import add, address, people, posted
from tests.ledgers import build

OVERVIEW = "/ledgers/campaigns/test/organisation/"


@pytest.mark.parametrize(("count", "warned"), [(9, True), (10, False), (0, True), (11, False)])
def test_fewer_than_ten_are_warned_of_never_refused(cast, post, page, seat, count, warned):
    fields = posted(rows=people(count), kind="checking", name="第一核查专班")
    answer = post(cast.liaison, address(seat, "forces"), **fields)
    assert answer.status_code == 200
    assert (f"现有{count}人，还差{10 - count}人" in answer.content.decode()) is warned
    assert ("不足10人" in page(cast.prefecture, f"{OVERVIEW}forces/")) is warned
    assert ("1个不足10人" in page(cast.prefecture, OVERVIEW)) is warned


def test_the_own_overview_says_what_is_missing_until_it_is_filed(cast, page, seat, campaign, monkeypatch):
    monkeypatch.setattr("campaigns.views.organising.local_today", lambda: build.day("05-01"))
    add(cast.liaison, seat, "forces", parts=people(9))
    text = page(cast.liaison, OVERVIEW)
    assert "现有9人，不足10人，还差1人；还没有报市专项行动办公室备案。" in text
    add(cast.liaison, seat, "forces", name="第二", parts=people(10), lodged_on=build.day("04-20"))
    assert page(cast.liaison, OVERVIEW).count("不足10人，还差") == 1
