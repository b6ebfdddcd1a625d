"""A post that opens secrets begins once a second person has confirmed it: who invents one reads nothing."""

import pytest
from django.urls import reverse

from accounts import roles
from accounts.acts import ActTable
from accounts.models import (
    Basis,
    Confirmation,
    Posting,
    TrailEntry,
    User,
    local_today,
)
from accounts.services import agencies, confirming, people, second_person
from clues.acts import SECRET_READERS
from clues.models import Clue, Informant
from common.errors import Forbidden, Refused
from config.procedure import TABLES
from reminders.models import Outbox
from tests.cast import add_person

TEMPORARY = "abcd-efgh-2345-mnpq"
OPENS = "unmask"


def invented(cast, role=roles.BRIGADE_HEAD, username="jiadui", agency=None) -> User:
    """Somebody whom the administrator made up, with a post."""
    office = agency or cast.county
    person = people.add_person(
        by=cast.system_admin, agency=office, username=username, name="贾队长", password=TEMPORARY
    )
    people.appoint(by=cast.system_admin, person=person, agency=office, role=role)
    return person


def asked(person) -> Confirmation:
    """What waits for a second person about somebody."""
    return Confirmation.objects.filter(person=person, state="waiting").latest("pk")


def confirmed(by, person) -> confirming.Confirmed:
    """A second person confirms what waits about somebody."""
    return confirming.confirm(by=by, row=asked(person))


@pytest.fixture
def informant(cast):
    """The informant of a clue of the county."""
    clue = Clue.objects.create(
        agency=cast.county,
        number="线1",
        source="patrol",
        received_on=local_today(),
        summary="盗采",
        county=cast.county.region,
        place="某沟",
        registered_by=cast.intake,
    )
    return Informant.objects.create(clue=clue)


def test_the_posts_that_are_confirmed_are_those_that_open_secrets():
    opening = set(SECRET_READERS)
    for table in TABLES:
        assert isinstance(table, ActTable)
        for act in table.acts:
            if act.name.startswith(OPENS):
                opening |= act.roles | act.typists | act.proxies | act.receivers
    assert opening == roles.READ_SECRETS
    assert opening | roles.CONFIRMERS == roles.CONFIRMED


def test_every_act_that_shows_what_is_sealed_is_named_as_such():
    """Whoever adds one that isn't called `unmask_…` is told here: forms that ask the password again."""
    shown = {act.name for table in TABLES for act in table.acts if "只显示一次" in act.note}
    assert all(name.startswith(OPENS) for name in shown) and shown


def test_an_invented_head_of_the_brigade_reads_nothing(cast, informant, client, fresh):
    person = invented(cast)
    typed = {"username": "jiadui", "password": TEMPORARY}
    assert client.post("/accounts/sign-in/", typed).status_code == 302
    User.objects.filter(pk=person.pk).update(must_change_password=False)
    assert client.get("/clues/").status_code == 403
    assert client.get(informant.clue.get_absolute_url()).status_code == 404
    url = reverse("clues:unmask_informant", args=[informant.clue.public_id])
    assert client.post(url, {"reason": "看看"}).status_code == 404
    assert not fresh(person).role_codes and not people.holders(cast.county, roles.BRIGADE_HEAD).filter(
        pk=person.pk
    )
    assert not Informant.objects.visible_to(fresh(person)).exists()


def test_once_confirmed_the_post_is_in_force_from_the_next_request_on(cast, informant, fresh):
    person = invented(cast)
    confirmed(cast.chief, person)
    assert Informant.objects.visible_to(fresh(person)).get() == informant
    post = person.postings.get()
    row = Confirmation.objects.get()
    assert (post.basis, row.state, row.decided_by) == (Basis.PERSON, "confirmed", cast.chief)
    entry = TrailEntry.objects.get(act="confirm")
    assert (entry.actor, entry.role, entry.subject_id) == (cast.chief, roles.CHIEF, person.pk)


