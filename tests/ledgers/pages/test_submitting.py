"""提交核对, 核对, 报送, 汇总: what the pages show and send."""

import re

import pytest
from django.urls import reverse

from ledgers.models import EntryCheck, Submission
from tests.ledgers import acting, build


def address(name, campaign):
    return reverse(f"ledgers:{name}", args=[campaign.code])


def ticked(text):
    """The row boxes of a checking page."""
    return re.findall(r'name="row" value="([^"]+)"', text)


def body(answer):
    return answer.content.decode()


@pytest.fixture
def reported(cast, campaign, entry, county_ledger):
    """交城's first report, up to 05-15, accepted."""
    return acting.accept(cast, acting.submit(cast, county_ledger))


def newcomer(cast, campaign):
    """A second row, from after the first report."""
    case = build.case(cast, names=("新某",), place="新地")
    build.mined(cast, case, "7", on="05-20")
    return build.entry(campaign, cast.county, case, party="新某", place="新地", opened="05-20")


def test_the_liaison_prepares_up_to_a_day(cast, post, campaign, entry, county_ledger):
    answer = post(cast.liaison, address("prepare_ledger", campaign), data_as_of="2026-05-15")
    county_ledger.refresh_from_db()
    assert county_ledger.prepared_as_of == build.day("05-15")
    assert "已提交核对" in body(answer)


def test_a_day_to_come_is_refused_at_the_field(cast, post, campaign, entry):
    answer = post(cast.liaison, address("prepare_ledger", campaign), data_as_of="2999-01-01")
    assert answer.status_code == 422 and "不能晚于今天" in body(answer)


def test_only_what_changed_stands_open(cast, page, campaign, reported, county_ledger):
    newcomer(cast, campaign)
    acting.prepare(cast, county_ledger, "05-30")
    text = page(cast.checker, address("check", campaign))
    assert len(ticked(text)) == 1 and "新某" in text
    assert "其余 1 条没有变化，一并确认" in text


def test_a_changed_figure_is_shown_old_and_new(cast, page, campaign, entry, reported):
    build.decision(cast, entry.links.get().case, ("mining", "fine", "6000"), on="05-20")
    text = page(cast.checker, address("check", campaign))
    assert "<del>84,000</del> → <ins>90,000</ins> 元" in text and "有变化" in text


def test_ticked_rows_and_the_rest_are_confirmed_together(cast, page, post, campaign, reported, county_ledger):
    newcomer(cast, campaign)
    acting.prepare(cast, county_ledger, "05-30")
    url, before = address("check", campaign), EntryCheck.objects.count()
    post(cast.checker, url, row=ticked(page(cast.checker, url)), rest="1", _open="2")
    assert EntryCheck.objects.count() == before + 2
    assert "全部 2 条都已核对" in page(cast.checker, url)


def test_nothing_ticked_gets_a_sentence(cast, post, campaign, entry):
    answer = post(cast.checker, address("check", campaign), _open="1")
    assert answer.status_code == 422 and "没有勾选任何一行" in body(answer)


def test_a_row_that_changed_meanwhile_is_not_confirmed(cast, page, post, campaign, entry):
    url = address("check", campaign)
    rows = ticked(page(cast.checker, url))
    build.decision(cast, entry.links.get().case, ("mining", "fine", "1"), on="05-12")
    answer = post(cast.checker, url, row=rows, _open="1")
    assert answer.status_code == 409 and "有了变化" in body(answer)


def test_the_submit_page_shows_what_will_be_frozen(cast, page, campaign, reported, county_ledger):
    newcomer(cast, campaign)
    acting.prepare(cast, county_ledger, "05-30")
    text = page(cast.checker, address("submit", campaign))
    assert "2026-05-30" in text and "孙联络" in text and "第2期" in text
    row = text[text.index('<td data-label="栏目">非法开采数量') :]
    figures = re.findall(r'is-number">(?:<b>)?([\d,.]+)', row)[:4]
    assert figures == ["1,860.5", "7", "0", "1,867.5"]
    assert "还有 2 条没有核对" in text and "本期新增 1 条" in text


def test_the_first_report_has_nothing_before_it(cast, page, campaign, entry):
    text = page(cast.checker, address("submit", campaign))
    assert 'data-label="上期累计" class="is-number">无' in text


def test_submitting_leads_to_the_frozen_ledger(cast, post, campaign, entry, county_ledger):
    acting.check(cast, acting.prepare(cast, county_ledger))
    answer = post(cast.checker, address("submit", campaign))
    made = Submission.objects.get()
    assert answer.redirect_chain[-1][0] == made.get_absolute_url()
    assert "台账已报送" in body(answer) and made.digest in body(answer)


def test_a_double_click_submits_once(cast, post, campaign, entry, county_ledger):
    acting.check(cast, acting.prepare(cast, county_ledger))
    for _ in range(2):
        post(cast.checker, address("submit", campaign), _key="k" * 32)
    assert Submission.objects.count() == 1


