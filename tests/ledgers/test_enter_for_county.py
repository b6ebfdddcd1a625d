"""代录: a county that doesn't sign in is entered by the office above, from the workbook it sent."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from accounts import fileaccess, roles
from accounts.models import Posting, Standard, TrailEntry, User
from campaigns.models import Duty, LateClaim
from campaigns.services.duty_rules import HALF_MONTHLY, RuleDraft, set_rule
from common.errors import Forbidden, Refused
from ledgers.models import LedgerEntry, ProxyEntry, Submission, Verdict
from ledgers.services import answering, checking, exporting, importing, proxies, submitting
from ledgers.services.consolidating import consolidated_rows
from ledgers.services.ledger_forms import form_of
from ledgers.services.proxy_words import proxy_words
from ledgers.services.submitting import Report
from ledgers.services.verifying import check_submissions
from reminders.models import Notice
from reminders.services import outbox
from tests.campaigns.duties.conftest import at
from tests.cast import add_person
from tests.ledgers import acting, build
from tests.ledgers.importing.conftest import ROW, workbook  # noqa: F401 - a fixture

OFFICE = "吕梁市规划和自然资源局"


@pytest.fixture
def other(cast):
    """A liaison of the prefecture."""
    return add_person("city", "市联络", cast.prefecture_office, roles.LIAISON)


@pytest.fixture
def book(workbook):  # noqa: F811 - the fixture
    """`book(rows)` is a workbook that 交城 sent, as an upload."""

    def made(rows=(ROW,)):
        return sent_book(workbook, rows)

    return made


def sent_book(write, rows=(ROW,)) -> SimpleUploadedFile:
    """What 交城 sent, as a browser uploads it; `write` makes the file."""
    return SimpleUploadedFile("交城台账.xlsx", write(list(rows), day="2026年5月15日").read_bytes())


def scan():
    return SimpleUploadedFile("来件.pdf", b"%PDF-1.4 stamped", content_type="application/pdf")


def enter(by, ledger, received=None, **more):
    """代录 of what came an hour ago."""
    received = received or timezone.now() - timedelta(hours=1)
    return proxies.enter_for_county(by=by, ledger=ledger, received_at=received, way="微信", **more)


def bring(by, ledger, upload):
    """Enter the workbook and write it."""
    batch = enter(by, ledger, workbook=upload)
    return importing.confirm_import(by=by, batch=batch)


def check(by, ledger):
    """Confirm every row as it stands."""
    work = checking.work_of(ledger)
    digests = {row.key: work.digests[row.key] for row in work.changed}
    checking.check_ledger(by=by, ledger=ledger, rest=True, rows=digests)


def report(cast, other, ledger, upload, day="05-15", **more):
    """The whole way: 市联络 enters and prepares, 吕市审 checks and submits."""
    bring(other, ledger, upload)
    submitting.prepare_ledger(by=other, ledger=ledger, data_as_of=build.day(day))
    ledger.refresh_from_db()
    check(cast.prefecture, ledger)
    return submitting.submit_ledger(by=cast.prefecture, ledger=ledger, **more)


def sign_in_now(*people):
    User.objects.filter(pk__in=[person.pk for person in people]).update(last_login=timezone.now())


def test_two_people_of_the_prefecture_report_for_a_county_that_never_signed_in(
    cast, other, county_ledger, book
):
    made = report(cast, other, county_ledger, book())
    assert (made.agency, made.proxy.office) == (cast.county, cast.prefecture_office)
    assert (made.filled_by, made.checked_by) == (other, cast.prefecture)
    assert made.rows.get().values["party"] == "甲公司"
    assert LedgerEntry.objects.get().agency == cast.county
    assert made.proxy.workbook.name == "交城台账.xlsx"
    assert made.proxy.reason == "县里的联络员、台账审核人还没有登录过"
    assert check_submissions() == (1, None)


def test_a_county_that_signs_in_reports_itself(cast, other, county_ledger, book):
    sign_in_now(cast.liaison)
    with pytest.raises(Refused, match="由县里自己报送"):
        enter(other, county_ledger, workbook=book())
    assert not ProxyEntry.objects.exists()


def test_after_the_days_of_the_standard_without_signing_in_it_may_be_entered(cast, other, county_ledger):
    sign_in_now(cast.liaison)
    now = timezone.now()
    assert proxies.silence_of(county_ledger, now + timedelta(days=14)) == ""
    assert "15天没有登录" in proxies.silence_of(county_ledger, now + timedelta(days=15))
    Standard.objects.create(
        key="proxy_after_days",
        value=7,
        unit="日",
        valid_from=build.day("01-01"),
        region=cast.regions["141100"],
        document="市局通知",
    )
    assert "7天没有登录" in proxies.silence_of(county_ledger, now + timedelta(days=7))


def test_a_county_that_reported_itself_within_these_days_is_not_silent(cast, county_ledger):
    acting.submit(cast, county_ledger, nil_report=True)
    assert proxies.silence_of(county_ledger, timezone.now()) == ""
    assert "15天" in proxies.silence_of(county_ledger, timezone.now() + timedelta(days=15))


def test_a_county_without_two_people_to_report_may_be_entered(cast, county_ledger):
    sign_in_now(cast.liaison, cast.checker)
    assert proxies.silence_of(county_ledger, timezone.now()) == ""
    Posting.objects.filter(user=cast.checker).delete()
    assert "没有联络员和台账审核人两个人" in proxies.silence_of(county_ledger, timezone.now())
    Posting.objects.create(user=cast.liaison, agency=cast.county, role=roles.CHECKER, since=build.FROM)
    assert "没有联络员和台账审核人两个人" in proxies.silence_of(county_ledger, timezone.now())


@pytest.mark.parametrize("who", ["liaison", "checker", "other_prefecture", "province", "neighbour_liaison"])
def test_nobody_else_enters_for_a_county(cast, county_ledger, book, who):
    with pytest.raises(Forbidden, match="代录由联络员、市级审核办理"):
        enter(getattr(cast, who), county_ledger, workbook=book())


def test_a_township_and_a_prefecture_are_entered_for_by_nobody(cast, campaign):
    above = add_person("above", "省审", cast.agencies["140000-zrzy"], roles.PREFECTURE)
    for by, office in ((cast.liaison, cast.agencies["141122100-zrzy"]), (above, cast.prefecture_office)):
        with pytest.raises(Forbidden):
            enter(by, build.ledger(campaign, office), scan=scan())


def test_without_anything_that_came_nothing_is_entered(cast, other, county_ledger):
    with pytest.raises(Refused, match="请上传县里报来的台账"):
        enter(other, county_ledger)
    with pytest.raises(Refused, match="不能晚于现在"):
        enter(other, county_ledger, scan=scan(), received=timezone.now() + timedelta(minutes=5))


def test_before_that_and_after_the_report_the_prefecture_does_nothing_in_the_ledger(
    cast, other, county_ledger, book
):
    with pytest.raises(Forbidden):
        importing.preview_import(by=other, ledger=county_ledger, upload=book())
    with pytest.raises(Forbidden):
        submitting.prepare_ledger(by=other, ledger=county_ledger)
    report(cast, other, county_ledger, book())
    with pytest.raises(Forbidden):
        submitting.prepare_ledger(by=other, ledger=county_ledger)


def test_rows_of_another_county_are_kept_out(cast, other, county_ledger, book):
    batch = bring(other, county_ledger, book([ROW, ROW | {"county": "文水县", "party": "乙"}]))
    assert (batch.report["created"], len(batch.report["rejected"])) == (1, 1)
    assert "乙" not in LedgerEntry.objects.values_list("party", flat=True)


def test_who_entered_does_not_check_and_does_not_accept(cast, other, county_ledger, book):
    bring(cast.prefecture, county_ledger, book())
    submitting.prepare_ledger(by=cast.prefecture, ledger=county_ledger, data_as_of=build.day("05-15"))
    county_ledger.refresh_from_db()
    with pytest.raises(Refused, match="须由另一人办理"):
        checking.check_ledger(by=cast.prefecture, ledger=county_ledger, rest=True)
    second = add_person("second", "市审二", cast.prefecture_office, roles.PREFECTURE)
    check(second, county_ledger)
    made = submitting.submit_ledger(by=second, ledger=county_ledger)
    with pytest.raises(Refused, match="接收须由另一人办理"):
        answering.accept_submission(by=cast.prefecture, submission=made)
    answering.accept_submission(by=second, submission=made)
    assert Verdict.objects.get().accepted


def test_from_its_own_checkers_confirmation_on_the_county_has_its_ledger_back(
    cast, other, county_ledger, book
):
    bring(other, county_ledger, book())
    submitting.prepare_ledger(by=other, ledger=county_ledger, data_as_of=build.day("05-15"))
    acting.check(cast, county_ledger)
    with pytest.raises(Forbidden):
        submitting.submit_ledger(by=cast.prefecture, ledger=county_ledger)
    made = submitting.submit_ledger(by=cast.checker, ledger=county_ledger)
    assert made.proxy is None


def test_what_was_entered_stays_marked_when_the_county_reports_again(cast, other, county_ledger, book):
    first = report(cast, other, county_ledger, book())
    acting.accept(cast, first)
    second = acting.submit(cast, county_ledger, "05-30", nil_report=True)
    first.refresh_from_db()
    assert proxy_words(first) == f"由{OFFICE}代录"
    assert proxy_words(second) == ""


def test_a_nil_report_by_fax_needs_no_workbook(cast, other, county_ledger):
    assert enter(other, county_ledger, scan=scan()) == county_ledger
    submitting.prepare_ledger(by=other, ledger=county_ledger, data_as_of=build.day("05-15"))
    county_ledger.refresh_from_db()
    checking.check_ledger(by=cast.prefecture, ledger=county_ledger)
    made = submitting.submit_ledger(by=cast.prefecture, ledger=county_ledger, report=Report(nil_report=True))
    assert (made.nil_report, made.proxy.paper.name) == (True, "来件.pdf")


@pytest.fixture
def duty(cast, campaign, other):
    """What 交城 owes by 2026-05-15 18:00."""
    draft = RuleDraft(campaign=campaign, from_day=campaign.from_day, **HALF_MONTHLY)
    set_rule(by=other, agency=cast.prefecture_office, draft=draft, now=at("2026-05-01 09:00"))
    return Duty.objects.get(agency=cast.county, day=build.day("05-15"))


def test_it_meets_the_countys_duty(cast, other, county_ledger, book, duty):
    made = report(cast, other, county_ledger, book(), now=at("2026-05-15 17:50"))
    duty.refresh_from_db()
    assert (acting.answer_to(duty), duty.state) == (made, "submitted")
    assert not LateClaim.objects.exists()


def test_what_came_in_time_and_was_entered_late_counts_from_when_it_came(
    cast, other, county_ledger, book, duty
):
    batch = enter(other, county_ledger, received=at("2026-05-15 16:30"), workbook=book(), scan=scan())
    importing.confirm_import(by=other, batch=batch)
    submitting.prepare_ledger(by=other, ledger=county_ledger, data_as_of=build.day("05-15"))
    county_ledger.refresh_from_db()
    check(cast.prefecture, county_ledger)
    submitting.submit_ledger(by=cast.prefecture, ledger=county_ledger, now=at("2026-05-15 19:10"))
    duty = Duty.objects.get(pk=duty.pk)
    assert duty.late_by(at("2026-05-20 09:00")) is None
    assert (duty.claim.scan.name, duty.claim.ruled_by) == ("来件.pdf", cast.prefecture)


def test_the_trail_says_who_entered_what_and_the_county_is_told(cast, other, county_ledger, book):
    made = report(cast, other, county_ledger, book())
    entry = TrailEntry.objects.get(act="enter_for_county")
    assert (entry.actor, entry.agency) == (other, cast.prefecture_office)
    assert entry.changes["来件工作簿"] == ["", made.proxy.workbook.sha256]
    submitted = TrailEntry.objects.get(act="submit_ledger")
    assert submitted.changes["代录"] == ["", OFFICE]
    outbox.deliver()
    told = Notice.objects.filter(recipient=cast.checker).values_list("title", flat=True)
    assert set(told) == {"上级已收到本县台账，正在代录", "第1期台账已由上级代录报送"}
    assert Notice.objects.filter(recipient=cast.prefecture, title__contains="待核对").exists()


def test_what_came_is_kept_unchanged_and_seen_by_who_sees_the_ledger(cast, other, county_ledger, book, fresh):
    made = report(cast, other, county_ledger, book())
    stored = made.proxy.workbook
    for person, sees in ((cast.liaison, True), (other, True), (cast.neighbour_chief, False)):
        assert fileaccess.visible_file(fresh(person), stored.public_id) == (stored if sees else None)
    for change in ({"way": "传真"}, {"workbook": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ProxyEntry.objects.update(**change)


def test_it_is_marked_on_paper_in_the_total_and_on_every_page(
    cast, other, campaign, county_ledger, book, duty, sign_in, tmp_path
):
    made = report(cast, other, county_ledger, book())
    acting.accept(cast, made)
    path = tmp_path / "county.xlsx"
    with path.open("wb") as stream:
        exporting.export_submission(stream, made)
    sheet = load_workbook(path).active
    assert f"由{OFFICE}代录" in sheet.oddFooter.left.text
    assert any(f"（由{OFFICE}代录）" in str(cell.value) for row in sheet.iter_rows() for cell in row)
    consolidating = sign_in(cast.prefecture).get(reverse("ledgers:consolidate", args=[campaign.code]))
    assert '<span class="word word--amber">代录</span>' in consolidating.content.decode()
    total = acting.consolidate(cast, campaign, filled_by=other)
    assert total.rows.get().values["remark"].endswith("代录")
    assert proxy_words(total) == "代录：交城县"
    client = sign_in(cast.prefecture)
    for url in (
        county_ledger.get_absolute_url(),
        made.get_absolute_url(),
        total.get_absolute_url(),
        reverse("ledgers:submissions"),
        made.duty.get_absolute_url(),
        f"{duty.rule.board_url}?day={made.duty.day}",
    ):
        assert "代录" in client.get(url).content.decode(), url
    assert check_submissions() == (2, None)


def test_a_total_that_comes_back_does_not_say_it_twice(cast, other, campaign, county_ledger, book):
    acting.accept(cast, report(cast, other, county_ledger, book()))
    seat = build.ledger(campaign, cast.prefecture_office)
    (row,), _ = consolidated_rows(seat, build.day("05-15"), form_of(campaign))
    assert row.value("remark") == "代录"


def test_the_pages_lead_from_the_workbook_to_the_report(cast, other, county_ledger, book, sign_in):
    client = sign_in(other)
    page = client.get(county_ledger.get_absolute_url()).content.decode()
    url = reverse("ledgers:enter_for_county", args=[county_ledger.campaign.code, cast.county.code])
    assert url in page and "可以代录" in page
    form = client.get(url).content.decode()
    assert "开始代录" in form and "还没有登录过" in form
    came = (timezone.localtime() - timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M")
    answer = client.post(url, {"workbook": book(), "received_at": came, "way": "微信"}, follow=True)
    assert "写入 1 条" in answer.content.decode()
    confirm = answer.context["preview"]["action"]
    assert "已写入台账。" in client.post(confirm, follow=True).content.decode()
    desk = client.get("/").content.decode()
    assert "代录的台账提交核对" in desk
    page = client.get(county_ledger.get_absolute_url()).content.decode()
    prepare = reverse("ledgers:prepare_ledger", args=[county_ledger.campaign.code, cast.county.code])
    assert "正在代录" in page and prepare in page
    client.post(prepare, {"data_as_of": timezone.localdate().isoformat()})
    reviewer = sign_in(cast.prefecture)
    assert "代录的台账核对" in reviewer.get("/").content.decode()
    page = reviewer.get(county_ledger.get_absolute_url()).content.decode()
    check_url, submit_url = (
        reverse(f"ledgers:{name}", args=[county_ledger.campaign.code, cast.county.code])
        for name in ("check", "submit")
    )
    assert check_url in page and submit_url in page
    picks = reviewer.get(check_url).content.decode().split('name="row" value="')[1:]
    reviewer.post(check_url, {"row": [pick.split('"')[0] for pick in picks]})
    done = reviewer.post(submit_url, follow=True).content.decode()
    assert f"由{OFFICE}代录" in done
    assert Submission.objects.get().proxy.by == other


def test_a_form_without_anything_that_came_says_so(cast, other, county_ledger, sign_in):
    url = reverse("ledgers:enter_for_county", args=[county_ledger.campaign.code, cast.county.code])
    answer = sign_in(other).post(url, {"received_at": "2999-01-01T08:00", "way": "微信"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "请上传县里报来的台账" in text and "收到时间不能晚于现在" in text
