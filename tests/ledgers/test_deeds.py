"""Whatever a deed does, no kept row is left as it was without a mark: proved after each of them."""

import pytest

from accounts.models import local_today
from accounts.services import agencies
from cases.models import Detention
from cases.services import deciding, detentions, investigation, parties
from ledgers.services import entries, reshaping
from tests.cases import making
from tests.clues import making as clues
from tests.ledgers import acting, build
from tests.ledgers.proving import proving

pytestmark = pytest.mark.django_db


@pytest.fixture
def long(cast):
    """A campaign of many years, so that whatever is dated today counts in it."""
    return build.campaign(cast, since=build.day("2020-01-01"), until=None)


def test_a_case_from_its_clue_to_a_revoked_decision(cast, long):
    with proving(long) as proofs:
        case = making.mined(cast, making.filed_case(cast, signed_on=making.ago(20)))
        case = making.mined(cast, making.occupied(cast, case), tonnes="905")
        case = investigation.withdraw_finding(by=cast.handler, case=case, side="mining", reason="测量有误")
        case = investigation.amend_case(by=cast.handler, case=case, place="东坡底乡另一处")
        row = case.parties.get()
        named = {"kind": "person", "name": "张三峰", "identity": making.PERSON_ID}
        case = parties.correct_party(by=cast.handler, case=case, row=row, reason="写错", **named)
        case = making.decided_case(cast, case)
        deciding.revoke_decision(
            by=cast.chief,
            case=case,
            decision=case.decisions.get(),
            revoked_on=local_today(),
            reason="法院判决撤销",
        )
    assert len(proofs) > 8 and sum(proofs) > 5


def test_a_party_that_two_cases_share_is_set_right_in_both_rows(cast, long):
    """The trail is about one of the cases alone."""
    with proving(long) as proofs:
        case, other = making.filed_case(cast), making.filed_case(cast)
        shared = case.parties.get()
        assert shared.party_id == other.parties.get().party_id
        named = {"kind": "person", "name": "张三峰", "identity": making.PERSON_ID}
        parties.correct_party(by=cast.handler, case=case, row=shared, reason="写错", **named)
    assert sum(proofs) > 2


def test_persons_of_a_referral_and_their_rows(cast, long):
    with proving(long) as proofs:
        sent = making.sent_referral(cast)
        making.detained(cast, sent, kind="arrest")
        other = build.matter(cast)
        build.entry(long, cast.county, other, party="李某", place="另一处")
        detentions.record_detention(
            by=cast.police,
            matter=other,
            entry=detentions.DetentionEntry(kind="arrest", happened_on=making.ago(3), name="张三丰"),
        )
        first = Detention.objects.get(matter=other)
        detentions.withdraw_detention(by=cast.police, detention=first, matter=other, reason="记错")
        agencies.amend_agency(agency=cast.police_office, name="改名公安局")
    assert sum(proofs) > 5


def test_clues_that_merge_and_rows_that_are_reshaped(cast, long):
    ledger = build.ledger(long, cast.county)
    build.entry(long, cast.county, build.case(cast), party="甲")
    with proving() as proofs:
        clue, other = clues.verified(cast), clues.verified(cast)
        first = entries.include_candidate(by=cast.liaison, ledger=ledger, clue=clue)
        second = entries.include_candidate(by=cast.liaison, ledger=ledger, clue=other)
        entries.amend_entry(by=cast.liaison, entry=second, party="乙", remark="说明", carried_over=True)
        first = reshaping.merge_entry(by=cast.liaison, entry=first, into=second)
        links = [first.links.first()]
        new = reshaping.split_entry(by=cast.liaison, entry=first, links=links, party="丙")
        entries.strike_entry(by=cast.liaison, entry=new, reason="重复")
        moved = reshaping.move_entry(
            by=cast.prefecture, entry=first, to_agency=cast.neighbour, reason="属文水"
        )
        ledger.refresh_from_db()
        acting.accept(cast, acting.submit(cast, ledger, local_today().isoformat()))
    assert moved.agency == cast.neighbour and sum(proofs) > 10