def test_what_the_administrator_typed_opens_nothing_once_it_is_confirmed(cast, fresh):
    """The one-time password goes to who confirmed: else the giver signs in before the person does."""
    person = invented(cast)
    done = confirmed(cast.chief, person)
    assert not fresh(person).check_password(TEMPORARY)
    assert fresh(person).check_password(done.password) and fresh(person).must_change_password
    people.appoint(by=cast.system_admin, person=person, agency=cast.county, role=roles.INTAKE)
    assert not confirmed(cast.deputy, person).password, "who holds such a post keeps the own password"


def test_an_administrator_cannot_confirm(cast, sign_in):
    person = invented(cast)
    other = add_person("second_admin", "第二管理员", cast.county, roles.SYSTEM_ADMIN)
    for admin in (cast.system_admin, other, cast.audit_admin):
        with pytest.raises(Forbidden):
            confirmed(admin, person)
    url = reverse("accounts:confirm", args=[asked(person).public_id])
    assert sign_in(cast.system_admin).post(url).status_code == 403
    assert person.postings.get().basis == Basis.WAITING


@pytest.mark.parametrize("role", sorted(roles.CONFIRMERS))
def test_whom_one_would_invent_to_confirm_waits_too(cast, fresh, role):
    """Not by a second account of his own making either: who confirms is confirmed."""
    accomplice = invented(cast, role=role, username="tonghuo")
    head = invented(cast)
    with pytest.raises(Forbidden):
        confirmed(fresh(accomplice), head)
    with pytest.raises((Forbidden, Refused)):
        confirmed(fresh(accomplice), accomplice)


def test_nobody_confirms_what_they_asked_for_or_what_is_their_own(cast):
    """Somebody may have given a post as administrator, and lead the office today."""
    person = invented(cast)
    row = asked(person)
    Confirmation.objects.filter(pk=row.pk).update(asked_by=cast.chief)
    with pytest.raises(Refused, match="不能自己确认"):
        confirmed(cast.chief, person)
    Confirmation.objects.filter(pk=row.pk).update(asked_by=cast.system_admin, person=cast.chief)
    with pytest.raises(Refused, match="不能自己确认"):
        confirming.confirm(by=cast.chief, row=Confirmation.objects.get(pk=row.pk))
    assert not Confirmation.objects.askable(cast.chief).exists()


@pytest.mark.parametrize(
    ("part", "may"),
    [
        ("chief", True),
        ("deputy", True),
        ("security_admin", True),
        ("prefecture_chief", True),
        ("brigade_head", False),
        ("prefecture", False),
        ("neighbour_chief", False),
    ],
)
def test_leaders_and_security_administrators_confirm_here_or_above(cast, part, may, fresh):
    cast.prefecture_chief = add_person("prefecture_chief", "市局长", cast.prefecture_office, roles.CHIEF)
    person = invented(cast)
    if may:
        assert confirmed(getattr(cast, part), person).row.state == "confirmed"
    else:
        with pytest.raises(Forbidden):
            confirmed(getattr(cast, part), person)
    assert bool(fresh(person).role_codes) is may


def test_a_post_at_a_township_is_no_way_round(cast):
    """A leader of the county confirms it, and no other county's; merged upwards it waits anew."""
    office = agencies.open_agency(
        by=cast.system_admin,
        region=cast.regions["141122101"],
        kind="zrzy",
        parent=cast.county,
    )
    person = invented(cast, agency=office)
    with pytest.raises(Forbidden):
        confirmed(cast.neighbour_chief, person)
    confirmed(cast.chief, person)
    agencies.merge_agency(by=cast.system_admin, agency=office, into=cast.county)
    assert person.postings.get(agency=cast.county).basis == Basis.WAITING
    assert not people.holders(cast.county, roles.BRIGADE_HEAD).filter(pk=person.pk)


