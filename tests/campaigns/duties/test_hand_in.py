"""书面材料: handed in, accepted or returned."""

from datetime import date

import pytest

from campaigns.models import Duty
from campaigns.services import duty_rules, handing_in
from common.errors import Forbidden, Refused
from tests.campaigns.duties.conftest import at
from tests.cases.making import scan

pytestmark = pytest.mark.django_db


@pytest.fixture
def duty(cast, setter):
    """An annual report that 交城 owes by 2026-12-31."""
    duty_rules.set_rule(
        by=setter,
        agency=cast.prefecture_office,
        draft=duty_rules.RuleDraft(
            name="年度总结",
            what="paper",
            pattern="yearly",
            days=[31],
            month=12,
            from_day=date(2026, 1, 1),
            leads=[30, 7],
        ),
        now=at("2026-12-05 09:00"),
    )
    return Duty.objects.get(agency=cast.county)


def test_a_paper_is_handed_in_returned_and_handed_in_again(cast, duty):
    duty = handing_in.hand_in(by=cast.liaison, duty=duty, upload=scan(), now=at("2026-12-30 09:00"))
    assert duty.state == "submitted"
    duty = handing_in.return_paper(by=cast.prefecture, duty=duty, reason="缺附表")
    assert duty.state == "returned"
    duty = handing_in.hand_in(by=cast.liaison, duty=duty, upload=scan(), now=at("2027-01-02 09:00"))
    duty = handing_in.accept_paper(by=cast.prefecture, duty=duty)
    assert (duty.state, duty.papers.count()) == ("accepted", 2)
    assert duty.submitted_at == at("2026-12-30 09:00")


def test_the_county_cannot_accept_its_own_paper(cast, duty):
    duty = handing_in.hand_in(by=cast.liaison, duty=duty, upload=scan())
    with pytest.raises(Forbidden):
        handing_in.accept_paper(by=cast.liaison, duty=duty)


def test_a_paper_that_was_not_handed_in_cannot_be_accepted(cast, duty):
    with pytest.raises(Refused):
        handing_in.accept_paper(by=cast.prefecture, duty=duty)


def test_returning_needs_a_reason(cast, duty):
    duty = handing_in.hand_in(by=cast.liaison, duty=duty, upload=scan())
    with pytest.raises(Refused):
        handing_in.return_paper(by=cast.prefecture, duty=duty, reason=" ")


def test_a_ledger_duty_takes_no_paper(cast, half_monthly):
    duty = Duty.objects.filter(agency=cast.county).first()
    with pytest.raises(Refused):
        handing_in.hand_in(by=cast.liaison, duty=duty, upload=scan())
