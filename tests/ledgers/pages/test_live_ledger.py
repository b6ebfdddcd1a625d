"""The live ledger: whose rows, of which county, as of which day, with which acts."""

import re
from datetime import datetime, timedelta

from django.utils import timezone

from accounts.models import local_today
from campaigns.services.duties import make_ahead
from campaigns.services.duty_rules import begin_rule
from ledgers.services.checking import work_of
from ledgers.showing import live as live_page
from ledgers.showing.ledger_table import text_of
from ledgers.showing.period import period_at
from tests.ledgers import acting, build

NOW = timezone.make_aware(datetime(2026, 5, 12, 10, 0))

HX = {"headers": {"HX-Request": "true", "HX-Target": "drawer-body"}}


def url_of(campaign, **asked):
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    return f"/ledgers/campaigns/{campaign.code}/" + (f"?{query}" if query else "")


def test_a_county_sees_its_own_rows_under_the_official_head(cast, page, campaign, entry, foreign_entry):
    text = page(cast.chief, url_of(campaign))
    assert "张某某" in text and "邻某" not in text
    assert text.count("罚款金额") == 2 and "公安部门处理情况" in text
    assert "单位：亩、元、吨、人" in text and "填报单位：交城县自然资源局" in text


def test_figures_have_thousands_separators_and_open_a_drawer(cast, page, campaign, entry):
    text = page(cast.chief, url_of(campaign))
    address = f"/ledgers/entries/{entry.public_id}/cells/mining_fine/"
    assert re.search(rf'is-figure[^>]*><a href="{address}" hx-get="{address}"[^>]*>84,000</a>', text)
    assert "1,860.5" in text


def test_unfilled_not_applicable_and_zero_are_told_apart(cast, page, campaign, entry):
    case = build.case(cast, names=("钱某",), place="某处", sides=("land", "mining"))
    build.land(cast, case, "2")
    build.decision(cast, case, ("land", "fine", "0"))
    build.entry(campaign, cast.county, case, party="钱某", place="某处")
    text = page(cast.chief, url_of(campaign))
    first, second = re.findall(r'<tr class="ledger__row".*?</tr>', text, re.S)
    assert "不适用" in first and re.search(r'mined_tonnes/"[^>]*><span class="blank">未填', second)
    assert re.search(r"land_fine/[^>]*>0</a>", second)


def test_the_prefecture_sees_all_counties_with_subtotals_and_a_total(
    cast, page, campaign, entry, foreign_entry
):
    text = page(cast.prefecture, url_of(campaign))
    assert "交城县小计（1 条）" in text and "文水县小计（1 条）" in text
    total = text[text.index("合计（2 条）") :]
    assert "1,900.5" in total and "84,000" in total


def test_the_county_filter_stands_in_the_address(cast, page, campaign, entry, foreign_entry):
    text = page(cast.prefecture, url_of(campaign, county="141121-zrzy"))
    assert "邻某" in text and "张某某" not in text and "小计" not in text


def test_a_county_that_is_not_mine_does_not_exist(cast, sign_in, campaign, entry):
    answer = sign_in(cast.neighbour_chief).get(url_of(campaign, county="141122-zrzy"))
    assert answer.status_code == 404
    assert sign_in(cast.chief).get(url_of(campaign, county="nowhere")).status_code == 404


def test_public_security_sees_the_rows_of_its_own_county(cast, page, sign_in, campaign, entry, foreign_entry):
    text = page(cast.police, url_of(campaign))
    assert "张某某" in text and "邻某" not in text and "刑事拘留" in text
    assert page(cast.police, url_of(campaign, county="141122-zrzy"))
    answer = sign_in(cast.police).get(url_of(campaign, county="141121-zrzy"))
    assert answer.status_code == 404


def test_as_of_a_day_shows_what_stood_then(cast, page, campaign, entry):
    text = page(cast.chief, url_of(campaign, as_of="2026-05-09"))
    assert "1,860.5" in text and "84,000" not in text
    assert "截至 2026-05-09 的台账" in text
    assert "cells/mined_tonnes/?as_of=2026-05-09" in text


