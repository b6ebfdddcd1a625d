"""A ledger on paper: each sheet of paper carries version code and digest, no row is missing."""

import io
import re

import openpyxl

from ledgers.showing import live
from tests.ledgers import build
from tests.ledgers.pages.test_live_ledger import url_of


def foot_of(text) -> str:
    return re.search(r'ledger__print-foot"><tr><td[^>]*>([^<]+)<', text)[1]


def rows_of(cast, campaign, count):
    for number in range(count):
        case = build.case(cast, names=(f"第{number}人",), place=f"{number}号沟")
        build.entry(campaign, cast.county, case, party=f"第{number}人", place=f"{number}号沟")


def test_the_draft_page_and_its_workbook_carry_the_same_digest(cast, page, sign_in, campaign, entry):
    foot = foot_of(page(cast.chief, url_of(campaign)))
    answer = sign_in(cast.chief).get(f"/ledgers/campaigns/{campaign.code}/download/")
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    printed = book.active.oddFooter.left.text
    code = re.search(r"校验码 ([0-9a-f]{16})", foot)[1]
    assert "表式版本 luliang-1" in foot and "草稿" in foot
    assert code in printed


def test_another_figure_gives_another_digest(cast, page, campaign, entry):
    before = foot_of(page(cast.chief, url_of(campaign)))
    build.mined(cast, entry.links.get().case, "7", on="05-02", round=2)
    assert foot_of(page(cast.chief, url_of(campaign))) != before


def test_a_long_ledger_says_that_only_a_part_prints_and_lists_all_on_demand(
    cast, page, campaign, monkeypatch
):
    rows_of(cast, campaign, 5)
    monkeypatch.setattr(live, "PER_PAGE", 2)
    text = page(cast.chief, url_of(campaign))
    assert 'class="print-only">只打印了第 1–2 条，共 5 条。' in text
    whole = re.search(r'href="([^"]*all=1)"', text)[1].replace("&amp;", "&")
    text = page(cast.chief, url_of(campaign) + whole)
    assert all(f"第{number}人" in text for number in range(5))
    assert "只打印了" not in text and 'aria-label="翻页"' not in text
    monkeypatch.setattr(live, "ON_ONE_PAGE", 4)
    text = page(cast.chief, url_of(campaign) + whole)
    assert "打印全部，请用“导出”的工作簿。" in text and "第4人" not in text
