"""不批准立案: the reason, and the clue comes back."""

import pytest

from accounts.services.signing import Signature
from cases.services import filing
from common.errors import Refused
from tests.cases import making
from tests.cases.pages import assert_only, last_entry, post


def test_the_clue_comes_back_with_the_reason(cast):
    case = filing.refuse_filing(
        by=cast.deputy, case=making.proposed_case(cast), signature=Signature(opinion="证据不足")
    )
    case.clue.refresh_from_db()
    assert (case.state, case.clue.state, case.number) == ("refused", "verified", "")
    assert last_entry(case).reason == "证据不足"


def test_the_clue_can_be_proposed_again(cast):
    case = filing.refuse_filing(
        by=cast.deputy, case=making.proposed_case(cast), signature=Signature(opinion="补查")
    )
    again = making.proposed_case(cast, case.clue)
    assert (again.state, case.clue.cases.count()) == ("proposed", 2)


def test_a_refusal_says_why(cast, sign_in):
    case = making.proposed_case(cast)
    with pytest.raises(Refused, match="理由"):
        filing.refuse_filing(by=cast.deputy, case=case, signature=Signature(opinion=" "))
    assert post(sign_in(cast.deputy), case, "refuse_filing", opinion="").status_code == 422


def test_a_refusal_on_paper_is_typed_by_the_handler(cast):
    case = filing.refuse_filing(
        by=cast.handler,
        case=making.proposed_case(cast),
        signature=Signature(
            opinion="不够条件", signer=cast.chief, signed_on=making.ago(1), scan=making.scan()
        ),
    )
    assert last_entry(case).changes["签批人"] == ["", "周局长"]


def test_a_filed_case_is_not_refused(cast):
    with pytest.raises(Refused, match="现在是“调查”"):
        filing.refuse_filing(
            by=cast.deputy, case=making.filed_case(cast), signature=Signature(opinion="晚了")
        )


def test_only_leaders_and_who_types_their_paper(cast, sign_in):
    case = making.proposed_case(cast)
    assert_only(cast, sign_in, case, "refuse_filing", "deputy", "chief", "handler")
