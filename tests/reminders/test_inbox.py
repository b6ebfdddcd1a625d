"""消息: mine only; opening marks it read and goes where it leads; the count in the frame."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from reminders.models import Notice, Outbox
from reminders.services import outbox


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
    page = sign_in(cast.handler).get("/reminders/inbox/").content.decode()
    assert "线索核查时限将到" in page and "台账已退回" in page and "立案待批" not in page


def test_opening_marks_it_read_and_goes_there(cast, sign_in, notices):
    client = sign_in(cast.handler)
    answer = client.post(reverse("reminders:open_notice", args=[notices[0].pk]))
    assert answer.url == "/accounts/me/"
    notices[0].refresh_from_db()
    assert notices[0].read_at
    page = client.get("/reminders/inbox/").content.decode()
    assert "线索核查时限将到" not in page
    assert "线索核查时限将到" in client.get("/reminders/inbox/?show=all").content.decode()


def test_a_notice_never_leads_out_of_the_house(cast, sign_in, notices):
    answer = sign_in(cast.handler).post(reverse("reminders:open_notice", args=[notices[1].pk]))
    assert answer.url == "/reminders/inbox/"


def test_anothers_notice_does_not_exist(cast, sign_in, notices):
    answer = sign_in(cast.handler).post(reverse("reminders:open_notice", args=[notices[2].pk]))
    assert answer.status_code == 404
    notices[2].refresh_from_db()
    assert notices[2].read_at is None


def test_looking_changes_nothing(cast, sign_in, notices):
    client = sign_in(cast.handler)
    client.get("/reminders/inbox/")
    assert client.get(reverse("reminders:open_notice", args=[notices[0].pk])).status_code == 405
    assert Notice.objects.filter(read_at=None).count() == 3


def test_all_of_mine_are_read_at_once(cast, sign_in, notices):
    sign_in(cast.handler).post(reverse("reminders:read_all"))
    assert list(Notice.objects.filter(read_at=None)) == [notices[2]]


def test_the_count_is_asked_for_with_a_mark_and_costs_one_query(
    cast, sign_in, notices, django_assert_max_num_queries
):
    client = sign_in(cast.handler)
    client.get("/accounts/me/")
    with django_assert_max_num_queries(4):
        answer = client.get(reverse("reminders:unread"), headers={"X-Poll": "1"})
    page = answer.content.decode()
    assert ">2<" in page and "X-Poll" in page


def owe(cast, title="线索待核查", **more):
    """A deed owes the handler and the chief a line; no worker runs, no broker either."""
    outbox.owe(recipients=[cast.handler, cast.chief], meaning=title, kind="x", title=title, **more)


def test_what_is_owed_shows_without_any_worker(cast, sign_in):
    owe(cast)
    assert "线索待核查" in sign_in(cast.handler).get("/reminders/inbox/").content.decode()
    assert Notice.objects.filter(recipient=cast.chief).count() == 0
    assert sign_in(cast.handler).get("/reminders/inbox/").context["unread"] == 1


def test_the_badge_fetches_it_too(cast, sign_in):
    owe(cast)
    answer = sign_in(cast.handler).get(reverse("reminders:unread"), headers={"X-Poll": "1"})
    assert ">1<" in answer.content.decode()


def test_a_sweep_afterwards_tells_only_the_others(cast, sign_in):
    owe(cast)
    sign_in(cast.handler).get("/reminders/inbox/")
    assert outbox.deliver()["sent"] == 1
    assert Notice.objects.count() == 2


def test_what_is_due_later_or_leaves_the_house_is_left_alone(cast, sign_in):
    owe(cast, "以后", not_before=timezone.now() + timedelta(hours=1))
    Outbox.objects.create(
        meaning="mail",
        channel="email",
        recipient=cast.handler,
        kind="x",
        title="x",
        not_before=timezone.now(),
    )
    assert outbox.deliver_to(cast.handler) == 0
    assert not Notice.objects.exists()


def test_ten_lines_cost_no_more_queries_than_two(cast, django_assert_num_queries):
    def cost(count, name):
        for n in range(count):
            owe(cast, f"{name}{n}")
        with CaptureQueriesContext(connection) as asked:
            assert outbox.deliver_to(cast.handler) == count
        return len(asked)

    assert cost(2, "少") == cost(10, "多")
    with django_assert_num_queries(1):
        outbox.deliver_to(cast.handler)
