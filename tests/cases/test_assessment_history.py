"""Public security, earlier penalties, figures and clocks as the law gets to see them."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Clock, Standard, local_today
from accounts.services.signing import Signature
from cases.assessing import facts_of, facts_of_all, findings_of, findings_of_all
from cases.assessing.figures import figures_in_force
from cases.services import answers, investigation, referral
from tests.cases import making


def filed(cast, **more):
    return making.filed_case(cast, signed_on=making.ago(20), **more)


def codes_of(case, **more):
    return {each.code for each in findings_of(case, **more)}


# Public security


def test_a_referral_has_its_hour_of_approval_and_its_day(cast):
    one = making.sent_referral(cast)
    facts = facts_of(one.case)
    approved = timezone.localtime(one.approved_at).replace(tzinfo=None)
    assert (facts.sent, facts.steps.referral_approved, facts.steps.referred) == (
        True,
        approved,
        local_today(),
    )
    assert "MUST_REFER" not in codes_of(one.case)
    assert facts_of(one.case, making.ago(1)).sent is False


def test_what_is_only_proposed_was_not_sent(cast):
    one = making.proposed_referral(cast)
    assert not facts_of(one.case).was_sent
    assert "MUST_REFER" in codes_of(one.case)


def test_public_security_takes_it_up(cast):
    one = making.sent_referral(cast)
    answers.record_police_filing(by=cast.police, referral=one, answered_on=local_today())
    assert facts_of(one.case).steps.police_filed == local_today()
    assert facts_of(one.case).freed_on is None


def declined(cast):
    one = making.sent_referral(cast)
    return answers.decline_referral(
        by=cast.police, referral=one, answered_on=local_today(), answer_reason="数额不足"
    )


def test_public_security_declines_and_new_facts_revive_the_duty(cast):
    case = declined(cast).case
    assert facts_of(case).freed_on == local_today()
    assert "MUST_REFER" not in codes_of(case)
    row = {"mineral": "煤", "tonnes": Decimal(900), "value": Decimal(300000)}
    investigation.record_mineral_finding(by=cast.handler, case=case, happened_on=local_today(), rows=[row])
    assert "MUST_REFER" in codes_of(case)


def test_a_refusal_by_the_head_speaks_of_what_was_found_by_then(cast):
    one = making.proposed_referral(cast)
    referral.refuse_referral(by=cast.chief, referral=one, signature=Signature(opinion="数额不足"))
    assert facts_of(one.case).not_referred is True
    assert "MUST_REFER" not in codes_of(one.case)
    making.mined(cast, one.case, value="300000")
    assert "MUST_REFER" in codes_of(one.case)


# Earlier penalties


def penalised(cast, on, agency, *, code="K21", side="mining", served=True, **party):
    """A decision elsewhere, as rows."""
    who = {"name": "张三丰", "name_fold": "张三丰", **party}
    other = making.Case.objects.create(agency=agency, cause="前案", county_id="141121", place="某沟")
    person = making.Party.objects.create(agency=agency, **who)
    other.parties.create(party=person)
    other.violations.create(code=code, side=side)
    made = other.decisions.create(state="made", decided_on=on, proposed_by=cast.neighbour_handler)
    made.items.create(party=person, kind="fine", side=side, amount=1)
    if served:
        made.served.create(party=person, happened_on=on, recorded_by=cast.neighbour_handler)
    return other


def test_penalties_of_other_counties_are_days_and_kinds_alone(cast):
    case = filed(cast)
    index = case.parties.get().party.identity_index
    assert facts_of(case).prior_penalties == ()
    penalised(cast, making.ago(300), cast.neighbour, identity_index=index)
    penalised(cast, making.ago(200), cast.neighbour, identity_index=index, served=False)
    penalised(cast, making.ago(100), cast.neighbour, identity_index=index, code="K11")
    penalised(cast, making.ago(90), cast.neighbour, identity_index="another")
    found = [(each.on, each.what, each.served) for each in facts_of(case).prior_penalties]
    assert found == [
        (making.ago(300), "illegal_mining", True),
        (making.ago(200), "illegal_mining", False),
        (making.ago(100), "other", True),
    ]


def test_two_penalties_for_mining_make_a_repeat_offender(cast):
    case = filed(cast)
    investigation.amend_case(by=cast.handler, case=case, act_ended_on=making.ago(30))
    case.refresh_from_db()
    index = case.parties.get().party.identity_index
    for days in (300, 200):
        penalised(cast, making.ago(days), cast.neighbour, identity_index=index)
    assert {"REPEAT_OFFENDER", "MUST_REFER"} <= codes_of(case)


def test_the_kind_of_a_land_penalty_follows_its_land(cast):
    case = filed(cast, violations=["T11"])
    index = case.parties.get().party.identity_index
    kinds = {}
    for land_class in ("construction", "arable", "grass"):
        other = penalised(
            cast, making.ago(200), cast.neighbour, code="T11", side="land", identity_index=index
        )
        other.land_findings.create(
            land_class=land_class, area=1, happened_on=making.ago(210), recorded_by=cast.handler
        )
        kinds[land_class] = facts_of(case).prior_penalties[-1].what
    assert kinds == {
        "construction": "illegal_land",
        "arable": "illegal_farmland",
        "grass": "illegal_grassland",
    }


def test_who_has_no_number_cannot_be_said_to_be_new(cast):
    case = filed(cast, clue=making.verified_clue(cast, parties=[making.suspect(identity="")]))
    assert facts_of(case).prior_penalties is None
    assert facts_of(making.bare_case(cast)).prior_penalties is None


def test_of_several_parties_the_worst_counts_and_they_are_not_added_up(cast):
    case = filed(cast)
    investigation.record_party(by=cast.handler, case=case, **making.suspect("李四", making.OTHER_ID))
    for each in case.parties.all():
        penalised(cast, making.ago(200), cast.neighbour, identity_index=each.party.identity_index)
    assert len(facts_of(case).prior_penalties) == 1


# Figures


def standard(key, value, **more):
    return Standard.objects.create(
        key=key, value=Decimal(value), unit="元", valid_from=making.ago(900), **more
    )


def test_an_offices_own_figure_holds_in_its_place(cast):
    case = making.mined(cast, filed(cast), value="150000")
    assert "MUST_REFER" in codes_of(case)
    standard("crime_mining_value", 200000, region_id="140000", document="晋高法〔2024〕1号", sure=True)
    assert "MUST_REFER" not in codes_of(case)
    figures = figures_in_force()
    assert figures.value("crime_mining_value", "141122", local_today()) == 200000
    assert figures.value("crime_mining_value", "370402", local_today()) == 100000


@pytest.mark.parametrize(("sure", "source"), [(False, "晋高法〔2024〕1号"), (True, "晋高法〔2024〕2号")])
def test_an_unsure_row_is_named_as_one(cast, sure, source):
    case = making.mined(cast, filed(cast), value="150000")
    standard("crime_mining_value", 120000, region_id="140000", document=source, sure=sure)
    (found,) = [each for each in findings_of(case) if each.code == "MUST_REFER"]
    assert [(each["limit"], each["source"], each["sure"]) for each in found.figures] == [
        (120000, source, sure)
    ]


def test_the_stand_in_is_named_where_no_row_was_entered(cast):
    case = making.mined(cast, filed(cast), value="150000")
    (found,) = [each for each in findings_of(case) if each.code == "MUST_REFER"]
    assert "本省数额未录入" in found.because
    assert found.figures[0]["sure"] is False


@pytest.mark.parametrize(("key", "value"), [("crime_mining_value", 400000), ("crime_land_prime", 1)])
def test_a_row_that_the_law_does_not_allow_is_left_out(cast, key, value):
    """法释〔2016〕25号第十五条; 土地类全国统一"""
    standard(key, value, region_id="140000", document="某文件", sure=True)
    assert figures_in_force().value(key, "141122", local_today()) != value


# Kept here alone, and by how many queries


def test_a_clock_that_ran_out_is_told(cast):
    case = filed(cast)
    assert facts_of(case).native.overdue == ()
    Clock.objects.filter(subject_id=case.pk, kind="decide").update(due_at=timezone.now() - timedelta(2))
    (told,) = facts_of(case).native.overdue
    assert told.words.startswith("作出处罚决定") and "自然资源行政处罚办法第三十八条" in told.article
    assert "OVERDUE_CLOCK" in codes_of(case)


def run_out(thing, kind):
    clocks = Clock.objects.filter(
        subject_kind=thing._meta.label_lower, subject_id=thing.pk, kind=kind, met_at=None
    )
    assert clocks.update(due_at=timezone.now() - timedelta(2)) == 1


def test_the_clocks_of_a_referral_are_told_of_its_case(cast):
    """国务院令第310号第五条"""
    one = making.proposed_referral(cast)
    run_out(one, "referral_decide")
    (told,) = facts_of(one.case).native.overdue
    assert told.words.startswith("决定是否移送") and "第五条" in told.article
    referral.approve_referral(by=cast.chief, referral=one)
    assert facts_of(one.case).native.overdue == ()
    run_out(one, "referral_send")
    (told,) = facts_of(one.case).native.overdue
    assert told.words.startswith("向公安机关移送")


def test_a_citizen_who_pays_late_is_no_delay_of_the_office(cast):
    """行政处罚法第六十七条第三款"""
    case = making.decided_case(cast)
    making.all_served(cast, case)
    run_out(case, "pay")
    assert facts_of(case).native.overdue == ()


def whole(cast, number):
    """A case with a row in every table, and an earlier penalty elsewhere."""
    case = making.decided_case(cast, making.occupied(cast, making.mined(cast, filed(cast))))
    item = case.decisions.get().items.get(kind="fine")
    item.payments.create(paid_on=local_today(), amount=1, recorded_by=cast.handler)
    party = case.parties.get().party
    party.identity_index = f"index-{number}"
    party.save()
    penalised(cast, making.ago(100), cast.neighbour, identity_index=party.identity_index)
    return case


def test_many_cases_are_read_by_as_many_queries_as_one(cast):
    cases = [whole(cast, number) for number in range(3)]
    with CaptureQueriesContext(connection) as few:
        findings_of_all(cases[:1])
    with CaptureQueriesContext(connection) as many:
        findings_of_all(cases * 10)
    assert len(many) == len(few) <= 26
    assert [facts.id for facts in facts_of_all(cases)] == [case.number for case in cases]


def test_what_a_case_has_read_before_is_read_anew(cast):
    case = filed(cast)
    assert case.minerals_now() == []
    making.mined(cast, making.Case.objects.get(pk=case.pk), value="90000")
    assert facts_of(case).value == 90000
