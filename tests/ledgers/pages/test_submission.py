"""A frozen ledger: its page, its answers, its workbook, what differs from another one."""

import io
import re
from datetime import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from accounts.models import TrailEntry
from ledgers.models import PaperReport
from ledgers.showing import frozen, ledger_table
from tests.ledgers import acting, build

LIST = "/ledgers/submissions/"


def scan():
    return SimpleUploadedFile("台账.pdf", b"%PDF-1.4 stamped", content_type="application/pdf")


def act(submission, name):
    return reverse(f"ledgers:{name}", args=[submission.public_id])


@pytest.fixture
def first(cast, entry, county_ledger):
    """The first report of 交城."""
    return acting.submit(cast, county_ledger)


@pytest.fixture
def second(cast, campaign, entry, first, county_ledger):
    """The next one: a figure rose, a row came, and 文水's stays out of it."""
    acting.accept(cast, first)
    build.decision(cast, entry.links.get().case, ("mining", "fine", "6000"), on="05-20")
    new = build.case(cast, names=("新某",), place="新地")
    build.entry(campaign, cast.county, new, party="新某", place="新地", opened="05-20")
    return acting.submit(cast, county_ledger, "05-30")


def test_the_page_has_three_times_people_version_and_digest(cast, page, first):
    text = page(cast.chief, first.get_absolute_url())
    assert all(word in text for word in ("数据截止", "填报时间", "报送时间", "孙联络", "吴审核"))
    assert first.digest in text and "luliang-1" in text and "84,000" in text


def test_each_printed_page_carries_version_and_digest(cast, page, first):
    text = page(cast.chief, first.get_absolute_url())
    foot = re.search(r'ledger__print-foot"><tr><td[^>]*>([^<]+)', text).group(1)
    assert "luliang-1" in foot and first.digest[:16] in foot and "第1期" in foot


def test_the_frozen_page_does_not_follow_the_cases(cast, page, entry, first):
    build.decision(cast, entry.links.get().case, ("mining", "fine", "6000"), on="05-12")
    text = page(cast.chief, first.get_absolute_url())
    assert "84,000" in text and "90,000" not in text


def test_two_reports_are_compared(cast, page, first, second):
    text = page(cast.chief, f"{second.get_absolute_url()}?with={first.public_id}")
    assert "第2期与第1期相比：新增 1 条，有变化 1 条，移除 0 条。" in text
    assert re.search(r"<del>84,000</del>.*?<ins>90,000</ins>", text, re.S)
    assert "新增行" in text and "有变化的行" in text


def test_what_is_gone_is_marked(cast, page, post, entry, first, county_ledger):
    post(cast.liaison, reverse("ledgers:strike_entry", args=[entry.public_id]), reason="误录")
    later = acting.submit(cast, county_ledger, "05-30")
    text = page(cast.chief, f"{later.get_absolute_url()}?with={first.public_id}")
    assert "移除 1 条" in text and "移除行" in text


def test_comparing_is_offered_and_holds_for_either_order(cast, page, first, second):
    text = page(cast.chief, first.get_absolute_url())
    assert f"?with={second.public_id}" in text
    assert "第2期与第1期相比" in page(cast.chief, f"{first.get_absolute_url()}?with={second.public_id}")


def test_another_countys_report_is_no_partner(cast, sign_in, campaign, first, foreign_entry):
    foreign = acting.submit(cast, build.ledger(campaign, cast.neighbour))
    url = f"{first.get_absolute_url()}?with={foreign.public_id}"
    assert sign_in(cast.chief).get(url).status_code == 404


def test_the_prefecture_accepts(cast, page, post, first):
    assert "接收" in page(cast.prefecture, first.get_absolute_url())
    post(cast.prefecture, act(first, "accept_submission"))
    assert first.state == "accepted"


def test_the_prefecture_returns_with_a_reason(cast, page, post, first):
    url = act(first, "return_submission")
    assert post(cast.prefecture, url, reason="").status_code == 422
    post(cast.prefecture, url, reason="第1行罚款与决定书不符")
    assert first.state == "returned"
    assert "第1行罚款与决定书不符" in page(cast.checker, first.get_absolute_url())


def test_an_answer_is_given_once(cast, post, first):
    post(cast.prefecture, act(first, "accept_submission"))
    answer = post(cast.prefecture, act(first, "return_submission"), reason="晚了")
    assert answer.status_code == 409


def test_nobody_else_answers(cast, sign_in, first):
    for person in (cast.checker, cast.liaison, cast.chief, cast.province):
        client = sign_in(person)
        assert client.get(act(first, "accept_submission")).status_code == 403
    assert sign_in(cast.police).get(first.get_absolute_url()).status_code in (403, 404)
    for person in (cast.neighbour_chief, cast.neighbour_checker, cast.other_prefecture):
        for name in ("submission", "submission_download", "accept_submission"):
            assert sign_in(person).get(act(first, name)).status_code == 404


