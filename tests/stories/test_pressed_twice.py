"""A form on its way says so, a second press sends nothing, an ended session loses nothing typed."""

import pytest
from django.contrib.sessions.models import Session

from tests.cast import PASSWORD
from tests.clues.making import registered

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Presses twice and looks, while what is sent is counted and held back.
TWICE = """async () => {
    const button = document.querySelector("main .act__bar [type=submit]");
    let sent = 0;
    const count = (event) => { sent += event.defaultPrevented ? 0 : 1; event.preventDefault(); };
    addEventListener("submit", count);
    button.click();
    button.click();
    await new Promise((seen) => setTimeout(seen));
    button.form.requestSubmit();
    return [sent, button.disabled, button.textContent];
}"""


def test_a_pressed_button_says_what_it_does_and_cannot_be_pressed_again(at_pc, live_cast):
    clue, page = registered(live_cast), at_pc(live_cast.intake)
    page.goto(f"{clue.get_absolute_url()}label/")
    page.fill("[name=name]", "重点")
    assert page.evaluate(TWICE) == [1, True, "正在提交…"]
    page.goto("about:blank")


def test_what_was_typed_is_offered_again_after_the_session_ended_and_somebody_signed_in(at_pc, live_cast):
    page = at_pc(live_cast.intake)
    page.goto("/clues/new/")
    page.fill("[name=summary]", "后沟夜里有人拉砂。")
    Session.objects.all().delete()
    with page.expect_navigation(url="**/accounts/sign-in/**"):
        page.locator("main .act__bar [type=submit]").click()
    page.fill("[name=username]", live_cast.intake.username)
    page.fill("[name=password]", PASSWORD)
    with page.expect_navigation():
        page.locator("main button[type=submit]").first.click()
    assert page.input_value("[name=summary]") == ""
    page.get_by_role("button", name="恢复").click()
    assert page.input_value("[name=summary]") == "后沟夜里有人拉砂。"
    page.goto("about:blank")
