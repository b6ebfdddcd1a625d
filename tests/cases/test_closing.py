"""呈批结案, 批准, 退回: seven grounds; every clock ends."""

import pytest

from accounts.models import local_today
from accounts.services.signing import Signature
from cases.assessing import service
from cases.models import Decision, PartyService, Payment, PenaltyItem
from cases.services import closing, completion, execution, investigation, serving
from common.errors import Refused
from registry import codes
from tests.cases import making
from tests.cases.pages import assert_only, last_entry, open_clocks, post


def test_a_case_is_closed_on_its_ground(cast):
    case = making.closing_case(cast)
    assert (case.state, str(case.closings.get())) == ("closing", "执行完毕")
    case = closing.approve_closing(by=cast.deputy, case=case, signature=Signature(opinion="同意"))
    assert (case.state, case.closed_on) == ("closed", local_today())
    assert case.closings.get().approved is True
    assert open_clocks(case) == {}
    assert last_entry(case).act == "approve_closing"


def test_on_paper_it_closes_on_the_day_of_signing(cast):
    case = closing.approve_closing(
        by=cast.handler,
        case=making.closing_case(cast),
        signature=Signature(signer=cast.chief, signed_on=making.ago(1), scan=making.scan()),
    )
    assert case.closed_on == making.ago(1)
    assert case.files.filter(kind="结案呈批表（签批）").exists()


def test_what_is_not_paid_shows_as_a_flag(cast):
    case = closing.propose_closing(
        by=cast.handler,
        case=making.decided_case(cast),
        ground="enforcement_applied",
        text="已申请法院强制执行",
    )
    case = closing.approve_closing(by=cast.deputy, case=case)
    assert "unpaid_at_closing" in case.flags
    case = making.paid(cast, case)
    assert "unpaid_at_closing" not in case.flags


def test_it_goes_back_to_where_it_was(cast):
    case = closing.return_closing(by=cast.deputy, case=making.closing_case(cast), opinion="补回证")
    assert (case.state, case.closings.get().approved) == ("execution", False)
    stopped = closing.propose_closing(
        by=cast.handler, case=making.filed_case(cast), ground="terminated", text="事实不成立"
    )
    stopped = closing.return_closing(by=cast.deputy, case=stopped, opinion="再查")
    assert stopped.state == "investigation"


def test_all_seven_grounds_are_offered(cast, sign_in):
    case = making.decided_case(cast)
    page = sign_in(cast.handler).get(f"/cases/{case.public_id}/propose-closing/").content.decode()
    assert len(codes.choices("closing_grounds")) == 7
    assert all(label in page for _, label in codes.choices("closing_grounds"))


def test_carried_out_in_full_needs_the_money(cast):
    case = making.paid(cast, making.decided_case(cast), "50000")
    with pytest.raises(Refused, match="还有34,000元没有缴清") as refusal:
        closing.propose_closing(by=cast.handler, case=case, ground="executed", text="完了")
    assert refusal.value.missing[0] == ("缴清罚没款", "decisions")
    assert "第四十六条第一款第（四）项" in refusal.value.sentence
    ended = closing.propose_closing(by=cast.handler, case=case, ground="execution_ended", text="当事人死亡")
    assert ended.state == "closing"


def test_carried_out_in_full_needs_the_land_restored_where_ordered(cast):
    case = making.decided_case(cast, orders=["restore_land"])
    case = making.handed_over(cast, making.paid(cast, making.served(cast, case)))
    values = {"by": cast.handler, "case": case, "ground": "executed", "text": "完了"}
    looked = {"by": cast.handler, "case": case}
    with pytest.raises(Refused, match="还没有：恢复原状的验收"):
        closing.propose_closing(**values)
    completion.check_restoration(**looked, result=completion.CheckResult(making.ago(2), False, "复绿"))
    with pytest.raises(Refused, match="还没有：恢复原状的验收"):
        closing.propose_closing(**values)
    completion.check_restoration(**looked, result=completion.CheckResult(making.ago(1), True, "复绿"))
    assert closing.propose_closing(**values).state == "closing"


def test_what_was_taken_back_after_the_proposal_stops_the_approval(cast):
    case = making.closing_case(cast)
    paid = Payment.objects.get()
    execution.withdraw_payment(by=cast.handler, case=case, payment=paid, reason="录入重复")
    with pytest.raises(Refused, match="没有缴清"):
        closing.approve_closing(by=cast.deputy, case=case)
    assert closing.return_closing(by=cast.deputy, case=case, opinion="未缴清").state == "execution"


