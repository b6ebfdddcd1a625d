"""The pages of the law, and the tag by which every page leads to them."""

from datetime import date, datetime

import pytest
from django import forms
from django.template import Context, Template
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import mark_safe

from accounts.models import Agency, Region

DAY = {"law_day": date(2026, 3, 1)}


def shown(template: str, **context) -> str:
    return Template(template).render(Context(DAY | context))


@pytest.fixture
def reader(cast, sign_in):
    """Anybody who is signed in."""
    return sign_in(cast.handler)


def test_an_article_on_a_page_leads_to_its_words_by_click_and_pointer():
    html = shown("{% article text %}", text="行政处罚法第五十七条、第五十九条")
    assert html.count('class="law"') == 2
    assert 'href="/law/%E8%A1%8C%E6%94%BF%E5%A4%84%E7%BD%9A%E6%B3%95/57/?on=2026-03-01"' in html
    assert 'hx-target="#drawer-body"' in html
    assert ">第五十九条</a>" in html and "、" in html
    assert "mouseenter" in html and "?on=2026-03-01&amp;tip=1" in html


@pytest.mark.parametrize("on", [date(2025, 6, 30), datetime(2025, 6, 30, 12, 0)])
def test_the_day_that_matters_goes_along(on):
    assert "/39/?on=2025-06-30" in shown("{% article text on %}", text="矿产资源法第三十九条", on=on)


def test_a_citation_that_names_its_year_leads_to_that_text():
    html = shown("{% article text %}", text="矿产资源法（2009年修正）第三十九条")
    assert "/39/?on=2009-08-27" in html


def test_what_is_not_held_is_said_and_no_link():
    html = shown("{% article text %}", text="自然资办函〔2021〕1288号五")
    assert "<a " not in html and 'title="部办公厅函，原文未收录"' in html
    assert shown("{% article text %}", text="行政处罚法第八十七条").count("<a ") == 0


def test_a_whole_text_leads_to_its_page():
    html = shown("{% article text %}", text="依照行政处罚法办理")
    assert 'class="law__whole"' in html and "hx-get" not in html


def test_what_people_wrote_is_escaped():
    html = shown("{% article text %}", text="<b>行政处罚法第五十七条</b><script>")
    assert "&lt;b&gt;" in html and "<script>" not in html
    assert shown("{% article text %}", text=mark_safe("<b>好</b>")) == "<b>好</b>"
    assert shown("{% article text %}", text=None) == '<span class="law-line"></span>'


def test_other_words_can_stand_in_the_place_of_the_citation():
    html = shown("{% article text label=words %}", text="自然资源行政处罚办法第十六条", words="呈批<立案")
    assert ">呈批&lt;立案</a>" in html
    plain = shown("{% article text label='报送' %}", text="交自然资字〔2021〕62号六（五）")
    assert plain == '<span title="交自然资字〔2021〕62号六（五）" class="has-article">报送</span>'
    assert shown("{% article text label='报送' %}", text="") == "报送"


def test_the_shelf_lists_every_statute_and_finds_articles(reader):
    page = reader.get("/law/").content.decode()
    assert "自然资源行政处罚办法" in page and "2009年" in page
    found = reader.get("/law/", {"q": "没收 矿产品", "on": "2026-03-01"}).content.decode()
    assert "第六十四条" in found and "<mark>没收</mark>" in found
    nothing = reader.get("/law/", {"q": "没有这样的词语"}).content.decode()
    assert "没有找到同时含有这些词的条文" in nothing
    assert "没有找到" not in reader.get("/law/", {"on": "never"}).content.decode()


def test_another_provinces_law_is_on_no_shelf_of_ours(reader, cast, sign_in):
    """A reader of 山西 finds no law of 山东; where a case cites it, it opens."""
    words = {"q": "没收 矿产品"}
    assert "山东省" not in reader.get("/law/", words).content.decode()
    assert reader.get("/law/山东省实施矿产资源法办法/31/").status_code == 200
    shandong = Region.objects.create(code="370000", name="山东省", level="province")
    Agency.objects.filter(pk=cast.county.pk).update(region=shandong)
    assert "山东省" in sign_in(cast.handler).get("/law/", words).content.decode()


def test_every_word_that_was_asked_for_is_marked(reader):
    found = reader.get("/law/", {"q": "没收 矿产品", "on": "2026-03-01"}).content.decode()
    assert "<mark>没收</mark>" in found and "<mark>矿产品</mark>" in found


def test_a_long_text_is_found_through_by_its_chapters(reader):
    page = reader.get("/law/行政处罚法/").content.decode()
    assert '<a href="#1">第一章' in page and '<a href="#9">第二章' in page
    assert "目录" not in reader.get("/law/土地刑事案件解释/").content.decode()


