"""二年内第几次: decisions counted over all counties; a number and no row."""

import pytest
from django.db.models import Model, QuerySet
from django.utils import timezone

from accounts.models import local_today
from cases import assessing
from cases.models import Case, Decision, DecisionState, PartyService, PenaltyItem
from cases.services import deciding, decision, flags, investigation, offenders, serving, suspicion
from registry.models import Party
from tests.cases import making
from tests.cast import add_person


def elsewhere(cast):
    """文水 as an office of its own: the same parts, other people."""
    return type(cast)(
        **{
            **vars(cast),
            "intake": add_person("n_intake", "邻登记", cast.neighbour, "intake"),
            "handler": cast.neighbour_handler,
            "second_handler": add_person("n_second", "邻协办", cast.neighbour, "handler"),
            "deputy": add_person("n_deputy", "邻副局", cast.neighbour, "deputy"),
        }
    )


def penalised(cast, on, name="张三丰", identity=making.PERSON_ID):
    """A standing decision of `cast`'s office, made and served on the day `on`."""
    clue = making.verified_clue(cast, parties=[making.suspect(name, identity)])
    case = making.filed_case(cast, clue=clue, signed_on=on)
    case = decision.record_decision(
        by=cast.handler,
        case=case,
        number=f"罚字〔2026〕{case.pk}号",
        decided_on=on,
        content=decision.DecisionContent(items=[making.FINE], scan=making.scan()),
    )
    return making.served(cast, case, on=on)


def before(case):
    """Earlier penalties of its party as the flag and the page count them."""
    return offenders.illegal_mining_before(assessing.held_of(case))


def test_decisions_of_other_counties_count(cast):
    other = elsewhere(cast)
    penalised(other, making.ago(300))
    penalised(other, making.ago(100))
    case = making.filed_case(cast)
    assert before(case) == 2
    assert ("二年内第三次", "red") in flags.words(case)


def test_it_gives_a_number_and_no_row(cast, sign_in):
    theirs = penalised(elsewhere(cast), making.ago(100))
    case = making.filed_case(cast)
    found = before(case)
    assert type(found) is int
    assert not isinstance(found, Model | QuerySet)
    assert not Case.objects.visible_to(cast.handler).filter(pk=theirs.pk).exists()
    page = sign_in(cast.handler).get(case.get_absolute_url()).content.decode()
    assert "二年内第二次" in page
    assert theirs.number not in page
    assert theirs.decisions.get().number not in page
    assert "文水" not in page


@pytest.mark.parametrize(("days", "count"), [(729, 1), (800, 0)])
def test_only_the_two_years_before_count(cast, days, count):
    penalised(cast, making.ago(days))
    assert before(making.filed_case(cast)) == count


def test_a_decision_that_was_never_served_does_not_count(cast):
    PartyService.objects.filter(decision__case=penalised(cast, making.ago(100))).delete()
    assert before(making.filed_case(cast)) == 0


def test_who_was_served_alone_was_penalised_whoever_else_is_still_to_be_served(cast):
    """法释〔2016〕25号第三条第一款第（三）项; 行政处罚法第六十一条"""
    case = penalised(cast, making.ago(100))
    first = case.parties.get().party
    case = investigation.record_party(by=cast.handler, case=case, **making.suspect("李四", making.OTHER_ID))
    PenaltyItem.objects.update(party=None)
    serving.settle(case)
    assert case.decisions.get().served_on is None
    assert (before(making.filed_case(cast)), len(offenders.penalties_of(first))) == (1, 1)
    clue = making.verified_clue(cast, parties=[making.suspect("李四", making.OTHER_ID)])
    theirs = making.filed_case(cast, clue=clue)
    assert (before(theirs), offenders.penalties_of(theirs.parties.get().party)) == (0, [])


def test_revoked_decisions_and_other_people_do_not_count(cast):
    gone = penalised(cast, making.ago(50))
    deciding.revoke_decision(
        by=cast.chief, case=gone, decision=gone.decisions.get(), revoked_on=local_today(), reason="撤销"
    )
    penalised(cast, making.ago(40), "李四", making.OTHER_ID)
    assert before(making.filed_case(cast)) == 0


def test_the_same_name_without_a_number_is_not_the_same_person(cast):
    penalised(elsewhere(cast), making.ago(50), "张三丰", "")
    assert before(making.filed_case(cast)) == 0


