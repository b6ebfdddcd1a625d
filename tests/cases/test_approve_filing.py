"""批准立案 in the system: number, day, clock, clue, announcement."""

import pytest

from accounts.models import Approval, local_today
from accounts.services.signing import Signature
from cases.services import filing, investigation
from cases.signals import case_filed
from common.errors import Forbidden, Refused, Stale
from tests.cases import making
from tests.cases.pages import assert_only, at, last_entry, open_clocks, post


def test_approval_files_the_case(cast):
    case = filing.approve_filing(
        by=cast.deputy, case=making.proposed_case(cast), signature=Signature(opinion="同意")
    )
    assert (case.state, case.filed_on) == ("investigation", local_today())
    assert case.number == f"交自然资立字〔{local_today().year}〕1号"
    approval = Approval.objects.get(subject_kind="cases.case")
    assert (approval.signer, approval.on_paper, approval.opinion) == (cast.deputy, False, "同意")


def test_the_clue_is_settled_in_the_same_deed(cast):
    case = making.filed_case(cast)
    case.clue.refresh_from_db()
    assert (case.clue.state, case.clue.outcome) == ("settled", "filing")


def test_the_ninety_days_run_from_filing(cast):
    clock = open_clocks(making.filed_case(cast))["decide"]
    assert clock.counted_from == local_today()
    assert (clock.due_at.date() - local_today()).days == 90
    assert "自然资源行政处罚办法第三十八条" in clock.explanation


def test_numbers_follow_one_another(cast):
    numbers = [making.filed_case(cast).number for _ in range(3)]
    assert [one.rsplit("〕")[1] for one in numbers] == ["1号", "2号", "3号"]


def test_a_number_of_the_offices_own_series_is_taken_once(cast):
    case = filing.approve_filing(
        by=cast.deputy, case=making.proposed_case(cast), number="交自然资立字[2026]第37号"
    )
    assert case.number == "交自然资立字〔2026〕第37号"
    with pytest.raises(Refused, match="已经用过"):
        filing.approve_filing(
            by=cast.deputy, case=making.proposed_case(cast), number="交自然资立字〔2026〕第37号"
        )


def test_it_is_announced(cast):
    heard = []

    def listen(sender, case, by, **_):
        heard.append((case.number, by))

    case_filed.connect(listen)
    try:
        case = making.filed_case.anew(cast)
    finally:
        case_filed.disconnect(listen)
    assert heard == [(case.number, cast.deputy)]


def test_a_listener_that_cannot_follow_undoes_it(cast):
    case = making.proposed_case(cast)

    def fail(**_):
        raise Refused("不行")

    case_filed.connect(fail)
    try:
        with pytest.raises(Refused):
            filing.approve_filing(by=cast.deputy, case=case)
    finally:
        case_filed.disconnect(fail)
    case.refresh_from_db()
    assert (case.state, case.number) == ("proposed", "")


def test_the_trail_says_so(cast):
    entry = last_entry(making.filed_case(cast))
    assert (entry.act, entry.actor) == ("approve_filing", cast.deputy)
    assert entry.changes["阶段"] == ["立案待批", "调查"]


def test_only_leaders_and_who_types_their_paper(cast, sign_in):
    case = making.proposed_case(cast)
    assert_only(cast, sign_in, case, "approve_filing", "deputy", "chief", "handler")


def test_a_handler_cannot_approve_in_the_system(cast):
    with pytest.raises(Refused, match="线下签批"):
        filing.approve_filing(by=cast.handler, case=making.proposed_case(cast))
    with pytest.raises(Forbidden):
        filing.approve_filing(by=cast.legal, case=making.proposed_case(cast))


def test_a_filed_case_is_not_approved_again(cast):
    case = making.filed_case(cast)
    with pytest.raises(Refused, match="现在是“调查”"):
        filing.approve_filing(by=cast.chief, case=case)


def test_nobody_approves_what_they_proposed(cast):
    cast.handler.postings.create(agency=cast.county, role="deputy")
    both = type(cast.handler).objects.get(pk=cast.handler.pk)
    with pytest.raises(Refused, match="经办人"):
        filing.approve_filing(by=both, case=making.proposed_case(cast))


def test_without_a_party_nothing_is_filed(cast):
    case = making.proposed_case(cast, making.verified_clue(cast, parties=[]))
    with pytest.raises(Refused, match="还缺：当事人"):
        filing.approve_filing(by=cast.deputy, case=case)


def test_a_stale_form_meets_a_conflict_that_keeps_what_was_typed(cast, sign_in):
    case = making.proposed_case(cast)
    client, version = sign_in(cast.chief), case.version
    filing.approve_filing(by=cast.deputy, case=case)
    response = client.post(
        at(case, "approve_filing"), {"_key": "x", "_version": version, "opinion": "同意立案"}
    )
    assert response.status_code == 409
    assert "同意立案" in response.content.decode()
    assert "别人已作了改动" in response.content.decode()
    with pytest.raises(Stale):
        filing.approve_filing(by=cast.chief, case=case, version=version)


def test_through_the_page(cast, sign_in):
    case = making.proposed_case(cast)
    response = post(sign_in(cast.deputy), case, "approve_filing", opinion="同意")
    case.refresh_from_db()
    assert (response.status_code, case.state) == (302, "investigation")


def test_what_was_proposed_against_nobody_known_waits_for_a_name(cast):
    """自然资源行政处罚办法第十六条第一款第（一）项"""
    case = making.bare_case(cast, state="proposed")
    with pytest.raises(Refused, match="还缺：查明的当事人。当事人不明，不能立案"):
        filing.approve_filing(by=cast.deputy, case=case)
    investigation.name_party(by=cast.handler, case=case, row=case.parties.get(), **making.suspect())
    case.refresh_from_db()
    assert filing.approve_filing(by=cast.deputy, case=case).state == "investigation"


def test_what_was_found_too_late_is_not_filed(cast):
    """行政处罚法第三十六条"""
    case = making.proposed_case(cast)
    case = investigation.amend_case(by=cast.handler, case=case, act_ended_on=making.ago(900))
    with pytest.raises(Refused, match="超过追责时效，不能立案处罚.*第三十六条"):
        filing.approve_filing(by=cast.deputy, case=case)
