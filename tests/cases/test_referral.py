"""呈批移送, 批准, 不批准, 移送: the head alone decides; the package and the clocks."""

import pytest
from django.utils import timezone

from accounts.models import Grant, local_today
from accounts.services.signing import Signature
from cases.services import referral
from common.errors import Forbidden, Refused
from reminders.models import Outbox
from tests.cases import making
from tests.cases.pages import assert_only, at, last_entry, open_clocks, post


def test_a_report_gives_the_head_three_days(cast):
    one = making.proposed_referral(cast, proposed_on=making.ago(1))
    clock = open_clocks(one)["referral_decide"]
    assert (one.state, clock.counted_from) == ("proposed", making.ago(1))
    assert (clock.due_at.date() - making.ago(1)).days == 3
    assert last_entry(one).changes["抄送检察院"] == ["", "交城县人民检察院"]


def test_it_goes_to_the_police_with_a_copy_to_the_procuratorate(cast):
    case = making.mined(cast, making.filed_case(cast), value="200000")
    values = {"by": cast.handler, "case": case}
    said = {"crime": "非法采矿罪", "report": "x"}
    with pytest.raises(Refused, match="请选公安机关"):
        referral.propose_referral(
            **values,
            proposal=referral.ReferralProposal(to_agency=cast.county, copied_to=cast.procuratorate, **said),
        )
    with pytest.raises(Refused, match="抄送检察机关"):
        referral.propose_referral(
            **values, proposal=referral.ReferralProposal(to_agency=cast.police_office, copied_to=None, **said)
        )


def test_one_at_a_time(cast):
    one = making.proposed_referral(cast)
    with pytest.raises(Refused, match="已有一件移送"):
        making.proposed_referral(cast, one.case)


def test_the_deputy_may_not_decide(cast, sign_in):
    one = making.proposed_referral(cast)
    with pytest.raises(Forbidden, match="主要负责人"):
        referral.approve_referral(by=cast.deputy, referral=one)
    with pytest.raises(Refused, match="不能签批"):
        referral.approve_referral(
            by=cast.handler,
            referral=one,
            signature=Signature(signer=cast.deputy, signed_on=local_today(), scan=making.scan()),
        )
    assert_only(cast, sign_in, one, "approve_referral", "chief", "handler")
    assert_only(cast, sign_in, one, "refuse_referral", "chief", "handler")


def test_who_presides_may_sign_with_a_dated_authority(cast):
    one = making.proposed_referral(cast)
    cast.chief.authorities_given.create(
        delegate=cast.deputy,
        agency=cast.county,
        since=making.ago(9),
        until=making.ago(-9),
        recorded_by=cast.chief,
    )
    one = referral.approve_referral(
        by=cast.handler,
        referral=one,
        signature=Signature(signer=cast.deputy, signed_on=local_today(), scan=making.scan()),
    )
    assert one.state == "approved"


def test_approval_starts_the_twenty_four_hours(cast):
    one = making.approved_referral(cast)
    clocks = open_clocks(one)
    assert set(clocks) == {"referral_send"}
    assert clocks["referral_send"].due_at == one.approved_at + timezone.timedelta(hours=24)


def test_on_paper_the_hours_count_from_the_end_of_that_day(cast):
    one = making.proposed_referral(cast, proposed_on=making.ago(2))
    one = referral.approve_referral(
        by=cast.handler,
        referral=one,
        signature=Signature(signer=cast.chief, signed_on=making.ago(2), scan=making.scan()),
    )
    due = timezone.localtime(open_clocks(one)["referral_send"].due_at)
    assert (due.date(), due.hour) == (making.ago(1), 18)


def test_a_refusal_is_recorded_with_its_reason(cast):
    one = making.proposed_referral(cast)
    with pytest.raises(Refused, match="理由须记录在案"):
        referral.refuse_referral(by=cast.chief, referral=one, signature=Signature(opinion=" "))
    one = referral.refuse_referral(by=cast.chief, referral=one, signature=Signature(opinion="数额不足"))
    assert (one.state, one.refusal_reason, last_entry(one).reason) == ("refused", "数额不足", "数额不足")
    assert open_clocks(one) == {}


def test_sending_gives_number_grants_and_clocks(cast):
    one = making.sent_referral(cast)
    assert one.number == f"交自然资移字〔{local_today().year}〕1号"
    grants = Grant.objects.in_force().filter(kind="case", object_id=one.case_id)
    assert {grant.agency for grant in grants} == {cast.police_office, cast.procuratorate}
    assert set(open_clocks(one)) == {"police_answer"}
    decide = open_clocks(one.case)["decide"]
    assert decide.suspended_on == local_today()
    assert "第三十八条" in decide.suspended_reason


def test_both_liaisons_are_told_without_names(cast):
    making.sent_referral(cast)
    owed = Outbox.objects.filter(kind="referral")
    assert {row.recipient for row in owed} == {cast.police, cast.procurator}
    assert all("张三丰" not in row.title for row in owed)


def test_it_is_sent_by_today_and_once(cast):
    one = making.approved_referral(cast)
    with pytest.raises(Refused, match="移送日期不能晚于今天"):
        referral.send_referral(by=cast.handler, referral=one, sent_on=making.ago(-1))
    one = referral.send_referral(by=cast.handler, referral=one, sent_on=local_today())
    with pytest.raises(Refused, match="现在是“已移送”"):
        referral.send_referral(by=cast.handler, referral=one, sent_on=local_today())


def test_nothing_is_sent_without_approval(cast, sign_in):
    one = making.proposed_referral(cast)
    with pytest.raises(Refused, match="现在是“移送待批”"):
        referral.send_referral(by=cast.handler, referral=one, sent_on=local_today())
    assert_only(cast, sign_in, one, "send_referral", "handler")


def test_through_the_pages(cast, sign_in):
    case = making.mined(cast, making.filed_case(cast), value="200000")
    handler = sign_in(cast.handler)
    post(handler, case, "add_case_files", files=[making.scan("笔录.pdf")], kind="笔录", stage="investigation")
    paper = case.files.get()
    form = handler.get(at(case, "propose_referral")).context["form"]
    assert form["to_agency"].value() == cast.police_office.pk
    response = post(
        handler,
        case,
        "propose_referral",
        crime="非法采矿罪",
        to_agency=cast.police_office.pk,
        copied_to=cast.procuratorate.pk,
        report="价值二十万元",
        package=[paper.pk],
    )
    one = case.referrals.get()
    assert response.url == one.get_absolute_url()
    paper.refresh_from_db()
    assert paper.for_police
    assert post(sign_in(cast.chief), one, "approve_referral").status_code == 302
    response = post(handler, one, "send_referral", sent_on=local_today().isoformat(), package=[paper.pk])
    one.refresh_from_db()
    assert (response.status_code, one.state) == (302, "sent")