def test_things_not_carried_out_show_as_a_flag(cast):
    case = closing.approve_closing(by=cast.deputy, case=making.unhanded_closing(cast))
    assert "not_carried_out" in case.flags
    assert "not_carried_out" not in making.handed_over(cast, case).flags


def test_carried_out_in_full_needs_what_was_confiscated_handed_over(cast):
    """自然资源行政处罚办法第四十六条第一款第（四）项"""
    case = making.served(cast, making.paid(cast, making.decided_case(cast)))
    closed = {"by": cast.handler, "ground": "executed", "text": "完了"}
    with pytest.raises(Refused, match="还没有：没收违法采出的矿产品") as refusal:
        closing.propose_closing(case=case, **closed)
    assert refusal.value.missing == (("移交、拆除和验收的登记", "execution"),)
    assert closing.propose_closing(case=making.handed_over(cast, case), **closed).state == "closing"


def test_carried_out_in_full_needs_it_served_on_every_party(cast):
    """自然资源行政处罚办法第四十六条第一款第（四）项; 行政处罚法第六十一条"""
    case = making.filed_case(cast, signed_on=making.ago(20))
    case = investigation.record_party(by=cast.handler, case=case, **making.suspect("李四", making.OTHER_ID))
    first, second = (row.party for row in case.parties.order_by("pk"))
    fines = [{**making.FINE, "party": first}, {**making.MINERALS, "party": second}]
    case = making.recorded_decision(cast, making.mined(cast, case), items=fines)
    case = making.handed_over(cast, making.paid(cast, making.served(cast, case, parties=[first])))
    closed = {"by": cast.handler, "ground": "executed", "text": "完了"}
    with pytest.raises(Refused, match="不能按执行完毕结案。还没有送达：李四。.*第六十一条") as refusal:
        closing.propose_closing(case=case, **closed)
    assert refusal.value.missing == (("各当事人的送达", "decisions"),)
    case = closing.propose_closing(case=making.served(cast, case, parties=[second]), **closed)
    row = PartyService.objects.get(party=second)
    case = serving.withdraw_service(by=cast.handler, case=case, service=row, reason="回证是另一份的")
    with pytest.raises(Refused, match="还没有送达：李四"):
        closing.approve_closing(by=cast.deputy, case=case)


def test_a_decision_on_whom_nobody_knows_who_is_served_once(cast):
    case = making.handed_over(cast, making.paid(cast, making.decided_case(cast)))
    case.parties.all().delete()
    PenaltyItem.objects.update(party=None)
    made = Decision.objects.get()
    assert service.unserved([made]) == (made.number,)
    making.served(cast, made.case)
    assert service.unserved(Decision.objects.all()) == ()


def test_execution_is_no_ground_without_a_decision(cast):
    case = making.filed_case(cast)
    with pytest.raises(Refused, match="没有作出处罚决定"):
        closing.propose_closing(by=cast.handler, case=case, ground="executed", text="完了")
    with pytest.raises(Refused, match="处理结果"):
        closing.propose_closing(by=cast.handler, case=case, ground="terminated", text=" ")


def test_wrong_states_are_refused(cast):
    with pytest.raises(Refused, match="立案待批"):
        closing.propose_closing(by=cast.handler, case=making.proposed_case(cast), ground="other", text="x")
    with pytest.raises(Refused, match="现在是“执行”"):
        closing.approve_closing(by=cast.deputy, case=making.decided_case(cast))


def test_who_may(cast, sign_in):
    case = making.closing_case(cast)
    assert_only(cast, sign_in, case, "propose_closing", "handler")
    assert_only(cast, sign_in, case, "approve_closing", "deputy", "chief", "handler")
    assert_only(cast, sign_in, case, "return_closing", "deputy", "chief")


def test_through_the_pages(cast, sign_in):
    case = making.all_served(cast, making.handed_over(cast, making.paid(cast, making.decided_case(cast))))
    post(sign_in(cast.handler), case, "propose_closing", ground="executed", text="已缴清")
    response = post(sign_in(cast.chief), case, "approve_closing")
    case.refresh_from_db()
    assert (response.status_code, case.state) == (302, "closed")
