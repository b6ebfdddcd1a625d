"""补录 and 更正: what came before a decision issued on paper, and all else that it says, has its way in."""

import pytest

from accounts.models import local_today
from cases.models import Discussion, LegalReview, OptOut
from cases.services import corrections, decision, serving
from cases.services.weighed import Discussed, Reviewed, Weighed
from common.errors import Refused
from tests.cases import making
from tests.cases.pages import at, last_entry, open_clocks, post, rows

NUMBER = "交自然资罚字〔2026〕5号"
TALKED = Discussed("周局长、陈副局", making.ago(6), "会纪〔2026〕3号")


@pytest.fixture
def mined(cast):
    """A case filed twenty days ago, 820 tonnes of coal found."""
    return making.mined(cast, making.filed_case(cast, signed_on=making.ago(20)))


def recorded(cast, case, before=None, served=None, **more):
    """A decision of five days ago, entered from its paper."""
    content = decision.DecisionContent(
        **{"items": [making.FINE, making.MINERALS], "scan": making.scan("决定书.pdf"), **more}
    )
    return decision.record_decision(
        by=cast.handler,
        case=case,
        content=content,
        number=NUMBER,
        decided_on=making.ago(5),
        before=before or Weighed(),
        served=served,
    )


def correct(cast, case, **more):
    one = case.decisions.get()
    correction = corrections.DecisionCorrection(one.number, making.ago(5), **more)
    values = {"decision": one, "reason": "漏录", "correction": correction}
    return corrections.correct_decision(by=cast.handler, case=case, **values)


def test_a_review_forgotten_is_entered_by_the_correction_and_lifts_the_flag(cast, mined):
    """行政处罚法第五十八条"""
    case = recorded(cast, mined)
    assert "unreviewed" in case.flags
    case = correct(cast, case, weighed=Weighed(Reviewed("法审核", making.ago(6))))
    assert "unreviewed" not in case.flags
    assert last_entry(case).changes["法制审核"] == ["", f"{making.ago(6)} 法审核 通过"]


def test_a_review_dated_after_the_decision_is_kept_as_it_was_and_flagged(cast, mined):
    case = recorded(cast, mined, Weighed(Reviewed("法审核", making.ago(4))))
    assert LegalReview.objects.get().reviewed_on == making.ago(4)
    assert "unreviewed" in case.flags


def test_one_typed_wrongly_is_taken_back_and_stays_on_record(cast, mined):
    case = recorded(cast, mined, Weighed(Reviewed("法审核", making.ago(4))))
    case = correct(cast, case, weighed=Weighed(Reviewed("法审核", making.ago(6))))
    assert "unreviewed" not in case.flags
    assert [row.stands for row in LegalReview.objects.all()] == [False, True]
    case = correct(cast, case, weighed=Weighed())
    assert "unreviewed" in case.flags and not any(row.stands for row in LegalReview.objects.all())


def test_what_is_complicated_shows_whether_it_was_discussed_before(cast, mined):
    """行政处罚法第五十七条第二款"""
    review = Reviewed("法审核", making.ago(6))
    case = recorded(cast, mined, Weighed(review), serious=True)
    assert "undiscussed" in case.flags and "unreviewed" not in case.flags
    case = correct(cast, case, weighed=Weighed(review, TALKED))
    assert "undiscussed" not in case.flags
    late = Discussed("周局长、陈副局", making.ago(4))
    assert "undiscussed" in correct(cast, case, weighed=Weighed(review, late)).flags
    assert Discussion.objects.filter(withdrawn_at=None).get().happened_on == making.ago(4)


def test_a_discussion_is_by_several_and_nothing_is_still_to_come(cast, mined):
    for before, sentence in (
        (Weighed(discussed=Discussed("周局长", making.ago(6))), "两名以上"),
        (Weighed(discussed=Discussed("周局长、陈副局", making.ago(-1))), "不能晚于今天"),
        (Weighed(Reviewed("法审核", making.ago(-1))), "不能晚于今天"),
    ):
        with pytest.raises(Refused, match=sentence):
            recorded(cast, mined, before)


