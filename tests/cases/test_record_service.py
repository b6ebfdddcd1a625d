"""记录送达: on each party by itself; the days to pay run from it."""

import re
from importlib import import_module

import pytest
from django.apps import apps

from accounts.models import local_today
from cases.models import CaseParty, PartyService
from cases.service_ways import WAYS
from cases.services import investigation, serving
from common.errors import Refused
from common.showing.forms import is_optional
from registry import codes
from tests.cases import making
from tests.cases.pages import assert_only, at, last_entry, open_clocks, post


@pytest.fixture
def two(cast):
    """A decision that fines 张三丰 and 李四, issued yesterday."""
    case = making.filed_case(cast, signed_on=making.ago(60))
    case = investigation.record_party(by=cast.handler, case=case, **making.suspect("李四", making.OTHER_ID))
    case = making.mined(cast, case)
    first, second = (row.party for row in case.parties.order_by("pk"))
    fines = [{**making.FINE, "party": first}, {**making.FINE, "party": second}]
    return making.recorded_decision(cast, case, items=[*fines, {**making.MINERALS, "party": first}])


def party(case, name):
    return CaseParty.objects.get(case=case, party__name=name).party


def due_days(case) -> dict:
    """{whose: from which day} of the clocks of payment that run."""
    rows = serving.clocks.of(case).filter(kind="pay", met_at=None)
    return {clock.whose.partition("，")[2]: clock.counted_from for clock in rows}


def test_the_fifteen_days_to_pay_run_from_service(cast):
    case = making.served(cast, making.decided_case(cast), files=[making.scan("回证.pdf")])
    clocks = open_clocks(case)
    assert set(clocks) == {"pay"}
    assert clocks["pay"].whose == f"{case.decisions.get().number}，张三丰"
    assert (clocks["pay"].due_at.date() - local_today()).days >= 15
    assert case.files.filter(kind="送达回证").exists()
    assert last_entry(case).changes["送达"][1] == [f"张三丰 {local_today()} 直接送达"]


def test_each_party_owes_from_its_own_service(cast, two):
    """行政处罚法第六十七条第三款; 自然资源行政处罚办法第三十五条第三款"""
    case = making.served(cast, two, parties=[party(two, "张三丰")], on=making.ago(1))
    made = case.decisions.get()
    assert made.served_on is None and "serve" in open_clocks(case)
    assert due_days(case) == {"张三丰": making.ago(1)}
    case = making.served(cast, case, parties=[party(two, "李四")])
    assert due_days(case) == {"张三丰": making.ago(1), "李四": local_today()}
    made.refresh_from_db()
    assert made.served_on == local_today() and "serve" not in open_clocks(case)


def test_what_is_owed_together_counts_from_the_last(cast, two):
    made = two.decisions.get()
    made.items.update(party=None)
    case = making.served(cast, two, parties=[party(two, "张三丰")], on=making.ago(1))
    assert due_days(case) == {}
    case = making.served(cast, case, parties=[party(two, "李四")])
    assert due_days(case) == {"共同缴纳": local_today()}


def test_who_was_served_is_not_served_again_and_no_stranger_is(cast, two):
    case = making.served(cast, two, parties=[party(two, "张三丰")])
    with pytest.raises(Refused, match="张三丰已登记送达"):
        making.served(cast, case, parties=[party(two, "张三丰")])
    stranger = making.bare_case(cast).parties.get().party
    with pytest.raises(Refused, match="不是这份决定的当事人"):
        making.served(cast, case, parties=[stranger])
    with pytest.raises(Refused, match="请选择受送达人"):
        making.served(cast, case, parties=[])


def test_a_service_taken_back_ends_its_days_and_the_office_owes_it_again(cast, two):
    case = making.served(cast, two)
    row = PartyService.objects.get(party__name="李四")
    case = serving.withdraw_service(by=cast.handler, case=case, service=row, reason="回证是另一份的")
    assert set(due_days(case)) == {"张三丰"} and "serve" in open_clocks(case)
    assert case.decisions.get().served_on is None
    case = making.served(
        cast, case, parties=[party(two, "李四")], mode="leaving", detail="村委会主任王某见证"
    )
    assert set(due_days(case)) == {"张三丰", "李四"}


def test_without_money_nothing_is_to_be_paid(cast):
    assert open_clocks(making.served(cast, making.decided_case(cast, items=[making.MINERALS]))) == {}


