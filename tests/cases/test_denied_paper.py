"""A proposer files in the chief's name with any picture: the chief is told, and what he says counts."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Answer, Approval, Posting, User
from accounts.paper_pages import settle_url
from accounts.services import paper_answers, paper_reading
from accounts.services.signing import Signature
from cases.models import Case
from cases.services import closing, deciding, filing, referral, reviewing
from common.errors import Refused
from reminders.models import Notice
from reminders.services import outbox
from tests.cases import making
from tests.cases.denying import approval_of, confirm, deny, typed_filing
from tests.cases.pages import at, last_entry, post


def told(person) -> list[str]:
    """The titles in a person's inbox."""
    outbox.deliver_to(person)
    return list(Notice.objects.filter(recipient=person).values_list("title", flat=True))


def page(client, thing) -> str:
    return client.get(thing.get_absolute_url()).content.decode()


def sheet(approval) -> str:
    return approval.signed_paper.get_absolute_url()


def test_the_attack(cast, sign_in):
    """A picture, the chief's name, and the case is filed: until the chief opens his inbox."""
    case = making.proposed_case(cast)
    typed = {"signer": cast.chief.pk, "signed_on": making.ago(1).isoformat(), "scan": making.scan()}
    assert post(sign_in(cast.handler), case, "approve_filing", **typed).status_code == 302
    assert told(cast.chief) == ["有一件以您的名义录入的线下签批，请核对"]
    notice = Notice.objects.get(recipient=cast.chief)
    chief = sign_in(cast.chief)
    shown = chief.get(notice.url).content.decode()
    assert "李承办" in shown and "批准立案" in shown and "呈批表.pdf" in shown
    approval = approval_of(case)
    assert "未在系统确认" in page(sign_in(cast.prefecture), case)
    answer = chief.post(
        sheet(approval) + "deny/", {"approvals": [approval.pk], "words": "那天在太原开会", "_key": "k"}
    )
    assert answer.status_code == 302
    case.refresh_from_db()
    assert case.flags[0] == "paper_denied"
    for part in ("deputy", "brigade_head", "handler", "legal", "prefecture"):
        shown = page(sign_in(getattr(cast, part)), case)
        assert "签批人否认：" in shown and "那天在太原开会" in shown, part
    for part in ("deputy", "brigade_head", "prefecture"):
        desk = sign_in(getattr(cast, part)).get("/").content.decode()
        assert "签批人否认批准立案的线下签批" in desk, part
        assert "有签批人否认一件线下签批，请核实处理" in told(getattr(cast, part)), part
    assert "有签批人否认一件线下签批，请核实处理" in told(cast.handler)
    for part in ("neighbour_chief", "police", "system_admin", "other_prefecture", "legal", "intake"):
        assert "签批人否认" not in sign_in(getattr(cast, part)).get("/").content.decode(), part
        assert not [title for title in told(getattr(cast, part)) if "否认" in title], part


def test_the_message_carries_no_name_and_no_number(cast):
    case = typed_filing(cast)
    deny(cast.chief, case)
    for title in [*told(cast.chief), *told(cast.deputy)]:
        assert case.number not in title and "周" not in title and "李承办" not in title


def test_a_paper_nobody_answered_for_stands_as_before(cast):
    case = typed_filing(cast)
    assert "paper_denied" not in case.flags
    assert paper_reading.state_of(approval_of(case)) == paper_reading.NOT_CONFIRMED


def test_a_confirmed_paper_says_so_beside_the_approval(cast, sign_in):
    case = typed_filing(cast)
    confirm(cast.chief, case)
    assert "签批人已确认" in page(sign_in(cast.prefecture), case)
    assert last_entry(case).label == "确认线下签批"


def test_a_denial_stands_in_the_record_of_the_case(cast):
    case = typed_filing(cast)
    deny(cast.chief, case)
    entry = last_entry(case)
    assert (entry.label, entry.actor, entry.reason) == (
        "否认线下签批",
        cast.chief,
        "那天在太原开会，没有见过这张表",
    )
    assert entry.changes["批准立案"] == ["", "不是我签的"]


def ready_to_decide(cast):
    """A case filed on paper, with a decision that waits."""
    case = typed_filing(cast)
    return making.weighed_decision(cast, making.mined(cast, case))


