"""撤销处罚决定: it stays in the file and counts no more."""

import pytest

from accounts.models import local_today
from cases.services import deciding
from common.errors import Refused
from tests.cases import making
from tests.cases.pages import assert_only, last_entry


def revoke(cast, case, **more):
    values = {"revoked_on": local_today(), "reason": "法院判决撤销", **more}
    return deciding.revoke_decision(by=cast.chief, case=case, decision=case.decisions.get(), **values)


def test_a_revoked_decision_stays_in_the_file_and_counts_no_more(cast):
    case = revoke(cast, making.decided_case(cast))
    one = case.decisions.get()
    assert (case.state, one.state, one.revoked_reason) == ("investigation", "revoked", "法院判决撤销")
    assert one.items.count() == 2
    assert last_entry(case).reason == "法院判决撤销"


def test_a_closed_case_opens_again(cast):
    case = making.decided_case(cast)
    case.state, case.closed_on = "closed", local_today()
    case.save()
    case = revoke(cast, case)
    assert (case.state, case.closed_on) == ("investigation", None)


def test_revoking_needs_a_reason_and_a_leader(cast, sign_in):
    case = making.decided_case(cast)
    with pytest.raises(Refused, match="撤销理由"):
        revoke(cast, case, reason=" ")
    assert_only(cast, sign_in, case, "revoke_decision", "deputy", "chief", "handler")
