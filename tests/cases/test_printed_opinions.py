"""The printed 呈批表 carries what was said on screen; lines to write on stay where nobody has spoken."""

import re

from accounts.models import local_today
from accounts.services.signing import Signature
from cases.services import closing, deciding, filing, referral
from tests.cases import making
from tests.cases.pages import at

BLANK = "write-in--tall"


def cells(client, address: str) -> dict[str, str]:
    """{head: its cell} of the opinions on a form, tags and all."""
    page = client.get(address).content.decode()
    return dict(re.findall(r"<tr><th>([^<]+意见)</th>\s*(<td colspan=.*?</td>)", page, re.DOTALL))


def of_case(client, case, stage: str) -> dict[str, str]:
    """The same of a case's form of one stage."""
    return cells(client, f"/cases/{case.public_id}/approval-form/{stage}/")


def test_what_the_leader_said_stands_with_post_and_day(cast, sign_in):
    case = filing.approve_filing(
        by=cast.deputy, case=making.proposed_case(cast), signature=Signature(opinion="同意立案，尽快调查")
    )
    form = of_case(sign_in(cast.handler), case, "filing")
    said = form["主管领导意见"]
    for words in ("同意：同意立案，尽快调查", "陈副局", "分管负责人", local_today().isoformat()):
        assert words in said, words
    assert BLANK not in said
    assert "呈批立案" in form["承办人意见"] and "李承办" in form["承办人意见"]
    assert BLANK in form["承办机构意见"] and BLANK in form["审查意见"]


def test_while_an_answer_is_awaited_there_is_room_to_write_it(cast, sign_in):
    case = making.proposed_decision(cast)
    assert BLANK in of_case(sign_in(cast.handler), case, "decision")["主管领导意见"]
    deciding.return_decision(by=cast.deputy, case=case, opinion="裁量理由不足")
    making.proposed_decision(cast, type(case).objects.get(pk=case.pk))
    said = of_case(sign_in(cast.handler), case, "decision")["主管领导意见"]
    assert "退回：裁量理由不足" in said and BLANK in said


def test_of_closing_and_on_paper(cast, sign_in):
    case = closing.approve_closing(
        by=cast.handler,
        case=making.closing_case(cast),
        signature=Signature("同意结案", cast.deputy, local_today(), making.scan()),
    )
    said = of_case(sign_in(cast.handler), case, "closing")["主管领导意见"]
    assert "同意：同意结案" in said and "线下签批" in said


def test_of_a_referral(cast, sign_in):
    one = making.proposed_referral(cast)
    referral.refuse_referral(by=cast.chief, referral=one, signature=Signature(opinion="数额不足"))
    said = cells(sign_in(cast.handler), at(one, "referral_approval_form"))["主要负责人意见"]
    assert "不同意：数额不足" in said and "周局长" in said


def test_what_was_found_and_what_is_penalised_stand_a_line_each(cast, sign_in):
    case = making.mined(cast, making.filed_case(cast, signed_on=making.ago(20)), value="9000")
    case = making.occupied(cast, case)
    making.proposed_decision(cast, case)
    page = sign_in(cast.handler).get(f"/cases/{case.public_id}/approval-form/decision/").content.decode()
    assert "2.5亩<br>煤 820吨，价值9,000元</td>" in page
    assert "张三丰：罚款 84,000元<br>张三丰：没收违法采出的矿产品 820吨<br>" in page


def test_a_closing_says_what_is_not_handed_over(cast, sign_in):
    case = making.unhanded_closing(cast)
    page = sign_in(cast.handler).get(f"/cases/{case.public_id}/approval-form/closing/").content.decode()
    assert "张三丰：没收违法采出的矿产品 820吨，还没有登记移交</td>" in page