def test_a_day_that_is_none_gets_a_sentence_and_today(cast, page, campaign, entry):
    text = page(cast.chief, url_of(campaign, as_of="soon"))
    assert "截至日期要填日期" in text and "84,000" in text
    text = page(cast.chief, url_of(campaign, as_of=local_today() + timedelta(days=1)))
    assert "截至日期不能晚于今天" in text


def buttons(text):
    """Words on the buttons of the bar."""
    bar = text[text.index("ledger-bar__tools") :]
    bar = bar[: bar.index("</span>\n")] if "</span>\n" in bar else bar
    return re.findall(r'class="button[^"]*"[^>]*>(?:<svg.*?</svg>)?\s*([^<]+)</a>', bar, re.S)


def test_the_liaison_finds_inclusion_import_and_preparing(cast, page, campaign, entry):
    build.case(cast, names=("新某",), place="新地")
    words = buttons(page(cast.liaison, url_of(campaign)))
    assert {"导出", "待纳入 1 条", "导入", "提交核对"} <= set(words)
    assert "报送" not in words


def test_the_checker_finds_checking_and_submitting_at_once(cast, page, campaign, entry):
    text = page(cast.checker, url_of(campaign))
    assert {"核对", "报送"} <= set(buttons(text))
    assert re.search(r'button--act" href="[^"]*/check/"', text)


def test_submitting_is_the_strong_button_when_all_is_checked(cast, page, campaign, entry, county_ledger):
    acting.check(cast, acting.prepare(cast, county_ledger))
    text = page(cast.checker, url_of(campaign))
    assert re.search(r'button--act" href="[^"]*/submit/"', text)
    assert "已核对 1/1" in text


def test_a_reader_finds_no_act(cast, page, campaign, entry):
    assert set(buttons(page(cast.legal, url_of(campaign)))) == {"导出", "组织实施"}


def test_the_state_goes_from_draft_to_accepted(cast, page, campaign, entry, county_ledger):
    url = url_of(campaign)
    assert 'aria-current="step"' in page(cast.chief, url).split("草稿")[0]
    made = acting.submit(cast, county_ledger)
    assert "上次报送已报送，此后没有变化" in page(cast.chief, url)
    acting.accept(cast, made)
    assert "上次报送已接收，此后没有变化" in page(cast.chief, url)


def test_a_return_says_why_on_top(cast, page, campaign, entry, county_ledger):
    acting.send_back(cast, acting.submit(cast, county_ledger))
    assert "第1期已被退回：占地面积与决定书不符" in page(cast.checker, url_of(campaign))


def due_of(ledger):
    return period_at(work_of(ledger), NOW).due


def test_the_countdown_runs_to_what_is_owed(cast, campaign, county_ledger):
    assert due_of(county_ledger) is None
    rule = begin_rule(campaign=campaign, agency=cast.prefecture_office)
    make_ahead(NOW)
    due = due_of(county_ledger)
    assert due == rule.duties.filter(agency=cast.county).earliest("due_at").due_at


def test_flags_stand_as_words(cast, page, campaign, entry):
    entry.carried_over, entry.remark_typed = True, "见卷宗"
    entry.save()
    text = page(cast.chief, url_of(campaign))
    assert '见卷宗</a> <span class="word">结转</span>' in text


def test_a_long_sheet_is_paged_and_sums_over_all(cast, page, campaign, monkeypatch):
    for number in range(5):
        case = build.case(cast, names=(f"第{number}人",), place=f"{number}号沟")
        build.mined(cast, case, "10")
        build.entry(campaign, cast.county, case, party=f"第{number}人", place=f"{number}号沟")
    monkeypatch.setattr(live_page, "PER_PAGE", 2)
    text = page(cast.chief, url_of(campaign, page=3))
    assert "第4人" in text and "第3人" not in text
    assert "第 5–5 条，共 5 条" in text
    assert re.search(r"合计（5 条）.*?>50<", text, re.S)


def test_yes_and_no_are_written_so():
    assert (text_of("shutdown", True), text_of("shutdown", False)) == ("是", "否")
    assert text_of("shutdown", None) == ""
