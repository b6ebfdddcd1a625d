"""Rows of 交城 and of its neighbour, and clients of the people who look at them."""

import pytest

from tests.ledgers import build

HERE, THERE = "天宁镇某村后沟", "文水某沟"


@pytest.fixture
def entry(cast, campaign):
    """A row of 交城: mining decided and shut down, nothing on land, nobody detained."""
    case = build.case(cast)
    build.mined(cast, case, "1860.5")
    build.decision(cast, case, ("mining", "fine", "84000"))
    build.accepted(cast, case)
    return build.entry(campaign, cast.county, case, mineral="河砂")


@pytest.fixture
def foreign_entry(cast, campaign):
    """A row of 文水."""
    case = build.case(cast, agency=cast.neighbour, names=("邻某",), place=THERE)
    build.mined(cast, case, "40")
    return build.entry(campaign, cast.neighbour, case, party="邻某", place=THERE)


@pytest.fixture
def page(sign_in):
    """`page(person, url)` is the text of a page that must open."""

    def opened(person, url, **headers):
        response = sign_in(person).get(url, **headers)
        assert response.status_code == 200, response.status_code
        return response.content.decode()

    return opened


@pytest.fixture
def post(sign_in):
    """`post(person, url, **fields)` sends a form and follows to the next page."""
    return lambda person, url, **fields: sign_in(person).post(url, fields, follow=True)
