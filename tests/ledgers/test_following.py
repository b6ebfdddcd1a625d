"""What ledgers do when offices merge, and when a filing or a merge fails half way."""

import pytest

from accounts.models import Agency
from accounts.signals import agency_merged
from cases.signals import case_filed, clue_received
from ledgers.models import LedgerEntry
from ledgers.services import following
from tests.ledgers import build


def test_rows_of_an_ended_office_go_on_behind_those_of_the_other(cast, campaign):
    for agency, names in ((cast.county, "甲乙"), (cast.neighbour, "丙丁")):
        for name in names:
            build.entry(campaign, agency, party=name)
    agency_merged.send(sender=Agency, by=cast.system_admin, agency=cast.neighbour, into=cast.county)
    rows = LedgerEntry.objects.filter(agency=cast.county).order_by("position")
    assert [row.party for row in rows] == ["甲", "乙", "丙", "丁"]
    assert [row.position for row in rows] == [1, 2, 3, 4]


def test_a_case_without_a_clue_changes_no_row(cast, campaign):
    assert following.follow_case(by=cast.deputy, case=build.case(cast)) == []


def test_a_struck_row_does_not_take_the_case_in(cast, campaign):
    clue = build.clue(cast)
    row = build.entry(campaign, cast.county, clue, state="struck")
    case_filed.send(sender=None, case=build.case(cast, clue=clue), by=cast.deputy)
    assert row.links.count() == 1


def test_a_clue_that_stands_in_another_row_already_is_not_linked_twice(cast, campaign):
    clue, into = build.clue(cast), build.clue(cast, place="别处")
    build.entry(campaign, cast.county, clue)
    build.entry(campaign, cast.county, into, party="另一行")
    assert following.follow_clue(by=cast.intake, clue=clue, into=into) == []


def test_a_receiver_that_fails_undoes_the_deed(cast, campaign, monkeypatch):
    clue = build.clue(cast)
    build.entry(campaign, cast.county, clue)
    case = build.case(cast, clue=clue)
    monkeypatch.setattr(following.trail, "record", lambda **_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        case_filed.send(sender=None, case=case, by=cast.deputy)
    assert not case.entry_links.exists()


def test_a_clue_merged_into_a_case_brings_the_case_into_its_row(cast, campaign):
    clue, case = build.clue(cast), build.case(cast)
    row = build.entry(campaign, cast.county, clue)
    clue_received.send(sender=None, case=case, clue=clue, by=cast.deputy)
    assert row.links.filter(case=case).count() == 1


def test_a_case_that_stands_in_a_row_already_is_not_counted_in_a_second(cast, campaign):
    clue, case = build.clue(cast), build.case(cast)
    row = build.entry(campaign, cast.county, clue)
    build.entry(campaign, cast.county, case, party="另一行")
    clue_received.send(sender=None, case=case, clue=clue, by=cast.deputy)
    assert not row.links.filter(case=case).exists()
