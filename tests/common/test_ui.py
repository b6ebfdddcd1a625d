"""Figures, dates and countdowns are written the same way everywhere."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.template import Context, Template

from common.showing import forms as drawn
from common.showing.times import remaining

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 28, 15, 0, tzinfo=SHANGHAI)


def written(source, **context):
    return Template("{% load ui %}" + source).render(Context(context))


@pytest.mark.parametrize("name", ["money", "area", "tonnes", "number", "count_people", "blank"])
def test_what_nobody_entered_is_unfilled_and_zero_is_zero(name):
    assert "未填" in written(f"{{{{ v|{name} }}}}", v=None)
    assert written(f"{{{{ v|{name} }}}}", v=0) == "0"


def test_amounts_carry_separators_and_fen_only_when_there_are_any():
    assert written("{{ v|money }}", v=Decimal("1240000")) == "1,240,000"
    assert written("{{ v|money }}", v=Decimal("12345.6")) == "12,345.60"
    assert written("{{ v|area }}", v=Decimal("1234.5000")) == "1,234.5"


def test_a_count_stops_at_ten_thousand():
    assert written("{{ v|capped }}", v=9999) == "9,999"
    assert written("{{ v|capped }}", v=10_001) == "10,000+"


@pytest.mark.parametrize(
    ("due", "words", "tone"),
    [
        (NOW + timedelta(hours=3), "剩 3 小时", "soon"),
        (NOW + timedelta(days=9), "剩 9 天", "calm"),
        (NOW - timedelta(days=1, hours=2), "已超 1 天", "over"),
        (NOW - timedelta(seconds=20), "已超 不到 1 分钟", "over"),
        (date(2026, 11, 28), "今天到期", "soon"),
        (date(2026, 12, 1), "剩 3 天", "soon"),
        (date(2026, 11, 27), "已超 1 天", "over"),
    ],
)
def test_what_is_left_is_said_in_words_and_tone(due, words, tone):
    assert remaining(due, NOW) == (words, tone)


def test_a_day_is_counted_on_the_office_clock_not_on_utc():
    midnight_utc = datetime(2026, 11, 27, 17, 0, tzinfo=ZoneInfo("UTC"))  # already the 28th here
    assert remaining(date(2026, 11, 28), midnight_utc) == ("今天到期", "soon")


def test_colour_never_stands_alone():
    shown = written("{% left due now %}", due=NOW - timedelta(days=2), now=NOW)
    assert "left--over" in shown and "已超 2 天" in shown


def test_the_next_duty_counts_down_in_two_units():
    due = datetime(2026, 11, 30, 18, 0, tzinfo=SHANGHAI)
    shown = written("{% countdown due now %}", due=due, now=NOW)
    assert "距 11月30日 18:00 还有 <b>2 天 3 小时</b>" in shown
    late = written("{% countdown due now %}", due=due, now=due + timedelta(hours=5))
    assert "已过 11月30日 18:00" in late and "还有" not in late


def test_moments_are_shown_in_shanghai():
    stored = datetime(2026, 11, 15, 10, 0, tzinfo=ZoneInfo("UTC"))
    assert written("{{ v|moment }}", v=stored) == "2026-11-15 18:00"
    assert written("{{ v|day }}", v=date(2026, 11, 15)) == "2026-11-15"


def test_icons_carry_no_style_that_the_content_policy_would_drop():
    shown = written('{% load lucide %}{% lucide "scale" size=16 %}')
    assert "<svg" in shown and "style" not in shown and 'width="16"' in shown


class Fine(forms.Form):
    sections = [("金额", ["amount"]), ("空的", ["no_such"])]
    amount = forms.DecimalField(label="罚款金额", widget=forms.NumberInput(attrs={"data-unit": "元"}))
    decided_on = forms.DateField(label="决定日期")
    kind = forms.ChoiceField(label="种类", choices=[("", "请选择"), ("1", "罚款")])
    agreed = forms.BooleanField(label="已核对")


def test_a_figure_pasted_from_a_sheet_is_understood():
    form = Fine({"amount": "１2,345.６0", "decided_on": "2026-11-15", "kind": "1", "agreed": "on"})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["amount"] == Decimal("12345.60")


def test_a_figure_that_is_none_stays_as_typed_beside_its_error():
    form = Fine({"amount": "约三亩"})
    assert form.errors["amount"] == ["罚款金额要填数字，例如 12.5。"]
    assert 'value="约三亩"' in str(form["amount"])


def test_a_thousands_separator_in_the_wrong_place_is_not_swallowed():
    assert "amount" in Fine({"amount": "12,34"}).errors


def test_complaints_name_the_field_and_the_remedy():
    errors = Fine({}).errors
    assert errors["decided_on"] == ["请填写决定日期。"]
    assert errors["kind"] == ["请选择种类。"]
    assert errors["agreed"] == ["请勾选“已核对”。"]


def test_a_message_the_form_wrote_itself_stays():
    class Own(forms.Form):
        signer = forms.CharField(error_messages={"required": "写明签批人。"})

    assert Own({}).errors["signer"] == ["写明签批人。"]


def test_dates_open_the_calendar_and_keep_their_value():
    assert 'type="date"' in str(Fine(initial={"decided_on": date(2026, 11, 5)})["decided_on"])
    assert 'value="2026-11-05"' in str(Fine(initial={"decided_on": date(2026, 11, 5)})["decided_on"])


def test_the_unit_stands_at_the_field_and_the_label_above():
    shown = Fine()["amount"].as_field_group()
    assert '<span class="unit">元</span>' in shown
    assert shown.index("罚款金额") < shown.index("<input")


def test_sections_never_lose_a_field():
    parts = drawn.sections(Fine())
    assert [part["title"] for part in parts] == ["金额", "其他"]
    assert sum(len(part["fields"]) for part in parts) == 4


def test_each_fault_leads_to_its_field():
    found = drawn.faults(Fine({"agreed": "on"}))
    assert {fault["anchor"] for fault in found} == {"field-amount", "field-decided_on", "field-kind"}


def test_faults_of_a_row_say_which_row():
    rows = forms.formset_factory(Fine, extra=1)
    data = {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "2", "form-0-amount": "1"}
    found = drawn.faults_of(None, [{"title": "处罚项", "formset": rows(data)}])
    said = [f"{fault['label']}：{fault['text']}" for fault in found]
    assert "处罚项第 2 项：请填写罚款金额。" in said


class Long(forms.Form):
    """Two that must be filled, four that need not."""

    title = forms.CharField()
    note = forms.CharField(required=False)
    day = forms.CharField(required=False)
    kind = forms.CharField()
    amount = forms.CharField(required=False)
    files = forms.CharField(required=False)
    sections = (("甲", ["title", "note", "day"]), ("乙", ["kind", "amount", "files"]))
    applies = {"amount": ("kind", ("fine", "income"))}


def names(form) -> list[tuple]:
    return [(part["title"], [b.name for b in part["fields"]], part["more"]) for part in drawn.sections(form)]


def test_what_must_be_filled_stands_first_and_the_rest_waits_in_its_section():
    assert names(Long()) == [
        ("甲", ["title"], False),
        ("乙", ["kind"], False),
        ("甲", ["note", "day"], True),
        ("乙", ["amount", "files"], True),
    ]


def test_what_holds_something_or_has_a_fault_never_waits():
    form = Long(data={"note": "说明"}, initial={})
    form.add_error("day", "不对")
    assert names(form)[0] == ("甲", ["title", "note", "day"], False)


def test_two_fields_are_not_worth_folding_and_a_form_without_any_must_is_shown_whole():
    class Short(Long):
        upfront = ("note", "day")

    class Free(forms.Form):
        one, two, three = (forms.CharField(required=False) for _ in range(3))

    assert not any(more for _, _, more in names(Short()))
    assert names(Free()) == [("", ["one", "two", "three"], False)]


def test_a_field_says_which_answers_make_it_apply():
    form = Long(prefix="row-0")
    assert drawn.when(form["amount"]) == {"name": "row-0-kind", "values": "fine income"}
    assert drawn.when(form["note"]) is None


def test_optional_stands_only_where_nothing_else_says_when_to_fill():
    class Mixed(Long):
        why = forms.CharField(required=False, help_text="退回的必填")
        one, other = (forms.CharField(required=False) for _ in range(2))
        one_of = ("one", "other")
        upfront = ("why", "note", *one_of)

    form = Mixed()
    drawn.sections(form)
    said = {bound.name for bound in form if drawn.is_optional(bound)}
    assert said == {"note"}, "not of what must be, may have to be, or waits under 更多"


def test_two_short_questions_share_a_line_and_long_ones_do_not():
    class Asked(forms.Form):
        short = forms.ChoiceField(choices=[("y", "是"), ("n", "否")], widget=forms.RadioSelect)
        long = forms.ChoiceField(choices=[("y", "长" * 12), ("n", "短" * 9)], widget=forms.RadioSelect)
        row = forms.ChoiceField(choices=[("y", "是"), ("n", "否")])

    assert [drawn.is_few(bound) for bound in Asked()] == [True, False, False]
