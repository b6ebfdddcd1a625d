"""登记线索: who may, what it takes, what it starts."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Clock, IssuedNumber, Posting, Region, Standard
from accounts.services import clocks
from clues.models import Clue
from clues.services.intake import register_clue
from clues.services.verification import assign_clue
from common.errors import Forbidden, Refused
from registry.services.position import read_position
from reminders.models import Outbox
from tests.clues.making import (
    FIRM_CODE,
    PERSON_ID,
    a_moment_ago,
    ago,
    ahead,
    at,
    form_data,
    jpeg,
    last_entry,
    registered,
    words,
)

NEW = "/clues/new/"


def test_a_clerk_registers_and_the_clue_has_its_number(cast):
    clue = registered(cast)
    assert clue.state == "registered"
    assert clue.agency == cast.county
    assert clue.number.startswith("交自然资线〔")
    assert clue.number.endswith("1号")
    assert registered(cast).number.endswith("2号")


def test_a_number_can_be_typed_and_the_series_goes_on_after_it(cast):
    clue = registered(cast, number="交自然资线〔2026〕37号")
    assert clue.number == "交自然资线〔2026〕37号"
    with pytest.raises(Refused, match="已经用过"):
        registered(cast, number="交自然资线[2026]37号")
    assert IssuedNumber.objects.get(text=clue.number).by_hand


def test_the_trail_says_who_registered_what(cast):
    entry = last_entry(registered(cast, violations=["K21"], mineral="煤"))
    assert (entry.act, entry.actor, entry.agency) == ("register_clue", cast.intake, cast.county)
    assert entry.changes["涉嫌违法类型"][1] == "无证开采（未取得采矿权开采）"
    assert entry.happened_on == ago(1)


def test_the_clock_of_checking_starts_on_the_day_of_receipt(cast):
    clue = registered(cast, received_on=ago(3))
    clock = Clock.objects.get(subject_kind="clues.clue", subject_id=clue.pk)
    assert (clock.kind, clock.counted_from, clock.met_at) == ("clue_check", ago(3), None)
    assert clock.url == clue.get_absolute_url()


def test_the_length_of_that_clock_is_data(cast):
    Standard.objects.create(
        key="clue_verification_days",
        region=cast.regions["141100"],
        value=3,
        unit="工作日",
        valid_from=ago(900),
        document="吕自然资发〔2026〕1号",
    )
    clock = Clock.objects.get(subject_id=registered(cast, received_on=ago(0)).pk)
    workdays = clocks.calendar().add_workdays(ago(0), 3)
    assert timezone.localdate(clock.due_at) == workdays
    assert "3个工作日（吕自然资发〔2026〕1号）" in clock.explanation


@pytest.mark.parametrize("post", ["intake", "handler", "brigade_head"])
def test_staff_of_the_county_register(cast, sign_in, post):
    answer = sign_in(getattr(cast, post)).post(NEW, form_data())
    assert answer.status_code == 302
    assert Clue.objects.get().registered_by == getattr(cast, post)


@pytest.mark.parametrize("post", ["legal", "deputy", "chief", "police", "prefecture", "province"])
def test_other_posts_do_not_register(cast, sign_in, post):
    assert sign_in(getattr(cast, post)).get(NEW).status_code == 403
    with pytest.raises(Forbidden):
        register_clue(by=getattr(cast, post), **words())


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"received_on": ahead(1)}, "受理日期不能晚于今天"),
        ({"happened_on": ahead(1)}, "问题发生日期不能晚于今天"),
        ({"source": "dream"}, "请选择线索来源"),
        ({"summary": " "}, "请填写线索摘要"),
        ({"place": " "}, "请填写位置"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(cast, wrong, sentence):
    with pytest.raises(Refused, match=sentence):
        registered(cast, **wrong)
    assert not Clue.objects.exists()
    assert not IssuedNumber.objects.exists()


def test_a_place_outside_the_office_is_refused(cast):
    with pytest.raises(Refused, match="不在本单位管辖区域内"):
        registered(cast, county=cast.regions["141121"])
    with pytest.raises(Refused, match="不属于"):
        registered(cast, township=township_of_the_neighbour(cast))


def township_of_the_neighbour(cast):
    return Region.objects.create(
        code="141121100", name="凤城镇", level="township", parent=cast.regions["141121"]
    )


def test_the_form_offers_only_the_offices_own_townships(cast, sign_in):
    page = sign_in(cast.intake).get(NEW).content.decode()
    assert "天宁镇" in page
    assert "文水县" not in page


def test_several_parties_stand_in_one_list(cast):
    clue = registered(
        cast,
        parties=[
            {"kind": "person", "name": "张三丰", "identity": PERSON_ID},
            {"kind": "organisation", "name": "交城县某石料厂", "identity": FIRM_CODE},
            {"kind": "unknown"},
            {"kind": "person", "name": "张三丰", "identity": PERSON_ID},
        ],
    )
    names = sorted(link.party.name for link in clue.suspects.all())
    assert names == ["交城县某石料厂", "张三丰", "当事人不明"]


def test_photos_come_along_and_give_the_place(cast):
    photo = jpeg(taken="2026:11:01 09:30:00", lon=112.158, lat=37.552)
    clue = registered(cast, files=[photo, jpeg("二.jpg")])
    assert clue.files.count() == 2
    assert f"{clue.longitude:.3f}" == "112.158"
    assert clue.position_typed == "照片 现场.jpg"


def test_a_typed_position_wins_over_the_photo(cast):
    typed = read_position("112.2", "37.6", "cgcs2000")
    photo = jpeg(lon=112.158, lat=37.552)
    clue = registered(cast, position=typed, files=[photo])
    assert f"{clue.longitude:.3f}" == "112.200"


def test_a_reporter_reports_to_the_county_and_gets_a_receipt(cast, sign_in):
    page = sign_in(cast.reporter).get(NEW).content.decode()
    assert "上报线索" in page
    assert "举报人" not in page
    answer = sign_in(cast.reporter).post(
        NEW,
        {
            "summary": "有人挖山",
            "place": "东沟",
            "source": "patrol",
            "found_at": a_moment_ago(),
            "files": [jpeg()],
        },
    )
    clue = Clue.objects.get()
    assert answer.url == reverse("clues:receipt", args=[clue.public_id])
    assert (clue.agency, clue.origin_agency) == (cast.county, cast.agencies["141122100-zrzy"])
    assert clue.township == cast.regions["141122100"]
    receipt = sign_in(cast.reporter).get(answer.url).content.decode()
    assert clue.number in receipt
    assert "交城县自然资源局" in receipt


def test_a_reporter_reads_who_has_the_clue_and_what_comes_next(cast, sign_in):
    clue, client = registered(cast, by=cast.reporter), sign_in(cast.reporter)
    due = clocks.of(clue).get(kind="clue_check").due_at
    for page in (at(clue, "receipt"), clue.get_absolute_url()):
        said = client.get(page).content.decode()
        assert "现在由谁办" in said and f"分派核查，{timezone.localtime(due):%Y-%m-%d} 前核查完" in said
    assign_clue(by=cast.brigade_head, clue=clue, handler=cast.handler)
    said = client.get(clue.get_absolute_url()).content.decode()
    assert "交城县自然资源局（李承办）" in said and "现场核查，" in said
    assert "办到哪里" not in sign_in(cast.intake).get(clue.get_absolute_url()).content.decode()


def test_a_report_is_answered_with_whom_it_went_to(cast, sign_in):
    data = {"summary": "有人挖山", "place": "东沟", "source": "patrol", "found_at": a_moment_ago()}
    said = sign_in(cast.reporter).post(NEW, data, follow=True).content.decode()
    assert "已上报交城县自然资源局。" in said


def test_the_county_is_told_of_a_report(cast):
    registered(cast, by=cast.reporter)
    told = set(Outbox.objects.values_list("recipient__username", flat=True))
    assert told == {"intake", "brigade_head"}


def test_a_clerk_of_two_offices_says_for_which(cast, sign_in):
    Posting.objects.create(user=cast.intake, agency=cast.neighbour, role="intake", since=ago(100))
    client = sign_in(cast.intake)
    assert "以哪个单位登记" in client.get(NEW).content.decode()
    client.post(NEW, form_data(agency=str(cast.neighbour.pk)))
    assert Clue.objects.get().agency == cast.neighbour


def test_the_form_keeps_what_was_typed(cast, sign_in):
    data = form_data(
        received_on=ahead(2).isoformat(),
        summary="打字打了半天的摘要",
        position_first="abc",
        position_second="37.5",
        datum="cgcs2000",
        informant_name="举报的人",
        mining_violations=["K21"],
        **{"party-0-name": "李某某", "party-0-identity": "123"},
    )
    answer = sign_in(cast.intake).post(NEW, data)
    page = answer.content.decode()
    assert answer.status_code == 422
    for kept in ("打字打了半天的摘要", "abc", "举报的人", "李某某", "checked"):
        assert kept in page
    assert "受理日期不能晚于今天" in page
    assert "身份证号码应为18位" in page
    assert "经度没有看懂" in page
    assert not Clue.objects.exists()


def test_a_fault_in_a_row_leads_to_its_field(cast, sign_in):
    row = {"party-1-kind": "person", "party-1-name": "李某某", "party-1-identity": "123"}
    page = sign_in(cast.intake).post(NEW, form_data(**row)).content.decode()
    assert '<a href="#field-party-1-identity">当事人第 2 项，证件号码</a>：身份证号码应为18位' in page
    assert 'id="field-party-1-identity"' in page
    assert "有 1 处需要改正" in page


def test_another_row_of_parties_without_a_script(cast, sign_in):
    data = form_data(_add_row="1", summary="", **{"party-0-name": "王某"})
    answer = sign_in(cast.intake).post(NEW, data)
    page = answer.content.decode()
    assert 'name="party-TOTAL_FORMS" value="4"' in page
    assert "party-3-name" in page
    assert "王某" in page
    assert "请填写" not in page
    assert not Clue.objects.exists()


def test_a_code_that_fails_its_check_is_asked_once(cast, sign_in):
    wrong = FIRM_CODE[:-1] + ("A" if FIRM_CODE[-1] != "A" else "C")
    row = {"party-0-kind": "organisation", "party-0-name": "某石料厂", "party-0-identity": wrong}
    client = sign_in(cast.intake)
    page = client.post(NEW, form_data(**row)).content.decode()
    assert "末位校验不符" in page
    assert 'type="checkbox" name="party-0-identity_ok"' in page
    answer = client.post(NEW, form_data(**row, **{"party-0-identity_ok": "on"}))
    assert answer.status_code == 302


def test_a_double_click_registers_once(cast, sign_in):
    client = sign_in(cast.intake)
    data = form_data(_key="k1")
    first, second = client.post(NEW, data), client.post(NEW, data)
    assert first.url == second.url
    assert Clue.objects.count() == 1
