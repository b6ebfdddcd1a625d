"""The frame of a page: few statements whoever looks, and nothing that is kept too long."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts import roles
from accounts.filters import PeopleFilter
from accounts.models import Agency, CalendarDay, Posting, User, people
from accounts.services import pulse, staying
from accounts.services.staying import STAY_DAYS
from reminders.models import Notice
from reminders.services import heartbeats
from tests.cases import making
from tests.cast import PEOPLE, add_person
from tests.clues.making import anew, registered
from tests.querycounts import check_recorded, queries_of

PLAIN = "/accounts/password/"  # a page of next to nothing but its frame


@pytest.fixture
def keeping(settings):
    """As in a house: what was counted is kept for a quarter of a minute."""
    settings.KEPT_SECONDS = 15
    pulse.forget()
    yield
    pulse.forget()


def badge(client, label="线索") -> int:
    """The number beside a line of the menu."""
    [count] = [each["count"] for each in client.get(PLAIN).context["navigation"] if each["label"] == label]
    return count


def test_the_frame_asks_at_most_four_statements_whoever_looks(cast, sign_in):
    registered(cast)
    making.filed_case(cast)
    most = max(queries_of(sign_in(getattr(cast, part)), PLAIN) for part in PEOPLE)
    assert most <= 4
    check_recorded("frame", most)


def test_a_person_comes_with_what_would_be_read_one_by_one(cast, monkeypatch):
    add_person("two", "两岗", cast.county, roles.HANDLER)
    two = User.objects.get(username="two")
    Posting.objects.create(user=two, agency=cast.agencies["140929-zrzy"], role=roles.CHIEF)
    for person in User.objects.all():
        plain = User.objects.get(pk=person.pk)
        with CaptureQueriesContext(connection) as asked:
            come = User.arriving(person.pk)
            ids, posts = sorted(come.reach_ids()), come.current_postings
        assert len(asked) == 1 if posts else 3, person
        assert ids == sorted(plain.reach_ids())
        assert posts == plain.current_postings
        assert {post.user for post in posts} <= {come}
    monkeypatch.setattr(people, "LISTED", 1)
    assert sorted(row["pk"] for row in User.arriving(two.pk).reach_ids().values("pk")) == sorted(
        two.reach_ids()
    )


def test_who_was_disabled_or_lost_every_post_comes_without_any(cast):
    cast.handler.postings.update(until=timezone.localdate() - timedelta(days=1))
    gone = User.arriving(cast.handler.pk)
    assert (gone, gone.current_postings, gone.reach_ids()) == (cast.handler, [], [])
    User.objects.filter(pk=cast.chief.pk).update(is_active=False)
    assert (User.arriving(cast.chief.pk).current_postings, User.arriving(0)) == ([], None)


def test_a_badge_is_kept_until_anybody_does_anything(cast, sign_in, keeping, django_assert_max_num_queries):
    desk = sign_in(cast.intake)
    registered(cast)
    assert badge(desk) == 1
    with django_assert_max_num_queries(3):
        assert badge(desk) == 1
    registered(cast)
    assert badge(desk) == 2


def test_a_badge_goes_with_the_post_and_with_the_time(cast, sign_in, keeping, monkeypatch):
    desk = sign_in(cast.intake)
    clue = registered(cast)
    assert badge(desk) == 1
    type(clue).objects.update(state="settled")
    assert badge(desk) == 1
    Posting.objects.create(user=cast.intake, agency=cast.county, role=roles.LIAISON)
    assert badge(desk) == 0
    type(clue).objects.update(state="registered")
    assert badge(desk) == 0
    later = pulse.time.monotonic() + 16
    monkeypatch.setattr(pulse.time, "monotonic", lambda: later)
    assert badge(desk) == 1


def test_what_is_unread_and_what_stands_still_is_never_kept(cast, sign_in, keeping):
    client = sign_in(cast.handler)
    assert client.get(PLAIN).context["inbox"]["count"] == 0
    Notice.objects.create(recipient=cast.handler, title="到期")
    assert client.get(PLAIN).context["inbox"]["count"] == 1
    CalendarDay.objects.create(day=timezone.localdate() + timedelta(days=365), kind="off")
    heartbeats.beat(name=heartbeats.SWEEP, now=timezone.now() - timedelta(minutes=9))
    assert any("提醒" in row["text"] for row in client.get(PLAIN).context["banners"])
    heartbeats.beat(name=heartbeats.SWEEP, now=timezone.now())
    assert not any("提醒" in row["text"] for row in client.get(PLAIN).context["banners"])


def test_what_is_kept_is_a_persons_own_and_not_without_end(cast, keeping, monkeypatch):
    monkeypatch.setattr(pulse, "MOST", 2)
    people_ = [cast.handler, cast.chief, cast.intake]
    assert [pulse.kept(each, "name", lambda each=each: each.name) for each in people_] == [
        p.name for p in people_
    ]
    assert pulse.kept(cast.intake, "name", lambda: "") == cast.intake.name
    assert pulse.kept(cast.handler, "name", lambda: "anew") == "anew"
    assert staying.limit_for(anew(cast.handler)) == pulse.kept(cast.handler, STAY_DAYS, lambda: 0)


def test_choices_of_a_filter_are_read_once_and_the_chosen_one_is_asked_of_the_table(cast, keeping):
    def box():
        request = RequestFactory().get("/")
        request.user = anew(cast.system_admin)
        return PeopleFilter({}, queryset=User.objects.all(), request=request).form["agency"]

    first = list(box().field.choices)
    assert first[0] == ("", "全部") and (cast.county.pk, str(cast.county)) in first
    with CaptureQueriesContext(connection) as asked:
        assert list(box().field.choices) == first
    assert not [each for each in asked if 'FROM "accounts_agency"' in each["sql"]]
    Agency.objects.filter(pk=cast.county.pk).update(name="改名的局")
    assert box().field.clean(cast.county.pk).name == "改名的局"
