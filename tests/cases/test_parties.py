"""登记当事人, 查明当事人: persons, firms, 当事人不明 named later in place of unknown."""

import pytest

from cases.models import PenaltyItem
from cases.services import investigation
from common.errors import Refused
from common.showing.forms import sections, waiting, when
from tests.cases import making
from tests.cases.pages import assert_only, at, last_entry, post


@pytest.fixture
def unknown(cast):
    """A case from an old file, whose party nobody knows yet."""
    return making.bare_case(cast, state="investigation", number="立字1号", filed_on=making.ago(9))


def test_a_firm_joins_as_party(cast):
    case = investigation.record_party(
        by=cast.handler,
        case=making.filed_case(cast),
        kind="organisation",
        name="交城某石料厂",
        identity=making.FIRM_CODE,
        representative="王某",
    )
    assert [str(each.party) for each in case.parties.all()] == ["张三丰", "交城某石料厂"]
    assert last_entry(case).changes["当事人"] == ["", "交城某石料厂"]


def test_the_same_party_joins_once(cast):
    case = making.filed_case(cast)
    with pytest.raises(Refused, match="已经是本案当事人"):
        investigation.record_party(by=cast.handler, case=case, **making.suspect())


def test_a_wrong_number_is_said_at_the_field(cast, sign_in):
    case = making.filed_case(cast)
    response = post(
        sign_in(cast.handler), case, "record_party", kind="person", name="李四", identity="141122190001010013"
    )
    assert response.status_code == 422
    assert "校验不符" in response.context["form"].errors["identity"][0]


def test_the_unknown_is_named_in_its_own_row(cast, unknown):
    row = unknown.parties.get()
    case = investigation.name_party(by=cast.handler, case=unknown, row=row, **making.suspect())
    assert case.parties.get().pk == row.pk
    assert str(case.parties.get()) == "张三丰"
    assert last_entry(case).changes["当事人"] == ["当事人不明", "张三丰"]


def test_penalties_of_the_unknown_follow_the_name(cast, unknown):
    case = making.recorded_decision(cast, making.mined(cast, unknown), items=[making.MINERALS])
    row = case.parties.get()
    investigation.name_party(by=cast.handler, case=case, row=row, **making.suspect())
    assert str(PenaltyItem.objects.get().party) == "张三丰"


def test_a_named_party_is_not_replaced(cast):
    case = making.filed_case(cast)
    with pytest.raises(Refused, match="还缺：不明的当事人"):
        investigation.name_party(
            by=cast.handler, case=case, row=case.parties.get(), kind="person", name="李四"
        )


def test_the_one_found_must_not_be_in_the_case_already(cast, unknown):
    investigation.record_party(by=cast.handler, case=unknown, **making.suspect())
    row = unknown.parties.get(party__kind="unknown")
    with pytest.raises(Refused, match="已经是本案当事人"):
        investigation.name_party(by=cast.handler, case=unknown, row=row, **making.suspect())
    assert unknown.parties.filter(party__kind="unknown").exists()


def test_only_handlers(cast, sign_in):
    case = making.filed_case(cast)
    assert_only(cast, sign_in, case, "record_party", "handler")
    assert_only(cast, sign_in, case, "name_party", "handler")


def test_a_refused_case_takes_no_party(cast):
    case = making.proposed_case(cast)
    case.state = "refused"
    case.save()
    with pytest.raises(Refused, match="不批准立案"):
        investigation.record_party(by=cast.handler, case=case, kind="unknown")


def test_a_firm_is_asked_who_represents_it_a_person_is_not(cast, sign_in):
    form = sign_in(cast.handler).get(at(making.filed_case(cast), "record_party")).context["form"]
    assert when(form["representative"]) == {"name": "kind", "values": "organisation"}
    assert when(form["identity"])["values"] == when(form["name"])["values"] == "person organisation"
    assert not waiting(sections(form)), "whoever it is, the name is asked at once"


def test_a_name_must_be_given_but_of_the_unknown(cast, sign_in):
    client, case = sign_in(cast.handler), making.filed_case(cast)
    response = post(client, case, "record_party", kind="person", name="")
    assert "类型选“当事人不明”" in response.context["form"].errors["name"][0]
    assert post(client, case, "record_party", kind="unknown").status_code == 302
    assert case.parties.filter(party__kind="unknown").exists()
