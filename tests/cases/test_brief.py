"""One page for the chief's question: a case, or a party with every case of it in sight."""

from cases.services import investigation, referral
from tests.cases import making
from tests.cases.pages import at
from tests.cases.test_offenders import elsewhere, penalised
from tests.querycounts import queries_of


def shown(client, case, party=None) -> str:
    """The page of a case, or of one of its parties."""
    row = f"?party={party.pk}" if party else ""
    return client.get(at(case, "brief") + row).content.decode()


def served(cast, case):
    """Its decision handed over today."""
    return making.served(cast, case)


def test_it_answers_who_where_which_step_when_and_how_much(cast, sign_in):
    case = served(cast, making.decided_case(cast))
    page = shown(sign_in(cast.chief), case)
    for said in (
        case.number,
        "张三丰",
        "西社镇某沟",
        "执行",
        "李承办",
        "煤 820吨",
        "罚款 84,000元",
        "应缴 84,000 元，已缴 0 元",
        "未缴 84,000 元",
        "没收违法采出的矿产品 820吨，还没有执行",
        "没有移送公安机关",
        "2年内在系统各县因非法采矿受处罚 0 次",
    ):
        assert said in page, said


def test_the_next_date_is_the_first_that_runs(cast, sign_in):
    case = making.mined(cast, making.filed_case(cast, signed_on=making.ago(20)), value="200000")
    one = making.proposed_referral(cast, case)
    row = sign_in(cast.chief).get(at(case, "brief")).context["row"]
    assert row["next"].subject_kind == "cases.referral"
    referral.approve_referral(by=cast.chief, referral=one)
    assert "已批准待送" in shown(sign_in(cast.chief), case)


def test_earlier_penalties_of_the_same_party_are_named_and_counted_as_the_flag_counts(cast, sign_in):
    """法释〔2016〕25号第三条第一款第（三）项: 二年内受过行政处罚，又实施"""
    earlier = penalised(cast, making.ago(100))
    case, client = making.filed_case(cast), sign_in(cast.chief)
    page = shown(client, case)
    assert earlier.decisions.get().number in page
    assert "2年内在系统各县因非法采矿受处罚 1 次" in page
    case = investigation.amend_case(by=cast.handler, case=case, act_ended_on=making.ago(300))
    assert "2年内在系统各县因非法采矿受处罚 0 次" in shown(client, case), "decided after the act"


def test_of_a_party_every_case_in_sight_with_its_sums(cast, sign_in):
    earlier, case = making.decided_case(cast), making.filed_case(cast)
    page = shown(sign_in(cast.chief), case, case.parties.get())
    assert earlier.number in page and case.number in page
    assert "应缴 84,000 元，已缴 0 元，未缴 84,000 元" in page
    assert making.PERSON_ID not in page, "its number stays in stars"


def test_a_neighbour_county_sees_none_of_it(cast, sign_in):
    case = making.decided_case(cast)
    assert sign_in(cast.neighbour_chief).get(at(case, "brief")).status_code == 404


def test_a_neighbours_penalty_is_a_number_and_no_row(cast, sign_in):
    theirs = penalised(elsewhere(cast), making.ago(100))
    case, client = making.filed_case(cast), sign_in(cast.chief)
    page = shown(client, case)
    assert "2年内在系统各县因非法采矿受处罚 1 次" in page
    assert theirs.number not in page
    assert theirs.number not in shown(client, case, case.parties.get())


def test_a_row_that_is_no_party_of_the_case_is_not_found(cast, sign_in):
    case, other = making.filed_case(cast), making.filed_case(cast)
    client = sign_in(cast.chief)
    for row in (other.parties.get().pk, "x", "", 9999999999):
        response = client.get(at(case, "brief") + f"?party={row}")
        assert response.status_code == (200 if row == "" else 404), row


def test_public_security_keeps_to_its_package(cast, sign_in):
    one = making.sent_referral(cast)
    assert sign_in(cast.police).get(at(one.case, "brief")).status_code == 403
    assert at(one.case, "brief") not in sign_in(cast.police).get(one.get_absolute_url()).content.decode()


def test_the_pages_of_a_case_lead_there(cast, sign_in):
    case = making.filed_case(cast)
    page = sign_in(cast.handler).get(case.get_absolute_url()).content.decode()
    assert at(case, "brief") in page
    assert f"{at(case, 'brief')}?party={case.parties.get().pk}" in page


def test_more_cases_of_the_party_ask_no_more(cast, sign_in):
    client, case = sign_in(cast.chief), making.decided_case(cast)
    for address in (at(case, "brief"), f"{at(case, 'brief')}?party={case.parties.get().pk}"):
        making.decided_case(cast)
        few = queries_of(client, address)
        making.decided_case(cast)
        assert queries_of(client, address) == few, address
