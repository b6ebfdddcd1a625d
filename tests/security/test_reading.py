"""What the attacks read off a page is what a browser would send."""

import pytest

from tests.security.house import ask
from tests.security.reading import Page

PAGE = """
<input name="pick" type="checkbox" value="a" form="bulk">
<form method="post" action="/list/?at=x1" id="bulk"><input name="_key" value="k">
  <button formaction="/assign/" name="how" value="all">分派</button>
  <button formmethod="get" formaction="/take/">导出</button></form>
<form method="get" action="/find/"><select name="label"><option value="3" selected></select>
  <input name="pick" type="checkbox" value="b" form="bulk"></form>
<a href="?party=5">当事人</a><a href="/cases/x/?record=filing&amp;party=6">记录</a>
"""


def test_a_control_stands_in_the_form_that_it_names_wherever_it_is():
    forms = {form.action: form for form in Page(PAGE).forms}
    assert forms["/list/?at=x1"].fields["pick"].values == ["a", "b"]
    assert "pick" not in forms["/find/"].fields


def test_a_button_sends_the_same_controls_elsewhere():
    forms = {form.action: form for form in Page(PAGE).forms}
    assert (forms["/assign/"].method, forms["/take/"].method) == ("POST", "GET")
    assert forms["/assign/"].fields.keys() == {"pick", "_key", "how"}


def test_what_addresses_and_forms_ask_for_is_known_by_path_and_name():
    queries = Page(PAGE).queries()
    assert queries["", "party"] == {"5"} and queries["/cases/x/", "party"] == {"6"}
    assert queries["/find/", "label"] == {"3"} and queries["/list/", "at"] == {"x1"}


@pytest.mark.django_db
def test_the_rows_of_a_list_reach_what_is_done_to_many(house):
    forms = {form.action: form for form in ask(house, "brigade_head", "clues:list").page.forms}
    (url,) = [action for action in forms if action.endswith("/assign/")]
    assert house.places["own"].clue.public_id in forms[url].fields["pick"].values
