"""法制审核: what is 重大 is reviewed before it is decided, never by who handles the case."""

import pytest
from django.utils import timezone

from accounts.models import Standard, local_today
from accounts.services.signing import Signature
from cases import desk, showing
from cases.models import LegalReview
from cases.services import deciding, flags, guards, reviewing
from common.errors import Refused
from law import large_fines
from law.statutes import citations, unheld
from tests.cases import making
from tests.cases.pages import assert_only, at, last_entry, post
from tests.desks import sent_by, waiting_for

LAND = {**making.FINE, "side": "land"}


def review(cast, case, **more):
    values = {"by": cast.legal, "qualification": "A2018", "signature": Signature(opinion="同意"), **more}
    return reviewing.review_decision(case=case, **values)


def light(cast, **more):
    """A fine alone, on land: nothing of it is 重大 by itself."""
    case = making.occupied(cast, making.filed_case(cast, signed_on=making.ago(20)))
    return making.proposed_decision(cast, case, items=[LAND], **more)


def test_a_major_decision_is_not_made_without_its_review(cast):
    """行政处罚法第五十八条; 自然资源行政处罚办法第三十二条"""
    case = making.proposed_decision(cast)
    assert "to_review" in case.flags
    with pytest.raises(Refused, match="还缺：法制审核.*不能作出.*第五十八条") as said:
        deciding.approve_decision(by=cast.deputy, case=case)
    assert said.value.missing == (("法制审核", "decisions"),)
    case = review(cast, case)
    assert "to_review" not in case.flags
    assert deciding.approve_decision(by=cast.deputy, case=case).state == "execution"


def test_who_reviewed_when_and_what_they_said_is_kept(cast):
    case = review(cast, making.proposed_decision(cast))
    row = LegalReview.objects.get()
    assert (row.passed, row.reviewer, row.reviewed_on) == (True, "法审核", local_today())
    assert (row.opinion, row.qualification, row.approval.signer) == ("同意", "A2018", cast.legal)
    assert last_entry(case).changes["法制审核"][1] == f"{local_today()} 法审核 通过"


def test_who_proposed_sees_that_it_waits_for_its_review_first(cast):
    case = making.proposed_decision(cast)
    (line,) = (each for each in sent_by(desk, cast.handler) if each.thing == str(case))
    assert (line.what, line.to) == ("处罚决定待法制审核", "法制审核人员")
    review(cast, case)
    (line,) = (each for each in sent_by(desk, cast.handler) if each.thing == str(case))
    assert (line.what, line.to) == ("处罚决定待批", desk.LEADERS)


def test_a_fine_alone_needs_none(cast):
    case = light(cast)
    assert "to_review" not in case.flags
    assert deciding.approve_decision(by=cast.deputy, case=case).state == "execution"


def review_asked(case):
    """What the law's gate says of the decision that waits."""
    said = guards.decision_stops(case, case.decisions.get())
    return next(stop for stop in said if stop.gate.code == "G10")


@pytest.mark.parametrize(
    ("kind", "article"),
    [
        ("suspend_licence", "第三十四条第一款第（五）项"),
        ("lower_grade", "第三十四条第一款第（五）项"),
        ("suspend_business", "第三十四条第一款第（六）项"),
        ("revoke_licence", "自然资源执法监督规定"),
    ],
)
def test_what_takes_a_licence_or_shuts_a_business_is_major(cast, kind, article):
    """行政处罚法第五十八条第一款第（二）项、第六十三条第一款；自然资源行政处罚办法第三十四条"""
    case = making.occupied(cast, making.filed_case(cast, signed_on=making.ago(20)))
    basis = "本机关为原发证机关"
    case = making.proposed_decision(cast, case, items=[LAND, {"kind": kind, "side": "land"}], basis=basis)
    assert "to_review" in case.flags
    with pytest.raises(Refused, match="还缺：法制审核"):
        deciding.approve_decision(by=cast.deputy, case=case)
    assert article in review_asked(case).article