def test_a_lower_fine_gets_its_ground_by_the_correction(cast):
    """行政处罚法第三十二条"""
    case = making.mined(cast, making.filed_case(cast, signed_on=making.ago(20)), value="9000", income="9000")
    case.act_ended_on = making.ago(40)
    case.save()
    fine = {**making.FINE, "amount": 50000}
    case = recorded(cast, case, items=[fine, making.MINERALS, {**making.INCOME, "amount": 9000}])
    assert "fine_out_of_range" in case.flags
    case = correct(cast, case, said={"mitigation": "undone"})
    assert "fine_out_of_range" not in case.flags and "undiscussed" in case.flags
    assert case.decisions.get().mitigation == "undone"


def test_why_less_is_taken_is_set_right_kind_by_kind(cast, mined):
    case = recorded(cast, mined, items=[making.FINE])
    assert "no_confiscation" in case.flags
    case = correct(cast, case, reasons={"minerals": "矿产品已灭失"})
    row = OptOut.objects.get()
    assert (row.kind, row.reason) == ("minerals", "矿产品已灭失") and row.article
    assert last_entry(case).changes["没收少于认定的理由"][1] == [str(row)]
    correct(cast, case, reasons={"minerals": "矿产品已被冲走"})
    assert (OptOut.objects.get().reason, OptOut.objects.get().article) == ("矿产品已被冲走", row.article)
    correct(cast, case, reasons={})
    assert not OptOut.objects.exists()


def test_what_was_ordered_is_said_in_words(cast, mined):
    case = correct(cast, recorded(cast, mined), said={"orders": ["restore_land"], "serious": True})
    assert last_entry(case).changes["责令事项"] == [[], ["恢复土地原状"]]


def test_what_a_leader_approved_in_the_system_keeps_its_review(cast):
    case = making.decided_case(cast)
    one = case.decisions.get()
    assert one.reviews.get().approval
    correction = corrections.DecisionCorrection(one.number, one.decided_on, weighed=Weighed())
    with pytest.raises(Refused, match="系统内办理的法制审核"):
        corrections.correct_decision(
            by=cast.handler, case=case, decision=one, reason="试", correction=correction
        )


def test_a_day_corrected_to_before_the_review_is_kept_as_it_was_and_flagged(cast):
    """行政处罚法第五十八条: 在作出决定之前"""
    case = making.decided_case(cast)
    one = case.decisions.get()
    assert "unreviewed" not in case.flags
    correction = corrections.DecisionCorrection(one.number, making.ago(1))
    case = corrections.correct_decision(
        by=cast.handler, case=case, decision=one, reason="落款日期", correction=correction
    )
    assert "unreviewed" in case.flags


def test_a_decision_day_does_not_move_behind_its_service(cast, mined):
    case = making.served(cast, recorded(cast, mined), on=making.ago(4))
    one = case.decisions.get()
    values = {"by": cast.handler, "case": case, "decision": one, "reason": "录错"}
    with pytest.raises(Refused, match="决定日期不能晚于送达"):
        corrections.correct_decision(
            **values, correction=corrections.DecisionCorrection(NUMBER, making.ago(3))
        )
    corrections.correct_decision(**values, correction=corrections.DecisionCorrection(NUMBER, making.ago(4)))


def test_how_it_was_served_is_entered_with_it(cast, mined):
    """行政处罚法第六十一条"""
    served = serving.ServiceEntry((), "direct", making.ago(3), receipt_number="交送〔2026〕7号")
    case = recorded(cast, mined, served=served)
    assert case.decisions.get().served_on == making.ago(3)
    assert set(open_clocks(case)) == {"pay"}
    assert last_entry(case).changes["送达"][1] == [f"张三丰 {making.ago(3)} 直接送达"]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"served_on": making.ago(6)}, "送达日期不能早于决定日期"),
        ({"served_on": making.ago(-1)}, "不能晚于今天"),
        ({"receipt_number": " "}, "回证"),
        ({"mode": "post"}, "邮件号"),
    ],
)
def test_a_service_entered_with_it_is_held_to_the_same(cast, mined, change, sentence):
    said = {"mode": "direct", "served_on": making.ago(3), "receipt_number": "7", **change}
    with pytest.raises(Refused, match=sentence):
        recorded(cast, mined, served=serving.ServiceEntry((), **said))


