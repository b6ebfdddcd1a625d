"""退回补充、撤回、再次呈批: one rule for filing, decision, closing and referral."""

from importlib import import_module

import pytest
from django.apps import apps

from accounts.models import TrailEntry
from accounts.services.signing import Signature
from cases import desk
from cases.acts import ACTS
from cases.services import closing, deciding, filing, filing_again, referral, referral_again, steps
from clues.models import Clue
from common.errors import Forbidden, Refused
from tests.cases import making
from tests.cases.pages import assert_only, at, last_entry, open_clocks, post, rows
from tests.desks import waiting_for

WHY = Signature(opinion="补充现场勘验笔录")


def waits(person):
    return {task.what for task in waiting_for(desk, person, None)}


def returned_filing(cast):
    """立案呈批 sent back by the deputy."""
    return filing_again.return_filing(by=cast.deputy, case=making.proposed_case(cast), signature=WHY)


def taken_back(cast, case, by=None):
    return steps.take_step(by=by or cast.handler, case=case, act=ACTS.get("withdraw_filing"), reason="写错了")


def test_a_filing_sent_back_waits_for_who_proposed_it_with_the_reason(cast, sign_in):
    case = making.proposed_case(cast)
    assert post(sign_in(cast.deputy), case, "return_filing", opinion=WHY.opinion).status_code == 302
    case.refresh_from_db()
    case.clue.refresh_from_db()
    assert (case.state, case.clue.state, last_entry(case).reason) == ("drafted", "drafted", WHY.opinion)
    assert "补充后再次呈批立案" in waits(cast.handler) and waits(cast.deputy) == set()
    client = sign_in(cast.handler)
    for url in (case.get_absolute_url(), at(case, "propose_filing_again")):
        page = client.get(url).content.decode()
        assert "陈副局" in page and f"退回：{WHY.opinion}" in page


def test_it_is_mended_on_its_page_and_proposed_again(cast, sign_in):
    case, client = returned_filing(cast), sign_in(cast.handler)
    assert client.get(at(case, "amend_case")).status_code == 200
    assert (
        post(client, case, "propose_filing_again", facts="采坑深三米", remark="补了勘验笔录").status_code
        == 302
    )
    case.refresh_from_db()
    assert (case.state, case.facts, last_entry(case).reason) == ("proposed", "采坑深三米", "补了勘验笔录")
    case = filing.approve_filing(by=cast.deputy, case=case)
    case.clue.refresh_from_db()
    assert (case.state, case.clue.state) == ("investigation", "settled")


def clue_of(case):
    return type(case.clue).objects.get(pk=case.clue_id)


def test_the_clue_says_where_its_filing_stands(cast, sign_in):
    case = returned_filing(cast)
    page = sign_in(cast.intake).get(case.clue.get_absolute_url()).content.decode()
    assert "立案待呈批" in page and clue_of(case).get_state_display() == "立案待呈批"
    filing_again.propose_filing_again(by=cast.handler, case=case, facts="采坑深三米")
    assert clue_of(case).get_state_display() == "立案待批"
    case.refresh_from_db()
    taken_back(cast, case)
    assert clue_of(case).get_state_display() == "立案待呈批"
    acts = list(
        TrailEntry.objects.filter(subject_kind="clues.clue").order_by("pk").values_list("act", flat=True)
    )
    assert acts[-3:] == ["send_filing_back", "file_again", "send_filing_back"]
    filing_again.drop_filing(by=cast.handler, case=case, reason="另行处理")
    assert clue_of(case).state == "verified"


def test_clues_that_stood_wrong_are_put_right_by_the_migration(cast):
    case = returned_filing(cast)
    waiting = making.proposed_case(cast)
    Clue.objects.filter(pk=case.clue_id).update(state="filing")
    import_module("cases.migrations.0003_clue_of_a_drafted_filing").say_where_the_filing_stands(apps, None)
    assert (clue_of(case).state, clue_of(waiting).state) == ("drafted", "filing")