def test_paper_is_offered_only_where_the_prefecture_is_outside(cast, page, first):
    assert "线下报送登记" not in page(cast.checker, first.get_absolute_url())
    cast.county.parent.__class__.objects.filter(pk=cast.county.parent_id).update(uses_system=False)
    text = page(cast.checker, first.get_absolute_url())
    assert "线下报送登记" in text and "线下接收登记" in text


@pytest.fixture
def outside(cast):
    """The prefecture doesn't use the system."""
    cast.prefecture_office.uses_system = False
    cast.prefecture_office.save()


def test_what_went_out_and_came_back_on_paper_is_kept(cast, page, post, outside, first):
    sent = timezone.make_naive(timezone.now()).strftime("%Y-%m-%dT%H:%M")
    post(cast.liaison, act(first, "record_paper_report"), sent_at=sent, scan=scan())
    assert PaperReport.objects.get().submission == first
    again = page(cast.liaison, first.get_absolute_url())
    assert act(first, "record_paper_report") not in again
    assert act(first, "record_paper_answer") in again
    post(
        cast.liaison,
        act(first, "record_paper_answer"),
        accepted="yes",
        scan=scan(),
        happened_on=timezone.localdate().isoformat(),
    )
    assert first.state == "accepted"
    text = page(cast.chief, first.get_absolute_url())
    assert "线下报送" in text and "线下接收" in text


def test_a_paper_return_says_why_and_has_its_scan(cast, post, outside, first):
    url, today = act(first, "record_paper_answer"), timezone.localdate().isoformat()
    answer = post(cast.liaison, url, accepted="no", happened_on=today)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "请填写退回理由" in text and "请选择回执或退回件的扫描件" in text


def test_a_paper_report_is_not_from_tomorrow(cast, post, outside, first):
    later = datetime(2999, 1, 1, 8, 0).strftime("%Y-%m-%dT%H:%M")
    answer = post(cast.liaison, act(first, "record_paper_report"), sent_at=later, scan=scan())
    assert answer.status_code == 422 and "不能晚于现在" in answer.content.decode()


def sheet_of(response):
    return load_workbook(io.BytesIO(b"".join(response.streaming_content))).active


def values_of(sheet):
    return [cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None]


def test_the_frozen_workbook_is_what_was_reported(cast, sign_in, entry, first):
    build.decision(cast, entry.links.get().case, ("mining", "fine", "6000"), on="05-12")
    answer = sign_in(cast.prefecture).get(act(first, "submission_download"))
    sheet = sheet_of(answer)
    found = values_of(sheet)
    assert 84000 in found and 90000 not in found and "张某某" in found
    assert first.digest[:16] in sheet.oddFooter.left.text
    assert TrailEntry.objects.filter(act="export_ledger", actor=cast.prefecture).exists()


def test_the_live_workbook_has_what_the_page_shows(cast, sign_in, campaign, entry, foreign_entry):
    url = f"/ledgers/campaigns/{campaign.code}/download/"
    own = values_of(sheet_of(sign_in(cast.chief).get(url)))
    assert 84000 in own and "邻某" not in own
    every = values_of(sheet_of(sign_in(cast.prefecture).get(url)))
    assert {"张某某", "邻某", "文水县小计（1 条）", "合计（2 条）"} <= set(every)
    before = values_of(sheet_of(sign_in(cast.chief).get(f"{url}?as_of=2026-05-09")))
    assert 84000 not in before and 1860.5 in before


def test_the_list_has_periods_states_and_times(cast, page, first, second):
    text = page(cast.chief, LIST)
    assert "第1期" in text and "第2期" in text and "已接收" in text and "已报送" in text


def test_the_list_is_filtered_in_the_address(cast, page, first, second):
    text = page(cast.prefecture, f"{LIST}?state=accepted")
    assert first.get_absolute_url() in text and second.get_absolute_url() not in text
    text = page(cast.prefecture, f"{LIST}?campaign={first.campaign.code}&agency=141122-zrzy")
    assert second.get_absolute_url() in text
    assert "没有符合这些条件的记录" in page(cast.prefecture, f"{LIST}?kind=total")


def test_a_neighbour_finds_nothing_in_the_list(cast, page, first):
    assert first.get_absolute_url() not in page(cast.neighbour_chief, LIST)


def test_a_long_report_is_paged_with_the_sums_of_all(cast, page, campaign, entry, county_ledger, monkeypatch):
    for number in range(3):
        case = build.case(cast, names=(f"甲{number}",), place=f"{number}号沟")
        build.mined(cast, case, "1")
        build.entry(campaign, cast.county, case, party=f"甲{number}", place=f"{number}号沟")
    url = acting.submit(cast, county_ledger).get_absolute_url()
    for module in (frozen, ledger_table):
        monkeypatch.setattr(module, "PER_PAGE", 2)
    monkeypatch.setattr(frozen, "ON_ONE_PAGE", 3)
    first, second = page(cast.chief, url), page(cast.chief, f"{url}?page=2")
    assert "甲0" in first and "甲1" not in first and "甲2" in second and "张某某" not in second
    assert "合计（4 条）" in first and "1,863.5" in first and "第 1–2 条，共 4 条" in first
