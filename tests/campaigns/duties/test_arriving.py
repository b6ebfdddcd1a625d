"""What came in is told to who takes it in: of a round one line, however many have reported."""

import pytest

from campaigns.models import Duty
from reminders.models import Notice
from reminders.services import outbox
from tests.campaigns.duties.conftest import at
from tests.ledgers import acting, build

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(cast, campaign, county_ledger, half_monthly):
    """交城's and 文水's ledger, both owed by 2026-05-15 18:00."""
    return county_ledger, build.ledger(campaign, cast.neighbour)


def unread(cast) -> list[tuple[str, str]]:
    """What the prefecture finds in its inbox: title and where it leads."""
    outbox.deliver()
    return list(Notice.objects.filter(recipient=cast.prefecture, read_at=None).values_list("title", "url"))


def submit(cast, ledger, hour, **more):
    return acting.submit(cast, ledger, now=at(f"2026-05-15 {hour}:00"), nil_report=True, **more)


def test_one_alone_leads_to_itself_and_two_are_one_line_to_the_board(cast, two, half_monthly):
    own, other = two
    first = submit(cast, own, 10)
    assert unread(cast) == [("交城县台账第1期已报送，待接收", first.get_absolute_url())]
    submit(cast, other, 11)
    board = f"{half_monthly.board_url}?day=2026-05-15"
    assert unread(cast) == [("2个单位的半月台账已报送，待接收（文水县、交城县）", board)]
    assert Notice.objects.filter(recipient=cast.prefecture).count() == 2


def test_a_line_that_nobody_fetched_gives_way_too(cast, two):
    for ledger in two:
        submit(cast, ledger, 10)
    assert [title for title, _ in unread(cast)] == ["2个单位的半月台账已报送，待接收（文水县、交城县）"]


def test_what_is_accepted_meanwhile_is_not_counted(cast, two):
    own, other = two
    acting.accept(cast, submit(cast, own, 10))
    made = submit(cast, other, 11)
    assert unread(cast) == [("文水县台账第1期已报送，待接收", made.get_absolute_url())]


def test_a_correction_is_told_again(cast, two):
    own, _ = two
    submit(cast, own, 10)
    unread(cast)
    Notice.objects.update(read_at=at("2026-05-15 10:30"))
    acting.submit(cast, own, now=at("2026-05-15 12:00"), correct=True)
    assert [title for title, _ in unread(cast)] == ["交城县台账第2期已报送，待接收"]


def test_another_round_keeps_its_own_line(cast, two):
    own, other = two
    submit(cast, own, 10)
    later = Duty.objects.get(agency=cast.neighbour, day=build.day("05-30"))
    Duty.objects.filter(agency=cast.neighbour, day=build.day("05-15")).delete()
    made = submit(cast, other, 11)
    assert made.duty == later
    assert len(unread(cast)) == 2