def test_who_proposed_it_again_does_not_approve_it(cast):
    cast.handler.postings.create(agency=cast.county, role="deputy", since="2020-01-01")
    case = making.proposed_case(cast)
    case = filing_again.return_filing(by=cast.chief, case=case, signature=WHY)
    by = type(cast.handler).objects.get(pk=cast.handler.pk)
    case = filing_again.propose_filing_again(by=by, case=case, facts="采坑深三米")
    with pytest.raises(Refused, match="不能签批自己经办的"):
        filing.approve_filing(by=by, case=case)


def test_a_filing_given_up_gives_the_clue_back(cast, sign_in):
    case = returned_filing(cast)
    assert post(sign_in(cast.handler), case, "drop_filing", reason="属水利局管").status_code == 302
    case.refresh_from_db()
    case.clue.refresh_from_db()
    assert (case.state, case.clue.state) == ("dropped", "verified")
    assert making.proposed_case(cast, case.clue).state == "proposed"


def test_who_proposed_a_filing_takes_it_back_while_nobody_has_answered(cast, sign_in):
    case, client = making.proposed_case(cast), sign_in(cast.handler)
    assert at(case, "withdraw_filing") in client.get(case.get_absolute_url()).content.decode()
    assert post(client, case, "withdraw_filing", reason="当事人写错").status_code == 302
    case.refresh_from_db()
    assert (case.state, last_entry(case).reason) == ("drafted", "当事人写错")
    with pytest.raises(Refused, match="现在是“立案待呈批”"):
        filing.approve_filing(by=cast.deputy, case=case)


@pytest.mark.parametrize("part", ["second_handler", "brigade_head"])
def test_nobody_takes_back_what_another_proposed(cast, sign_in, part):
    case, other = making.proposed_case(cast), getattr(cast, part)
    assert at(case, "withdraw_filing") not in sign_in(other).get(case.get_absolute_url()).content.decode()
    with pytest.raises(Forbidden, match="只由提出的人自己办理"):
        taken_back(cast, case, by=other)


def test_what_was_approved_is_not_taken_back(cast):
    with pytest.raises(Refused, match="现在是“调查”"):
        taken_back(cast, making.filed_case(cast))


def test_sending_back_says_why_and_may_be_typed_from_paper(cast, sign_in):
    case = making.proposed_case(cast)
    assert post(sign_in(cast.deputy), case, "return_filing", opinion=" ").status_code == 422
    paper = Signature(opinion="补材料", signer=cast.chief, signed_on=making.ago(1), scan=making.scan())
    case = filing_again.return_filing(by=cast.handler, case=case, signature=paper)
    assert last_entry(case).changes["签批人"] == ["", "周局长"]


def test_who_may(cast, sign_in):
    case = making.proposed_case(cast)
    assert_only(cast, sign_in, case, "return_filing", "deputy", "chief", "handler")
    assert_only(cast, sign_in, case, "withdraw_filing", "handler", "brigade_head")
    for name in ("propose_filing_again", "drop_filing"):
        assert_only(cast, sign_in, returned_filing(cast), name, "handler", "brigade_head")


def test_a_decision_taken_back_stands_in_the_next_proposal(cast, sign_in):
    case, client = making.proposed_decision(cast, basis="矿产资源法第六十四条"), sign_in(cast.handler)
    assert post(client, case, "withdraw_decision", reason="数额要核").status_code == 302
    case.refresh_from_db()
    one = case.decisions.get()
    assert (case.state, one.state) == ("investigation", "withdrawn")
    page = client.get(at(case, "propose_decision")).content.decode()
    assert "矿产资源法第六十四条" in page and 'value="84000"' in page and 'value="820"' in page
    same = rows(
        "items",
        {"kind": "fine", "amount": "84000", "side": "mining"},
        {"kind": "confiscate_minerals", "tonnes": "820"},
    )
    assert post(client, case, "propose_decision", basis="同前", **same).status_code == 302
    assert case.decisions.get(state="proposed").items.count() == 2


