"""Numbers: in order, typed ones fit in, voided ones never come again."""

import pytest
from django.urls import reverse

from accounts import series
from accounts.models import IssuedNumber, Serial, TrailEntry
from accounts.services import numbering
from common.errors import Forbidden, Refused

YEAR = 2026


@pytest.fixture(autouse=True)
def known(monkeypatch):
    """One series that an app numbers by."""
    monkeypatch.setattr(series, "REGISTRY", {})
    series.register("trial", "立案编号", "立字")


def issue(agency, typed="", year=YEAR):
    """The next number, or the typed one."""
    return numbering.issue(agency=agency, kind="trial", word="立字", year=year, typed=typed)


def test_numbers_count_up_per_office_and_year(cast):
    assert issue(cast.county) == "交自然资立字〔2026〕1号"
    assert issue(cast.county) == "交自然资立字〔2026〕2号"
    assert issue(cast.neighbour) == "文自然资立字〔2026〕1号"
    assert issue(cast.county, year=2027) == "交自然资立字〔2027〕1号"


def test_the_offices_own_series_goes_on_after_its_last_number(cast):
    numbering.start_after(by=cast.handler, agency=cast.county, kind="trial", year=YEAR, last=41)
    assert issue(cast.county).endswith("42号")
    assert TrailEntry.objects.get(act="start_numbers").changes == {"2026年立案编号已用到": [0, 41]}
    with pytest.raises(Refused, match="不能更小"):
        numbering.start_after(by=cast.handler, agency=cast.county, kind="trial", year=YEAR, last=3)


def test_a_typed_number_is_taken_as_written_and_the_counter_goes_on_after_it(cast):
    issue(cast.county)
    assert issue(cast.county, "交自然资立字[2026]5号") == "交自然资立字〔2026〕5号"
    assert issue(cast.county) == "交自然资立字〔2026〕6号"


def test_an_earlier_number_typed_later_does_not_turn_the_counter_back(cast):
    numbering.start_after(by=cast.handler, agency=cast.county, kind="trial", year=YEAR, last=20)
    issue(cast.county, "交自然资立字〔2026〕3号")
    assert issue(cast.county).endswith("〔2026〕21号")


def test_a_number_of_last_year_moves_last_years_counter_only(cast):
    issue(cast.county, "交自然资立字〔2025〕77号")
    assert issue(cast.county).endswith("〔2026〕1号")
    assert issue(cast.county, year=2025).endswith("〔2025〕78号")


@pytest.mark.parametrize(
    "typed", ["交国土资立字〔2026〕9号", "交自然资立字〔2026〕12-1号", "2026-009", "交自然资罚字〔2026〕9号"]
)
def test_a_number_of_another_series_leaves_the_counter_alone(cast, typed):
    assert issue(cast.county, typed)
    assert issue(cast.county).endswith("〔2026〕1号")


@pytest.mark.parametrize("again", ["交自然资立字〔2026〕1号", "交自然资立字[2026]1号"])
def test_a_used_number_is_refused(cast, again):
    issue(cast.county)
    with pytest.raises(Refused, match="已经用过或已作废"):
        issue(cast.county, again)
    assert IssuedNumber.objects.count() == 1


def test_an_empty_number_is_refused(cast):
    with pytest.raises(Refused, match="请填写编号"):
        issue(cast.county, "  ")


def test_a_voided_number_is_listed_and_never_used(cast):
    void = {"by": cast.handler, "agency": cast.county, "kind": "trial", "year": YEAR}
    numbering.void(**void, text="交自然资立字〔2026〕2号", reason="打印错误")
    assert [issue(cast.county)[-2], issue(cast.county)[-2]] == ["1", "3"]
    with pytest.raises(Refused, match="已作废"):
        issue(cast.county, "交自然资立字〔2026〕2号")
    assert TrailEntry.objects.get(act="void_number").reason == "打印错误"
    with pytest.raises(Refused, match="作废原因"):
        numbering.void(**void, text="交自然资立字〔2026〕9号", reason=" ")


def test_a_number_given_before_can_be_voided(cast):
    text = issue(cast.county)
    number = numbering.void(
        by=cast.intake, agency=cast.county, kind="trial", text=text, reason="撤回", year=YEAR
    )
    assert number.voided_reason == "撤回" and IssuedNumber.objects.count() == 1


def test_many_numbers_at_once_pass_over_what_is_taken(cast):
    numbering.void(
        by=cast.handler,
        agency=cast.county,
        kind="trial",
        text="交自然资立字〔2026〕3号",
        reason="空号",
        year=YEAR,
    )
    numbers = numbering.issue_many(agency=cast.county, kind="trial", word="立字", year=YEAR, count=4)
    assert [text[-2] for text in numbers] == ["1", "2", "4", "5"]
    assert Serial.objects.get().last == 5


def test_many_numbers_cost_no_more_queries_than_few(cast, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        numbering.issue_many(agency=cast.county, kind="trial", word="立字", year=YEAR, count=400)


@pytest.mark.parametrize("part", ["neighbour_handler", "prefecture", "legal", "police"])
def test_only_the_offices_own_people_start_and_void(cast, part):
    with pytest.raises(Forbidden):
        numbering.start_after(by=getattr(cast, part), agency=cast.county, kind="trial", year=YEAR, last=9)


def test_the_page_shows_counter_typed_and_voided(cast, sign_in):
    issue(cast.county, "交自然资立字〔2026〕5号")
    client = sign_in(cast.handler)
    answer = client.post(
        reverse("accounts:void_number", args=["141122-zrzy"]),
        {"kind": "trial", "text": "交自然资立字〔2026〕4号", "reason": "污损", "_key": "k"},
    )
    page = client.get(answer.url).content.decode()
    for words in ("立案编号", "〔2026〕5号", "〔2026〕4号", "污损"):
        assert words in page


def correct(agency, old, typed):
    """The right number in the place of the one typed."""
    return numbering.correct(agency=agency, kind="trial", word="立字", year=YEAR, old=old, typed=typed)


def test_a_number_typed_wrongly_is_free_again(cast):
    old = issue(cast.county, "交自然资立字〔2026〕15号")
    assert correct(cast.county, old, "交自然资立字[2026]14号") == "交自然资立字〔2026〕14号"
    assert issue(cast.county, old) == old


def test_a_number_of_the_counter_is_voided_when_corrected(cast):
    old = issue(cast.county)
    correct(cast.county, old, "交自然资立字〔2026〕7号")
    assert IssuedNumber.objects.get(text=old).voided_reason == "更正为交自然资立字〔2026〕7号"
    assert issue(cast.county) == "交自然资立字〔2026〕8号"


def test_a_correction_to_a_number_in_use_changes_nothing(cast):
    old, used = issue(cast.county, "交自然资立字〔2026〕15号"), issue(cast.county)
    with pytest.raises(Refused, match="已经用过"):
        correct(cast.county, old, used)
    assert IssuedNumber.objects.filter(text__in=[old, used], voided_reason="").count() == 2
    with pytest.raises(Refused, match="没有改动"):
        correct(cast.county, old, old)
