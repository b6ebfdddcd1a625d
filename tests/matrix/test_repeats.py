"""A form that comes again gets its first answer, at every address that takes a form, whatever has changed."""

import pytest
from django.db import transaction
from django.test import RequestFactory
from django.urls import reverse

from accounts import repeats
from accounts.models import IdempotencyKey, TrailEntry
from tests.frames import bare_frame
from tests.matrix.house import PARTS, PLACES, open_house, plain_refusals, request
from tests.matrix.oracle import RULES, arguments_of, expected, places_of

pytestmark = pytest.mark.django_db
FORM = {"_key": "the-form", "_version": "1", "reason": "甲"}
FORMS = sorted(
    address for address, rule in RULES.items() if "POST" in rule["methods"] and not rule.get("public")
)


@pytest.fixture(scope="module")
def house(django_db_setup, django_db_blocker):
    """The cast and the offices' things, made once; every request is rolled back."""
    with django_db_blocker.unblock(), bare_frame(), plain_refusals(), open_house() as built:
        yield built


def people_at(house, address, place) -> dict[str, str]:
    """For each answer of this address one person who gets it: who may, who may not, who is a stranger."""
    found = {}
    for part in PARTS:
        found.setdefault(expected(address, "POST", part, place, house), part)
    return {answer: part for answer, part in found.items() if answer in ("in", "403", "404")}


@pytest.mark.parametrize("address", FORMS)
def test_who_sent_this_very_form_gets_the_first_answer_and_nothing_is_done_again(address, house):
    place = house.places[places_of(address)[0] if RULES[address].get("only") else PLACES[0]]
    url = reverse(RULES[address]["name"], args=arguments_of(address, place))
    digest = repeats.digest_of(RequestFactory().post(url, FORM))
    for part in people_at(house, address, place).values():
        with transaction.atomic():
            person = getattr(house.cast, part)
            IdempotencyKey.objects.create(
                user=person, key=FORM["_key"], act="x", digest=digest, result_url="/led/here/"
            )
            written = TrailEntry.objects.count()
            again = request(house.clients[part], "POST", url, FORM)
            assert (again.status_code, again.headers.get("Location")) == (302, "/led/here/"), part
            assert TrailEntry.objects.count() == written
            transaction.set_rollback(True)


def test_nobody_gets_anothers_answer_nor_one_to_other_content(house):
    place = house.places["own"]
    url = reverse("cases:amend_case", args=[place.case.public_id])
    digest = repeats.digest_of(RequestFactory().post(url, FORM))
    own, other = house.cast.handler, house.clients["second_handler"]
    with transaction.atomic():
        IdempotencyKey.objects.create(
            user=own, key="the-form", act="x", digest=digest, result_url="/led/here/"
        )
        answers = [
            request(other, "POST", url, FORM),
            request(house.clients["handler"], "POST", url, {**FORM, "reason": "乙"}),
            request(house.clients["handler"], "POST", url, {**FORM, "_key": "another-form"}),
        ]
        assert "/led/here/" not in [each.headers.get("Location") for each in answers]
        transaction.set_rollback(True)
