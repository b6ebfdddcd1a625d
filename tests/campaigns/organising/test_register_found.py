"""A place with trouble becomes a clue by one press; pressed twice it is one clue."""

import pytest
from django.urls import reverse

from accounts.models import TrailEntry, local_today
from campaigns.services import organising
from campaigns.services.screening import register_found
from clues.models import Clue
from common.errors import Forbidden, Refused
from tests.campaigns.organising.conftest import add, seat_of
from tests.ledgers import build

TROUBLE = {"done_on": build.day("04-12"), "found": "trouble", "result": "有新近开挖痕迹，停一台挖掘机。"}


@pytest.fixture
def place(cast, seat):
    """A gully of 天宁镇 where something was wrong."""
    return add(cast.liaison, seat, "screening", township="天宁镇", kind="gully", name="后沟", **TROUBLE)


def button(row) -> str:
    """Where the button posts to."""
    return reverse("campaigns:register_found", args=["screening", row.public_id])


def test_one_press_makes_the_clue_and_links_both_ways(cast, sign_in, place):
    client = sign_in(cast.liaison)
    page = client.get(place.get_absolute_url()).content.decode()
    assert f'action="{button(place)}"' in page and "还没有登记线索" in page
    answer = client.post(button(place), follow=True)
    clue = Clue.objects.get()
    assert answer.redirect_chain[-1][0] == clue.get_absolute_url()
    page = answer.content.decode()
    assert "线索已登记" in page
    assert f'href="{place.get_absolute_url()}"' in page and "排查登记" in page
    assert (clue.agency, clue.origin_agency, clue.received_on) == (cast.county, None, local_today())
    assert (clue.place, clue.township.name) == ("后沟", "天宁镇")
    assert "有新近开挖痕迹" in clue.summary and "2026-04-12" in clue.summary
    page = client.get(place.get_absolute_url()).content.decode()
    assert clue.number in page and f'href="{clue.get_absolute_url()}"' in page
    assert button(place) not in page
    listed = client.get("/ledgers/campaigns/test/organisation/screening/").content.decode()
    assert clue.number in listed


def test_pressed_twice_it_is_one_clue(cast, sign_in, place):
    client = sign_in(cast.handler)
    first, second = (client.post(button(place), follow=True) for _ in range(2))
    assert first.redirect_chain == second.redirect_chain
    clue = Clue.objects.get()
    assert register_found(by=cast.liaison, row=place) == clue
    assert TrailEntry.objects.filter(act="register_clue").count() == 1
    entry = TrailEntry.objects.get(act="register_found")
    assert (entry.actor, entry.changes["线索"]) == (cast.handler, ["", clue.number])


def test_a_townships_clue_goes_to_the_county(cast, campaign):
    seat = seat_of(campaign, cast.agencies["141122100-zrzy"])
    row = add(cast.reporter, seat, "screening", name="后沟", **TROUBLE)
    clue = register_found(by=cast.reporter, row=row)
    assert (clue.agency, clue.origin_agency) == (cast.county, seat.agency)
    assert clue.township.name == "天宁镇"


@pytest.mark.parametrize("values", [{}, {"done_on": build.day("04-12"), "found": "clean"}])
def test_where_nothing_was_wrong_there_is_nothing_to_press(cast, sign_in, seat, values):
    row = add(cast.liaison, seat, "screening", **values)
    with pytest.raises(Refused, match="有问题的排查结果"):
        register_found(by=cast.liaison, row=row)
    assert button(row) not in sign_in(cast.liaison).get(row.get_absolute_url()).content.decode()


def test_nor_for_a_struck_row(cast, place):
    organising.strike_row(by=cast.liaison, row=place, reason="误登")
    with pytest.raises(Refused, match="已作废"):
        register_found(by=cast.liaison, row=place)


@pytest.mark.parametrize("part", ["chief", "prefecture", "police"])
def test_who_registers_no_clues_presses_nothing(cast, sign_in, place, part):
    person = getattr(cast, part)
    with pytest.raises(Forbidden):
        register_found(by=person, row=place)
    client = sign_in(person)
    assert button(place) not in client.get(place.get_absolute_url()).content.decode()
    assert client.post(button(place)).status_code == 403


def test_the_overview_counts_what_is_silent(cast, page, place):
    overview = "/ledgers/campaigns/test/organisation/"
    assert "1个有问题、没有登记线索" in page(cast.liaison, overview)
    register_found(by=cast.liaison, row=place)
    assert "没有登记线索" not in page(cast.liaison, overview)


def test_the_address_is_about_screening_alone(cast, sign_in, seat):
    row = add(cast.liaison, seat, "rectification")
    url = reverse("campaigns:register_found", args=["rectification", row.public_id])
    assert sign_in(cast.liaison).post(url).status_code == 404