def test_what_waits_at_a_merged_office_waits_at_the_next_one(cast):
    office = agencies.open_agency(
        by=cast.system_admin, region=cast.regions["141122101"], kind="zrzy", parent=cast.county
    )
    person = invented(cast, agency=office)
    agencies.merge_agency(by=cast.system_admin, agency=office, into=cast.county)
    assert asked(person).agency == cast.county
    assert Confirmation.objects.filter(person=person, state="withdrawn").count() == 1
    confirmed(cast.chief, person)
    assert people.holders(cast.county, roles.BRIGADE_HEAD).filter(pk=person.pk)


def test_the_bureau_of_a_division_confirms_whom_public_security_names(cast):
    """That line has no leaders in the system; the neighbour's bureau doesn't see it."""
    admin = add_person("police_admin", "公安系统员", cast.police_office, roles.SYSTEM_ADMIN)
    person = people.add_person(
        by=admin, agency=cast.police_office, username="jinguan", name="警官", password=TEMPORARY
    )
    people.appoint(by=admin, person=person, agency=cast.police_office, role=roles.POLICE)
    row = asked(person)
    assert not Confirmation.objects.visible_to(cast.neighbour_chief).exists()
    with pytest.raises(Forbidden):
        confirming.confirm(by=cast.neighbour_chief, row=row)
    assert Confirmation.objects.visible_to(cast.chief).get() == row
    confirming.confirm(by=cast.chief, row=row)


def test_a_longer_term_waits_too_and_an_end_does_not(cast, fresh):
    today = local_today()
    post = Posting.objects.get(user=cast.handler)
    people.end_posting(by=cast.system_admin, posting=post, on=today)
    assert fresh(cast.handler).holds(roles.HANDLER)
    longer = people.appoint(
        by=cast.system_admin,
        person=cast.handler,
        agency=cast.county,
        role=roles.HANDLER,
        since=today.replace(year=today.year + 1),
    )
    assert not longer.holds_on(longer.since)
    assert confirmed(cast.chief, cast.handler).password == ""
    longer.refresh_from_db()
    assert longer.holds_on(longer.since)


def test_a_post_that_opens_nothing_begins_at_once(cast, fresh):
    person = invented(cast, role=roles.REPORTER, agency=cast.agencies["141122100-zrzy"])
    assert fresh(person).holds(roles.REPORTER) and not Confirmation.objects.exists()


def test_what_is_refused_never_begins_and_may_be_asked_again(cast, fresh):
    person = invented(cast)
    confirming.refuse(by=cast.deputy, row=asked(person), reason="没有这个人")
    assert person.postings.get().basis == Basis.VOID and not fresh(person).role_codes
    with pytest.raises(Refused, match="不能确认"):
        confirming.confirm(by=cast.chief, row=Confirmation.objects.get())
    people.appoint(by=cast.system_admin, person=person, agency=cast.county, role=roles.BRIGADE_HEAD)
    assert person.postings.get().basis == Basis.WAITING
    confirmed(cast.chief, person)
    assert fresh(person).holds(roles.BRIGADE_HEAD)


def test_whoever_gave_it_takes_it_back_while_it_waits(cast):
    person = invented(cast)
    people.end_posting(by=cast.system_admin, posting=person.postings.get(), reason="登记错了")
    assert person.postings.get().basis == Basis.VOID
    assert not Confirmation.objects.unsettled().exists()


def test_who_may_confirm_and_the_leaders_are_told_and_no_line_names_anybody(cast):
    person = invented(cast)
    told = set(Outbox.objects.filter(kind="second_person").values_list("recipient__username", flat=True))
    assert told == {"chief", "deputy", "security_admin"}
    Outbox.objects.all().delete()
    confirmed(cast.security_admin, person)
    rows = Outbox.objects.filter(kind="second_person")
    told = set(rows.values_list("recipient__username", flat=True))
    assert told == {"chief", "deputy", "system_admin", "jiadui"}
    assert not any(person.name in row.title for row in rows)


def test_a_post_without_a_leader_in_the_office_is_told_to_the_next_above(cast):
    chief = add_person("prefecture_chief", "市局长", cast.prefecture_office, roles.CHIEF)
    Posting.objects.filter(agency=cast.county, role__in=roles.LEADERS).delete()
    person = invented(cast)
    confirmed(cast.security_admin, person)
    assert list(second_person.leaders_of(Confirmation.objects.get())) == [chief]


