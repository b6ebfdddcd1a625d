"""The registry: numbers checked and sealed, the same party found again by its number."""

import pytest

from accounts.models import TrailEntry
from accounts.services.remarks import listening
from accounts.services.secrets import open_sealed
from clues.models import Clue
from common.errors import Refused
from registry.models import Party, PartyKind
from registry.services.parties import PartyDetails, find_or_add_party, name_unknown_party
from tests.clues.making import FIRM_CODE, OTHER_ID, PERSON_ID, form_data, last_entry


def person(cast, name="张三丰", identity=PERSON_ID, agency=None, **more):
    details = PartyDetails("person", name, identity, **more)
    return find_or_add_party(by=cast.intake, agency=agency or cast.county, details=details)


def firm(cast, name="交城县某石料厂", identity="", agency=None):
    details = PartyDetails("organisation", name, identity)
    return find_or_add_party(by=cast.intake, agency=agency or cast.county, details=details)


def test_the_same_number_is_the_same_person(cast):
    typed = " １４１１２２１９０００１０１００１２ "
    assert person(cast) == person(cast, identity=typed)
    assert Party.objects.count() == 1


def test_the_number_is_sealed_and_masked(cast):
    party = person(cast, phone="138 0358 1234")
    assert PERSON_ID not in party.identity_sealed
    assert party.identity_masked == "1411**********0012"
    assert party.phone_masked == "138****1234"
    assert len(party.identity_index) == 64


def test_two_people_may_share_a_name(cast):
    assert person(cast) != person(cast, identity=OTHER_ID)
    assert person(cast, identity="") != person(cast, identity="")


def test_one_number_under_two_names_is_refused(cast):
    person(cast)
    with pytest.raises(Refused, match="已登记在“张三丰”名下") as refusal:
        person(cast, name="李四")
    assert PERSON_ID not in refusal.value.sentence


def test_another_office_has_its_own_registry(cast):
    ours, theirs = person(cast), person(cast, agency=cast.neighbour, name="张 三丰")
    assert ours != theirs
    assert ours.identity_index == theirs.identity_index


def test_a_firm_is_found_by_its_name_however_it_is_written(cast):
    first = firm(cast, "山西（交城）石料厂")
    assert firm(cast, "山西(交城) 石料厂") == first
    assert first.name == "山西（交城）石料厂"


def test_a_code_that_comes_later_is_filled_in(cast):
    first = firm(cast)
    again = firm(cast, identity=FIRM_CODE)
    assert again == first
    assert again.identity_masked
    assert firm(cast, identity=FIRM_CODE) == first


def test_unknown_is_a_new_row_each_time(cast):
    unknown = PartyDetails(PartyKind.UNKNOWN)
    rows = [find_or_add_party(by=cast.intake, agency=cast.county, details=unknown) for _ in range(2)]
    assert rows[0] != rows[1]
    assert rows[0].name == "当事人不明"


@pytest.mark.parametrize(
    ("identity", "sentence"),
    [
        ("14112219000101001", "应为18位"),
        ("141122190001010013", "校验不符"),
        ("141122190013010012", "出生日期不存在"),
        ("141122000101001", "15位的旧号码"),
    ],
)
def test_a_wrong_number_is_refused_with_a_sentence(cast, identity, sentence):
    with pytest.raises(Refused, match=sentence) as refusal:
        person(cast, identity=identity)
    assert identity not in refusal.value.sentence
    with pytest.raises(Refused, match="统一社会信用代码"):
        firm(cast, identity="123")


def test_nobody_without_a_name(cast):
    with pytest.raises(Refused, match="当事人不明"):
        person(cast, name=" ")


def test_the_unknown_is_named_in_the_same_row(cast):
    party = find_or_add_party(by=cast.intake, agency=cast.county, details=PartyDetails("unknown"))
    zhang = PartyDetails("person", "张三丰", PERSON_ID)
    named = name_unknown_party(by=cast.handler, party=party, details=zhang)
    assert named.pk == party.pk
    assert (named.name, named.kind) == ("张三丰", "person")
    with pytest.raises(Refused, match="不能再次补名"):
        name_unknown_party(by=cast.handler, party=party, details=PartyDetails("person", "李四"))


def entry_of(party):
    """The newest entry of a party's trail."""
    return TrailEntry.objects.filter(subject_kind="registry.party", subject_id=party.pk).latest("seq")


def test_what_was_blank_of_a_known_party_is_filled_in(cast):
    party = person(cast)
    person(cast, address="磁窑村", phone="13803581234")
    party.refresh_from_db()
    assert (party.address, party.phone_masked) == ("磁窑村", "138****1234")
    assert open_sealed(party.phone_sealed, party, "phone") == "13803581234"
    changes = entry_of(party).changes
    assert changes == {"住址或住所": ["", "磁窑村"], "电话": ["", "138****1234"]}


def test_what_differs_stays_and_the_trail_has_the_other(cast):
    party = person(cast, address="磁窑村", phone="13803581234")
    with listening() as said:
        person(cast, address="段村", phone="13903585678")
    party.refresh_from_db()
    assert (party.address, party.phone_masked) == ("磁窑村", "138****1234")
    changes = entry_of(party).changes
    assert changes["住址或住所（填写不同，仍用原登记）"] == ["磁窑村", "段村"]
    assert changes["电话（填写不同，仍用原登记）"] == ["138****1234", "139****5678"]
    assert "13903585678" not in str(changes)
    assert len(said) == 1
    assert "住址或住所（已登记：磁窑村）" in said[0]


def test_a_phone_that_only_looks_the_same_masked_is_another(cast):
    party = person(cast, phone="13803581234")
    person(cast, phone="13877771234")
    assert entry_of(party).changes["电话（填写不同，仍用原登记）"] == [
        "138****1234",
        "138****1234（另一号码）",
    ]


def test_the_same_details_again_are_no_news(cast):
    party = person(cast, address="磁窑村", phone="138 0358 1234")
    with listening() as said:
        person(cast, address="磁窑村", phone="13803581234")
    assert not said
    assert not TrailEntry.objects.filter(subject_kind="registry.party", subject_id=party.pk).exists()


def test_who_registers_is_told_and_the_clues_record_says_it(cast, sign_in):
    person(cast, address="磁窑村")
    row = {"party-0-name": "张三丰", "party-0-identity": PERSON_ID, "party-0-address": "段村"}
    answer = sign_in(cast.intake).post("/clues/new/", form_data(**row), follow=True)
    page = answer.content.decode()
    assert "仍用原登记的" in page
    assert "已登记：磁窑村" in page
    assert last_entry(Clue.objects.get()).changes["张三丰的住址或住所（填写不同，仍用原登记）"] == [
        "磁窑村",
        "段村",
    ]
