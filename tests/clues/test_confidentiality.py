"""An informant's data stands in no page, no trail, no message, no byte of the database."""

import base64
from urllib.parse import quote

import pytest
from django.core.management import call_command
from django.db import connection

from clues.models import Informant
from clues.services.disposition import approve_disposition
from clues.services.informants import InformantFacts
from tests.cast import PEOPLE
from tests.clues.making import PERSON_ID, at, form_data, proposed, verified

NAME, PHONE = "闻人举报芷若", "18735899761"
CANARIES = (NAME, PHONE, PERSON_ID)
WHO = InformantFacts(name=NAME, phone=PHONE, identity=PERSON_ID, wants_answer=True)
PAGES = ("detail", "receipt", "verification_form", "approval_form", "amend_clue", "add_clue_files",
         "merge_clue", "assign_clue", "verify_clue", "propose_disposition", "approve_disposition",
         "return_disposition", "unmask_informant", "answer_informant")  # fmt: skip


def shapes(canary: str) -> list[bytes]:
    """A value in the shapes in which it may hide."""
    raw = canary.encode()
    return [raw, canary.encode("utf-16-le"), quote(canary).encode(), base64.b64encode(raw)[:-4]]


def leaks(body: bytes) -> list[str]:
    return [canary for canary in CANARIES for shape in shapes(canary) if shape in body]


@pytest.fixture
def journey(cast):
    """A clue from its informant to the other department."""
    clue = verified(cast, informant=WHO)
    clue = proposed(cast, "handover", clue=clue)
    return approve_disposition(by=cast.deputy, clue=clue)


def test_the_search_for_canaries_finds_one(db):
    assert leaks(f"<p>{NAME}</p>".encode()) == [NAME]


@pytest.mark.parametrize("part", sorted(PEOPLE))
def test_no_page_shows_it_to_anybody(cast, sign_in, journey, part):
    client = sign_in(getattr(cast, part))
    answers = [client.get(at(journey, page)) for page in PAGES]
    answers += [client.get("/clues/"), client.get("/clues/?export=xlsx")]
    answers.append(client.post("/clues/", {"party": NAME}, follow=True))
    for answer in answers:
        body = b"".join(answer) if answer.streaming else answer.content
        if answer.request["REQUEST_METHOD"] == "GET" and "q=" in answer.request["QUERY_STRING"]:
            # What the person typed into the filter themselves.
            body = body.replace(NAME.encode(), b"")
        assert leaks(body) == [], answer.request["PATH_INFO"]


@pytest.mark.parametrize("part", ["legal", "chief", "prefecture", "department", "second_handler"])
def test_others_do_not_even_know_that_there_is_one(cast, sign_in, journey, part):
    page = sign_in(getattr(cast, part)).get(journey.get_absolute_url()).content.decode()
    assert "举报人" not in page


def test_who_works_on_it_sees_a_number_instead_of_a_name(cast, sign_in, journey):
    page = sign_in(cast.intake).get(journey.get_absolute_url()).content.decode()
    assert f"举报人-{journey.number}" in page
    assert leaks(page.encode()) == []


def test_no_byte_of_the_database_says_it(cast, sign_in, tmp_path):
    sign_in(cast.intake).post(
        "/clues/new/", form_data(informant_name=NAME, informant_phone=PHONE, informant_identity=PERSON_ID)
    )
    assert Informant.objects.count() == 1
    place = tmp_path / "dump.json"
    with place.open("w") as out:
        call_command("dumpdata", "--all", format="json", stdout=out, exclude=["contenttypes"])
    assert leaks(place.read_bytes()) == []
    if connection.vendor == "sqlite":
        script = "\n".join(connection.connection.iterdump())
        assert leaks(script.encode()) == []


def test_the_sealed_values_open_only_at_their_own_row(cast, journey):
    from accounts.services import secrets
    from common.sealing import CannotDecrypt

    one = Informant.objects.get()
    other = Informant.objects.create(clue=verified(cast), name_sealed=one.name_sealed)
    assert secrets.open_sealed(one.name_sealed, one, "name") == NAME
    with pytest.raises(CannotDecrypt):
        secrets.open_sealed(other.name_sealed, other, "name")
    with pytest.raises(CannotDecrypt):
        secrets.open_sealed(one.name_sealed, one, "phone")