def test_two_within_two_years_must_be_referred(cast):
    for days in (300, 100):
        penalised(cast, making.ago(days))
    case = making.filed_case(cast)
    assert "must_refer" not in case.flags
    case = investigation.amend_case(by=cast.handler, case=case, act_ended_on=making.ago(40))
    assert "must_refer" in case.flags
    (reason,) = suspicion.reasons_of(case)
    assert reason.sentence == "二年内因非法采矿受过行政处罚2次，达到2次"
    assert "第三条第一款第（三）项" in reason.article


@pytest.mark.parametrize(("ended", "due"), [(700, False), (90, False), (40, True)])
def test_they_are_counted_back_from_the_act_and_came_before_it(cast, ended, due):
    """法释〔2016〕25号第三条第一款第（三）项: 二年内受过两次以上行政处罚，又实施"""
    for days in (300, 50):
        penalised(cast, making.ago(days))
    case = making.filed_case(cast)
    case = investigation.amend_case(by=cast.handler, case=case, act_ended_on=making.ago(ended))
    assert ("must_refer" in case.flags) is due


def test_one_is_shown_and_not_yet_referred(cast):
    penalised(cast, making.ago(100))
    case = making.filed_case(cast)
    assert ("二年内第二次", "amber") in flags.words(case)
    assert "must_refer" not in case.flags


def test_where_a_document_says_so_coal_needs_the_prefecture_sand_does_not(cast):
    """川自然资办函〔2021〕203号 holds in 四川 alone"""
    assert "prefecture" not in making.filed_case(cast).flags
    making.prefecture_joins()
    assert "prefecture" in making.filed_case(cast).flags
    assert "prefecture" not in making.filed_case(cast, mineral="建筑用砂").flags


def party_page(cast, sign_in, case) -> str:
    """The page of the case's party."""
    page = sign_in(cast.handler).get(f"{case.get_absolute_url()}brief/?party={case.parties.get().pk}")
    return page.content.decode()


def test_of_penalties_elsewhere_the_page_says_day_and_office_and_nothing_of_the_file(cast, sign_in):
    theirs = penalised(elsewhere(cast), making.ago(900))
    case = making.filed_case(cast)
    page = party_page(cast, sign_in, case)
    assert "各县受过的处罚（1 次）" in page and "证件号码一致" in page
    assert f"{making.ago(900)}" in page and cast.neighbour.name in page
    assert theirs.number not in page and theirs.decisions.get().number not in page
    assert theirs.public_id not in page


def test_what_was_not_served_or_was_revoked_is_no_earlier_penalty(cast):
    unserved, gone = penalised(cast, making.ago(60)), penalised(cast, making.ago(50))
    PartyService.objects.filter(decision__case=unserved).update(withdrawn_at=timezone.now())
    Decision.objects.filter(case=gone).update(state=DecisionState.REVOKED)
    assert offenders.penalties_of(making.filed_case(cast).parties.get().party) == []


def test_one_alike_by_name_and_address_is_suggested_to_be_checked(cast, sign_in):
    case = penalised(elsewhere(cast), making.ago(60), identity="")
    Party.objects.filter(pk=case.parties.get().party_id).update(address="后沟村1号")
    ours = making.filed_case(cast)
    Party.objects.filter(pk=ours.parties.get().party_id).update(address="后沟村1号")
    page = party_page(cast, sign_in, ours)
    assert "各县受过的处罚（1 次）" in page and "姓名、住址一致，请核对" in page


@pytest.mark.parametrize(("identity", "address"), [(making.OTHER_ID, "后沟村1号"), ("", "别处"), ("", "")])
def test_another_number_address_or_none_is_not_suggested(cast, identity, address):
    case = penalised(elsewhere(cast), making.ago(60), identity=identity)
    Party.objects.filter(pk=case.parties.get().party_id).update(address=address)
    ours = making.filed_case(cast).parties.get().party
    ours.address = "后沟村1号"
    assert offenders.penalties_of(ours) == []


def test_a_penalty_on_somebody_else_of_the_same_case_is_not_theirs(cast):
    case = penalised(cast, making.ago(60))
    other = making.filed_case(
        cast, clue=making.verified_clue(cast, parties=[making.suspect("李四", making.OTHER_ID)])
    )
    link = other.parties.get()
    case.parties.create(party=link.party)
    PenaltyItem.objects.filter(decision__case=case).update(
        party=case.parties.exclude(party=link.party).get().party
    )
    assert offenders.penalties_of(link.party) == []
