"""Rule 2: an entry opens when found true or taken up by the police, not only at filing."""

import pytest

from cases.models import Case, CaseState
from cases.signals import case_filed
from clues.signals import clue_merged
from common.errors import Refused
from ledgers.services import entries
from ledgers.services.candidates import candidates
from tests.ledgers import build


def waiting(cast, ledger):
    """What waits, as (kind, thing)."""
    return [(each.kind, each.thing) for each in candidates(ledger.campaign, cast.county)]


@pytest.mark.parametrize("judgment", ["true", "partly_true"])
def test_a_clue_found_true_waits_before_it_is_filed(cast, county_ledger, judgment):
    clue = build.clue(cast, judgment=judgment)
    assert waiting(cast, county_ledger) == [("clue", clue)]
    entry = entries.include_candidate(by=cast.liaison, ledger=county_ledger, clue=clue)
    assert entry.opened_on == build.day("04-20")
    assert waiting(cast, county_ledger) == []


@pytest.mark.parametrize("judgment", ["untrue", "unverifiable"])
def test_a_clue_not_found_true_does_not(cast, county_ledger, judgment):
    clue = build.clue(cast, judgment=judgment)
    assert waiting(cast, county_ledger) == []
    with pytest.raises(Refused, match="还不能纳入"):
        entries.include_candidate(by=cast.liaison, ledger=county_ledger, clue=clue)


def test_what_the_police_took_up_of_their_own_waits(cast, county_ledger):
    matter = build.matter(cast)
    assert waiting(cast, county_ledger) == [("matter", matter)]


def test_a_filed_case_stands_for_its_clue_and_brings_it_in(cast, county_ledger):
    clue = build.clue(cast, looked="04-18")
    case = build.case(cast, clue=clue)
    assert waiting(cast, county_ledger) == [("case", case)]
    entry = entries.include_candidate(by=cast.liaison, ledger=county_ledger, case=case)
    assert entry.opened_on == build.day("04-18")
    assert entry.links.filter(clue=clue).exists()


@pytest.mark.parametrize("state", ["proposed", "refused"])
def test_a_case_not_yet_filed_does_not_wait(cast, county_ledger, state):
    build.case(cast, state=state)
    assert waiting(cast, county_ledger) == []


def test_what_counts_as_filed_is_said_in_one_place(cast):
    for state in CaseState:
        build.case(cast, state=state)
    unfiled = {"proposed", "drafted", "refused", "dropped"}
    assert {case.state for case in Case.objects.filed()} == set(CaseState) - unfiled


def test_a_party_unknown_is_named_later_in_the_same_row(cast, county_ledger, only):
    case = build.case(cast, names=("当事人不明",))
    entries.include_candidate(by=cast.liaison, ledger=county_ledger, case=case)
    assert only().values["party"] == "当事人不明"
    case.parties.create(party=build.party(cast.county, "李某"), position=2)
    assert only().values["party"] == "李某"


def test_when_a_clue_in_the_ledger_is_filed_the_row_holds_the_case(cast, county_ledger, only):
    clue = build.clue(cast)
    entry = entries.include_candidate(by=cast.liaison, ledger=county_ledger, clue=clue)
    case = build.case(cast, clue=clue)
    build.mined(cast, case, "12")
    case_filed.send(sender=type(case), case=case, by=cast.deputy)
    assert only().values["mined_tonnes"] == 12
    assert entry.links.filter(case=case).count() == 1


def test_when_a_clue_in_the_ledger_is_merged_the_row_follows(cast, county_ledger):
    clue, into = build.clue(cast), build.clue(cast, place="别处")
    entry = entries.include_candidate(by=cast.liaison, ledger=county_ledger, clue=clue)
    clue.state = "merged"
    clue.save()
    clue_merged.send(sender=type(clue), clue=clue, into=into, by=cast.intake)
    assert [link.clue for link in entry.links.all()] == [into]
    assert waiting(cast, county_ledger) == []
