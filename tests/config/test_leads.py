"""No page leads its reader to an address that is closed to them."""

import re

import pytest
from django.urls import reverse

from tests.ledgers import acting, build

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign(cast):
    """One with 交城's report."""
    made = build.campaign(cast)
    build.entry(made, cast.county, build.case(cast))
    acting.submit(cast, build.ledger(made, cast.county))
    return made


@pytest.mark.parametrize(
    ("part", "page"),
    [
        ("brigade_head", "home"),
        ("brigade_head", "accounts:agency"),
        ("chief", "accounts:agency"),
        ("brigade_head", "cases:list"),
        ("handler", "cases:list"),
        ("reporter", "campaigns:organisation"),
        ("liaison", "campaigns:organisation"),
        ("police", "cases:register_matter"),
        ("police", "ledgers:campaign"),
        ("checker", "ledgers:campaign"),
    ],
)
def test_every_link_of_the_page_opens(cast, sign_in, campaign, part, page):
    codes = {"organisation": campaign.code, "campaign": campaign.code, "agency": cast.county.code}
    code = codes.get(page.partition(":")[2])
    client, url = sign_in(getattr(cast, part)), reverse(page, args=[code] if code else [])
    found = client.get(url)
    assert found.status_code == 200
    links = set(re.findall(r'<a\s[^>]*?href="(/[^"#]*)', found.content.decode(), re.S))
    closed = {link: client.get(link.replace("&amp;", "&")).status_code for link in links}
    assert {link: code for link, code in closed.items() if code >= 400} == {}
    assert len(links) > 5
