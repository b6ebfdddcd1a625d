"""Violations as a short list: what is ticked, then what the office names most, the rest folded."""

import re
from collections import Counter

import pytest
from django import forms

from registry.forms.fields import ShortList, ViolationFields, violation_choices
from registry.often import named_by
from tests.cases.making import filed_case
from tests.clues.making import at, registered

MINING = [code for code, _ in violation_choices("mining")]


class Listed(forms.Form):
    codes = ShortList(choices=violation_choices("mining"), required=False)


def order(often, ticked=()):
    form = Listed(initial={"codes": list(ticked)})
    form.fields["codes"].begin_with(Counter(often), ticked)
    return [code for code, _ in form.fields["codes"].choices], form


def test_what_is_named_often_stands_first_and_what_is_ticked_before_it():
    often = {MINING[9]: 3, MINING[5]: 7}
    assert order(often)[0][:3] == [MINING[5], MINING[9], MINING[0]]
    assert order(often, [MINING[12]])[0][:3] == [MINING[12], MINING[5], MINING[9]]
    assert sorted(order(often)[0]) == sorted(MINING)


def test_the_rest_is_folded_and_what_is_ticked_never():
    ticked = MINING[3:12]
    page = str(order({}, ticked)[1]["codes"].as_field_group())
    above, rest = page.split("<details")
    assert f"其余 {len(MINING) - len(ticked)} 项" in rest
    assert above.count('type="checkbox"') == len(ticked) == above.count(" checked") and " checked" not in rest


def test_a_list_that_is_short_is_not_folded():
    form = ViolationFields()
    few = form.fields["land_violations"]
    few.choices = few.choices[:4]
    few.begin_with(Counter(), ())
    page = str(form["land_violations"].as_field_group())
    assert "<details" not in page and page.count("<div") == page.count("</div")


@pytest.mark.parametrize("name", ["mining_violations", "land_violations"])
def test_every_tag_that_is_opened_is_closed(name):
    form = ViolationFields()
    form.fields[name].begin_with(Counter(), ())
    page = str(form[name].as_field_group())
    assert page.count("<div") == page.count("</div") and page.count("<details") == page.count("</details")


def test_an_office_counts_its_own_clues_and_cases(cast, django_assert_num_queries):
    registered(cast, violations=["K12", "K21"])
    registered(cast, violations=["K21"], place="别处")
    with django_assert_num_queries(2):
        named = named_by(cast.county)
    assert (named["K21"], named["K12"]) == (2, 1)
    assert not named_by(cast.neighbour)
    filed_case(cast)
    assert sum(named_by(cast.county).values()) > 3


def test_registering_and_completing_begin_with_them(cast, sign_in):
    code = MINING[-2]
    clue = registered(cast, violations=[code])
    for address in ("/clues/new/", at(clue, "amend_clue")):
        page = sign_in(cast.handler).get(address).content.decode()
        assert re.findall(r'name="mining_violations" value="(\w+)"', page)[0] == code


def test_what_is_chosen_is_kept_in_the_order_of_the_code_list():
    form = ViolationFields({"mining_violations": [MINING[3], MINING[1]]})
    assert form.is_valid() and form.cleaned_data["violations"] == [MINING[1], MINING[3]]
