"""Rule 8: blank is 未填 or 不适用 and the two are told apart; 0 is a confirmed zero."""

import pytest

from tests.ledgers import build

NATURAL_RESOURCES = (
    "land_area",
    "land_fine",
    "land_restored",
    "mined_tonnes",
    "confiscated_tonnes",
    "mining_fine",
    "shutdown",
)
LAND, MINING = NATURAL_RESOURCES[:3], NATURAL_RESOURCES[3:]
POLICE = ("administrative_detention", "criminal_detention", "arrest")


def states(row, keys):
    """未填, 不适用 or the value of each cell."""
    return {
        key: row.values[key]
        if row.values[key] is not None
        else ("未填" if row.cells[key].applicable else "不适用")
        for key in keys
    }


def test_a_mining_case_has_no_land_side(cast, campaign, only):
    build.entry(campaign, cast.county, build.case(cast, sides=("mining",)))
    row = only()
    assert set(states(row, LAND).values()) == {"不适用"}
    assert set(states(row, MINING).values()) == {"未填"}


def test_a_side_that_turns_up_later_is_filled_in(cast, campaign, only):
    case = build.case(cast, sides=("mining",))
    build.entry(campaign, cast.county, case)
    build.land(cast, case, "0")
    values = states(only(), LAND)
    assert values["land_area"] == 0
    assert values["land_fine"] == "未填"


def test_a_decision_without_a_fine_makes_the_fine_not_applicable(cast, campaign, only):
    case = build.case(cast)
    build.entry(campaign, cast.county, case)
    build.decision(cast, case, ("mining", "confiscate_minerals", "12"))
    values = states(only(), MINING)
    assert values["mining_fine"] == "不适用"
    assert values["confiscated_tonnes"] == 12


def test_a_confirmed_zero_is_zero(cast, campaign, only):
    case = build.case(cast)
    build.entry(campaign, cast.county, case)
    build.decision(cast, case, ("mining", "confiscate_minerals", "0"))
    assert only().values["confiscated_tonnes"] == 0


def test_without_police_their_half_is_not_applicable(cast, campaign, only):
    case = build.case(cast)
    build.entry(campaign, cast.county, case)
    assert set(states(only(), POLICE).values()) == {"不适用"}
    build.referral(cast, case, on="05-05")
    assert set(states(only("05-05"), POLICE).values()) == {"未填"}
    assert set(states(only("05-04"), POLICE).values()) == {"不适用"}


def test_a_paper_answer_of_nobody_is_a_confirmed_zero(cast, campaign, only):
    case = build.case(cast)
    build.entry(campaign, cast.county, case)
    matter = build.matter(cast, of=build.referral(cast, case))
    build.measure(cast, matter, "arrest", persons=0)
    assert only().values["arrest"] == 0


def test_a_clue_only_row_has_the_sides_of_its_suspicions(cast, campaign, only):
    build.entry(campaign, cast.county, build.clue(cast, violations=("T11",)))
    row = only()
    assert set(states(row, LAND).values()) == {"未填"}
    assert set(states(row, MINING).values()) == {"不适用"}


def test_while_nothing_tells_both_sides_are_to_be_filled_in(cast, campaign, only):
    build.entry(campaign, cast.county, build.case(cast, sides=()))
    assert set(states(only(), NATURAL_RESOURCES).values()) == {"未填"}


@pytest.mark.parametrize(("value", "shown"), [(0, 0), (None, "不适用"), (3, 3)])
def test_an_imported_blank_and_an_imported_zero_stay_apart(cast, campaign, only, value, shown):
    build.imported_entry(campaign, cast, mined_tonnes=5, arrest=value)
    assert states(only(), ("arrest",)) == {"arrest": shown}
