"""The parts of every page keep their promises to the pages that fill them."""

import re
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.conf import settings
from django.template.loader import render_to_string
from django.test import RequestFactory

from common.errors import Refused

NOW = datetime(2026, 11, 28, 15, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
PARTS = Path(settings.BASE_DIR) / "templates"
STATIC = Path(settings.BASE_DIR) / "static"


class Opinion(forms.Form):
    sections = [("签批", ["signer"]), ("意见", ["words"]), ("日期", ["day"])]
    day = forms.CharField(label="签批日期")
    signer = forms.CharField(label="签批人")
    words = forms.CharField(label="审批意见", widget=forms.Textarea)


class Photos(forms.Form):
    photo = forms.FileField(label="照片")


def drawn(part, **context):
    request = RequestFactory().get("/cases/1/")
    request.session = {}
    request.user = SimpleNamespace(pk=7, is_authenticated=False)
    return render_to_string(part, {"now": NOW, "user": request.user, **context}, request=request)


def test_an_act_carries_its_key_its_version_and_its_verb():
    page = drawn("parts/act.html", form=Opinion(), verb="立案", key="k-1", version=0, article="第五十四条")
    assert 'name="_key" value="k-1"' in page and 'name="_version" value="0"' in page
    assert ">立案</button>" in page and "第五十四条" in page and "csrfmiddlewaretoken" in page
    assert 'data-busy="正在提交…"' in page


def test_an_act_without_files_is_not_multipart_and_one_with_files_is():
    assert "multipart" not in drawn("parts/act.html", form=Opinion())
    assert 'enctype="multipart/form-data"' in drawn("parts/act.html", form=Photos())


def test_errors_stand_on_top_with_links_and_at_the_field():
    page = drawn("parts/act.html", form=Opinion({"words": "同意"}))
    assert 'href="#field-signer"' in page and 'id="field-signer"' in page
    assert page.count("请填写签批人。") == 2
    assert "同意" in page


def test_a_long_form_has_a_rail_that_counts_the_faults():
    page = drawn("parts/act.html", form=Opinion({}))
    assert 'href="#section-1"' in page and 'id="section-2"' in page
    assert page.count("count--red") == 3


def test_a_conflict_shows_what_changed_and_keeps_what_was_typed():
    change = {"label": "位置", "old": "", "new": "西岭村", "who": "高俊峰", "when": NOW}
    page = drawn("parts/act.html", form=Opinion({"words": "拟立案"}), conflict={"changes": [change]})
    assert "高俊峰" in page and "西岭村" in page and "2026-11-28 15:00" in page
    assert "拟立案" in page and "没有丢" in page


def test_a_refusal_says_what_is_missing_and_where_to_fill_it_in():
    refusal = Refused("还不能移送。", (("非法开采数量", "#quantity"),))
    page = drawn("parts/act.html", form=Opinion(), refusal=refusal)
    assert "还不能移送。" in page and '<a href="#quantity">非法开采数量</a>' in page


def test_a_closed_act_is_grey_and_leads_to_what_it_lacks():
    acts = [
        {"label": "移送", "open": False, "missing": [("数量", "#quantity")], "article": "第三条"},
        {"label": "立案", "open": True, "url": "/file/"},
    ]
    page = drawn("parts/next_acts.html", acts=acts)
    assert 'aria-disabled="true">移送' in page and 'href="#quantity"' in page and "第三条" in page
    assert 'href="/file/"' in page


def test_a_clock_tells_what_is_left_and_why_this_day():
    clock = {"label": "办案期限", "due": NOW - timedelta(days=1), "why": ["自立案之日起 90 日"]}
    page = drawn("parts/clocks.html", clocks=[clock])
    assert "已超 1 天" in page and "为什么是这一天" in page and "自立案之日起 90 日" in page


def test_the_record_shows_old_and_new():
    change = {"label": "数量", "old": "12,000", "new": "15,600"}
    entry = {"at": NOW, "person": "郝建平", "post": "承办人", "act": "修改", "changes": [change]}
    page = drawn("parts/timeline.html", trail=[entry])
    assert "<del>12,000</del> → <ins>15,600</ins>" in page and "郝建平" in page


def sheet(**cell):
    body = [{"kind": "text", "text": word} for word in ("1", "交城县", "孙某")] + [{"kind": "figure", **cell}]
    head = [[{"text": str(n)} for n in range(4)]]
    rows = [{"kind": "row", "cells": body}]
    return drawn("parts/ledger_table.html", table={"title": "台账", "width": 4, "head": head, "rows": rows})


def test_a_cell_nobody_filled_is_told_apart_from_one_that_does_not_apply_and_from_zero():
    assert "未填" in sheet(text="")
    assert "不适用" in sheet(text=None, na=True)
    assert "未填" not in sheet(text="0")


def test_a_cell_with_cases_behind_it_opens_the_drawer_and_is_a_link_without_a_script():
    assert 'href="/behind/" hx-get="/behind/" hx-target="#drawer-body"' in sheet(text="3", url="/behind/")


def test_a_changed_cell_strikes_its_old_value():
    page = sheet(text="3", state="changed", old="2.4")
    assert "<del>2.4</del>" in page and "<ins>3</ins>" in page


def test_the_first_three_columns_stay_in_sight():
    page = sheet(text="3")
    assert all(f"stick-{place}" in page for place in (1, 2, 3)) and "stick-4" not in page


@pytest.mark.parametrize(
    "name", ["403.html", "404.html", "405.html", "500.html", "503.html", "507.html", "not_yet.html"]
)
def test_error_pages_need_nothing_but_themselves(name):
    page = render_to_string(name)
    assert "工作台" in page and "href=" in page


def test_every_part_says_what_it_wants():
    silent = [
        path.name
        for path in sorted((PARTS / "parts").glob("*.html"))
        if not re.search(r"\{#|\{% comment %\}", path.read_text(encoding="utf-8")[:400])
    ]
    assert silent == []


def test_nothing_on_a_page_comes_from_outside():
    outside = re.compile(r"@import|url\(\s*['\"]?(https?:)?//", re.IGNORECASE)
    assert [path.name for path in (STATIC / "css").glob("*.css") if outside.search(path.read_text())] == []
    assert [path.name for path in (STATIC / "js").glob("*.js") if "http" in path.read_text("utf-8")] == []


def luminance(colour):
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_words_can_be_read_on_their_ground():
    css = (STATIC / "css" / "app.css").read_text(encoding="utf-8")
    colour = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", css)) | {"paper": "#ffffff"}
    pairs = [
        ("ink", "ground"),
        ("ink-2", "ground"),
        ("ink-2", "paper"),
        ("act", "ground"),
        ("act-deep", "act-soft"),
        ("red", "red-soft"),
        ("amber", "amber-soft"),
        ("green", "green-soft"),
        ("paper", "act"),
        ("paper", "act-deep"),
        ("paper", "red"),
    ]
    weak = [pair for pair in pairs if contrast(colour[pair[0]], colour[pair[1]]) < 4.5]
    assert weak == []
    assert contrast("#66716f", colour["zebra"]) >= 4.5  # 未填
    assert contrast("#83908e", colour["paper"]) >= 3  # the border of an input
