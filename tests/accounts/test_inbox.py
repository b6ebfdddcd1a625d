"""消息: mine only; opening marks it read and goes where it leads; the count in the frame."""

import pytest
from django.urls import reverse

from accounts.models import Notice


@pytest.fixture
def notices(cast):
    """Two for the handler, one for the chief."""
    return [
        Notice.objects.create(recipient=person, key=f"k{n}", kind="clock", title=title, url=url)
        for n, (person, title, url) in enumerate(
            [
                (cast.handler, "线索核查时限将到", "/accounts/me/"),
                (cast.handler, "台账已退回", "https://evil.example/"),
                (cast.chief, "立案待批", "/"),
            ]
        )
    ]


def test_the_list_shows_only_my_own(cast, sign_in, notices):
    page = sign_in(cast.handler).get("/accounts/inbox/").content.decode()
    assert "线索核查时限将到" in page and "台账已退回" in page and "立案待批" not in page


def test_opening_marks_it_read_and_goes_there(cast, sign_in, notices):
    client = sign_in(cast.handler)
    answer = client.post(reverse("accounts:open_notice", args=[notices[0].pk]))
    assert answer.url == "/accounts/me/"
    notices[0].refresh_from_db()
    assert notices[0].read_at
    page = client.get("/accounts/inbox/").content.decode()
    assert "线索核查时限将到" not in page
    assert "线索核查时限将到" in client.get("/accounts/inbox/?show=all").content.decode()


def test_a_notice_never_leads_out_of_the_house(cast, sign_in, notices):
    answer = sign_in(cast.handler).post(reverse("accounts:open_notice", args=[notices[1].pk]))
    assert answer.url == "/accounts/inbox/"


def test_anothers_notice_does_not_exist(cast, sign_in, notices):
    answer = sign_in(cast.handler).post(reverse("accounts:open_notice", args=[notices[2].pk]))
    assert answer.status_code == 404
    notices[2].refresh_from_db()
    assert notices[2].read_at is None


def test_looking_changes_nothing(cast, sign_in, notices):
    client = sign_in(cast.handler)
    client.get("/accounts/inbox/")
    assert client.get(reverse("accounts:open_notice", args=[notices[0].pk])).status_code == 405
    assert Notice.objects.filter(read_at=None).count() == 3


def test_all_of_mine_are_read_at_once(cast, sign_in, notices):
    sign_in(cast.handler).post(reverse("accounts:read_all"))
    assert list(Notice.objects.filter(read_at=None)) == [notices[2]]


def test_the_count_is_asked_for_with_a_mark_and_costs_one_query(
    cast, sign_in, notices, django_assert_max_num_queries
):
    client = sign_in(cast.handler)
    client.get("/accounts/me/")
    with django_assert_max_num_queries(4):
        answer = client.get(reverse("accounts:unread"), headers={"X-Poll": "1"})
    page = answer.content.decode()
    assert ">2<" in page and "X-Poll" in page
