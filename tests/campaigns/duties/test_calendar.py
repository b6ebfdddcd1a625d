"""到期日历: what falls due for me in a month, and for the offices above the rounds below them."""

import pytest
import time_machine
from django.urls import reverse

from campaigns.models import Duty
from tests.campaigns.duties.conftest import at

pytestmark = pytest.mark.django_db
URL = "/ledgers/duties/calendar/"


@pytest.fixture(autouse=True)
def noon():
    """It is 2026-05-15 12:00."""
    with time_machine.travel(at("2026-05-15 12:00"), tick=False):
        yield


def page(sign_in, person, query=""):
    answer = sign_in(person).get(URL + query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_liaison_sees_both_days_of_the_month(cast, sign_in, half_monthly):
    text = page(sign_in, cast.liaison)
    assert text.count("<b>18:00</b> 半月台账") == 2
    assert 'datetime="2026-05-15"' in text and 'aria-current="date"' in text


def test_the_prefecture_sees_each_round_once_with_how_many_owe(cast, sign_in, half_monthly):
    Duty.objects.filter(agency=cast.county).update(state="accepted")
    text = page(sign_in, cast.prefecture)
    assert text.count("半月台账 应报2，未报1") == 2
    assert reverse("campaigns:board", args=[half_monthly.public_id]) + "?day=2026-05-30" in text


def test_what_is_over_its_time_stands_on_top(cast, sign_in, half_monthly):
    Duty.objects.filter(agency=cast.county).update(due_at=at("2026-05-14 18:00"))
    assert "已超期 2 项" in page(sign_in, cast.liaison)


def test_who_has_nothing_due_sees_an_empty_month(cast, sign_in, half_monthly):
    assert "半月台账" not in page(sign_in, cast.handler)


@pytest.mark.parametrize(("query", "status"), [
    ("?month=2027-02", 200), ("?month=2027-13", 404), ("?month=x", 404), ("?month=9999-12", 404),
])  # fmt: skip
def test_other_months(cast, sign_in, query, status):
    assert sign_in(cast.liaison).get(URL + query).status_code == status