CONDUCT = "依据行政处罚法第五十七条、矿产资源法第三十九条"


def test_conduct_is_read_as_of_the_act_and_procedure_as_of_the_step():
    """行政处罚法第三十七条"""
    html = shown("{% article text %}", text=CONDUCT, act_day=date(2025, 3, 1))
    assert "/57/?on=2026-03-01" in html and "/39/?on=2025-03-01" in html
    assert "/39/?on=2026-03-01" not in html


def test_a_sentence_that_cites_nothing_stays_as_it_is():
    assert shown("{% cited text %}", text="<b>罚款12条鱼") == "&lt;b&gt;罚款12条鱼"
    assert shown("{% cited text %}", text=3) == "3"
    html = shown("{% cited text %}", text="请看<行政处罚法>第五十七条，行政处罚法第五十七条")
    assert html.startswith("请看&lt;") and 'class="law"' in html and "law-line" not in html


SENTENCE = "不能罚款，依据行政处罚法第五十七条。"
LINK = "%E8%A1%8C%E6%94%BF%E5%A4%84%E7%BD%9A%E6%B3%95/57/"


ENTRY = {"at": timezone.now()}


class Refusing(forms.Form):
    amount = forms.CharField(label="罚款")

    def clean_amount(self):
        raise forms.ValidationError(SENTENCE)


@pytest.mark.parametrize(
    ("part", "context"),
    [
        ("parts/summary.html", {"rows": [{"label": "依据", "value": SENTENCE}]}),
        ("parts/timeline.html", {"trail": [{"at": timezone.now(), "note": SENTENCE}]}),
        (
            "parts/timeline.html",
            {"trail": [{"at": timezone.now(), "changes": [{"label": "提示", "new": SENTENCE}]}]},
        ),
        ("parts/next_act.html", {"act": {"label": "罚款", "why": SENTENCE, "url": "/"}, "place": "more"}),
        ("parts/faults.html", {"form": Refusing({"amount": "1"})}),
        ("forms/field.html", {"field": Refusing({"amount": "1"})["amount"]}),
        ("403.html", {"sentence": SENTENCE, "user": None}),
    ],
)
def test_a_sentence_with_an_article_leads_to_its_words_wherever_it_stands(part, context):
    html = render_to_string(part, context)
    assert LINK in html and "不能罚款" in html


def test_a_statute_is_shown_as_it_stood_on_the_day(reader):
    old = reader.get("/law/矿产资源法/", {"on": "2025-06-30"}).content.decode()
    assert "2009年文本" in old and 'id="39"' in old and "未取得采矿许可证擅自采矿" in old
    new = reader.get("/law/矿产资源法/", {"on": "2025-07-01"}).content.decode()
    assert "2024年文本" in new and "未取得采矿许可证擅自采矿" not in new
    assert "?on=2009-08-27" in new
    before = reader.get("/law/行政处罚法/", {"on": "2019-01-01"}).content.decode()
    assert "文本没有收录" in before


def test_an_article_is_a_page_a_piece_and_a_tip(reader):
    url = "/law/行政处罚法/57/"
    page = reader.get(url).content.decode()
    assert "<!doctype html>" in page and "审查" in page and "来源" in page
    asked = {"HTTP_HX_REQUEST": "true"}
    piece = reader.get(url, HTTP_HX_TARGET="drawer-body", **asked).content.decode()
    assert "<!doctype" not in piece and "<h2>行政处罚法第五十七条</h2>" in piece
    assert "2021-07-15起" in piece and "逐条核对" in piece
    tip = reader.get(url, {"tip": "1"}, **asked).content.decode()
    assert "<!doctype" not in tip and "<p>" not in tip and "行政处罚法第五十七条" in tip


def test_the_reader_is_told_when_another_text_stands_in(reader):
    page = reader.get("/law/行政处罚法/36/", {"on": "2019-07-01"}).content.decode()
    assert "2019-07-01施行的文本没有收录" in page


@pytest.mark.parametrize("path", ["/law/水法/", "/law/水法/3/", "/law/行政处罚法/99/", "/law/行政处罚法/abc/",
                                  "/law/刑法/342-9/", "/law/行政处罚法/57-/"])  # fmt: skip
def test_what_is_not_there_is_not_found(path, reader):
    assert reader.get(path).status_code == 404


def test_an_inserted_article_has_its_address(reader):
    assert "国家公园" in reader.get("/law/刑法/342-1/").content.decode()


def test_a_stranger_signs_in_first(client, db):
    assert client.get("/law/").status_code == 302


def test_the_pages_of_the_law_ask_the_database_nothing_of_their_own(reader, django_assert_max_num_queries):
    reader.get("/law/")
    with django_assert_max_num_queries(12):  # the frame's
        reader.get("/law/行政处罚法/57/")