def test_an_unchecked_row_stops_it_and_says_where_to_go(cast, post, campaign, entry, county_ledger):
    acting.prepare(cast, county_ledger)
    answer = post(cast.checker, address("submit", campaign))
    assert answer.status_code == 409 and "还有1行没有核对" in body(answer)
    assert not Submission.objects.exists()


@pytest.fixture
def fallen(cast, campaign, entry, reported, county_ledger):
    """A figure that fell since the last report: revoked and decided anew."""
    case = entry.links.get().case
    case.decisions.update(state="revoked", revoked_on=build.day("05-20"))
    build.decision(cast, case, ("mining", "fine", "50000"), on="05-21")
    acting.check(cast, acting.prepare(cast, county_ledger, "05-30"))
    return f"{entry.public_id}:mining_fine"


def test_a_fall_asks_for_a_coded_reason(cast, page, post, campaign, fallen):
    text = page(cast.checker, address("submit", campaign))
    assert "采矿罚款金额 84,000 → 50,000" in text
    answer = post(cast.checker, address("submit", campaign))
    assert answer.status_code == 422 and "减少的原因" in body(answer)
    post(
        cast.checker,
        address("submit", campaign),
        **{f"reason:{fallen}": "revocation", f"note:{fallen}": "复议撤销"},
    )
    made = Submission.objects.get(sequence=2)
    key, column = fallen.split(":")
    assert made.explanations[key][column] == {"reason": "revocation", "note": "复议撤销"}


def test_the_reason_is_shown_with_the_frozen_ledger(cast, page, post, campaign, fallen):
    post(cast.checker, address("submit", campaign), **{f"reason:{fallen}": "revocation"})
    text = page(cast.chief, Submission.objects.get(sequence=2).get_absolute_url())
    assert "数据下降说明" in text and "撤销" in text


def test_a_nil_report_is_explicit(cast, page, post, campaign, reported, county_ledger):
    acting.check(cast, acting.prepare(cast, county_ledger, "05-30"))
    url = address("submit", campaign)
    assert "零报告：本期没有新增和变化" in page(cast.checker, url)
    assert post(cast.checker, url).status_code == 422
    post(cast.checker, url, nil_report="on")
    assert Submission.objects.get(sequence=2).nil_report


def test_nil_is_not_offered_where_something_changed(cast, page, campaign, reported):
    newcomer(cast, campaign)
    assert "零报告：" not in page(cast.checker, address("submit", campaign))


def test_the_last_report_can_be_corrected_and_says_what_was(
    cast, page, post, campaign, entry, reported, county_ledger
):
    url = address("prepare_ledger", campaign)
    assert 'href="/ledgers/campaigns/test/141122-zrzy/prepare/?correct=1">更正第1期</a>' in page(
        cast.liaison, url
    )
    build.decision(cast, entry.links.get().case, ("mining", "fine", "1"), on="05-12")
    text = page(cast.liaison, f"{url}?correct=1")
    assert "更正说明" in text and 'value="2026-05-15"' in text
    assert post(cast.liaison, f"{url}?correct=1", data_as_of="2026-05-15").status_code == 422
    post(cast.liaison, f"{url}?correct=1", data_as_of="2026-05-15", correction="罚款漏记1元")
    acting.check(cast, county_ledger)
    assert "罚款漏记1元" in page(cast.checker, address("submit", campaign))
    answer = post(cast.checker, address("submit", campaign))
    made = Submission.objects.get(sequence=2)
    assert (made.corrects, made.correction) == (reported, "罚款漏记1元")
    assert "更正的是" in body(answer) and "罚款漏记1元" in body(answer)


def test_the_liaison_neither_checks_nor_submits(cast, sign_in, campaign, entry):
    client = sign_in(cast.liaison)
    assert client.get(address("check", campaign)).status_code == 403
    assert client.get(address("submit", campaign)).status_code == 403
    assert sign_in(cast.checker).get(address("prepare_ledger", campaign)).status_code == 403


def test_consolidating_shows_each_county_and_marks_what_is_carried_forward(
    cast, page, post, campaign, reported
):
    url = address("consolidate", campaign)
    text = page(cast.prefecture, f"{url}?as_of=2026-05-30")
    assert "交城县" in text and "沿用" in text and "未报" in text
    answer = post(cast.prefecture, url, data_as_of="2026-05-30")
    made = Submission.objects.get(consolidated=True)
    assert answer.redirect_chain[-1][0] == made.get_absolute_url()
    assert '<span class="word word--amber">沿用</span>' in body(answer)


def test_without_an_accepted_ledger_there_is_no_total(cast, post, campaign, entry):
    answer = post(cast.prefecture, address("consolidate", campaign), data_as_of="2026-05-15")
    assert answer.status_code == 409 and "先接收县级报送" in body(answer)


def test_only_the_prefecture_consolidates(cast, sign_in, campaign, entry):
    assert sign_in(cast.checker).get(address("consolidate", campaign)).status_code == 403
    assert sign_in(cast.other_prefecture).get(address("consolidate", campaign)).status_code == 404
