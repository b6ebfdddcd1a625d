"""The one-time code of a new house: it confirms the first posts, until there is a second person."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from accounts import roles
from accounts.models import Basis, Confirmation, Posting, SetUpCode, local_today
from accounts.services import confirming, passwords, people, set_up
from common.errors import Refused
from tests.cast import add_person

TEMPORARY = "abcd-efgh-2345-mnpq"
OWN = "Xuan-2468-zijideMima"


@pytest.fixture
def new_house(cast):
    """Nobody may confirm yet: an administrator alone."""
    Posting.objects.exclude(role=roles.SYSTEM_ADMIN).delete()
    return cast


def appointed(cast, role=roles.CHIEF, username="juzhang"):
    """The first people, as the administrator enters them; what waits for them."""
    person = people.add_person(
        by=cast.system_admin, agency=cast.county, username=username, name="首任", password=TEMPORARY
    )
    people.appoint(by=cast.system_admin, person=person, agency=cast.county, role=role)
    return Confirmation.objects.get(person=person)


def test_the_code_confirms_the_first_leader_and_then_it_is_gone(new_house, fresh):
    code, row = set_up.make_code(), appointed(new_house)
    other = appointed(new_house, roles.BRIGADE_HEAD, "duizhang")
    assert code not in SetUpCode.objects.get().digest
    confirming.confirm_by_code(by=new_house.system_admin, row=row, code=code)
    assert fresh(row.person).holds(roles.CHIEF) and not SetUpCode.objects.exists()
    with pytest.raises(Refused, match="不能再用安装码"):
        confirming.confirm_by_code(by=new_house.system_admin, row=other, code=code)
    confirming.confirm(by=fresh(row.person), row=other)
    assert fresh(other.person).holds(roles.BRIGADE_HEAD)


def test_what_the_administrator_typed_opens_nothing_once_confirmed(new_house, fresh, sign_in, client):
    """Nor does a password that he chose in the person's name meanwhile; what is shown must be changed."""
    code, row = set_up.make_code(), appointed(new_house)
    passwords.change_own(by=row.person, password=OWN)
    there = sign_in(fresh(row.person))
    done = confirming.confirm_by_code(by=new_house.system_admin, row=row, code=code)
    assert there.get("/clues/").url.startswith("/accounts/sign-in/"), "the session ended with it"
    assert not any(fresh(row.person).check_password(typed) for typed in (TEMPORARY, OWN))
    client.post("/accounts/sign-in/", {"username": "juzhang", "password": done.password})
    assert client.get("/clues/").url == reverse("accounts:change_password"), "nothing opens before"
    passwords.change_own(by=fresh(row.person), password=OWN)
    assert sign_in(fresh(row.person)).get("/clues/").status_code == 200


def test_the_page_shows_that_password_once(new_house, sign_in, fresh):
    code, row = set_up.make_code(), appointed(new_house)
    page = sign_in(new_house.system_admin).post(
        reverse("accounts:confirm_by_code", args=[row.public_id]), {"code": code}
    )
    shown = re.search(r"一次性密码</dt><dd>([a-z0-9-]+)", page.content.decode())[1]
    assert fresh(row.person).check_password(shown) and fresh(row.person).must_change_password


def test_it_is_shown_as_such_until_a_second_person_has_looked(new_house, fresh, sign_in):
    code, row = set_up.make_code(), appointed(new_house)
    confirming.confirm_by_code(by=new_house.system_admin, row=row, code=code)
    deputy = appointed(new_house, roles.DEPUTY, "fenguan")
    confirming.confirm(by=fresh(row.person), row=deputy)
    admin = sign_in(new_house.system_admin)
    for url in (row.person.get_absolute_url(), new_house.county.get_absolute_url()):
        assert "凭安装码确认" in admin.get(url).content.decode()
    password = fresh(row.person).password
    assert "凭安装码确认的，请您核实" in deputies_desk(sign_in, fresh, deputy)
    confirming.confirm(by=fresh(deputy.person), row=row)
    assert row.person.postings.get().basis == Basis.PERSON
    assert fresh(row.person).password == password, "who works already keeps the password"
    assert "凭安装码确认" not in admin.get(new_house.county.get_absolute_url()).content.decode()


