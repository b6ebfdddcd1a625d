"""What tests of duties start from: a liaison at the prefecture, its rule, and moments."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from accounts import roles
from campaigns.services import duty_rules
from tests.cast import add_person

CHINA = ZoneInfo("Asia/Shanghai")


def at(text: str) -> datetime:
    """`at("2026-05-15 17:59:58")` in Asia/Shanghai."""
    return datetime.fromisoformat(text).replace(tzinfo=CHINA)


@pytest.fixture
def setter(cast):
    """The prefecture's liaison, who sets rules."""
    return add_person("setter", "市联络", cast.prefecture_office, roles.LIAISON)


@pytest.fixture
def half_monthly(cast, campaign, setter):
    """每月15、30日18时前 for the counties of the campaign, set on 2026-05-01."""
    return duty_rules.set_rule(
        by=setter,
        agency=cast.prefecture_office,
        draft=duty_rules.RuleDraft(campaign=campaign, from_day=campaign.from_day, **duty_rules.HALF_MONTHLY),
        now=at("2026-05-01 09:00"),
    )
