"""执法证 of many people at once, and who has a valid one."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import FormerCertificate, TrailEntry, User, local_today
from accounts.services import people
from accounts.services.certificates import import_certificates, read
from common.errors import Forbidden, Refused
from tests.cast import add_person

LIST = "李承办\t14031100002\t2028-12-31\n\nsecond_handler，14031100003，2029年6月30日\n"


def test_a_pasted_list_is_entered(cast):
    changed = import_certificates(by=cast.system_admin, agency=cast.county, lines=read(LIST))
    assert changed == 2
    first, second = User.objects.get(pk=cast.handler.pk), User.objects.get(pk=cast.second_handler.pk)
    assert (first.certificate_no, first.certificate_until) == ("14031100002", date(2028, 12, 31))
    assert (second.certificate_no, second.certificate_until) == ("14031100003", date(2029, 6, 30))
    entry = TrailEntry.objects.filter(act="import_certificates", subject_id=first.pk).get()
    assert entry.changes["执法证号"] == ["晋J-handler", "14031100002"]
    again = import_certificates(by=cast.system_admin, agency=cast.county, lines=read(LIST))
    assert (again, TrailEntry.objects.filter(act="import_certificates").count()) == (0, 2)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (" \n", "还没有填写"),
        ("李承办 1403", "第1行没有看懂：李承办 1403。每行写姓名"),
        ("李承办 1403 2028-12-31\n赵协办 1404 明年", "第2行没有看懂"),
        ("李承办 1 2028-12-31\n李承办 2 2028-12-31", "李承办在名单里出现了不止一次"),
    ],
)
def test_a_line_that_is_not_understood_is_named(text, said):
    with pytest.raises(Refused, match=said):
        read(text)


def test_somebody_unknown_keeps_all_out(cast):
    with pytest.raises(Refused, match="没有在用的人员“邻承办”"):
        lines = read("李承办 1 2028-12-31\n邻承办 2 2028-12-31")
        import_certificates(by=cast.system_admin, agency=cast.county, lines=lines)
    assert User.objects.get(pk=cast.handler.pk).certificate_no == "晋J-handler"


def test_two_of_one_name_are_told_apart_by_their_sign_in_name(cast):
    add_person("namesake", "李承办", cast.county)
    with pytest.raises(Refused, match="叫“李承办”的不止一人，请改填登录名"):
        import_certificates(by=cast.system_admin, agency=cast.county, lines=read(LIST))


@pytest.mark.parametrize("part", ["security_admin", "chief", "handler"])
def test_only_the_system_admin_enters_it(cast, part):
    with pytest.raises(Forbidden):
        import_certificates(by=getattr(cast, part), agency=cast.county, lines=read(LIST))


def test_the_page_takes_it_and_says_how_many(cast, sign_in):
    client = sign_in(cast.system_admin)
    url = reverse("accounts:import_certificates", args=[cast.county.code])
    assert f'href="{url}"' in client.get(reverse("accounts:people")).content.decode()
    refused = client.post(url, {"lines": "李承办"})
    assert refused.status_code == 422
    assert "第1行没有看懂" in refused.content.decode()
    page = client.post(url, {"lines": LIST}, follow=True).content.decode()
    assert "已导入，2人的执法证有变化。" in page


def test_the_list_finds_those_without_a_valid_one(cast, sign_in):
    today = local_today()
    User.objects.filter(pk=cast.handler.pk).update(certificate_until=today - timedelta(days=1))
    User.objects.filter(pk=cast.second_handler.pk).update(certificate_until=today + timedelta(days=30))
    client, url = sign_in(cast.system_admin), reverse("accounts:people")

    def found(which):
        return [line.name for line in client.get(url, {"certificate": which}).context["list"].rows]

    assert found("soon") == found("valid") == ["赵协办"]
    assert "李承办" in found("none") and "赵协办" not in found("none")
    assert f"{today - timedelta(days=1)}到期" in client.get(url).content.decode()


def on(days: int | None):
    """So many days from today; negative is past."""
    return None if days is None else local_today() + timedelta(days=days)


@pytest.fixture
def put(cast):
    """`put(number, until, since)` types the handler's certificate; days are counted from today."""
    User.objects.filter(pk=cast.handler.pk).update(certificate_no="旧1", certificate_until=on(-100))

    def typed(number, until, since=None):
        return people.amend_person(
            by=cast.system_admin,
            person=User.objects.get(pk=cast.handler.pk),
            certificate_no=number,
            certificate_since=on(since),
            certificate_until=on(until),
        )

    return typed