def deputies_desk(sign_in, fresh, row):
    """The first page of whom a row is about, who has an own password by now."""
    person = fresh(row.person)
    person.must_change_password = False
    person.save()
    return sign_in(person).get("/").content.decode()


def test_the_second_person_may_end_what_the_code_began(new_house, fresh):
    code, row = set_up.make_code(), appointed(new_house)
    confirming.confirm_by_code(by=new_house.system_admin, row=row, code=code)
    safety = appointed(new_house, roles.SECURITY_ADMIN, "anquan")
    confirming.confirm(by=fresh(row.person), row=safety)
    confirming.refuse(by=fresh(safety.person), row=row, reason="查无此人")
    assert not fresh(row.person).role_codes, "at once, also on its first day"


def test_a_wrong_code_opens_nothing_and_spraying_is_braked(new_house, sign_in, fresh):
    code, row = set_up.make_code(), appointed(new_house)
    client = sign_in(new_house.system_admin)
    url = reverse("accounts:confirm_by_code", args=[row.public_id])
    now = timezone.now()
    with time_machine.travel(now, tick=False):
        for n in range(5):
            page = client.post(url, {"code": f"wrong-{n}"})
            assert page.status_code == 422 and "安装码不对" in page.content.decode()
        page = client.post(url, {"code": code})
        assert page.status_code == 422 and "15 分钟" in page.content.decode()
    assert not fresh(row.person).role_codes
    with pytest.raises(Refused, match="安装码不对"):
        confirming.confirm_by_code(by=new_house.system_admin, row=row, code="wrong")
    with time_machine.travel(now + timedelta(minutes=16), tick=False):
        assert client.post(url, {"code": f" {code.upper()} "}).status_code == 200
    assert fresh(row.person).holds(roles.CHIEF)


def test_where_somebody_may_confirm_the_code_is_worth_nothing(cast):
    code, row = set_up.make_code(), appointed(cast, roles.HANDLER)
    with pytest.raises(Refused, match="不能再用安装码"):
        confirming.confirm_by_code(by=cast.system_admin, row=row, code=code)


def test_nobody_confirms_their_own_reset_with_it(new_house):
    row = appointed(new_house)
    Confirmation.objects.filter(pk=row.pk).update(person=new_house.system_admin)
    with pytest.raises(Refused, match="自己的任职"):
        confirming.confirm_by_code(by=new_house.system_admin, row=row, code=set_up.make_code())


def test_without_a_code_the_page_says_how_to_get_one(new_house, sign_in):
    row = appointed(new_house)
    url = reverse("accounts:confirm_by_code", args=[row.public_id])
    page = sign_in(new_house.system_admin).post(url, {"code": "abcd"})
    assert "manage.py set_up_code" in page.content.decode()
    with pytest.raises(Refused, match="manage.py set_up_code"):
        confirming.confirm_by_code(by=new_house.system_admin, row=row, code="abcd")


def test_the_command_prints_a_new_code_and_the_old_one_goes(new_house, capsys):
    old, row = set_up.make_code(), appointed(new_house)
    call_command("set_up_code")
    code = capsys.readouterr().out.split("安装码：")[1].split(" ")[0]
    assert set_up.fault_of(old, timezone.now())
    assert confirming.confirm_by_code(by=new_house.system_admin, row=row, code=code).row.state == "code"


def test_the_list_offers_the_code_only_where_nobody_else_may(new_house, sign_in):
    row = appointed(new_house)
    url, address = reverse("accounts:confirmations"), f"{row.public_id}/code/"
    assert address in sign_in(new_house.system_admin).get(url).content.decode()
    add_person("new_chief", "局长", new_house.county, roles.CHIEF)
    assert address not in sign_in(new_house.system_admin).get(url).content.decode()


def test_what_the_server_itself_enters_says_so(cast):
    person = add_person("first", "首位", cast.county)
    post = people.appoint(person=person, agency=cast.county, role=roles.CHIEF)
    assert post.basis == Basis.COMMAND and post.holds_on(local_today())