def test_no_decision_is_approved_on_a_filing_that_its_signer_denies(cast):
    case = ready_to_decide(cast)
    deny(cast.chief, case)
    with pytest.raises(Refused, match="对签批人否认的处理"):
        deciding.approve_decision(by=cast.deputy, case=case)
    with pytest.raises(Refused, match="对签批人否认的处理"):
        paper = Signature(signer=cast.deputy, signed_on=making.ago(0), scan=making.scan())
        deciding.approve_decision(by=cast.handler, case=case, signature=paper)
    confirm(cast.chief, case, "翻了笔记，是出差前签的")
    assert deciding.approve_decision(by=cast.deputy, case=case).state == "execution"


def test_no_case_is_closed_on_a_filing_that_its_signer_denies(cast):
    case = typed_filing(cast)
    deny(cast.chief, case)
    case = closing.propose_closing(by=cast.handler, case=case, ground="terminated", text="违法事实不成立")
    with pytest.raises(Refused, match="对签批人否认的处理"):
        closing.approve_closing(by=cast.deputy, case=case)
    settle(cast.deputy, case, Answer.UNDONE, "查明冒用，按撤销立案办理")
    case.refresh_from_db()
    assert closing.approve_closing(by=cast.deputy, case=case).state == "closed"


def test_what_is_prepared_or_recorded_is_not_held_up(cast):
    """A denial stops approvals; facts are still entered, and the proposal for whoever settles it."""
    case = typed_filing(cast)
    deny(cast.chief, case)
    assert making.proposed_decision(cast, making.mined(cast, case)).state == "decision"


def referral_on_paper(cast):
    """A referral whose approval by the chief was typed from paper."""
    waiting = making.proposed_referral(cast)
    paper = Signature(signer=cast.chief, signed_on=making.ago(0), scan=making.scan())
    return referral.approve_referral(by=cast.handler, referral=waiting, signature=paper)


def test_no_referral_goes_out_that_the_chief_denies(cast):
    approved = referral_on_paper(cast)
    deny(cast.chief, approved)
    assert "paper_denied" in Case.objects.get(pk=approved.case_id).flags
    with pytest.raises(Refused, match="对签批人否认的处理"):
        referral.send_referral(by=cast.handler, referral=approved, sent_on=making.ago(0))
    settle(cast.chief, approved, Answer.SIGNED_ANEW, "同意移送")
    assert "paper_denied" not in Case.objects.get(pk=approved.case_id).flags
    approved.refresh_from_db()
    assert referral.send_referral(by=cast.handler, referral=approved, sent_on=making.ago(0)).state == "sent"


def test_the_deputy_settles_no_denial_that_only_the_chief_signs(cast):
    approved = referral_on_paper(cast)
    deny(cast.chief, approved)
    with pytest.raises(Refused, match="由能签批这件事的负责人处理"):
        settle(cast.deputy, approved, Answer.SIGNED_ANEW, "同意移送")


def settle(person, thing, how=Answer.SIGNED_ANEW, words="已审阅，同意立案"):
    """A leader settles the denial of a thing's newest approval on paper."""
    return paper_answers.settle_denial(by=person, approval=approval_of(thing), how=how, words=words)


def test_a_leader_signs_anew(cast, sign_in):
    case = typed_filing(cast)
    denied = deny(cast.chief, case)
    settle(cast.deputy, case)
    case.refresh_from_db()
    anew = Approval.objects.latest("pk")
    assert (anew.act, anew.signer, anew.on_paper, anew.agreed) == ("approve_filing", cast.deputy, False, True)
    assert paper_reading.state_of(denied) == paper_reading.SETTLED
    assert "paper_denied" not in case.flags
    assert last_entry(case).label == "处理签批否认"
    shown = page(sign_in(cast.prefecture), case)
    assert "签批人否认：" not in shown and "曾被否认，已处理" in shown and "已审阅，同意立案" in shown


def test_the_signer_may_settle_their_own_denial_by_signing_now(cast):
    case = typed_filing(cast)
    deny(cast.chief, case)
    settle(cast.chief, case)
    case.refresh_from_db()
    assert "paper_denied" not in case.flags


