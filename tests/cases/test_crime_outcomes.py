"""登记撤案、不起诉、无罪、免予刑事处罚 (行政处罚法 art 27①; 办法 art 38②): each gives the case back."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from accounts.models import local_today
from cases import assessing, gates
from cases.models import CrimeOutcome, MineralFinding, Referral
from cases.services import answers, circumstances, decision, investigation, outcomes, period
from common.errors import Refused
from tests.cases import making
from tests.cases.pages import assert_only, last_entry, open_clocks, post


@pytest.fixture
def filed(cast):
    """A referral sent ten days ago that public security filed eight days ago."""
    one = making.sent_referral(cast)
    Referral.objects.filter(pk=one.pk).update(sent_on=making.ago(10))
    one.refresh_from_db()
    period.recount(one.case)
    return answers.record_police_filing(by=cast.police, referral=one, answered_on=making.ago(8))


def give_back(by, one, outcome="dropped", on=None, **more):
    return outcomes.record_outcome(
        by=by, referral=one, outcome=outcome, outcome_on=on or making.ago(3), **more
    )


def fined(cast, case):
    content = decision.DecisionContent(items=[making.FINE, making.MINERALS])
    return decision.propose_decision(by=cast.handler, case=case, content=content)


@pytest.mark.parametrize("outcome", CrimeOutcome.values)
def test_each_of_the_four_frees_the_fine_and_lets_our_days_run_on(cast, filed, outcome):
    with pytest.raises(Refused, match="在不予立案、撤销案件、不起诉、无罪或者免予刑事处罚之前，不能罚款"):
        fined(cast, filed.case)
    before = open_clocks(filed.case)["decide"]
    assert before.suspended_on == making.ago(10)
    one = give_back(cast.police, filed, outcome, outcome_number="交公撤〔2026〕2号")
    assert (one.state, one.outcome_on, open_clocks(one)) == ("given_back", making.ago(3), {})
    decide = open_clocks(one.case)["decide"]
    assert decide.suspended_on is None and decide.due_at - before.due_at == timedelta(7)
    assert f"中止7日（{making.ago(10)}至{making.ago(3)}" in decide.explanation
    assert last_entry(one).changes["法律文书文号"][1] == "交公撤〔2026〕2号"
    facts = assessing.facts_of(one.case)
    assert (facts.steps.police_filed, facts.freed_on) == (making.ago(8), making.ago(3))
    assert fined(cast, one.case).state == "decision"


def test_the_fine_between_sending_and_its_coming_back_is_flagged_and_no_other(cast, filed):
    give_back(cast.police, filed)
    case = making.recorded_decision(cast, filed.case)  # decided yesterday
    assert "fined_while_referred" not in case.flags
    outcomes.withdraw_outcome(by=cast.police, referral=filed, reason="写错了")
    case.refresh_from_db()
    assert "fined_while_referred" in case.flags and not gates.police_decided(case)


def test_what_is_found_after_it_came_back_must_be_referred_again(cast, filed):
    give_back(cast.police, filed)
    case = filed.case
    case.refresh_from_db()
    assert "must_refer" not in case.flags
    row = {"mineral": making.COAL, "tonnes": Decimal(900), "value": Decimal(900000)}
    case = investigation.record_mineral_finding(
        by=cast.handler, case=case, happened_on=making.ago(1), rows=[row], basis="补充测绘"
    )
    assert "must_refer" in case.flags


@pytest.mark.parametrize(
    ("value", "more", "anew"),
    [
        ("200000", {}, False),  # sent for as much
        ("150000", {}, False),
        ("200000.01", {}, True),
        ("900000", {"estimated": True}, False),  # 疑似: to be found out first
    ],
)
def test_only_a_higher_figure_calls_for_it_anew(cast, filed, value, more, anew):
    """国务院令第310号第五条、第十条"""
    give_back(cast.police, filed)
    row = {"mineral": making.COAL, "tonnes": Decimal(900), "value": Decimal(value), **more}
    case = investigation.record_mineral_finding(
        by=cast.handler, case=filed.case, happened_on=making.ago(1), rows=[row], basis="补充测绘"
    )
    assert ("must_refer" in case.flags) is anew
    assert ("suspect_referral" in case.flags) is bool(more)


@pytest.mark.parametrize(
    ("known", "anew"),
    [
        ({"mine_scale": "medium", "right_exists": False}, False),
        ({"refused_correct": True}, False),
        ({"eco_damage": True}, True),
        ({"earlier": ({"acted_on": making.ago(40), "value": Decimal(1000)},)}, True),
    ],
)
def test_circumstances_call_for_it_anew_where_a_test_rises_by_them(cast, filed, known, anew):
    """法释〔2016〕25号第三条第一款第（四）项、第八条"""
    give_back(cast.police, filed)
    case = circumstances.record_circumstances(
        by=cast.handler, case=filed.case, happened_on=making.ago(1), found=circumstances.Found(**known)
    )
    assert ("must_refer" in case.flags) is anew


def test_land_found_after_it_came_back_for_ore_is_another_crime_only_where_it_reaches_its_own(cast, filed):
    give_back(cast.police, filed)
    Referral.objects.filter(pk=filed.pk).update(outcome_on=making.ago(15))  # before making's days of finding
    MineralFinding.objects.update(happened_on=making.ago(20))
    case = making.occupied(cast, filed.case, area="2.5", destroyed=True)
    assert "must_refer" not in case.flags
    case = making.occupied(cast, case, area="10", destroyed=True)
    assert "must_refer" in case.flags


def test_what_was_found_on_the_very_day_before_it_was_entered_revives_nothing(cast, filed):
    making.mined(cast, filed.case, value="300000")
    filed.case.mineral_findings.update(happened_on=making.ago(3))
    one = give_back(cast.police, filed)
    assert not assessing.held_of(one.case).must_refer
    one.case.mineral_findings.update(recorded_at=timezone.now())
    assert assessing.held_of(one.case).must_refer


def test_an_outcome_entered_by_mistake_is_taken_back_and_the_fine_waits_again(cast, filed):
    give_back(cast.police, filed)
    one = outcomes.withdraw_outcome(by=cast.police, referral=filed, reason="不起诉决定被撤销")
    assert (one.state, one.outcome, one.outcome_on) == ("police_filed", "", None)
    assert open_clocks(one.case)["decide"].suspended_on == making.ago(10)
    with pytest.raises(Refused, match="请写明撤回理由"):
        outcomes.withdraw_outcome(by=cast.police, referral=give_back(cast.police, one), reason=" ")


def test_the_handler_types_it_from_paper_with_the_scan(cast, filed):
    with pytest.raises(Refused, match="请上传检察院不起诉扫描件"):
        give_back(cast.handler, filed, "not_prosecuted")
    one = give_back(cast.handler, filed, "not_prosecuted", scan=making.scan("不起诉决定书.pdf"))
    assert one.outcome_scan.name == "不起诉决定书.pdf"
    assert one.case.files.get(kind="检察院不起诉").for_police


def test_it_cannot_come_before_the_filing_nor_after_today(cast, filed):
    with pytest.raises(Refused, match=f"作出日期不能早于{making.ago(8)}"):
        give_back(cast.police, filed, on=making.ago(9))
    with pytest.raises(Refused, match="作出日期不能晚于今天"):
        give_back(cast.police, filed, on=making.ago(-1))


def test_what_was_not_filed_came_back_already(cast):
    one = answers.decline_referral(
        by=cast.police,
        referral=making.sent_referral(cast),
        answered_on=local_today(),
        answer_reason="情节显著轻微",
    )
    with pytest.raises(Refused, match="现在是“公安不予立案”"):
        give_back(cast.police, one)


def test_through_the_page_and_who_may(cast, sign_in, filed):
    assert_only(cast, sign_in, filed, "record_outcome", "handler")
    assert sign_in(cast.procurator).get(filed.get_absolute_url() + "record-outcome/").status_code == 403
    client = sign_in(cast.police)
    said = {"outcome": "acquitted", "outcome_on": making.ago(2).isoformat(), "outcome_number": "刑初3号"}
    assert post(client, filed, "record_outcome", **said).status_code == 302
    page = client.get(filed.get_absolute_url()).content.decode()
    assert f"法院判决无罪 {making.ago(2)} 刑初3号" in page and "退回行政处理" in page
    assert f"公安已立案 {making.ago(8)}" in page
    assert post(client, filed, "withdraw_outcome", reason="写错了").status_code == 302
