"""Whatever field it is typed into, no form says who reported; only what the page itself sends is passed."""

import pytest
from django.test import RequestFactory

from accounts import word_guards
from clues.services.informants import InformantFacts
from common.errors import Refused
from tests.clues.making import verified

NAME = "闻人举报芷若"
TYPED = (
    "summary",
    "facts_found",  # 核查情况
    "reason",  # 处理意见
    "password_hint",
    "passwords",
    "_note",
    "_",
    "_confirmed",
    "_key_note",
    "csrfmiddlewaretoken2",
)


@pytest.fixture
def posted(cast):
    """`posted(name, value)` asks the guards of a form in which this stands."""
    clue = verified(cast, informant=InformantFacts(name=NAME))

    def ask(name, value=f"是{NAME}说的"):
        request = RequestFactory().post("/", {name: ["", value]})
        request.user = cast.intake
        word_guards.check(request, clue, request.FILES)

    return ask


@pytest.mark.parametrize("name", TYPED)
def test_a_field_of_any_name_is_read(posted, name):
    with pytest.raises(Refused):
        posted(name)
    posted(name, "某人说的")


def test_what_the_page_sends_itself_is_not(posted):
    """One's own password may well be a telephone number; it is kept nowhere."""
    assert {
        "csrfmiddlewaretoken",
        "_key",
        "_version",
        "_address",
        "_staged",
        "password",
    } == word_guards.OURS
    for name in word_guards.OURS:
        posted(name)
