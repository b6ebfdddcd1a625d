"""What ledger tests start from."""

import pytest

from ledgers.services.drawing import draw
from tests.ledgers import build


@pytest.fixture
def campaign(cast):
    """吕梁's campaign of 2026, April to November, all agencies taking part."""
    return build.campaign(cast)


@pytest.fixture
def county_ledger(cast, campaign):
    """交城's ledger."""
    return build.ledger(campaign, cast.county)


@pytest.fixture
def drawn(cast, campaign):
    """`drawn("05-15")` draws the campaign as of a day; `row(…)` gives its only row's values."""

    def draws(as_of="11-30", agency=None, **more):
        return draw(campaign, agency, build.day(as_of), **more)

    return draws


@pytest.fixture
def only(drawn):
    """`only("05-15")` gives the only row as of a day."""

    def the_row(as_of="11-30", **more):
        rows = drawn(as_of, **more)
        assert len(rows) == 1
        return rows[0]

    return the_row
