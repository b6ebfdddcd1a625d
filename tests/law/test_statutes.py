"""The texts: complete, cut as the law counts, and read as they stood on the day."""

import re
from datetime import date

import pytest

from law.statutes import article, citations, read, search, statutes, text_of, version_on, versions
from law.statutes.collection import FOLDER
from law.statutes.editions import HELD
from law.statutes.numerals import to_int
from law.statutes.parsing import parse

D = date.fromisoformat
# 自2021年7月15日起施行: the last article says when the whole text began.
BEGINS = re.compile(r"自(\d{4})年(\d{1,2})月(\d{1,2})日起?施行")
AMENDED_SINCE = {
    "土地管理法",
    "矿产资源法2009",
    "行政诉讼法",
    "刑法",
    "公安机关办理刑事案件程序规定",
    "基本农田保护条例",
}


def test_every_file_is_on_the_shelf_and_every_row_has_its_file():
    assert {one.file for one in HELD} == {path.name for path in FOLDER.glob("*.md")}


@pytest.mark.parametrize("version", HELD, ids=lambda v: f"{v.law}{v.year}")
def test_a_text_is_complete(version):
    text = text_of(version)
    numbers = [one.number for one in text.articles if not one.sub]
    assert numbers == list(range(1, numbers[-1] + 1))
    assert all(one.text.strip() for one in text.articles)
    assert text.title and version.origin
    assert version.since < version.until


@pytest.mark.parametrize("version", HELD, ids=lambda v: f"{v.law}{v.year}")
def test_a_version_begins_when_its_text_says(version):
    said = BEGINS.search(text_of(version).articles[-1].text)
    if said and not {version.law, f"{version.law}{version.year}"} & AMENDED_SINCE:
        assert version.since == date(*map(int, said.groups()))
    assert version.issued <= version.since


def test_versions_of_a_law_do_not_overlap():
    for law in statutes():
        held = versions(law)
        assert all(here.until <= after.since for here, after in zip(held, held[1:], strict=False))


def test_the_words_are_those_of_the_day():
    before, after = article("矿产资源法", 39, D("2025-06-30")), article("矿产资源法", 39, D("2025-07-01"))
    assert (before.version.year, after.version.year) == (2009, 2024)
    assert "未取得采矿许可证擅自采矿" in before.article.text
    assert "未取得采矿许可证擅自采矿" not in after.article.text
    assert before.exact and after.exact


def test_a_day_before_the_oldest_text_says_that_another_stands_in():
    reading = article("行政处罚法", 36, D("2019-07-01"))
    assert not reading.exact
    assert reading.note == "2019-07-01施行的文本没有收录，以下是2021-07-15起施行的2021年文本，请核对。"


def test_a_text_that_was_repealed_stands_in_after_its_end():
    law = "人民检察院办理行政执法机关移送涉嫌犯罪案件的规定"
    reading = article(law, 10, D("2026-01-01"))
    assert not reading.exact and reading.article.number == 10
    assert version_on(law, D("2020-01-01"))[1]


def test_a_citation_with_a_year_reads_that_version_whatever_the_day():
    (citation,) = citations("矿产资源法（2009年修正）第三十九条")
    assert read(citation, D("2026-01-01")).version.year == 2009
    (missing,) = citations("土地管理法实施条例（2014年修订）第四十二条")
    assert read(missing, D("2026-01-01")) is None


def test_a_law_or_an_article_that_is_not_there_is_nothing():
    assert article("水法", 3, D("2026-01-01")) is None
    assert article("行政处罚法", 99, D("2026-01-01")).article is None


def test_paragraphs_and_items_are_cut_as_the_law_counts_them():
    scope = article("自然资源行政处罚办法", 16, D("2026-01-01")).article
    assert [one.mark for one in scope.paragraphs] == ["①", "②"]
    assert len(scope.paragraphs[0].items) == 5
    assert scope.paragraphs[1].text.startswith("违法行为轻微并及时纠正")
    assert (
        article("矿产资源法", 57, D("2026-01-01"))
        .article.paragraphs[0]
        .items[3]
        .startswith("（四）查封、扣押")
    )


def test_inserted_articles_have_their_own_number():
    found = article("刑法", 342, D("2026-01-01"), sub=1).article
    assert (found.label, found.key) == ("第三百四十二条之一", "342-1")
    assert "国家公园" in found.text


def test_an_appendix_is_no_part_of_the_last_article():
    rules = text_of(versions("矿产资源法实施细则")[0])
    assert rules.articles[-1].text == "本细则自发布之日起施行。"
    assert any("能源矿产" in line for line in rules.appendix)


def test_chapters_are_named():
    assert (
        article("行政处罚法", 60, D("2026-01-01")).article.chapter == "第五章 行政处罚的决定 第三节 普通程序"
    )


def test_search_finds_articles_with_all_words_and_a_piece_around_them():
    hits, more = search("没收 矿产品", D("2026-01-01"))
    assert not more
    assert {(hit.version.law, hit.article.number) for hit in hits} >= {
        ("矿产资源法", 64),
        ("自然资源行政处罚办法", 43),
    }
    assert all("没收" in hit.article.text and "矿产品" in hit.article.text for hit in hits)
    assert ("没收", True) in hits[0].snippet and ("矿产品", True) in hits[0].snippet
    assert search("没收 矿产品", D("2025-01-01"))[0] != hits  # the law of 2009 then


def test_search_takes_a_citation_right_to_its_article():
    hits, _ = search("310号令第五条", D("2026-01-01"))
    assert [(hit.version.law, hit.article.number) for hit in hits] == [
        ("行政执法机关移送涉嫌犯罪案件的规定", 5)
    ]


def test_search_stops_somewhere_and_says_so():
    hits, more = search("的", D("2026-01-01"), limit=20)
    assert len(hits) == 20 and more
    assert search("   ", D("2026-01-01")) == ([], False)


def test_a_text_in_the_old_manner_is_cut_by_its_numbers():
    text = parse("# 规定\n\n<!-- INFO END -->\n\n引言。\n\n一、甲。\n\n（一）乙；\n\n丙。\n\n二、丁。")
    assert [one.label for one in text.articles] == ["第一条", "第二条"]
    assert text.preamble == ("引言。",)
    assert [one.items for one in text.articles[0].paragraphs] == [("（一）乙；",), ()]


def test_numbers_in_full_width_are_read():
    assert to_int("２４") == 24