def test_a_decision_sent_back_shows_why_where_it_is_proposed_again(cast, sign_in):
    case = deciding.return_decision(by=cast.deputy, case=making.proposed_decision(cast), opinion="罚款偏低")
    page = sign_in(cast.handler).get(at(case, "propose_decision")).content.decode()
    assert "退回：罚款偏低" in page and 'value="84000"' in page


def test_a_closing_taken_back_or_sent_back_stands_in_the_next_proposal(cast, sign_in):
    client, case = sign_in(cast.handler), making.closing_case(cast)
    assert post(client, case, "withdraw_closing", reason="票据没传").status_code == 302
    case.refresh_from_db()
    assert case.state == "execution"
    assert "已撤回" in client.get(case.get_absolute_url()).content.decode()
    page = client.get(at(case, "propose_closing")).content.decode()
    assert "罚款已缴清" in page and "退回：" not in page
    case = closing.propose_closing(by=cast.handler, case=case, ground="executed", text="罚款已缴清")
    case = closing.return_closing(by=cast.deputy, case=case, opinion="补回执")
    assert "退回：补回执" in client.get(at(case, "propose_closing")).content.decode()
    with pytest.raises(Refused, match="不能撤回结案呈批"):
        closing.withdraw_closing(by=cast.handler, case=case, reason="x")


def test_a_referral_sent_back_keeps_its_clock_and_is_reported_again(cast, sign_in):
    one = making.proposed_referral(cast)
    due = open_clocks(one)["referral_decide"].due_at
    assert post(sign_in(cast.chief), one, "return_referral", opinion="补价格认定").status_code == 302
    one.refresh_from_db()
    assert one.state == "returned" and open_clocks(one)["referral_decide"].due_at == due
    assert "补充后再次呈批移送" in waits(cast.handler) and waits(cast.chief) == set()
    with pytest.raises(Refused, match="移送手续"):
        closing.propose_closing(by=cast.handler, case=one.case, ground="no_penalty", text="x")
    client = sign_in(cast.handler)
    page = client.get(at(one, "propose_referral_again")).content.decode()
    assert "退回：补价格认定" in page and "矿产品价值二十万元" in page and "proposed_on" not in page
    data = {"crime": one.crime, "to_agency": one.to_agency_id, "copied_to": one.copied_to_id}
    assert post(client, one, "propose_referral_again", report="已补认定，二十万元", **data).status_code == 302
    one.refresh_from_db()
    assert (one.state, one.report) == ("proposed", "已补认定，二十万元")
    assert referral.approve_referral(by=cast.chief, referral=one).state == "approved"


def test_a_referral_taken_back_must_still_be_reported(cast, sign_in):
    one, client = making.proposed_referral(cast), sign_in(cast.handler)
    assert post(client, one, "withdraw_referral", reason="罪名写错").status_code == 302
    one.refresh_from_db()
    assert one.state == "withdrawn" and open_clocks(one) == {}
    case = one.case
    case.refresh_from_db()
    assert "must_refer" in case.flags
    assert "矿产品价值二十万元" in client.get(at(case, "propose_referral")).content.decode()
    assert making.proposed_referral(cast, case).state == "proposed"


def test_police_see_nothing_of_a_referral_sent_back(cast, sign_in):
    one = referral_again.return_referral(
        by=cast.chief, referral=making.proposed_referral(cast), signature=WHY
    )
    assert sign_in(cast.police).get(one.get_absolute_url()).status_code == 404
    assert_only(cast, sign_in, one, "return_referral", "chief", "handler")
    for name in ("propose_referral_again", "withdraw_referral"):
        assert_only(cast, sign_in, one, name, "handler")