def test_what_calls_a_confiscation_major_is_named_and_that_its_text_is_not_held(cast):
    """自然资源行政处罚办法第三十二条: 适用自然资源执法监督规定"""
    case = making.proposed_decision(cast)
    assert review_asked(case).article.startswith("自然资源执法监督规定；行政处罚法第五十八条")
    assert "自然资源执法监督规定" not in review_asked(light(cast, serious=True)).article
    (one,) = citations("自然资源执法监督规定")
    assert "原文未收录" in unheld(one)


def test_what_the_handler_holds_for_complex_is_reviewed_and_discussed(cast):
    """行政处罚法第五十七条第二款、第五十八条第一款第（三）项"""
    assert {"to_review", "to_discuss"} <= set(light(cast, serious=True).flags)


def large_from(yuan):
    """吕梁's province calls a fine on a person large from this on."""
    Standard.objects.create(
        key=large_fines.OF_PERSON,
        value=yuan,
        unit="元",
        valid_from=making.ago(400),
        document="示例",
        region_id="140000",
    )


@pytest.mark.parametrize(("amount", "asked"), [(84000, True), (84001, False)])
def test_a_large_fine_is_what_its_place_says(cast, amount, asked):
    large_from(amount)
    assert ("to_review" in light(cast).flags) is asked


@pytest.mark.parametrize(("limit", "flagged"), [(84000, True), (84001, False)])
def test_a_large_fine_issued_unreviewed_is_flagged(cast, limit, flagged):
    """行政处罚法第五十八条第一款"""
    case = making.occupied(cast, making.filed_case(cast, signed_on=making.ago(20)))
    case = making.recorded_decision(cast, case, items=[LAND])
    large_from(limit)
    assert "unreviewed" not in flags.renew(case).flags
    LegalReview.objects.all().delete()
    assert ("unreviewed" in flags.renew(case).flags) is flagged


def test_a_refused_review_sends_it_back_and_nothing_is_decided(cast, sign_in):
    case = making.proposed_decision(cast)
    with pytest.raises(Refused, match="写明理由"):
        reviewing.refuse_review(by=cast.legal, case=case, opinion=" ")
    case = reviewing.refuse_review(by=cast.legal, case=case, opinion="裁量理由不足")
    assert (case.state, case.decisions.get().state) == ("investigation", "returned")
    with pytest.raises(Refused, match="现在是“调查”"):
        deciding.approve_decision(by=cast.deputy, case=case)
    assert "裁量理由不足" in sign_in(cast.handler).get(at(case, "propose_decision")).content.decode()
    case = making.proposed_decision(cast, case)
    assert "to_review" in case.flags


@pytest.mark.parametrize("part", ["handler", "second_handler"])
def test_who_handles_the_case_does_not_review_it(cast, part):
    person = getattr(cast, part)
    person.postings.create(agency=cast.county, role="legal")
    both = type(person).objects.get(pk=person.pk)
    case = making.proposed_decision(cast)
    label = {"handler": "承办人", "second_handler": "协办人"}[part]
    with pytest.raises(Refused, match=f"您是{label}，法制审核须由另一人办理：法审核。"):
        review(cast, case, by=both)
    rows = {row["name"]: row for row in showing.next_acts(both, case)}
    assert not rows["review_decision"]["open"] and rows["review_decision"]["why"].endswith("：法审核。")
    assert "法制审核" not in {task.what for task in waiting_for(desk, both, timezone.now())}
    typed = Signature(signer=both, signed_on=local_today(), scan=making.scan(), opinion="同意")
    with pytest.raises(Refused, match=f"{both.name}是{label}"):
        review(
            cast, case, by=cast.handler if part == "second_handler" else cast.second_handler, signature=typed
        )


def test_where_nobody_else_may_review_that_is_said(cast):
    cast.legal.postings.all().delete()
    cast.second_handler.postings.create(agency=cast.county, role="legal")
    both = type(cast.legal).objects.get(pk=cast.second_handler.pk)
    with pytest.raises(Refused, match="本单位现在没有别人有这个岗位"):
        review(cast, making.proposed_decision(cast), by=both)


def test_a_reviewer_says_what_qualifies(cast):
    """行政处罚法第五十八条第二款"""
    with pytest.raises(Refused, match="法律职业资格"):
        review(cast, making.proposed_decision(cast), qualification=" ")