@pytest.mark.parametrize(
    "part", ["handler", "brigade_head", "legal", "prefecture", "neighbour_chief", "intake"]
)
def test_who_leads_not_the_office_settles_nothing(cast, part):
    case = typed_filing(cast)
    deny(cast.chief, case)
    with pytest.raises(Refused):
        settle(getattr(cast, part), case)
    case.refresh_from_db()
    assert "paper_denied" in case.flags


def test_who_typed_or_proposed_it_settles_nothing(cast):
    """Also where they hold a leader's post."""
    case = typed_filing(cast, by=cast.second_handler)
    deny(cast.chief, case)
    for person in (cast.handler, cast.second_handler):
        Posting.objects.create(user=person, agency=cast.county, role="deputy", since=making.ago(9))
        with pytest.raises(Refused, match="另一名负责人"):
            settle(User.objects.get(pk=person.pk), case, Answer.UNDONE, "没有问题")


def with_posts(person, *names):
    """The person with these posts of the county beside their own."""
    for name in names:
        Posting.objects.create(user=person, agency=person.postings.first().agency, role=name)
    return User.objects.get(pk=person.pk)


def test_who_handles_the_case_settles_no_denial_of_its_review(cast):
    """行政处罚法第五十八条: whoever may not review it may not say either that its review is in order"""
    case = making.proposed_decision(cast)
    typed = Signature("同意", cast.legal, making.ago(0), making.scan())
    case = reviewing.review_decision(by=cast.handler, case=case, signature=typed, qualification="A2018")
    denied = deny(cast.legal, case)
    second, other = with_posts(cast.second_handler, "deputy", "legal"), with_posts(cast.deputy, "legal")
    denied.thing = case
    assert settle_url(other, denied) and not settle_url(second, denied)
    with pytest.raises(Refused, match="您是协办人，签批否认请由另一人处理"):
        settle(second, case, Answer.UNDONE, "没有问题")
    settle(other, case, Answer.UNDONE, "已重新审核")


def test_a_denial_is_settled_once_and_with_words(cast):
    case = typed_filing(cast)
    deny(cast.chief, case)
    with pytest.raises(Refused, match="处理情况"):
        settle(cast.deputy, case, words=" ")
    with pytest.raises(Refused, match="请选择怎样处理"):
        settle(cast.deputy, case, how=Answer.CONFIRMED)
    settle(cast.deputy, case)
    with pytest.raises(Refused, match="没有待处理的否认"):
        paper_answers.settle_denial(
            by=cast.deputy,
            approval=Approval.objects.filter(on_paper=True).get(),
            how="undone",
            words="又一次",
        )


def test_a_leader_settles_it_on_the_page_that_the_flag_names(cast, sign_in):
    case = typed_filing(cast)
    denied = deny(cast.chief, case)
    address = f"/accounts/papers/denials/{denied.pk}/settle/"
    deputy = sign_in(cast.deputy)
    assert address in page(deputy, case)
    assert "那天在太原开会" in deputy.get(address).content.decode()
    done = deputy.post(address, {"how": "signed_anew", "words": "已审阅，同意立案", "_key": "k"})
    assert (done.status_code, done.url) == (302, case.get_absolute_url())
    assert deputy.get(address).status_code == 404
    assert address not in page(sign_in(cast.handler), case)


def test_a_refusal_typed_in_a_leaders_name_is_denied_as_well(cast):
    case = making.proposed_case(cast)
    paper = Signature("证据不足", cast.deputy, making.ago(1), making.scan())
    case = filing.refuse_filing(by=cast.handler, case=case, signature=paper)
    deny(cast.deputy, case)
    assert case.flags[0] == "paper_denied"
    settle(cast.chief, case, words="不予立案")
    assert Approval.objects.latest("pk").agreed is False


def test_the_page_of_a_case_costs_the_same_with_many_papers(cast, sign_in):
    case = typed_filing(cast)
    deny(cast.chief, case)
    client = sign_in(cast.prefecture)
    client.get(at(case, "detail"))
    with CaptureQueriesContext(connection) as one:
        client.get(at(case, "detail"))
    approval = approval_of(case)
    for act in ("approve_decision", "approve_closing"):
        approval.pk, approval.act = None, act
        approval.save(force_insert=True)
        deny(cast.chief, case)
    with CaptureQueriesContext(connection) as three:
        client.get(at(case, "detail"))
    assert len(three) <= len(one)
