"""法律核查: the section on a case's page, and the piece that says why, by which article and figures."""

from dataclasses import fields
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Clock, local_today
from accounts.services.signing import Signature
from cases import assessing
from cases.law_sections import ENTERED, REMEDIES
from cases.models import Case, Circumstances
from cases.services import completion, filing
from clues.services import intake
from law.facts import Facts
from law.findings import LEVELS, NATIVE
from law.findings.probes import PROBES
from tests.cases import making
from tests.cases.pages import at
from tests.clues.making import words

HTMX = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "law-check-body"}


@pytest.fixture
def due(cast):
    """A case whose ore is worth 200 000 元."""
    return making.mined(cast, making.filed_case(cast, signed_on=making.ago(20)), value="200000")


def found(case) -> dict:
    case.refresh_from_db()
    return {each.code: each for each in assessing.findings_of(case)}


def piece(client, case) -> str:
    return client.get(at(case, "law_check"), **HTMX).content.decode()


def test_what_stops_stands_on_the_page_at_once_with_its_article(cast, sign_in, due):
    html = sign_in(cast.handler).get(due.get_absolute_url()).content.decode()
    section = html[html.index('id="law-check"') : html.index('id="content"')]
    assert "应移送公安" in section and "须纠正" in section
    assert 'href="/law/%E9%87%87%E7%9F%BF%E5%88%91%E4%BA%8B%E6%A1%88%E4%BB%B6%E8%A7%A3%E9%87%8A/3/' in section
    assert f"{local_today()}起" in section


def test_the_piece_says_why_with_figures_source_and_what_would_change_it(cast, sign_in, due):
    html = piece(sign_in(cast.handler), due)
    assert "<!doctype" not in html
    assert "查明 200,000元，标准 100,000元" in html
    assert "本省数额没有录入，按最严标准代用" in html
    assert f'href="{due.get_absolute_url()}#referrals">移送公安机关，或者把不批准移送的理由记录下来' in html
    assert "尚缺的事实" in html and f'href="{at(due, "record_circumstances")}"' in html
    assert "尚不能核查的程序" in html and "告知书未送达" in html


def test_a_reader_is_led_to_the_section_and_no_form(cast, sign_in, due):
    html = piece(sign_in(cast.prefecture), due)
    assert "尚缺的事实" in html and at(due, "record_circumstances") not in html
    assert f'href="{due.get_absolute_url()}#facts"' in html


def test_it_is_a_page_of_its_own_where_no_script_runs(cast, sign_in, due):
    page = sign_in(cast.liaison).get(at(due, "law_check")).content.decode()
    assert "<!doctype html>" in page and "应移送未移送" in page


def test_whom_the_case_was_only_sent_to_sees_none_of_it(cast, sign_in):
    case = making.sent_referral(cast).case
    assert sign_in(cast.police).get(at(case, "law_check")).status_code in (403, 404)
    assert sign_in(cast.neighbour_chief).get(at(case, "law_check")).status_code == 404


def test_an_article_is_read_as_of_the_day_the_act_ended(cast, sign_in):
    """行政处罚法第三十七条: 从旧兼从轻"""
    case = making.decided_case(cast, items=(making.FINE, making.MINERALS))
    Case.objects.filter(pk=case.pk).update(act_ended_on="2025-03-01")
    assert "?on=2025-03-01" in piece(sign_in(cast.handler), case)


def test_every_code_has_what_would_change_it_or_needs_none():
    assert set(LEVELS) - set(REMEDIES) == {"ESPECIALLY_SERIOUS", "SOFT_GATE_PASSED", "FACTS_MISSING"}


def test_every_missing_fact_leads_to_an_act_of_the_table():
    names = {probe.fact.split(".")[0] for probe in PROBES} | {probe.fact for probe in PROBES}
    names |= {each.name for each in fields(Facts)}
    assert set(ENTERED) <= names


def test_a_missing_fact_of_the_circumstances_leads_to_their_act():
    kept = {each.name for each in Circumstances._meta.get_fields()}
    facts = {probe.fact for probe in PROBES} & kept
    assert {ENTERED.get(fact) for fact in facts} == {"record_circumstances"}


