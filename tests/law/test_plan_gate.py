"""拆除 or 没收: by whether what was built on fits the plan."""

import pytest

from law.facts import Decision
from law.gates import Draft, stops
from tests.law.making import case_of


@pytest.mark.parametrize(
    ("fits", "land_class", "pulled", "taken", "said"),
    [
        ((True,), "建设用地", True, False, "符合规划的，应没收"),
        ((True,), "建设用地", True, True, ""),
        ((False,), "耕地", True, False, ""),
        ((False,), "耕地", True, True, "应限期拆除"),
        ((False,), "建设用地", True, True, ""),
        ((True, False), "耕地", True, False, ""),
        ((None,), "耕地", True, True, ""),
        ((True,), "建设用地", None, False, ""),
    ],
)
def test_whether_it_fits_the_plan_decides_between_pulling_down_and_taking(
    fits, land_class, pulled, taken, said
):
    """土地管理法第七十七条第一款: 符合规划的没收, 违反规划擅自改农用地的限期拆除、恢复原状"""
    land = [{"class": land_class, "area_m2": 100, "conform_plan": each} for each in fits]
    draft = Draft("decision", (Decision(fine=10_000, structures=pulled, buildings=taken),))
    case = case_of(violation="T11", acts_ended="2025-08-01", land=land)
    stop = next((each for each in stops(case, draft) if each.gate.code == "G17p"), None)
    assert said in stop.sentence if said else stop is None