def typed(**more) -> dict:
    """What the page of 补录 posts beside its table."""
    return {
        "number": NUMBER,
        "decided_on": making.ago(5).isoformat(),
        "scan": making.scan("决定书.pdf"),
        **rows("items", {"kind": "fine", "amount": "84000", "side": "mining"}),
        **more,
    }


def test_through_the_page_of_recording(cast, sign_in, mined):
    client = sign_in(cast.handler)
    page = client.get(at(mined, "record_decision")).content.decode()
    assert "集体讨论参加人员" in page and "没有送达，或者另行登记" in page
    weighed = {"reviewer": "法审核", "reviewed_on": making.ago(6).isoformat()}
    weighed |= {"discussed_on": making.ago(6).isoformat(), "attendees": "周局长、陈副局"}
    served = {"mode": "leaving", "served_on": making.ago(3).isoformat(), "detail": "村委会主任王某见证"}
    half = post(client, mined, "record_decision", **typed(reviewer="法审核", attendees="周局长"))
    assert half.status_code == 422
    words = half.content.decode()
    assert "审核人和审核日期请一起填写" in words and "日期和参加人员请一起填写" in words
    nothing_chosen = post(client, mined, "record_decision", **typed(receipt_number="7"))
    assert "请选择送达方式" in nothing_chosen.content.decode()
    said = typed(**weighed, **served, receipt_number="7")
    assert post(client, mined, "record_decision", **said).status_code == 302
    one = mined.decisions.get()
    assert (one.served_on, one.reviews.get().reviewer) == (making.ago(3), "法审核")
    assert one.discussions.get().attendees == "周局长、陈副局"


def test_through_the_page_of_correcting(cast, sign_in, mined):
    case = recorded(cast, mined, Weighed(Reviewed("法审核", making.ago(6)), TALKED), serious=True)
    client, one = sign_in(cast.handler), case.decisions.get()
    form = client.get(at(case, "correct_decision")).context["form"]
    stands = {name: form[name].value() for name in ("reviewer", "attendees", "serious", "minutes_number")}
    assert stands == {
        "reviewer": "法审核",
        "attendees": "周局长、陈副局",
        "serious": True,
        "minutes_number": "会纪〔2026〕3号",
    }
    data = rows(
        "items",
        *(
            {
                "item": item.pk,
                "kind": item.kind,
                "side": "mining",
                "amount": item.amount or "",
                "tonnes": "820",
            }
            for item in one.items.all()
        ),
    )
    data["items-INITIAL_FORMS"] = "2"
    said = {"decision": one.pk, "number": NUMBER, "decided_on": making.ago(5).isoformat(), "reason": "录错"}
    said |= {"reviewer": "法审核", "reviewed_on": making.ago(7).isoformat(), "mitigation": "undone"}
    assert post(client, case, "correct_decision", **said, **data).status_code == 302
    one.refresh_from_db()
    assert (one.serious, one.mitigation) == (False, "undone")
    assert one.reviews.get(withdrawn_at=None).reviewed_on == making.ago(7)
    assert not one.discussions.filter(withdrawn_at=None).exists()


def test_one_approved_without_a_review_on_record_gets_what_there_was(cast, sign_in):
    case = making.decided_case(cast)
    LegalReview.objects.all().delete()
    client, one = sign_in(cast.handler), case.decisions.get()
    said = {"decision": one.pk, "number": one.number, "decided_on": local_today().isoformat()}
    said |= {"reviewer": "法审核", "reviewed_on": making.ago(1).isoformat(), "reason": "纸上审核过"}
    assert post(client, case, "correct_decision", **said).status_code == 302
    case.refresh_from_db()
    assert "unreviewed" not in case.flags
    page = client.get(at(case, "correct_decision")).content.decode()
    assert "法制审核人" not in page or one.reviews.get().approval is None
