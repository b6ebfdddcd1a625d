"""Who sees which rows: the county, those above, and public security of the same county."""

import pytest

from campaigns.models import Campaign
from ledgers.models import CountyLedger, LedgerEntry, Submission
from ledgers.search import search
from ledgers.services.drawing import draw
from registry.services import words
from tests.ledgers import acting, build


@pytest.fixture
def both(cast, campaign):
    """A row in 交城 and one in 文水; 交城's was reported."""
    own = build.entry(campaign, cast.county, build.case(cast), party="交城某某")
    other = build.entry(campaign, cast.neighbour, build.case(cast, agency=cast.neighbour), party="文水某某")
    acting.submit(cast, build.ledger(campaign, cast.county))
    return own, other


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("liaison", {"交城县"}),
        ("chief", {"交城县"}),
        ("police", {"交城县"}),
        ("neighbour_liaison", {"文水县"}),
        ("neighbour_police", {"文水县"}),
        ("prefecture", {"交城县", "文水县"}),
        ("province", {"交城县", "文水县"}),
        ("other_prefecture", set()),
        ("system_admin", set()),
        ("procurator", set()),
    ],
)
def test_rows_are_seen_by_who_should(cast, both, who, sees):
    rows = LedgerEntry.objects.visible_to(getattr(cast, who))
    assert {row.agency.region.name for row in rows} == sees
    assert len(rows) == len(sees)


@pytest.mark.parametrize(
    ("who", "count"),
    [
        ("liaison", 1),
        ("prefecture", 1),
        ("province", 1),
        ("neighbour_chief", 0),
        ("police", 0),
        ("other_prefecture", 0),
        ("system_admin", 0),
    ],
)
def test_reports_are_seen_by_their_county_and_those_above(cast, both, who, count):
    assert Submission.objects.visible_to(getattr(cast, who)).count() == count


def test_a_drawing_is_cut_to_what_a_person_may_see(cast, campaign, both):
    seen = LedgerEntry.objects.visible_to(cast.neighbour_liaison)
    (row,) = draw(campaign, as_of=build.day("11-30"), entries=seen)
    assert row.values["county"] == "文水县"


def test_ledgers_and_campaigns_of_others_are_not_there(cast, campaign, both):
    assert not Campaign.objects.visible_to(cast.other_prefecture).exists()
    assert Campaign.objects.visible_to(cast.police).get() == campaign
    seats = CountyLedger.objects.visible_to(cast.neighbour_chief)
    assert {seat.agency for seat in seats} == {cast.neighbour}


def test_a_person_with_posts_in_police_and_bureau_sees_each_row_once(cast, both, fresh):
    cast.police.postings.create(agency=cast.county, role="liaison", since="2020-01-01")
    rows = LedgerEntry.objects.visible_to(fresh(cast.police))
    assert [row.party for row in rows] == ["交城某某"]


def test_search_finds_a_row_only_for_who_sees_it(cast, both):
    words.fill()
    assert [hit.thing for hit in search(cast.liaison, "交城某某")] == [str(both[0])]
    assert search(cast.neighbour_liaison, "交城某某") == []
    assert search(cast.system_admin, "交城某某") == []
    assert search(cast.liaison, " ") == []
