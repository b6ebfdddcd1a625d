"""Who reads which rows: one's own division, those above, what is below; never a neighbour's."""

import pytest
from django.urls import reverse

from campaigns.models import BOOKS, Phase
from campaigns.services import organising
from tests.campaigns.organising.conftest import ROWS, add, address, seat_of


@pytest.fixture
def rows(cast, campaign, fresh):
    """A phase kept by each of five agencies."""
    keepers = {
        "市": (cast.prefecture, cast.prefecture_office),
        "交城": (cast.liaison, cast.county),
        "文水": (cast.neighbour_liaison, cast.neighbour),
        "交城公安": (cast.police, cast.police_office),
    }
    cast.prefecture.postings.create(agency=cast.prefecture_office, role="liaison", since="2018-01-01")
    return {
        name: add(fresh(by), seat_of(campaign, agency), "phases", name=name)
        for name, (by, agency) in keepers.items()
    }


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("chief", {"市", "交城", "交城公安"}),
        ("police", {"市", "交城", "交城公安"}),
        ("neighbour_chief", {"市", "文水"}),
        ("neighbour_police", {"市", "文水"}),
        ("prefecture", {"市", "交城", "文水", "交城公安"}),
        ("province", {"市", "交城", "文水", "交城公安"}),
        ("other_prefecture", set()),
        ("system_admin", set()),
        ("procurator", set()),
    ],
)
def test_rows_are_read_by_who_should(cast, rows, fresh, who, sees):
    seen = Phase.objects.visible_to(fresh(getattr(cast, who)))
    assert {one.name for one in seen} == sees and len(seen) == len(sees)


def test_a_row_of_a_campaign_that_is_not_ours_is_not_there(cast, rows, campaign):
    campaign.members.filter(agency=cast.neighbour).delete()
    assert not Phase.objects.visible_to(cast.neighbour_chief).exists()


@pytest.mark.parametrize("key", sorted(set(ROWS)))
def test_a_neighbour_finds_no_row_no_form_and_no_page(cast, sign_in, seat, key):
    row = add(cast.liaison, seat, key)
    urls = [
        row.get_absolute_url(),
        address(seat, key),
        reverse("campaigns:amend_row", args=[key, row.public_id]),
        reverse("campaigns:strike_row", args=[key, row.public_id]),
    ]
    for part in ("neighbour_liaison", "neighbour_police", "neighbour_chief"):
        client = sign_in(getattr(cast, part))
        assert [client.get(url).status_code for url in urls] == [404] * len(urls)
        listed = client.get(f"/ledgers/campaigns/test/organisation/{key}/?state=all")
        assert str(row) not in listed.content.decode()


def test_an_unknown_book_is_not_there(cast, sign_in, seat):
    client = sign_in(cast.liaison)
    assert client.get("/ledgers/campaigns/test/organisation/nothing/").status_code == 404
    assert client.get("/ledgers/organisation/nothing/abc/").status_code == 404
    assert client.get(address(seat, "nothing")).status_code == 404


def test_the_rows_of_an_ended_office_go_on_with_its_successor(cast, seat):
    row = add(cast.liaison, seat, "group")
    organising.follow_agency(by=cast.liaison, agency=cast.county, into=cast.neighbour)
    row.refresh_from_db()
    assert row.agency == cast.neighbour
    assert BOOKS["group"].objects.visible_to(cast.neighbour_chief).get() == row


@pytest.mark.parametrize("key", sorted(set(ROWS)))
def test_every_row_has_a_page_for_its_readers(cast, page, seat, key):
    row = add(cast.liaison, seat, key)
    text = page(cast.prefecture, row.get_absolute_url())
    assert str(row) in text and "交城县自然资源局" in text and "办理记录" in text
