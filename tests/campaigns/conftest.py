"""What tests of campaigns and duties start from."""

import pytest

from tests.ledgers import build


@pytest.fixture
def campaign(cast):
    """吕梁's campaign of 2026, April to November, all agencies taking part."""
    return build.campaign(cast)


@pytest.fixture
def county_ledger(cast, campaign):
    """交城's ledger."""
    return build.ledger(campaign, cast.county)
