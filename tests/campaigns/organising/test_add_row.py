"""登记: by the keeper of the agency's own books, once however often it is sent."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import TrailEntry
from campaigns.models import BOOKS, GroupMember, Honour, Meeting, Phase, ScreeningTarget
from common.errors import Forbidden, Refused
from tests.campaigns.organising.conftest import PDF, ROWS, add, address, seat_of


@pytest.mark.parametrize("key", sorted(ROWS))
def test_the_liaison_adds_a_row_to_each_book(cast, seat, key):
    row = add(cast.liaison, seat, key)
    entry = TrailEntry.objects.get(subject_kind=row._meta.label_lower, subject_id=row.pk)
    assert (row.agency, row.recorded_by, row.state) == (cast.county, cast.liaison, "open")
    assert entry.act == "add_row" and entry.label == f"登记{row._meta.verbose_name}"
    assert entry.agency == cast.county


@pytest.mark.parametrize("key", sorted(BOOKS))
def test_every_book_has_a_form_and_a_list(cast, page, seat, key):
    text = page(cast.liaison, address(seat, key))
    assert BOOKS[key]._meta.verbose_name in text and "交城县自然资源局" in text
    assert "还没有登记" in page(cast.liaison, f"/ledgers/campaigns/test/organisation/{key}/")


def test_public_security_keeps_its_own_books(cast, campaign, seat):
    station = seat_of(campaign, cast.police_office)
    row = add(cast.police, station, "forces", kind="detecting", name="侦办专班")
    assert row.agency == cast.police_office
    for by, place in ((cast.police, seat), (cast.liaison, station)):
        with pytest.raises(Forbidden):
            add(by, place, "forces")


@pytest.mark.parametrize("part", ["handler", "chief", "checker", "prefecture", "neighbour_liaison"])
def test_nobody_else_adds(cast, seat, part):
    with pytest.raises(Forbidden):
        add(getattr(cast, part), seat, "group")


def test_sent_twice_it_is_one_row_and_leads_to_the_same_page(cast, post, seat):
    fields = {**ROWS["group"], "_key": "the-same-key"}
    first = post(cast.liaison, address(seat, "group"), **fields)
    second = post(cast.liaison, address(seat, "group"), **fields)
    assert GroupMember.objects.count() == 1
    assert first.redirect_chain == second.redirect_chain
    assert "张五宁" in second.content.decode()


def test_bad_input_keeps_what_was_typed(cast, post, seat):
    answer = post(
        cast.liaison,
        address(seat, "phases"),
        name="打击处理阶段",
        from_day="2026-09-10",
        to_day="2026-05-01",
        deliverables="案件查处到位",
    )
    text = answer.content.decode()
    assert answer.status_code == 422 and not Phase.objects.exists()
    assert "结束日期不能早于开始日期" in text
    assert 'value="打击处理阶段"' in text and "案件查处到位" in text


def test_the_service_holds_the_same_rule_as_the_form(cast, seat):
    with pytest.raises(Refused, match="结束日期不能早于开始日期"):
        add(cast.liaison, seat, "phases", to_day=ROWS["phases"]["from_day"].replace(day=1, month=3))


def test_many_places_of_a_township_are_listed_at_once(cast, post, seat):
    answer = post(
        cast.liaison,
        address(seat, "screening"),
        township="东坡底乡",
        kind="gully",
        names="一号沟\n\n二号沟 \n一号沟",
        responsible="王某",
        planned_on="2026-04-20",
    )
    assert answer.redirect_chain[-1][0] == "/ledgers/campaigns/test/organisation/screening/"
    assert sorted(ScreeningTarget.objects.values_list("name", "responsible")) == [
        ("一号沟", "王某"),
        ("二号沟", "王某"),
    ]


def test_minutes_are_kept_and_opened_by_who_sees_the_meeting(cast, post, sign_in, seat):
    upload = SimpleUploadedFile("纪要.pdf", PDF)
    post(
        cast.liaison,
        address(seat, "meetings"),
        kind="coordination",
        held_on="2026-04-10",
        chair="苏瑾",
        attendees="县局、公安",
        minutes=upload,
        **{"parts-TOTAL_FORMS": 0, "parts-INITIAL_FORMS": 0},
    )
    url = Meeting.objects.get().minutes.get_absolute_url()
    codes = {
        part: sign_in(getattr(cast, part)).get(url).status_code
        for part in ("chief", "police", "prefecture", "neighbour_chief", "neighbour_police")
    }
    assert codes == {
        "chief": 200,
        "police": 200,
        "prefecture": 200,
        "neighbour_chief": 404,
        "neighbour_police": 404,
    }


def test_a_file_of_another_kind_is_refused_by_name_and_nothing_is_kept(cast, post, seat):
    answer = post(
        cast.liaison,
        address(seat, "documents"),
        kind="summary",
        title="工作总结",
        written_on="2026-11-20",
        paper=SimpleUploadedFile("总结.exe", b"MZ"),
    )
    assert answer.status_code == 409 and "总结.exe" in answer.content.decode()
    assert not BOOKS["documents"].objects.exists()


def test_praise_and_blame_stay_with_the_agency_and_those_above(cast, campaign, seat):
    add(cast.liaison, seat, "honours")
    seen = {
        part: Honour.objects.visible_to(getattr(cast, part)).count()
        for part in ("liaison", "chief", "prefecture", "province", "police", "neighbour_chief")
    }
    assert seen == {
        "liaison": 1,
        "chief": 1,
        "prefecture": 1,
        "province": 1,
        "police": 0,
        "neighbour_chief": 0,
    }
