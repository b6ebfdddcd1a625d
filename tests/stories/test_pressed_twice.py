"""A form that is on its way says so, and a second press sends nothing."""

import pytest

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
