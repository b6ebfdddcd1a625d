"""已有相似线索: same party, near point, like words; a warning, never a bar."""

import re
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clues.models import Clue
from clues.services import duplicates
from clues.services.duplicates import Traits, find_similar, likeness, metres_between
from common.words import fold
from registry.services.position import read_position
from registry.services.sealing import read_identity
from tests.clues.making import PERSON_ID, anew, form_data, jpeg, merged_pair, registered

HERE = ("112.158300", "37.552100")


def at_point(lon, lat):
    return read_position(lon, lat, "cgcs2000")


def reasons(user, **asked):
    return {one.clue.pk: one.reasons for one in find_similar(user, Traits(**asked))}


def test_the_same_party_by_name_however_written_or_by_number(cast):
    firm = registered(cast, parties=[{"kind": "organisation", "name": "山西（交城）石料厂"}])
    person = {"kind": "person", "name": "张三丰", "identity": PERSON_ID}
    owner = registered(cast, parties=[person])
    assert reasons(cast.handler, names=["山西(交城) 石料厂"]) == {firm.pk: ["当事人相同"]}
    index = read_identity("person", PERSON_ID).index
    assert reasons(cast.handler, identity_indexes=[index]) == {owner.pk: ["当事人相同"]}


def test_unknown_parties_are_not_the_same(cast):
    registered(cast, parties=[{"kind": "unknown"}])
    assert reasons(cast.handler, names=["当事人不明", ""]) == {}


def test_within_500_metres_and_not_beyond(cast):
    near = registered(cast, position=at_point("112.158300", "37.556500"))
    registered(cast, position=at_point("112.158300", "37.556700"), place="乙地")
    found = reasons(cast.handler, longitude=HERE[0], latitude=HERE[1])
    assert list(found) == [near.pk]
    assert found[near.pk] == ["相距490米"]


def test_where_many_lie_close_the_nearest_are_read(cast, monkeypatch):
    monkeypatch.setattr(duplicates, "READ_AT_MOST", 2)
    for step in (3, 1, 4, 2):
        registered(cast, position=at_point("112.158300", f"37.55{step + 2}100"), place=f"{step}")
    found = find_similar(cast.handler, Traits(longitude=HERE[0], latitude=HERE[1]))
    assert [one.clue.place for one in found] == ["1", "2"]


def test_an_index_answers_the_box(cast):
    rows = Clue.objects.filter(latitude__range=("37.5", "37.6"), longitude__range=("112.1", "112.2"))
    if connection.vendor == "sqlite":
        assert "clue_place" in rows.order_by().explain()
    assert "clue_place" in {index.name for index in Clue._meta.indexes}


def test_distance_is_measured_on_the_ground():
    east = metres_between(Decimal("112"), Decimal("37.5"), Decimal("112.01"), Decimal("37.5"))
    assert 880 < east < 887


def test_like_words(cast):
    clue = registered(cast, place="天宁镇磁窑村东沟口", summary="夜间有人用两台挖掘机在沟内采煤并装车外运")
    found = reasons(
        cast.handler, place="天宁镇磁窑村东沟", summary="有人夜间用两台挖掘机在沟内采煤，装车外运"
    )
    assert found == {clue.pk: ["位置相近", "内容相近"]}
    assert reasons(cast.handler, place="夏家营镇段村西坡", summary="有人占耕地建房堆放砂石料") == {}


def test_pieces_of_words():
    assert likeness("abc", "abc") == 1
    assert likeness("", "") == 0
    assert likeness(fold("磁窑村东沟"), fold("磁窑村，东沟")) == 1
    assert likeness("天宁镇磁窑村", "天宁镇覃村") < 0.5


def test_only_among_what_one_sees_and_not_the_merged(cast):
    registered(cast, by=cast.neighbour_handler, parties=[{"kind": "person", "name": "张三丰"}])
    assert reasons(cast.handler, names=["张三丰"]) == {}
    gone, into = merged_pair(cast)
    found = reasons(cast.handler, place=gone.place)
    assert list(found) == [into.pk]


