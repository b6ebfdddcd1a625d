"""Drawing, checking and submitting take as many queries for 105 entries as for 5."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ledgers.services import candidates, checking
from ledgers.services.drawing import draw
from tests.ledgers import acting, build

DRAWING = 20


def grow(cast, campaign, count):
    """So many rows, each with every kind of fact."""
    for number in range(count):
        agency = (cast.county, cast.neighbour)[number % 2]
        name = f"当事人{number}"
        case = build.case(cast, agency=agency, names=(name,), sides=("land", "mining"))
        build.land(cast, case, "1")
        build.mined(cast, case, "2")
        build.accepted(cast, case)
        build.decision(cast, case, ("mining", "fine", "3"))
        matter = build.matter(cast, of=build.referral(cast, case))
        build.measure(cast, matter, "arrest", name)
        build.entry(campaign, agency, build.clue(cast, agency=agency), case, party=name)


def counted(run):
    """How many queries `run` takes."""
    with CaptureQueriesContext(connection) as queries:
        run()
    return len(queries)


@pytest.fixture
def sizes(cast, campaign):
    """`sizes(run)` gives the queries of `run` with 5 and with 105 entries."""

    def measured(run):
        grow(cast, campaign, 5)
        run()  # what was marked is drawn
        few = counted(run)
        grow(cast, campaign, 100)
        run()
        return few, counted(run)

    return measured


@pytest.mark.parametrize("whole", [True, False])
def test_drawing_a_campaign_or_a_county_is_constant(cast, campaign, sizes, whole):
    agency = None if whole else cast.county
    few, many = sizes(lambda: draw(campaign, agency, build.day("11-30")))
    assert few == many <= DRAWING


def test_checking_is_constant(cast, campaign, county_ledger, sizes):
    few, many = sizes(lambda: checking.work_of(county_ledger, as_of=build.day("11-30")))
    assert few == many


def test_candidates_are_constant(cast, campaign, county_ledger):
    for number in range(3):
        build.case(cast, names=(f"甲{number}",))
        build.clue(cast, name=f"丁{number}")
    few = counted(lambda: candidates.candidates(campaign, cast.county))
    for number in range(40):
        build.case(cast, names=(f"乙{number}",))
        build.clue(cast, name=f"丙{number}")
    assert counted(lambda: candidates.candidates(campaign, cast.county)) == few


def test_submitting_is_constant(cast, campaign, county_ledger):
    grow(cast, campaign, 2)
    acting.submit(cast, county_ledger)
    grow(cast, campaign, 6)
    few = counted(lambda: acting.submit(cast, county_ledger, "05-20"))
    grow(cast, campaign, 100)
    many = counted(lambda: acting.submit(cast, county_ledger, "05-30"))
    assert many <= few + 8
