"""A ledger on paper, as the browser prints it: no empty second sheet."""

import re

import pytest

from tests.ledgers import build

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_short_ledger_prints_on_one_sheet_and_a_long_one_has_no_empty_one(live_cast, at_pc):
    campaign = build.campaign(live_cast)
    for number in range(3):
        case = build.case(live_cast, names=(f"第{number}人",), place=f"{number}号沟")
        build.entry(campaign, live_cast.county, case, party=f"第{number}人", place=f"{number}号沟")
    paper = at_pc(live_cast.chief)
    paper.goto(campaign.get_absolute_url())
    assert _sheets(paper) == 1
    paper.goto("/ledgers/campaigns/")
    assert _sheets(paper) == 1


def _sheets(page) -> int:
    """How many sheets of paper the page takes."""
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True)))
