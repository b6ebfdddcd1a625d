"""登记并呈批立案: clue, verification and proposal in one form, all or none."""

import pytest
from django.urls import reverse

from cases.models import Case
from cases.services import filing
from clues.models import Clue, Verification
from clues.services.verification import Look
from common.errors import Refused
from tests.cases import making
from tests.cases.pages import rows
from tests.clues.making import words as registering


def words(cast, **look):
    return {
        "clue": registering(
            received_on=making.ago(1),
            summary="巡查发现采煤",
            place="某沟",
            violations=["K21"],
            parties=[making.suspect()],
        ),
        "look": {
            "look": Look(
                **{
                    "looked_on": making.ago(1),
                    "lookers": [cast.handler, cast.second_handler],
                    "facts_found": "现场采坑",
                    "judgment": "true",
                    **look,
                }
            )
        },
        "proposal": filing.FilingProposal(cause="张三丰无证开采煤矿案", facts="现场采坑"),
    }


def test_three_deeds_in_one(cast):
    case = filing.register_and_propose(by=cast.handler, **words(cast))
    assert (case.state, case.clue.state) == ("proposed", "filing")
    assert case.clue.verifications.count() == 1
    assert str(case.parties.get()) == "张三丰"


def test_all_or_none(cast):
    with pytest.raises(Refused, match="不得少于两人"):
        filing.register_and_propose(by=cast.handler, **words(cast, lookers=[cast.handler]))
    assert not Clue.objects.exists()
    assert not Verification.objects.exists()
    assert not Case.objects.exists()


def data(cast, **more):
    return {
        "_key": "one",
        "source": "patrol",
        "received_on": making.ago(1).isoformat(),
        "county": "141122",
        "summary": "巡查发现采煤",
        "place": "某沟",
        "mineral": "煤",
        "mining_violations": ["K21"],
        "looked_on": making.ago(1).isoformat(),
        "lookers": [cast.handler.pk, cast.second_handler.pk],
        "facts_found": "现场采坑",
        "judgment": "true",
        "cause": "张三丰无证开采煤矿案",
        "second_handler": cast.second_handler.pk,
        **rows("party", {"kind": "person", "name": "张三丰", "identity": making.PERSON_ID}),
        **more,
    }


def test_through_the_page(cast, sign_in):
    client = sign_in(cast.handler)
    address = reverse("cases:register_and_propose")
    assert client.get(address).status_code == 200
    response = client.post(address, data(cast))
    case = Case.objects.get()
    assert response.url == case.get_absolute_url()
    assert (case.handler, case.second_handler) == (cast.handler, cast.second_handler)
    assert client.post(address, data(cast)).url == response.url
    assert Clue.objects.count() == 1


def test_what_is_missing_is_said_and_nothing_lost(cast, sign_in):
    response = sign_in(cast.handler).post(
        reverse("cases:register_and_propose"), data(cast, cause="", lookers=[cast.handler.pk])
    )
    assert response.status_code == 422
    assert {"cause", "lookers"} <= set(response.context["form"].errors)
    assert "现场采坑" in response.content.decode()
    assert not Clue.objects.exists()


def test_only_handlers_come_to_the_form(cast, sign_in):
    address = reverse("cases:register_and_propose")
    for part in ("intake", "deputy", "police", "prefecture"):
        assert sign_in(getattr(cast, part)).get(address).status_code == 403, part
