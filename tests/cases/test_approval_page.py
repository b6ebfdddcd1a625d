"""The page on which a leader answers: the thing with its evidence, and three plain choices."""

import pytest

from accounts.models import Approval
from accounts.services.signing import Signature
from cases.services import carrying_out, filing_again
from tests.cases import making
from tests.cases.pages import at, last_entry, post


def shown(client, thing, act: str) -> str:
    """The page of an approval."""
    return client.get(at(thing, act)).content.decode()


def choices(client, thing, act: str) -> list[str]:
    """The words on its buttons."""
    return [each["word"] for each in client.get(at(thing, act)).context["answers"]]


def test_who_decides_sees_the_case_with_its_evidence(cast, sign_in):
    case = making.proposed_decision(cast, basis="矿产资源法有关规定")
    page = shown(sign_in(cast.deputy), case, "approve_decision")
    for said in (
        "未取得采矿权在西社镇某沟采煤",  # the facts
        "张三丰",  # the party
        "无证开采",  # the violation
        "测绘报告",  # what the finding rests on
        "84,000",  # the penalties
        "矿产资源法（2024）",  # with their articles
        "现场有采坑一处",  # what was seen on the ground
        "呈批处罚决定",  # who proposed
        "李承办",
    ):
        assert said in page, said
    for paper in case.files.all():
        assert paper.file.get_absolute_url() in page
    assert 'name="signer"' in page.partition("act__more")[2], "what is signed on paper is folded away"


def test_filing_shows_what_was_said_before(cast, sign_in):
    case = filing_again.return_filing(
        by=cast.deputy, case=making.proposed_case(cast), signature=Signature("补充现场照片")
    )
    case = filing_again.propose_filing_again(by=cast.handler, case=case, facts=case.facts, remark="已补")
    said = sign_in(cast.deputy).get(at(case, "approve_filing")).context["opinions"]
    assert [(row["said"], row["who"], row["opinion"]) for row in said] == [
        ("呈批立案", "李承办", ""),
        ("再次呈批立案", "李承办", "已补"),
        ("退回", "陈副局", "补充现场照片"),
    ]


@pytest.mark.parametrize(
    ("make", "act", "words"),
    [
        (making.proposed_case, "approve_filing", ["同意", "退回", "不同意"]),
        (making.weighed_decision, "approve_decision", ["同意", "退回"]),
        (making.closing_case, "approve_closing", ["同意", "退回"]),
        (making.proposed_referral, "approve_referral", ["同意", "退回", "不同意"]),
    ],
)
def test_the_choices_stand_on_one_page(cast, sign_in, make, act, words):
    assert choices(sign_in(cast.chief), make(cast), act) == words


def test_whichever_address_was_opened(cast, sign_in):
    case = making.proposed_case(cast)
    assert choices(sign_in(cast.deputy), case, "return_filing") == ["同意", "退回", "不同意"]
    assert choices(sign_in(cast.deputy), case, "refuse_filing") == ["同意", "退回", "不同意"]


@pytest.mark.parametrize(
    ("make", "act", "answer", "state"),
    [
        (making.proposed_case, "approve_filing", "return_filing", "drafted"),
        (making.proposed_case, "approve_filing", "refuse_filing", "refused"),
        (making.proposed_case, "return_filing", "approve_filing", "investigation"),
        (making.proposed_decision, "approve_decision", "return_decision", "investigation"),
        (making.closing_case, "approve_closing", "return_closing", "execution"),
        (making.proposed_referral, "approve_referral", "return_referral", "returned"),
        (making.proposed_referral, "approve_referral", "refuse_referral", "refused"),
    ],
)
def test_the_button_says_which_is_done(cast, sign_in, make, act, answer, state):
    thing = make(cast)
    response = post(sign_in(cast.chief), thing, act, answer=answer, opinion="材料不全", number="")
    assert response.status_code == 302
    thing.refresh_from_db()
    assert thing.state == state
    assert (last_entry(thing).act, last_entry(thing).reason) == (answer, "材料不全")
    assert Approval.objects.latest("pk").act == answer


@pytest.mark.parametrize("answer", ["return_decision", "return_filing", "refuse_filing"])
def test_sending_back_and_refusing_need_words(cast, sign_in, answer):
    stage = answer.partition("_")[2]
    make = {"decision": making.proposed_decision, "filing": making.proposed_case}[stage]
    response = post(sign_in(cast.deputy), make(cast), f"approve_{stage}", answer=answer, opinion=" ")
    assert response.status_code == 422
    assert 'id="id_opinion_error"' in response.content.decode()