def valid(person, *days) -> list[bool]:
    """Whether it was valid so many days from today, for each."""
    person = User.objects.get(pk=person.pk)
    return [person.certificate_fault(on(each)) == "" for each in days]


def test_a_renewed_one_leaves_the_days_of_the_old_one_and_does_not_cover_the_gap(cast, put):
    put("新2", 900, since=-30)
    assert valid(cast.handler, -300, -100, -99, -31, -30, 0, 900, 901) == [
        True, True, False, False, True, True, True, False,
    ]  # fmt: skip
    assert User.objects.get(pk=cast.handler.pk).certificate_fault(on(-60)) == f"执法证{on(-30)}起有效"


def test_a_renewal_without_its_first_day_counts_from_today(cast, put):
    put("新2", 900)
    assert valid(cast.handler, -100, -1, 0) == [True, False, True]


def test_one_renewed_ahead_counts_beside_the_old_until_its_day(cast, put):
    put("新2", 50, since=-30)
    put("新3", 900, since=51)
    assert valid(cast.handler, 0, 50, 51) == [True, True, True]
    assert list(FormerCertificate.objects.values_list("number", "since", "until")) == [
        ("新2", on(-30), on(50)),
        ("旧1", None, on(-100)),
    ]


def test_the_same_one_prolonged_in_time_or_put_right_is_no_second_one(cast, put):
    put("新2", 50, since=-30)
    put("新2", 400)
    put("新2", 400, since=-40)
    assert valid(cast.handler, -41, -40, 400) == [False, True, True]
    assert FormerCertificate.objects.count() == 1


def test_the_same_number_after_it_had_run_out_is_asked_from_when(cast, put):
    with pytest.raises(Refused, match=f"{on(-100)}已经到期。换发的请写明新证的有效期自"):
        put("旧1", 900)
    put("旧1", 900, since=-10)
    assert valid(cast.handler, -100, -50, -10) == [True, False, True]


def test_one_taken_away_was_valid_until_yesterday_and_a_new_one_begins_anew(cast, put):
    put("新2", 900, since=-30)
    put("", None)
    assert valid(cast.handler, -30, -1, 0) == [True, True, False]
    put("新3", 900)
    assert valid(cast.handler, -1, 0) == [True, True]
    assert User.objects.get(pk=cast.handler.pk).certificate_since == on(0)


def test_days_that_contradict_each_other_are_refused(cast, put):
    with pytest.raises(Refused, match="不能早于有效期自"):
        put("新2", 10, since=20)


def test_what_was_held_never_changes(cast, put):
    put("新2", 900, since=-30)
    with pytest.raises(DatabaseError), transaction.atomic():
        FormerCertificate.objects.update(until=on(0))


def test_the_list_brings_the_first_day_too_and_keeps_the_old_one(cast, put):
    text = f"李承办 新2 {on(900)} {on(-30)}"
    import_certificates(by=cast.system_admin, agency=cast.county, lines=read(text))
    assert valid(cast.handler, -100, -50, -30) == [True, False, True]
    assert import_certificates(by=cast.system_admin, agency=cast.county, lines=read(text)) == 0


def test_pages_show_what_was_held_before_and_take_the_first_day(cast, put, sign_in):
    client = sign_in(cast.system_admin)
    url = reverse("accounts:amend_person", args=[cast.handler.public_id])
    form = client.get(url).context["form"]
    data = {name: form[name].value() or "" for name in form.fields}
    data |= {"certificate_no": "新2", "certificate_since": on(-30), "certificate_until": on(900)}
    assert client.post(url, data).status_code == 302
    for page in (client.get(cast.handler.get_absolute_url()), sign_in(cast.handler).get("/accounts/me/")):
        words = page.content.decode()
        assert f"旧1，至{on(-100)}" in words and f"{on(-30)}" in words


def test_the_list_of_people_asks_once_however_many_have_run_out(cast, sign_in, put):
    client, url = sign_in(cast.system_admin), reverse("accounts:people")
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    User.objects.exclude(certificate_no="").update(certificate_until=on(-1))
    with CaptureQueriesContext(connection) as many:
        client.get(url)
    assert len(many) == len(few)


def test_valid_on_a_day():
    person = User(name="某", certificate_no="1403", certificate_until=date(2026, 5, 1))
    assert person.certificate_fault(date(2026, 5, 1)) == ""
    assert person.certificate_fault(date(2026, 5, 2)) == "执法证2026-05-01到期"
    person.certificate_until = None
    assert person.certificate_fault(date(2026, 5, 1)) == "执法证没有登记有效期"
    person.certificate_no = ""
    assert person.certificate_fault(date(2026, 5, 1)) == "没有登记执法证"
