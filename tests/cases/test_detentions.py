"""登记拘留逮捕: per person, sealed and counted once, or as counts from paper."""

import pytest

from accounts.models import local_today
from accounts.services import secrets
from cases import referral_sections
from cases.models import Detention, PoliceMatter, PoliceSubject
from cases.services import detentions, matters
from common.errors import Refused
from tests.cases import making
from tests.cases.pages import assert_only, last_entry, post


@pytest.fixture
def sent(cast):
    """A referral sent today."""
    return making.sent_referral(cast)


def test_the_name_is_sealed_and_masked(cast, sent):
    making.detained(cast, sent)
    person = PoliceSubject.objects.get()
    assert person.name_masked == "张**"
    assert "张三丰" not in person.name_sealed
    assert secrets.open_sealed(person.name_sealed, person, "name") == "张三丰"
    assert last_entry(sent).changes["刑事拘留"] == ["", "张**"]


def test_a_person_counts_once_over_several_measures(cast, sent):
    making.detained(cast, sent)
    making.detained(cast, sent, kind="arrest")
    making.detained(cast, sent, name="张 三丰", kind="administrative_detention")
    assert PoliceSubject.objects.count() == 1
    assert Detention.objects.count() == 3


def test_a_number_learned_later_joins_the_same_person(cast, sent):
    making.detained(cast, sent)
    making.detained(cast, sent, kind="arrest", identity=making.PERSON_ID)
    making.detained(cast, sent, name="张三风", kind="administrative_detention", identity=making.PERSON_ID)
    assert PoliceSubject.objects.count() == 1


def test_two_people_of_one_name_are_told_apart_by_number(cast, sent):
    making.detained(cast, sent, identity=making.PERSON_ID)
    making.detained(cast, sent, identity=making.OTHER_ID)
    assert PoliceSubject.objects.count() == 2
    assert referral_sections.counts_of(Detention.objects.all()) == "刑事拘留 2人"


def test_the_same_measure_twice_is_refused(cast, sent):
    making.detained(cast, sent)
    with pytest.raises(Refused, match="已登记过"):
        making.detained(cast, sent)


def test_counts_come_from_paper(cast, sent):
    values = {"kind": "arrest", "happened_on": local_today(), "persons": 3}
    with pytest.raises(Refused, match="扫描件"):
        detentions.record_detention(by=cast.police, referral=sent, entry=detentions.DetentionEntry(**values))
    detentions.record_detention(
        by=cast.handler,
        referral=sent,
        entry=detentions.DetentionEntry(**values, scan=making.scan("公安函.pdf")),
    )
    one = Detention.objects.get()
    assert (one.subject, one.persons, one.paper.name) == (None, 3, "公安函.pdf")
    assert referral_sections.counts_of([one]) == "逮捕 3人"


def test_neither_name_nor_count_is_nothing(cast, sent):
    with pytest.raises(Refused):
        making.detained(cast, sent, name="")


def test_a_mistake_is_withdrawn_with_its_reason(cast, sent):
    making.detained(cast, sent)
    one = Detention.objects.get()
    with pytest.raises(Refused, match="撤回理由"):
        detentions.withdraw_detention(by=cast.police, referral=sent, detention=one, reason="")
    detentions.withdraw_detention(by=cast.police, referral=sent, detention=one, reason="录错人")
    one.refresh_from_db()
    assert one.withdrawn_reason == "录错人"
    assert referral_sections.counts_of([one]) == ""
    making.detained(cast, sent)


def test_through_the_page_a_person_or_a_count_not_both(cast, sign_in, sent):
    client, day = sign_in(cast.police), local_today().isoformat()
    response = post(
        client, sent, "record_detention", kind="arrest", happened_on=day, name="李四", persons="2"
    )
    assert response.status_code == 422
    response = post(client, sent, "record_detention", kind="arrest", happened_on=day, name="李四")
    assert response.status_code == 302
    page = client.get(sent.get_absolute_url()).content.decode()
    assert "李**" in page
    assert "李四" not in page


def test_who_may(cast, sign_in, sent):
    assert_only(cast, sign_in, sent, "record_detention", "handler")


def test_the_police_register_matters_of_their_own(cast, sign_in):
    client = sign_in(cast.police)
    response = client.post(
        "/cases/matters/new/", {"_key": "m", "title": "某沟盗采案", "taken_up_on": making.ago(2).isoformat()}
    )
    matter = PoliceMatter.objects.get()
    assert response.url == matter.get_absolute_url()
    assert matter.agency == cast.police_office
    detentions.record_detention(
        by=cast.police,
        matter=matter,
        entry=detentions.DetentionEntry(kind="criminal_detention", happened_on=local_today(), name="王五"),
    )
    assert last_entry(matter).changes["刑事拘留"] == ["", "王**"]


def test_the_countys_offices_see_a_matter_neighbours_do_not(cast, sign_in):
    matter = matters.register_matter(by=cast.police, title="盗采案", taken_up_on=making.ago(1))
    address = matter.get_absolute_url()
    for part in ("liaison", "chief", "prefecture"):
        assert sign_in(getattr(cast, part)).get(address).status_code == 200, part
    for part in ("neighbour_chief", "neighbour_police", "other_prefecture"):
        assert sign_in(getattr(cast, part)).get(address).status_code == 404, part
    assert sign_in(cast.handler).get(address + "record-matter-detention/").status_code == 403
