"""催办电话: the board shows whom to call and who was called when; what was said stays as it is."""

from datetime import date

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import roles
from accounts.models import Agency, TrailEntry, User
from accounts.services import agencies
from campaigns.models import Duty, DutyCall
from campaigns.services.calling import record_call
from common.errors import Forbidden, Refused
from tests.campaigns.duties.conftest import at
from tests.cast import add_person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def afternoon():
    """It is 2026-05-15 16:45."""
    with time_machine.travel(at("2026-05-15 16:45"), tick=False):
        yield


@pytest.fixture
def duty(cast, half_monthly):
    """What 交城 owes today at 18:00."""
    return Duty.objects.get(agency=cast.county, day=date(2026, 5, 15))


@pytest.fixture
def board(sign_in, duty):
    """`board(person)` is the text of today's board."""
    return lambda person: sign_in(person).get(f"{duty.rule.board_url}?day=2026-05-15").content.decode()


def call(by, duty, called="孙联络", said="答应17:30前报", when="2026-05-15 16:40", **more):
    return record_call(by=by, duty=duty, called=called, said=said, called_at=at(when), **more)


def test_the_board_says_who_was_called_when_and_how_often(cast, duty, board):
    call(cast.prefecture, duty, when="2026-05-15 15:00", said="没人接")
    call(cast.prefecture, duty)
    assert "05-15 16:40 孙联络：答应17:30前报（共2次）" in board(cast.prefecture)


def test_a_call_changes_nothing_of_the_duty_and_stands_in_its_trail(cast, duty):
    before = Duty.objects.filter(pk=duty.pk).values().get()
    call(cast.prefecture, duty, phone="13800000000")
    assert Duty.objects.filter(pk=duty.pk).values().get() == before
    entry = TrailEntry.objects.get(act="record_call")
    assert (entry.actor, entry.subject_id, entry.reason) == (cast.prefecture, duty.pk, "答应17:30前报")
    assert "13800000000" not in str(entry.changes)


def test_what_was_said_stays_as_it_is(cast, duty):
    call(cast.prefecture, duty)
    for change in (lambda: DutyCall.objects.update(said="没说"), lambda: DutyCall.objects.all().delete()):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_a_call_is_not_from_tomorrow(cast, duty):
    with pytest.raises(Refused, match="不能晚于现在"):
        call(cast.prefecture, duty, when="2026-05-15 16:46")


@pytest.mark.parametrize("who", ["liaison", "checker", "province", "other_prefecture", "statistics"])
def test_only_the_office_above_records_calls(cast, duty, who):
    with pytest.raises(Forbidden):
        call(getattr(cast, who), duty)


def test_the_offices_phone_comes_before_that_of_who_is_in_charge(cast, duty, board):
    assert "没有登记" in board(cast.prefecture)
    User.objects.filter(pk=cast.chief.pk).update(phone="13911111111")
    assert "周局长 13911111111" in board(cast.prefecture)
    User.objects.filter(pk=cast.liaison.pk).update(phone="13800000000")
    assert "孙联络 13800000000" in board(cast.prefecture)
    Agency.objects.filter(pk=cast.county.pk).update(phone="0358-3522000")
    page = board(cast.prefecture)
    assert "0358-3522000" in page and "13800000000" not in page


def test_the_offices_phone_is_kept_by_its_own_administrator_and_by_the_one_above(cast, fresh):
    above = add_person("city-system", "市系统", cast.prefecture_office, roles.SYSTEM_ADMIN)
    for by, phone in ((cast.system_admin, "0358-3522000"), (above, "0358-3522001")):
        agencies.amend_agency(by=fresh(by), agency=cast.county, phone=phone)
        assert Agency.objects.get(pk=cast.county.pk).phone == phone
    assert TrailEntry.objects.filter(act="amend_agency").last().changes["联系电话"][1] == "0358-3522001"
    with pytest.raises(Forbidden):
        agencies.amend_agency(by=fresh(cast.liaison), agency=cast.county, phone="1")


def test_the_phone_stands_on_the_page_of_the_office(cast, sign_in):
    client, url = sign_in(cast.system_admin), reverse("accounts:amend_agency", args=[cast.county.code])
    kept = {"name": cast.county.name, "short_name": "", "document_prefix": "交自然资", "uses_system": "on"}
    done = client.post(url, kept | {"phone": "0358-3522000"}, follow=True).content.decode()
    assert "0358-3522000" in done


def test_from_the_board_to_the_call_and_back(cast, sign_in, duty, board):
    User.objects.filter(pk=cast.liaison.pk).update(phone="13800000000")
    url, client = reverse("campaigns:record_call", args=[duty.public_id]), sign_in(cast.prefecture)
    assert url in board(cast.prefecture)
    form = client.get(url).content.decode()
    assert 'value="孙联络"' in form and 'value="13800000000"' in form
    typed = {"called": "孙联络", "phone": "13800000000", "called_at": "2026-05-15T16:44", "said": "马上报"}
    answer = client.post(url, typed, follow=True)
    page = answer.content.decode()
    assert "催办电话已记录。" in page and "05-15 16:44 孙联络：马上报" in page
    assert "马上报" in sign_in(cast.liaison).get(duty.get_absolute_url()).content.decode()


def test_a_county_sees_what_was_said_to_it_and_records_nothing(cast, duty, board):
    call(cast.prefecture, duty)
    page = board(cast.liaison)
    assert "05-15 16:40 孙联络：答应17:30前报" in page
    assert reverse("campaigns:record_call", args=[duty.public_id]) not in page


def test_more_offices_cost_no_more_queries_for_their_phones(cast, sign_in, duty, half_monthly):
    client, url = sign_in(cast.prefecture), f"{half_monthly.board_url}?day=2026-05-15"

    def count():
        with CaptureQueriesContext(connection) as seen:
            client.get(url)
        return len(seen)

    client.get(url)
    one = count()
    for each in Duty.objects.filter(day=date(2026, 5, 15)):
        call(cast.prefecture, each)
        call(cast.prefecture, each, said="再催")
    User.objects.update(phone="13800000000")
    assert count() == one
