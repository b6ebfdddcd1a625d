"""作废: out of the list and the counts for a reason, and still there to be read."""

import pytest
from django.urls import reverse

from accounts.models import TrailEntry
from campaigns.services import organising
from common.errors import Refused
from tests.campaigns.organising.conftest import add

LIST = "/ledgers/campaigns/test/organisation/group/"


def test_it_leaves_the_list_and_is_found_under_its_state(cast, page, post, seat):
    row = add(cast.liaison, seat, "group")
    url = reverse("campaigns:strike_row", args=["group", row.public_id])
    assert post(cast.liaison, url, reason="").status_code == 422
    answer = post(cast.liaison, url, reason="重复登记")
    assert "已作废" in answer.content.decode() and "重复登记" in answer.content.decode()
    assert TrailEntry.objects.get(act="strike_row").reason == "重复登记"
    assert "张五宁" not in page(cast.liaison, LIST)
    assert "张五宁" in page(cast.liaison, f"{LIST}?state=struck")
    assert "张五宁" in page(cast.liaison, f"{LIST}?state=all")


def test_it_wants_a_reason(cast, seat):
    row = add(cast.liaison, seat, "group")
    with pytest.raises(Refused, match="请填写作废原因"):
        organising.strike_row(by=cast.liaison, row=row, reason=" ")
