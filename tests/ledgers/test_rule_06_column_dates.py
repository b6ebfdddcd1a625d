"""Rule 6: areas and tonnes by the latest finding, fines by the decision's day, 是 when accepted."""

from decimal import Decimal

import pytest

from accounts.models import local_today
from cases.models import Payment
from tests.ledgers import build


@pytest.fixture
def case(cast, campaign):
    """A case with a land and a mining side, in the ledger."""
    made = build.case(cast, sides=("land", "mining"))
    build.entry(campaign, cast.county, made)
    return made


def test_the_area_is_the_sum_over_land_classes_of_the_latest_round(cast, case, only):
    build.land(cast, case, "3.2", "1.05", on="05-01")
    build.land(cast, case, "5.5", on="05-20", round=2)
    assert only("05-15").values["land_area"] == Decimal("4.25")
    assert only("05-20").values["land_area"] == Decimal("5.5")
    assert only("04-30").values["land_area"] is None


def test_a_withdrawn_finding_never_held(cast, case, only):
    build.land(cast, case, "3", on="05-01")
    build.land(cast, case, "99", on="05-02", round=2, withdrawn_at="2026-05-03T00:00:00Z")
    assert only().values["land_area"] == 3


def test_tonnes_come_from_volume_and_density_where_no_tonnes_were_found(cast, case, only):
    build.mined(cast, case, None, volume=Decimal("100"), density=Decimal("2.65"))
    assert only().values["mined_tonnes"] == Decimal("265.0000")


def test_areas_and_tonnes_add_up_over_the_linked_cases(cast, campaign, only):
    one, other = build.case(cast), build.case(cast)
    build.entry(campaign, cast.county, one, other)
    build.mined(cast, one, "800", "60")
    build.mined(cast, other, "140")
    row = only()
    assert row.values["mined_tonnes"] == 1000
    assert len(row.evidence["mined_tonnes"]) == 3


def test_fines_count_from_the_day_of_the_decision_by_side(cast, case, only):
    build.decision(
        cast,
        case,
        ("land", "fine", "84000"),
        ("mining", "fine", "150000"),
        ("mining", "fine", "30000"),
        ("mining", "confiscate_minerals", "3200"),
        ("mining", "confiscate_income", "999999"),
        on="05-10",
    )
    assert only("05-09").values["mining_fine"] is None
    values = only("05-10").values
    assert values["land_fine"] == 84000
    assert values["mining_fine"] == 180000
    assert values["confiscated_tonnes"] == 3200


@pytest.mark.parametrize("state", ["proposed", "returned"])
def test_a_decision_that_was_not_made_does_not_count(cast, case, only, state):
    build.decision(cast, case, ("mining", "fine", "5"), state=state)
    assert only().values["mining_fine"] is None


def test_a_revoked_decision_counts_until_the_day_it_was_revoked(cast, case, only):
    build.decision(
        cast, case, ("mining", "fine", "5"), on="05-10", state="revoked", revoked_on=build.day("06-01")
    )
    assert only("05-31").values["mining_fine"] == 5
    row = only("06-01")
    assert row.values["mining_fine"] is None
    assert row.evidence["mining_fine"][0].note == "已撤销，不计入"


def test_what_was_paid_is_never_in_the_column(cast, case, only):
    made = build.decision(cast, case, ("mining", "fine", "5000"))
    Payment.objects.create(
        item=made.items.get(), paid_on=local_today(), amount=Decimal("4000"), recorded_by=cast.handler
    )
    assert only().values["mining_fine"] == 5000


def test_shut_down_is_yes_only_from_the_day_it_was_accepted_as_complete(cast, case, only):
    assert only("04-30").values["shutdown"] is None
    build.mined(cast, case, "10", on="05-01")
    build.accepted(cast, case, on="05-05", complete=False)
    build.accepted(cast, case, on="05-12")
    assert only("05-01").values["shutdown"] is False
    assert only("05-05").values["shutdown"] is False
    assert only("05-12").values["shutdown"] is True


def test_restored_is_yes_only_when_every_case_of_the_row_is(cast, campaign, case, only):
    other = build.case(cast, sides=("land",))
    campaign.entries.get().links.create(case=other)
    build.land(cast, case, "1")
    build.accepted(cast, case, "restoration")
    assert only().values["land_restored"] is None
    build.land(cast, other, "2")
    assert only().values["land_restored"] is False
    build.accepted(cast, other, "restoration")
    assert only().values["land_restored"] is True


def test_a_mining_only_case_has_no_say_in_restoration(cast, campaign, case, only):
    campaign.entries.get().links.create(case=build.case(cast, sides=("mining",)))
    build.land(cast, case, "1")
    build.accepted(cast, case, "restoration")
    assert only().values["land_restored"] is True