def test_on_paper_it_is_typed_by_the_handler_with_its_scan(cast):
    signature = Signature(signer=cast.legal, signed_on=making.ago(1), scan=making.scan(), opinion="同意")
    case = review(cast, making.proposed_decision(cast), by=cast.handler, signature=signature)
    assert LegalReview.objects.get().reviewed_on == making.ago(1)
    assert case.files.filter(kind="法制审核意见书（签字）").exists()


def test_a_review_taken_back_counts_no_more(cast):
    case = review(cast, making.proposed_decision(cast))
    case = reviewing.withdraw_review(by=cast.legal, case=case, reason="看错了版本")
    assert "to_review" in case.flags
    with pytest.raises(Refused, match="还缺：法制审核"):
        deciding.approve_decision(by=cast.deputy, case=case)
    assert "to_review" not in review(cast, case).flags


def test_where_the_law_is_unsure_the_review_is_the_word_on_the_reason(cast):
    """矿产资源勘查区块登记管理办法第二十七条: K24 before 2025-07-01"""
    case = making.filed_case(cast, signed_on=making.ago(20))
    case.violations.update(code="K24")
    case.act_ended_on = making.ago(200).replace(year=2025, month=6, day=30)
    case.save()
    case = making.mined(cast, case, income="9000", value="9000")
    fine = {**making.FINE, "amount": 1000}
    case = making.proposed_decision(cast, case, items=[fine], opt_outs={"income": "已全部退赔"})
    assert "to_review" in case.flags
    with pytest.raises(Refused, match="还缺：法制审核"):
        deciding.approve_decision(by=cast.deputy, case=case)
    assert deciding.approve_decision(by=cast.deputy, case=review(cast, case)).state == "execution"


def test_one_issued_unreviewed_is_flagged_however_long_ago(cast):
    case = making.mined(cast, making.filed_case(cast, signed_on=making.ago(20)))
    case = making.recorded_decision(cast, case)
    assert "unreviewed" not in case.flags
    LegalReview.objects.all().delete()
    assert "unreviewed" in flags.renew(case).flags


@pytest.mark.parametrize(("days", "flagged"), [(1, False), (0, True)])
def test_one_reviewed_after_it_was_made_counts_as_unreviewed(cast, days, flagged):
    """行政处罚法第五十八条: 在作出决定之前"""
    case = making.mined(cast, making.filed_case(cast, signed_on=making.ago(20)))
    case = making.recorded_decision(cast, case)  # made yesterday
    LegalReview.objects.update(reviewed_on=making.ago(days))
    assert ("unreviewed" in flags.renew(case).flags) is flagged


def test_no_decision_is_dated_before_its_review_or_its_discussion(cast):
    """行政处罚法第五十七条第二款、第五十八条"""
    case = making.weighed_decision(cast)
    with pytest.raises(Refused, match="决定日期不能早于法制审核.*第五十八条"):
        deciding.approve_decision(by=cast.deputy, case=case, decided_on=making.ago(1))
    LegalReview.objects.update(reviewed_on=making.ago(1))
    making.discussed(cast, case)
    with pytest.raises(Refused, match="决定日期不能早于集体讨论.*第五十七条第二款"):
        deciding.approve_decision(by=cast.deputy, case=case, decided_on=making.ago(1))
    assert deciding.approve_decision(by=cast.deputy, case=case).decisions.get().decided_on == local_today()


def test_through_the_page(cast, sign_in):
    case = making.proposed_decision(cast)
    assert_only(cast, sign_in, case, "review_decision", "legal", "handler")
    assert_only(cast, sign_in, case, "refuse_review", "legal")
    client = sign_in(cast.legal)
    page = client.get(at(case, "review_decision")).content.decode()
    assert "不通过" in page and "未经法制审核" not in page
    assert "<h2>审核</h2>" in page and "<h2>签批</h2>" not in page
    assert post(client, case, "review_decision", opinion="同意").status_code == 422
    assert post(client, case, "review_decision", opinion="同意", qualification="A2018").status_code == 302
    assert "法审核" in client.get(case.get_absolute_url()).content.decode()
