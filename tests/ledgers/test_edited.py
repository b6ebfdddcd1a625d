"""EDITED_AFTER_SUBMISSION: a figure that a frozen report holds was changed since."""

from decimal import Decimal

import pytest

from cases import assessing
from cases.models import PenaltyItem
from tests.ledgers import acting, build


@pytest.fixture
def case(cast, campaign):
    """A case fined 30 000 元 behind a row."""
    made = build.case(cast)
    build.mined(cast, made, "860")
    build.decision(cast, made, ("mining", "fine", "30000"))
    build.entry(campaign, cast.county, made)
    return made


@pytest.fixture
def reported(cast, case, county_ledger):
    """The report of 05-15."""
    return acting.submit(cast, county_ledger)


def edited(case):
    return next((e for e in assessing.findings_of(case) if e.code == "EDITED_AFTER_SUBMISSION"), None)


def test_what_stands_as_it_was_reported_is_no_edit(case, reported):
    assert edited(case) is None


def test_a_figure_that_was_changed_is_named_with_both_values(case, reported):
    PenaltyItem.objects.filter(decision__case=case).update(amount=Decimal("20000"))
    finding = edited(case)
    assert "数据截止2026-05-15" in finding.because
    assert "30,000 元，现为20,000 元" in finding.because


def test_what_came_after_the_report_and_what_was_typed_late_is_no_edit(cast, case, reported):
    build.decision(cast, case, ("mining", "fine", "5000"), on="05-20")
    build.decision(cast, case, ("mining", "fine", "700"), on="05-03")
    assert edited(case) is None


def test_a_correction_that_was_reported_ends_it(cast, case, reported, county_ledger):
    PenaltyItem.objects.filter(decision__case=case).update(amount=Decimal("40000"))
    assert edited(case) is not None
    acting.submit(cast, county_ledger, "05-30")
    assert edited(case) is None


def test_a_case_in_no_report_has_none(cast, campaign):
    assert edited(build.case(cast)) is None