def test_an_answer_of_another_page_is_none(cast, sign_in):
    case = making.proposed_case(cast)
    post(sign_in(cast.deputy), case, "approve_filing", answer="revoke_decision", opinion="同意")
    case.refresh_from_db()
    assert case.state == "investigation"


def test_who_types_from_paper_is_offered_what_can_be_typed(cast, sign_in):
    page = sign_in(cast.handler).get(at(making.proposed_decision(cast), "approve_decision"))
    assert [(each["word"], each["typed"]) for each in page.context["answers"]] == [("同意", True)]
    assert "录入签批件：同意" in page.content.decode()
    assert 'name="signer"' in page.content.decode().partition("act__more")[0]


def test_a_return_in_the_system_takes_no_paper(cast, sign_in):
    response = post(
        sign_in(cast.deputy),
        making.proposed_decision(cast),
        "approve_decision",
        answer="return_decision",
        opinion="材料不全",
        signer=cast.deputy.pk,
        signed_on=making.ago(1),
        scan=making.scan(),
    )
    assert response.status_code == 422
    assert "在纸上签批的，在这里只录入同意" in response.content.decode()


def test_why_it_cannot_be_agreed_to_stands_beside_the_others(cast, sign_in):
    case = making.mined(cast, making.filed_case(cast, signed_on=making.ago(20)))
    case = making.weighed_decision(cast, case)
    making.mined(cast, case, value="200000")
    page = sign_in(cast.deputy).get(at(case, "approve_decision"))
    assert [each["word"] for each in page.context["answers"]] == ["退回"]
    (said,) = page.context["unanswerable"]
    assert said.startswith("现在不能同意：还缺：移送公安机关或不批准移送的记录。")
    assert "不能以罚代移" in said and "第十一条" in said


@pytest.mark.parametrize(
    ("make", "act", "person", "words"),
    [
        (making.proposed_case, "approve_filing", "deputy", "退回、不同意的，须写明理由"),
        (making.proposed_decision, "approve_decision", "deputy", "退回的，须写明理由"),
        (making.closing_case, "approve_closing", "deputy", "退回的，须写明理由"),
        (making.proposed_decision, "approve_decision", "handler", ""),
    ],
)
def test_only_answers_that_are_offered_are_spoken_of(cast, sign_in, make, act, person, words):
    page = sign_in(getattr(cast, person)).get(at(make(cast), act))
    assert page.context["form"].fields["opinion"].help_text == words


def test_the_way_back_is_not_taken_for_sending_back(cast, sign_in):
    page = shown(sign_in(cast.deputy), making.proposed_case(cast), "approve_filing")
    assert ">回到案件</a>" in page and ">返回</a>" not in page
    page = shown(sign_in(cast.chief), making.proposed_referral(cast), "approve_referral")
    assert ">回到移送</a>" in page


def test_closing_says_what_is_not_handed_over(cast, sign_in):
    case = making.unhanded_closing(cast)
    words = [row for row in closing_rows(sign_in(cast.deputy), case) if row["label"] == "没收和拆除"]
    assert [(row["value"], row["flags"]) for row in words] == [
        ("张三丰：没收违法采出的矿产品 820吨", [("还没有登记移交", "amber")])
    ]
    item = case.decisions.get().items.get(kind="confiscate_minerals")
    values = {"item": item, "happened_on": making.ago(1), "note": "移交县财政局。"}
    carrying_out.carry_out_item(by=cast.handler, case=case, **values)
    (row,) = [row for row in closing_rows(sign_in(cast.deputy), case) if row["label"] == "没收和拆除"]
    assert row["flags"] == [("已登记移交", "green")]
    assert row["value"].endswith(f"820吨，{making.ago(1)} 移交县财政局")


def closing_rows(client, case) -> list[dict]:
    """呈批内容 of a closing before its leader."""
    return client.get(at(case, "approve_closing")).context["summary"]


def test_findings_have_no_column_without_a_button(cast, sign_in):
    page = shown(sign_in(cast.deputy), making.proposed_decision(cast), "approve_decision")
    table = page.partition('id="facts"')[2].partition("</table>")[0]
    assert "认定日期" in table and "操作" not in table