def test_a_constant_number_of_queries(cast):
    asked = {
        "names": ["张三丰"],
        "longitude": HERE[0],
        "latitude": HERE[1],
        "place": "西社镇东沟口",
        "summary": "沟内有人夜间用挖掘机采煤，装车外运。",
    }

    def count():
        user = anew(cast.handler)
        with CaptureQueriesContext(connection) as seen:
            find_similar(user, Traits(**asked))
        return len(seen)

    make = {"parties": [{"kind": "person", "name": "张三丰"}], "position": at_point(*HERE)}
    registered(cast, **make)
    one = count()
    for _ in range(8):
        registered(cast, **make)
    assert count() == one
    assert one <= 5


def test_only_a_tick_registers_what_is_like_another(cast, sign_in):
    first = registered(cast)
    client = sign_in(cast.intake)
    data = form_data(summary=first.summary, place=first.place, informant_name="举报的人")
    warned = client.post("/clues/new/", data)
    page = warned.content.decode()
    assert warned.status_code == 422
    assert "已有相似线索" in page
    assert first.number in page
    assert "举报的人" in page
    assert box_of(page, first) == ""
    assert 'href="#similar"' in page
    assert client.post("/clues/new/", data).status_code == 422
    assert Clue.objects.count() == 1
    assert client.post("/clues/new/", {**data, "similar_seen": first.public_id}).status_code == 302
    assert Clue.objects.count() == 2


def box_of(page, clue):
    """What stands in the box that says “looked at”: checked or nothing; None without a box."""
    found = re.search(f'type="checkbox" name="similar_seen" value="{clue.public_id}"([^>]*)>', page)
    return found and found[1]


def test_who_saw_the_panel_while_typing_and_ticked_its_box_is_not_asked_again(cast, sign_in):
    first = registered(cast)
    client = sign_in(cast.intake)
    data = form_data(summary=first.summary, place=first.place)
    panel = client.post("/clues/similar/", data, headers={"HX-Request": "true"})
    text = panel.content.decode()
    assert "<html" not in text
    assert first.number in text
    assert box_of(text, first) == ""
    assert 'type="hidden"' not in text
    ticked = {**data, "similar_seen": first.public_id}
    again = client.post("/clues/similar/", ticked).content.decode()
    assert box_of(again, first) == " checked"
    assert client.post("/clues/new/", {**ticked, "files": [jpeg()]}).status_code == 302


@pytest.mark.parametrize("address", ["/clues/new/", "/cases/register/"])
def test_both_forms_look_while_typing_and_point_at_the_panel_from_the_bar(cast, sign_in, address):
    client = sign_in(cast.handler)
    page = client.get(address).content.decode()
    assert 'hx-post="/clues/similar/"' in page
    assert 'id="similar-hint"' in page
    first = registered(cast)
    data = form_data(summary=first.summary, place=first.place)
    text = client.post("/clues/similar/", data).content.decode()
    assert 'hx-swap-oob="true"><a href="#similar">已有相似线索 1 件，先核对</a>' in text
    ticked = client.post("/clues/similar/", {**data, "similar_seen": first.public_id})
    assert "先核对" not in ticked.content.decode()


def test_an_unticked_box_stays_unticked_through_another_fault(cast, sign_in):
    first = registered(cast)
    data = form_data(summary=first.summary, place=first.place, received_on="2999-01-01")
    client = sign_in(cast.intake)
    page = client.post("/clues/new/", data).content.decode()
    assert "受理日期不能晚于今天" in page
    assert "勾选“已核对”" not in page
    assert box_of(page, first) == ""
    ticked = client.post("/clues/new/", {**data, "similar_seen": first.public_id})
    assert box_of(ticked.content.decode(), first) == " checked"


def test_the_panel_works_while_the_form_is_half_filled(cast, sign_in):
    first = registered(cast, parties=[{"kind": "person", "name": "张三丰"}])
    data = form_data(summary="", place="", **{"party-0-name": "张三丰"})
    text = sign_in(cast.intake).post("/clues/similar/", data).content.decode()
    assert first.number in text
    assert "当事人相同" in text


def test_the_panel_is_for_those_who_register(cast, sign_in):
    assert sign_in(cast.chief).post("/clues/similar/", form_data()).status_code == 403
    assert sign_in(cast.intake).get("/clues/similar/").status_code == 405
    assert sign_in(cast.reporter).post("/clues/similar/", form_data()).status_code == 200
