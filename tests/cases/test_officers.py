"""Two handlers with a valid 执法证: asked for at filing, needed at investigation (办法 art 17)."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from accounts.models import User, local_today
from cases.services import investigation
from common.errors import Refused
from tests.cases import making


@pytest.fixture
def expire():
    """`expire(person, days_ago)`: that person's 执法证 ended so many days ago; without, there is none."""

    def change(person, days_ago=None):
        values = {"certificate_no": ""}
        if days_ago is not None:
            values = {"certificate_until": local_today() - timedelta(days=days_ago)}
        User.objects.filter(pk=person.pk).update(**values)

    return change


def told(client) -> str:
    """What the next page says about the deed."""
    return client.get("/", follow=True).content.decode()


def test_filing_goes_on_and_says_what_is_missing(cast, sign_in, expire):
    case = making.proposed_case(cast, second_handler=None)
    expire(cast.handler, 3)
    client = sign_in(cast.deputy)
    page = client.get(reverse("cases:approve_filing", args=[case.public_id])).content.decode()
    ended = local_today() - timedelta(days=3)
    assert f"没有指定协办人，李承办执法证{ended}到期。立案后调查取证，须有两名" in page
    client.post(reverse("cases:approve_filing", args=[case.public_id]), {"opinion": "同意"})
    case.refresh_from_db()
    assert case.state == "investigation"
    assert "没有指定协办人" in told(client)


def test_nothing_is_said_where_both_are_certified(cast, sign_in):
    case = making.proposed_case(cast)
    page = sign_in(cast.deputy).get(reverse("cases:approve_filing", args=[case.public_id])).content.decode()
    assert "执法证" not in page
    assert "李承办、赵协办" in page


def test_the_choice_says_who_has_none(cast, sign_in, expire):
    expire(cast.second_handler)
    client = sign_in(cast.handler)
    clue = making.verified_clue(cast)
    page = client.get(reverse("cases:propose_filing", args=[clue.public_id])).content.decode()
    assert f'value="{cast.second_handler.pk}" selected>赵协办（没有登记执法证）' in page
    data = {"handler": cast.handler.pk, "second_handler": cast.second_handler.pk}
    client.post(reverse("cases:assign_handlers", args=[making.filed_case(cast).public_id]), data)
    assert "赵协办没有登记执法证。立案后调查取证" in told(client)


def test_one_person_is_not_both(cast):
    with pytest.raises(Refused, match="不能是同一人.*第四十二条"):
        making.proposed_case(cast, second_handler=cast.handler)


@pytest.mark.parametrize("record", ["mined", "occupied"])
def test_no_finding_without_two_handlers(cast, record):
    case = making.filed_case(cast, second_handler=None)
    with pytest.raises(Refused, match="还缺：两名承办人") as refusal:
        getattr(making, record)(cast, case)
    assert dict(refusal.value.missing) == {"两名承办人": "handlers"}


@pytest.mark.parametrize("record", ["mined", "occupied"])
def test_nor_where_a_certificate_had_ended_on_that_day(cast, expire, record):
    """The finding is of ten days ago: a certificate that ended since was valid then."""
    expire(cast.second_handler, 11)
    with pytest.raises(Refused, match="缺一不能调查.*赵协办执法证.*到期.*第十七条"):
        getattr(making, record)(cast, making.filed_case(cast))
    expire(cast.second_handler, 10)
    getattr(making, record)(cast, making.filed_case(cast))


def test_what_a_ledger_brought_was_investigated_elsewhere(cast):
    case = making.filed_case(cast, second_handler=None)
    case.imported = True
    case.save()
    row = {"mineral": "煤", "tonnes": Decimal("5")}
    investigation.record_mineral_finding(by=cast.handler, case=case, happened_on=local_today(), rows=[row])
    assert case.minerals_now()


def test_no_decision_is_proposed_with_an_expired_certificate(cast, expire):
    case = making.mined(cast, making.filed_case(cast, signed_on=making.ago(20)))
    expire(cast.second_handler, 1)
    case.refresh_from_db()
    with pytest.raises(Refused, match="还缺：两名承办人有效的执法证") as refusal:
        making.proposed_decision(cast, case)
    assert dict(refusal.value.missing) == {"两名承办人有效的执法证": "handlers"}


def test_the_cases_page_names_the_fault(cast, sign_in, expire):
    expire(cast.second_handler)
    case = making.filed_case(cast)
    page = sign_in(cast.handler).get(case.get_absolute_url()).content.decode()
    assert "没有登记执法证" in page