def test_a_service_still_to_come_is_refused(cast):
    with pytest.raises(Refused, match="送达日期不能晚于今天"):
        making.served(cast, making.decided_case(cast), on=making.ago(-1))


def test_every_way_of_the_list_has_its_needs():
    assert list(WAYS) == [each["code"] for each in codes.items("service_modes")]


@pytest.mark.parametrize(
    ("mode", "words"),
    [
        ("leaving", "见证人"),
        ("entrusted", "受委托的机关"),
        ("post", "邮件号"),
        ("electronic", "确认书"),
        ("forwarded", "转交的单位"),
    ],
)
def test_each_way_says_what_it_needs(cast, mode, words):
    """行政处罚法第六十一条; 民事诉讼法第八十九条至第九十五条"""
    case = making.decided_case(cast)
    with pytest.raises(Refused, match=f"写明.*{words}"):
        making.served(cast, case, mode=mode)
    assert making.served(cast, case, mode=mode, detail="已写明").decisions.get().service_mode == mode


def test_leaving_it_is_proved_by_pictures_as_well(cast):
    case = making.served(cast, making.decided_case(cast), mode="leaving", files=[making.photo()])
    assert case.decisions.get().service_mode == "leaving"


def test_a_receipt_or_its_number_must_be_there(cast):
    with pytest.raises(Refused, match="回证"):
        making.served(cast, making.decided_case(cast), receipt_number=" ")


def test_an_announcement_serves_thirty_days_later(cast):
    """民事诉讼法第九十五条"""
    case = making.recorded_decision(
        cast, making.mined(cast, making.filed_case(cast, signed_on=making.ago(60)))
    )
    case.decisions.update(decided_on=making.ago(50))
    said = {"mode": "announcement", "detail": "当事人下落不明"}
    with pytest.raises(Refused, match="发出公告的日期"):
        making.served(cast, case, **said)
    with pytest.raises(Refused, match="公告满三十日的日期不能晚于今天"):
        making.served(cast, case, **said, announced_on=making.ago(29))
    case = making.served(cast, case, **said, announced_on=making.ago(40))
    assert case.decisions.get().served_on == making.ago(10)


def test_service_needs_a_decision(cast, sign_in):
    case = making.decided_case(cast)
    made = case.decisions.get()
    case.decisions.update(state="revoked")
    with pytest.raises(Refused, match="还缺：已作出的处罚决定"):
        making.served(cast, case, decision=made)
    assert_only(cast, sign_in, case, "record_service", "handler")


def test_only_what_the_chosen_way_asks_for_is_shown_and_all_of_it_without_a_script(cast, sign_in):
    case = making.decided_case(cast)
    page = sign_in(cast.handler).get(at(case, "record_service")).content.decode()
    helps = re.findall(r'<p class="help" data-when="mode" data-is="(\w+)"(\s+hidden)?>(.*?)</p>', page, re.S)
    assert [code for code, _, _ in helps] == list(WAYS)
    assert [code for code, hidden, _ in helps if not hidden] == ["direct"]
    folded = page.partition("<noscript><details")[2].partition("</noscript>")[0]
    assert all(f"{way.name}：" in folded for way in WAYS.values())


def test_service_through_the_page(cast, sign_in, two):
    client, made = sign_in(cast.handler), two.decisions.get()
    form = client.get(at(two, "record_service")).context["form"]
    assert len(form["parties"].value()) == 2
    assert not is_optional(form["parties"]) and not is_optional(form["served_on"])
    values = {"decision": made.pk, "served_on": local_today().isoformat(), "mode": "leaving"}
    values |= {"parties": [party(two, "李四").pk], "receipt_number": "7"}
    assert post(client, two, "record_service", **values).status_code == 409
    response = post(client, two, "record_service", **values, detail="村委会主任王某见证")
    assert response.status_code == 302
    page = client.get(at(two, "detail")).content.decode()
    assert "留置送达，村委会主任王某见证，回证号7" in page and "还没有送达" in page


def test_a_day_of_all_becomes_one_of_each_party(cast, two):
    case = making.served(cast, two, on=making.ago(1))
    before = due_days(case)
    PartyService.objects.all().delete()
    move = import_module("cases.migrations.0019_service_of_each_party").by_party
    move(apps, None)
    move(apps, None)
    assert PartyService.objects.count() == 2
    serving.settle(case)
    assert due_days(case) == before and case.decisions.get().served_on == making.ago(1)