def test_the_three_administrators_are_three_people(cast):
    for part, role in (
        ("system_admin", roles.SECURITY_ADMIN),
        ("security_admin", roles.SYSTEM_ADMIN),
        ("system_admin", roles.AUDIT_ADMIN),
    ):
        with pytest.raises(Refused, match="由不同的人担任"):
            people.appoint(by=cast.system_admin, person=getattr(cast, part), agency=cast.county, role=role)


@pytest.mark.parametrize("role", sorted(roles.ADMINISTRATORS))
def test_no_administrator_reads_cases(cast, role):
    assert roles.ROLES[role].reach == "none" and role not in roles.READ_SECRETS


def test_the_desk_has_a_line_for_who_may_confirm_and_for_who_asked(cast, sign_in):
    person = invented(cast)
    url = reverse("accounts:confirm", args=[asked(person).public_id])
    assert url in sign_in(cast.chief).get("/").content.decode()
    assert url not in sign_in(cast.brigade_head).get("/").content.decode()
    assert "待第二人确认" in sign_in(cast.system_admin).get("/").content.decode()
    page = sign_in(cast.system_admin).get(person.get_absolute_url()).content.decode()
    assert "待确认" in page and "撤回" in page


def test_the_page_shows_the_one_time_password_once_and_only_to_who_confirmed(cast, sign_in, fresh):
    person = invented(cast)
    client = sign_in(cast.chief)
    url = reverse("accounts:confirm", args=[asked(person).public_id])
    assert "贾队长" in client.get(url).content.decode()
    form = {"_key": "once", "_version": 1}
    page = client.post(url, form)
    shown = page.content.decode()
    password = shown.split("一次性密码</dt><dd>")[1].split("<")[0]
    assert fresh(person).check_password(password)
    assert client.post(url, form).status_code == 302, "sent twice it shows nothing twice"
    listed = sign_in(cast.system_admin).get(reverse("accounts:confirmations")).content.decode()
    assert "已确认" in listed and password not in listed
    assert not any(password in str(value) for value in TrailEntry.objects.values_list("changes", flat=True))


def test_a_stranger_finds_nothing_behind_a_forged_address(cast, sign_in):
    person = invented(cast)
    row = asked(person)
    for part in ("neighbour_chief", "handler", "police", "province"):
        for name in ("confirm", "refuse", "confirm_by_code"):
            url = reverse(f"accounts:{name}", args=[row.public_id])
            assert sign_in(getattr(cast, part)).post(url, {"reason": "试", "code": "x"}).status_code == 404
    assert asked(person).pk == row.pk


def test_a_refusal_on_the_page_wants_its_reason(cast, sign_in):
    person = invented(cast)
    url = reverse("accounts:refuse", args=[asked(person).public_id])
    client = sign_in(cast.chief)
    assert client.post(url, {"reason": ""}).status_code == 422
    assert client.post(url, {"reason": "查无此人"}).status_code == 302
    assert TrailEntry.objects.get(act="refuse").reason == "查无此人"


def test_the_list_of_people_shows_no_post_that_waits(cast, sign_in):
    """Its column and its filter read posts themselves."""
    invented(cast)
    client = sign_in(cast.system_admin)
    everybody = client.get(reverse("accounts:people")).content.decode()
    filtered = client.get(reverse("accounts:people"), {"role": roles.BRIGADE_HEAD}).content.decode()
    assert "马队长" in filtered and "贾队长" not in filtered
    assert "贾队长" in everybody


def test_a_disabled_head_who_comes_back_waits_again(cast, fresh):
    people.disable(by=cast.system_admin, person=cast.chief, reason="停职")
    people.enable(by=cast.system_admin, person=fresh(cast.chief), reason="恢复")
    assert fresh(cast.chief).is_active and not fresh(cast.chief).role_codes
    confirmed(cast.deputy, cast.chief)
    assert fresh(cast.chief).role_codes == {roles.CHIEF}
