"""更正当事人: what was typed wrongly; never another case's person made into somebody else."""

import pytest

from cases.models import PartyService, PenaltyItem
from cases.services import investigation, parties
from common.errors import Refused
from registry.models import Party
from registry.services.party_facts import opened_party
from tests.cases import making
from tests.cases.pages import assert_only, at, last_entry, post


def correct(cast, case, **more):
    values = {"kind": "person", "name": "张三丰", "reason": "录入错误", **more}
    return parties.correct_party(by=cast.handler, case=case, row=case.parties.get(), **values)


def test_a_name_is_set_right_in_its_own_row(cast):
    case = making.filed_case(cast)
    party = case.parties.get().party
    case = correct(cast, case, name="张三峰", address="天宁镇")
    party.refresh_from_db()
    assert (party.name, party.address) == ("张三峰", "天宁镇")
    assert opened_party(party).identity == making.PERSON_ID
    entry = last_entry(case)
    assert (entry.changes["姓名或名称"], entry.reason) == (["张三丰", "张三峰"], "录入错误")


def test_a_number_is_set_right_and_never_said_in_the_trail(cast):
    case = making.filed_case(cast)
    case = correct(cast, case, identity=making.OTHER_ID)
    assert opened_party(case.parties.get().party).identity == making.OTHER_ID
    changes = str(last_entry(case).changes)
    assert making.OTHER_ID not in changes
    assert "1409**********012X" in changes


def test_penalties_and_their_service_follow(cast):
    making.filed_case(cast)
    case = making.served(cast, making.decided_case(cast))
    before, case = case.parties.get().party, correct(cast, case, identity=making.OTHER_ID)
    party = case.parties.get().party
    assert party != before and PartyService.objects.get().party == party
    assert set(PenaltyItem.objects.values_list("party", flat=True)) == {party.pk}


def test_another_case_keeps_its_person(cast):
    first, second = making.filed_case(cast), making.decided_case(cast)
    assert first.parties.get().party_id == second.parties.get().party_id
    second = correct(cast, second, identity=making.OTHER_ID)
    assert opened_party(first.parties.get().party).identity == making.PERSON_ID
    mine = second.parties.get().party
    assert opened_party(mine).identity == making.OTHER_ID
    assert set(PenaltyItem.objects.values_list("party", flat=True)) == {mine.pk}


def test_a_number_that_the_office_knows_leads_to_that_person(cast):
    clue = making.verified_clue(cast, parties=[making.suspect("李四", making.OTHER_ID)])
    known = making.filed_case(cast, clue=clue).parties.get().party
    case = correct(cast, making.filed_case(cast), name="李四", identity=making.OTHER_ID)
    assert case.parties.get().party == known
    with pytest.raises(Refused, match="与填写的姓名不一致"):
        correct(cast, making.filed_case(cast), name="王五", identity=making.OTHER_ID)


def test_somebody_who_is_in_the_case_already_is_refused(cast):
    case = making.filed_case(cast)
    first = case.parties.get()
    investigation.record_party(by=cast.handler, case=case, **making.suspect("李四", making.OTHER_ID))
    with pytest.raises(Refused, match="已经是本案当事人"):
        parties.correct_party(
            by=cast.handler,
            case=case,
            row=first,
            kind="person",
            name="李四",
            identity=making.OTHER_ID,
            reason="错",
        )


def test_the_unknown_is_named_and_not_corrected(cast):
    case = making.bare_case(cast, state="investigation", number="立字1号", filed_on=making.ago(9))
    with pytest.raises(Refused, match="查明当事人"):
        correct(cast, case)


def test_it_needs_a_reason_a_name_and_a_change(cast):
    case = making.filed_case(cast)
    for change, sentence in (
        ({"reason": " "}, "更正的理由"),
        ({"name": ""}, "姓名或名称"),
        ({"identity": "141122190001010013"}, "校验"),
        ({}, "没有改动"),
    ):
        with pytest.raises(Refused, match=sentence):
            correct(cast, case, **change)
    assert Party.objects.get().name == "张三丰"


def test_through_the_page_the_number_is_not_shown(cast, sign_in):
    case = making.filed_case(cast)
    row, client = case.parties.get(), sign_in(cast.handler)
    page = client.get(f"{at(case, 'correct_party')}?row={row.pk}").content.decode()
    assert making.PERSON_ID not in page
    assert "1411**********0012" in page
    response = post(client, case, "correct_party", row=row.pk, kind="person", name="张山峰", reason="错字")
    assert response.status_code == 302
    assert Party.objects.get().name == "张山峰"


def test_only_handlers(cast, sign_in):
    assert_only(cast, sign_in, making.filed_case(cast), "correct_party", "handler")
