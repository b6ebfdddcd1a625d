"""坐标 of a case: shown, typed with its system, taken over from the clue."""

from decimal import Decimal

import pytest
from django.urls import reverse

from cases.models import Case
from cases.services import investigation
from registry.services.position import read_position
from tests.cases import making
from tests.cases.pages import at, post

PLACE = {"position_first": "112.158300", "position_second": "37.552100", "datum": "cgcs2000"}


def shown(client, case) -> str:
    rows = client.get(case.get_absolute_url()).context["base_rows"]
    return next(row["value"] for row in rows if row["label"] == "坐标（2000）")


def test_a_clues_position_is_shown_on_its_case(cast, sign_in):
    position = read_position("112.1583", "37.5521", "cgcs2000")
    case = making.filed_case(cast, clue=making.verified_clue(cast, position=position))
    assert shown(sign_in(cast.handler), case) == "东经 112.158300，北纬 37.552100"
    assert shown(sign_in(cast.handler), making.filed_case(cast)) == ""


def test_it_is_typed_with_a_case_of_the_offices_own(cast, sign_in):
    client = sign_in(cast.handler)
    response = client.post(
        reverse("cases:propose_own"),
        {
            "_key": "own",
            "cause": "无证采矿案",
            "source": "patrol",
            "county": "141122",
            "place": "某沟",
            "facts": "采矿",
            "mining_violations": ["K21"],
            "party-TOTAL_FORMS": "1",
            "party-INITIAL_FORMS": "0",
            "party-0-kind": "person",
            "party-0-name": "张三丰",
            **PLACE,
        },
    )
    assert response.status_code == 302
    assert Case.objects.get().longitude == Decimal("112.1583")


def amend(client, case, **more):
    data = {
        "cause": case.cause,
        "place": case.place,
        "facts": case.facts,
        "mineral": case.mineral,
        "mining_violations": ["K21"],
        **more,
    }
    return post(client, case, "amend_case", **data)


def test_it_is_amended_left_alone_and_taken_away(cast, sign_in):
    case, client = making.filed_case(cast), sign_in(cast.handler)
    assert amend(client, case, **PLACE).status_code == 302
    assert amend(client, case, facts="改").status_code == 302
    case.refresh_from_db()
    assert case.position == "东经 112.158300，北纬 37.552100"
    assert "现有：东经 112.158300" in client.get(at(case, "amend_case")).content.decode()
    assert amend(client, case, facts="改", no_position="on").status_code == 302
    case.refresh_from_db()
    assert case.position == ""


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"position_second": ""}, "position_second"),
        ({"datum": ""}, "datum"),
        ({"position_first": "9" * 30}, "position_first"),
    ],
)
def test_half_a_position_is_said_at_the_field(cast, sign_in, typed, field):
    case = making.filed_case(cast)
    response = amend(sign_in(cast.handler), case, **PLACE | typed)
    assert response.status_code == 422
    assert field in response.context["form"].errors


def test_the_service_writes_before_and_after(cast):
    case = investigation.amend_case(
        by=cast.handler, case=making.filed_case(cast), longitude=Decimal("112.1"), latitude=Decimal("37.5")
    )
    assert (case.longitude, case.latitude) == (Decimal("112.1"), Decimal("37.5"))