def test_past_two_years_the_missing_circumstance_leads_to_the_act_that_records_it(cast, sign_in):
    """行政处罚法第三十六条"""
    case = making.filed_case(cast, found_on=making.ago(29), signed_on=making.ago(20))
    Case.objects.filter(pk=case.pk).update(act_ended_on=making.ago(900))
    html = piece(sign_in(cast.handler), case)
    asked = html[html.index("缺少是否危害生命健康安全且有危害后果") :]
    assert asked[asked.index('href="') :].startswith(f'href="{at(case, "record_circumstances")}"')


# What only a case kept here can show


def test_a_clock_that_ran_out_brings_its_own_article(cast):
    case = making.filed_case(cast, signed_on=making.ago(20))
    Clock.objects.filter(subject_id=case.pk, kind="decide").update(due_at=timezone.now() - timedelta(2))
    finding = found(case)["OVERDUE_CLOCK"]
    assert "自然资源行政处罚办法第三十八条" in finding.article
    assert finding.since == local_today() - timedelta(2)


def test_a_soft_gate_that_was_passed_is_told_from_the_trail(cast, due):
    """中办发〔2011〕8号一（三）: what else is to be decided had better wait too, and may be decided."""
    case = making.sent_referral(cast, case=due).case
    case = making.proposed_decision(cast, case, items=[making.MINERALS])
    finding = found(case)["SOFT_GATE_PASSED"]
    assert (finding.article, finding.since) == ("中办发〔2011〕8号一（三）", local_today())
    assert f"呈批处罚决定（{local_today()}）时提示“案件已移送公安机关" in finding.because


def test_a_clue_found_true_whose_filing_was_refused_is_not_filed(cast):
    """自然资源行政处罚办法第十六条"""
    case = making.proposed_case(cast)
    assert "NOT_FILED" not in found(case)
    case = filing.refuse_filing(by=cast.deputy, case=case, signature=Signature(opinion="不属于本局"))
    finding = found(case)["NOT_FILED"]
    assert finding.since == making.ago(29) and case.clue.number in finding.because


@pytest.fixture
def shut(cast):
    """A case whose 取缔 was accepted twelve days ago."""
    case = making.decided_case(cast)
    accepted = completion.CheckResult(making.ago(12), True, finding="洞口已炸封")
    return completion.check_shutdown(by=cast.handler, case=case, result=accepted)


def later_clue(cast, **more):
    said = {
        "received_on": making.ago(3),
        "summary": "又在采煤",
        "place": "西社镇某沟",
        "violations": ["K21"],
        **more,
    }
    return intake.register_clue(by=cast.intake, **words(**said))


def test_a_new_clue_at_a_place_shut_down_reopens_it(cast, shut):
    """自然资办函〔2021〕1288号三: 屡查屡犯"""
    assert "REOPENED_SITE" not in found(shut)
    clue = later_clue(cast)
    finding = found(shut)["REOPENED_SITE"]
    assert finding.since == making.ago(3)
    assert clue.number in finding.because and "地点相同" in finding.because


def test_the_same_party_elsewhere_in_the_county_reopens_it_too(cast, shut):
    later_clue(cast, place="别处一条很远的山梁", parties=[making.suspect()])
    assert "当事人相同" in found(shut)["REOPENED_SITE"].because


def test_what_came_before_or_is_elsewhere_reopens_nothing(cast, shut):
    later_clue(cast, received_on=making.ago(13))
    later_clue(cast, place="别处一条很远的山梁")
    assert "REOPENED_SITE" not in found(shut)


def test_a_new_case_of_the_party_says_that_it_was_shut_down_before(cast, shut):
    case = making.filed_case(cast, clue=making.verified_clue.anew(cast), found_on=making.ago(2))
    assert str(shut) in found(case)["REOPENED_SITE"].because


def test_each_native_code_fires_or_says_which_act_it_waits_for():
    """REVIEW_MISSING: test_review_decision.py; EDITED_AFTER_SUBMISSION: tests/ledgers/test_edited.py."""
    here = {"OVERDUE_CLOCK", "SOFT_GATE_PASSED", "NOT_FILED", "REOPENED_SITE", "REVOKED"}
    assert NATIVE - here == {"REVIEW_MISSING", "EDITED_AFTER_SUBMISSION"}
