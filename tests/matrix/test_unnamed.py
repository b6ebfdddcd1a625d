"""No form of a clue with an informant, nor of the case that follows, takes the informant's name or number."""

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.services import secrets
from clues.models import Informant
from clues.services.informants import NAMED
from tests.frames import bare_frame
from tests.matrix.house import counts_once, open_house, plain_refusals, request
from tests.matrix.oracle import RULES, arguments_of, expected

pytestmark = pytest.mark.django_db  # inside the house's own transaction
NAME, PHONE = "闻人芷若", "13812345678"
WRITTEN = "据闻人·芷若讲", "电话 138-1234 5678"
# Who may know the informant; to others a refusal would tell who it is.
KNOWING = ("handler", "intake", "brigade_head")
PARTED = 6  # one test after the other, none of them long
KINDS = {"clue", "case", "referral"}
ABOUT = sorted(
    address
    for address, rule in RULES.items()
    if rule.get("kind") in KINDS | {"informant_file"} and {"GET", "POST"} <= set(rule["methods"])
)
# Forms that nobody who may know the informant may open.
OTHERS = {
    "cases:refuse_review",
    "cases:return_closing",
    "cases:return_decision",
    "clues:return_disposition",
}


@pytest.fixture(scope="module")
def house(django_db_setup, django_db_blocker):
    """The offices' things; the informant of our office's clue has a name and a phone."""
    with django_db_blocker.unblock(), bare_frame(), plain_refusals(), counts_once(), open_house() as built:
        informant = Informant.objects.get(clue=built.places["own"].clue)
        informant.name_sealed = secrets.seal(NAME, informant, "name")
        informant.phone_sealed = secrets.seal(PHONE, informant, "phone")
        informant.save()
        yield built


def knowing(house, address) -> str:
    """Who may know the informant and send this form; "" for nobody."""
    own = house.places["own"]
    return next((part for part in KNOWING if expected(address, "POST", part, own, house) == "in"), "")


def free_texts(page) -> list[str]:
    """The fields of a form in which anything may be written, a password's aside."""
    return [
        name
        for name, field in page.context["form"].fields.items()
        if isinstance(field.widget, forms.TextInput | forms.Textarea)
        and not isinstance(field.widget, forms.PasswordInput)
    ]


def faults(house, address) -> list[str]:
    """The free texts of a form that take the informant's name or number."""
    client = house.clients[knowing(house, address)]
    url = reverse(RULES[address]["name"], args=arguments_of(address, house.places["own"]))
    page = request(client, "GET", url)
    if page.context is None or "form" not in page.context:
        return []
    taken = []
    for place, name in enumerate(free_texts(page)):
        answer = request(client, "POST", url, data={name: WRITTEN[place % 2]})
        if answer.status_code != 409 or NAMED not in answer.content.decode():
            taken.append(f"{address}: {name}")
    return taken


def test_the_forms_that_nobody_who_knows_may_open_stand_by_name(house):
    assert {address for address in ABOUT if not knowing(house, address)} == OTHERS


@pytest.mark.parametrize("part", range(PARTED))
def test_no_free_text_takes_it(house, part):
    taken = [
        fault
        for address in ABOUT[part::PARTED]
        if knowing(house, address)
        for fault in faults(house, address)
    ]
    assert taken == []


def test_the_name_of_a_file_doesnt_say_it_either(house):
    url = reverse("clues:add_clue_files", args=[house.places["own"].clue.public_id])
    named = SimpleUploadedFile("闻人芷若举报信.pdf", b"%PDF-1.4 letter")
    answer = request(house.clients["handler"], "POST", url, data={"files": named})
    assert answer.status_code == 409 and NAMED in answer.content.decode()


def test_who_may_not_know_learns_nothing_from_a_refusal(house):
    url = reverse("clues:return_disposition", args=[house.places["own"].clue.public_id])
    answer = request(house.clients["deputy"], "POST", url, data={"reason": WRITTEN[0]})
    assert NAMED not in answer.content.decode()


def test_other_words_are_taken(house):
    url = reverse("clues:add_clue_files", args=[house.places["own"].clue.public_id])
    answer = request(house.clients["handler"], "POST", url, data={"note": "138 车，1234 吨"})
    assert NAMED not in answer.content.decode()
