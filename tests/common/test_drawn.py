"""What is written without a template reads as the template would have written it."""

import re
from datetime import date, datetime
from decimal import Decimal

import pytest
from django import forms
from django.forms.renderers import TemplatesSetting
from django.template import Context, Template
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import mark_safe

from common.columns import Column
from common.rendering import ENTRIES
from common.showing import drawn

CHOICES = [
    ("", "全部"),
    ("a", "<甲> & 乙"),
    (3, "三"),
    ("采矿", [("K14", "越界"), ("K21", '带"引号"')]),
]


def squeezed(html: str) -> str:
    return re.sub(r"\s+", " ", html).strip()


@pytest.mark.parametrize("value", ["", "a", 3, "K21", "不在其中"])
@pytest.mark.parametrize("attrs", [{}, {"id": "x", "class": 'a"b', "required": True, "disabled": False}])
def test_a_choice_is_written_as_djangos_own_template_does(value, attrs):
    widget = forms.Select(choices=CHOICES)
    ours = widget.render("名", value, attrs)
    context = widget.get_context("名", value, attrs)
    assert squeezed(ours) == squeezed(TemplatesSetting().render(widget.template_name, context))
    assert ours == drawn.select(context["widget"])


@pytest.mark.parametrize("value", ["", None, 3, "<b>", mark_safe("&amp;"), Decimal("1.50"), True])
@pytest.mark.parametrize("attrs", [{}, {"id": "x", "data-a": 'a"b', "required": True, "disabled": False}])
@pytest.mark.parametrize(
    "kind",
    [
        *(forms.TextInput, forms.NumberInput, forms.HiddenInput, forms.DateInput, forms.DateTimeInput),
        *(forms.TimeInput, forms.CheckboxInput, forms.PasswordInput),
    ],
)
def test_a_field_is_written_as_djangos_own_template_does(kind, value, attrs):
    widget = kind()
    context = widget.get_context("名", value, attrs)
    assert widget.template_name in ENTRIES
    django = TemplatesSetting().render(widget.template_name, context)
    assert widget.render("名", value, attrs) == django.strip()


@pytest.mark.parametrize("kind", [forms.RadioSelect, forms.CheckboxSelectMultiple])
def test_each_box_of_a_choice_is_written_as_djangos_own_template_does(kind):
    class Asked(forms.Form):
        which = forms.ChoiceField(choices=CHOICES, widget=kind)

    for box in Asked({"which": ["3"]})["which"]:
        plain = {"widget": {**box.data, "wrap_label": False}}
        assert box.tag() == TemplatesSetting().render(box.template_name, plain).strip()
        assert "<label" in box.tag(wrap_label=True)


def test_words_are_written_as_their_part_does():
    several = [("应移送公安", "red"), ("<b>", "")]
    assert drawn.words(several) == render_to_string("parts/words.html", {"words": several}).strip()


def test_a_cell_escapes_what_people_typed_and_says_its_column():
    column = Column("place", "位置", link=lambda row: "/x/?a=1&b=2")
    html = drawn.cell(column, column.cell({"place": '<script>"夏家营镇第三采坑东"</script>'}))
    assert "<script" not in html and html.count("<td") == 1
    assert 'class="is-text"' in html and 'data-label="位置"' in html and 'title="&lt;script&gt;' in html
    assert '<a href="/x/?a=1&amp;b=2">&lt;script&gt;' in html


def test_a_cell_shows_its_figure_with_the_mark_beside_it():
    column = Column("stay", "停留", "days", kind="days", unit="天", beside=lambda row: ("超30天", "amber"))
    html = drawn.cell(column, column.cell({"days": 44}))
    assert 'data-label="停留（天）">44<span class="word word--amber">超30天</span></td>' in html
    flagged = Column("state", "阶段", lambda row: ("调查", ""), kind="flag")
    assert '<span class="word">调查</span></td>' in drawn.cell(flagged, flagged.cell({}))


@pytest.mark.parametrize(
    "value", [7, date(2026, 3, 1), timezone.make_aware(datetime(2026, 3, 1, 8)), "字", 1.5]
)
def test_a_value_that_is_no_text_is_shown_as_a_template_shows_it(value):
    column = Column("x", "值")
    shown = column.cell({"x": value})
    told = Template("{{ text }}").render(Context({"text": shown["text"]}))
    assert drawn.cell(column, shown).endswith(f">{told}</td>")


@pytest.mark.parametrize("picks", [True, False])
def test_a_row_leads_somewhere_and_can_be_picked_by_its_key(picks):
    column = Column("place", "位置")
    line = {"row": None, "key": 'a"b', "href": "/x/?a=1&b=2", "cells": [column.cell({"place": "某沟"})]}
    html = drawn.row(line, 3, picks)
    assert html.startswith('<tr data-row data-href="/x/?a=1&amp;b=2">') and html.count("<td") == 1 + picks
    assert (
        'name="pick" value="a&quot;b" form="list-bulk" aria-label="选中第 3 行" data-pick' in html
    ) is picks
    assert "data-href" not in drawn.row(line | {"href": ""}, 1, picks)
