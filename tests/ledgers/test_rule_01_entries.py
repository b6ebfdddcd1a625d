"""Rule 1: one entry = campaign × handling county × site × joint parties, any number of links."""

import pytest

from accounts.models import TrailEntry
from common.errors import Forbidden, Refused, Stale
from ledgers.models import EntryState
from ledgers.services import entries, reshaping
from ledgers.services.candidates import candidates
from tests.ledgers import build


def include(cast, ledger, **what):
    """纳入 by the liaison."""
    how = entries.Inclusion(into=what.pop("into", None))
    return entries.include_candidate(by=cast.liaison, ledger=ledger, how=how, **what)


def test_land_and_mining_sides_of_one_firm_share_a_row(cast, county_ledger, only):
    mining = build.case(cast, names=("某石料厂",), sides=("mining",))
    land = build.case(cast, names=("某石料厂",), sides=("land",))
    build.mined(cast, mining, "100")
    build.land(cast, land, "5")
    entry = include(cast, county_ledger, case=mining)
    (waiting,) = candidates(county_ledger.campaign, cast.county)
    assert waiting.joint == entry
    include(cast, county_ledger, case=land, into=waiting.joint)
    values = only().values
    assert (values["mined_tonnes"], values["land_area"]) == (100, 5)
    assert values["party"] == "某石料厂"


def test_independent_offenders_and_other_sites_make_new_rows(cast, county_ledger, drawn):
    include(cast, county_ledger, case=build.case(cast, names=("甲",)))
    include(cast, county_ledger, case=build.case(cast, names=("乙",)))
    include(cast, county_ledger, case=build.case(cast, names=("甲",), place="别处"))
    assert [row.values["party"] for row in drawn()] == ["甲", "乙", "甲"]


def test_what_flares_up_after_a_shutdown_is_a_new_row(cast, county_ledger):
    first = build.case(cast)
    include(cast, county_ledger, case=first)
    build.accepted(cast, first, on="05-12")
    build.case(cast, filed="06-20")
    (waiting,) = candidates(county_ledger.campaign, cast.county)
    assert waiting.joint is None
    assert [row.party for row in waiting.near] == []


def test_a_police_matter_alone_can_be_a_row(cast, county_ledger, only):
    matter = build.matter(cast, title="某砂场")
    build.measure(cast, matter, "arrest", "甲")
    include(cast, county_ledger, matter=matter)
    row = only()
    assert row.values["arrest"] == 1
    assert row.values["party"] == "某砂场"
    assert not row.cells["land_area"].applicable


def test_one_case_stands_in_one_row_of_a_campaign_only(cast, county_ledger):
    case = build.case(cast)
    include(cast, county_ledger, case=case)
    with pytest.raises(Refused, match="已在台账中"):
        include(cast, county_ledger, case=case)


def test_the_neighbours_case_is_not_taken_in(cast, county_ledger):
    with pytest.raises(Refused, match="不能纳入本县台账"):
        include(cast, county_ledger, case=build.case(cast, agency=cast.neighbour))


def test_merging_moves_the_links_and_keeps_the_row_as_merged(cast, county_ledger, only):
    one = include(cast, county_ledger, case=build.case(cast))
    other = include(cast, county_ledger, case=build.case(cast))
    build.mined(cast, one.links.get(case__isnull=False).case, "1")
    build.mined(cast, other.links.get(case__isnull=False).case, "2")
    reshaping.merge_entry(by=cast.liaison, entry=other, into=one, reason="同一处")
    assert only().values["mined_tonnes"] == 3
    other.refresh_from_db()
    assert (other.state, other.merged_into) == (EntryState.MERGED, one)
    assert TrailEntry.objects.filter(act="merge_entry", subject_id=other.pk).exists()


def test_a_row_is_not_merged_into_itself_nor_into_another_countys(cast, campaign, county_ledger):
    own = include(cast, county_ledger, case=build.case(cast))
    foreign = build.entry(campaign, cast.neighbour)
    for into in (own, foreign):
        with pytest.raises(Refused):
            reshaping.merge_entry(by=cast.liaison, entry=own, into=into)


def test_splitting_makes_a_row_of_some_links(cast, county_ledger, drawn):
    stays, goes = build.case(cast), build.case(cast)
    entry = include(cast, county_ledger, case=stays)
    include(cast, county_ledger, case=goes, into=entry)
    build.mined(cast, goes, "7")
    link = entry.links.get(case=goes)
    new = reshaping.split_entry(by=cast.liaison, entry=entry, links=[link], party="李某", place="东沟")
    rows = {row.values["party"]: row.values["mined_tonnes"] for row in drawn()}
    assert rows == {"张某某": None, "李某": 7}
    assert new.split_from == entry
    with pytest.raises(Refused, match="至少留一件"):
        reshaping.split_entry(by=cast.liaison, entry=new, links=list(new.links.all()), party="甲")


def test_moving_to_another_county_is_one_step_by_the_prefecture(cast, county_ledger, drawn):
    case = build.case(cast)
    build.mined(cast, case, "9")
    entry = include(cast, county_ledger, case=case)
    with pytest.raises(Forbidden):
        reshaping.move_entry(by=cast.liaison, entry=entry, to_agency=cast.neighbour, reason="地界在文水")
    new = reshaping.move_entry(by=cast.prefecture, entry=entry, to_agency=cast.neighbour, reason="地界在文水")
    assert drawn(agency=cast.county) == []
    (row,) = drawn(agency=cast.neighbour)
    assert row.values["mined_tonnes"] == 9
    assert row.values["remark"].startswith("由交城县移入")
    entry.refresh_from_db()
    assert (entry.state, entry.moved_to) == (EntryState.MOVED, new)
    chains = TrailEntry.objects.filter(act="move_entry").values_list("chain", flat=True)
    assert len(set(chains)) == 2


def test_a_stale_form_does_not_amend(cast, county_ledger):
    entry = include(cast, county_ledger, case=build.case(cast))
    entries.amend_entry(by=cast.liaison, entry=entry, party="甲", version=entry.version)
    with pytest.raises(Stale):
        entries.amend_entry(by=cast.liaison, entry=entry, party="乙", version=entry.version)
