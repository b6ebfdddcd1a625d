"""补充线索: what was typed is corrected, and the trail keeps both."""

import pytest

from accounts.services import clocks
from clues.services.intake import amend_clue
from common.errors import Refused, Stale
from registry.services.position import read_position
from tests.clues.making import (
    ago,
    assert_only,
    at,
    form_data,
    last_entry,
    merged_pair,
    open_clocks,
    proposed,
    registered,
    words,
)


def amended(cast, clue, by=None, **more):
    return amend_clue(by=by or cast.intake, clue=clue, **words(**more))


def test_old_and_new_stand_in_the_trail(cast):
    clue = amended(cast, registered(cast, violations=["K21"]), violations=["T11"], mineral="煤")
    entry = last_entry(clue)
    assert entry.act == "amend_clue"
    assert entry.changes["矿种"] == ["", "煤"]
    assert entry.changes["涉嫌违法类型"] == [
        "无证开采（未取得采矿权开采）",
        "非法占地（未批先建、未经批准占用）",
    ]


def test_parties_are_added_and_taken_off(cast):
    clue = registered(cast, parties=[{"kind": "person", "name": "错的人"}])
    gone = list(clue.suspects.all())
    clue = amended(cast, clue, parties=[{"kind": "person", "name": "对的人"}], removed=gone)
    assert [link.party.name for link in clue.suspects.all()] == ["对的人"]
    assert last_entry(clue).changes["当事人"] == ["错的人", "对的人"]


def test_a_position_stays_unless_another_is_typed_or_it_is_cleared(cast):
    clue = registered(cast, position=read_position("112.1", "37.5", "cgcs2000"))
    assert amended(cast, clue).longitude is not None
    assert amended(cast, clue, keep_position=False).longitude is None


def test_another_day_of_receipt_moves_the_clock(cast):
    clue = amended(cast, registered(cast, received_on=ago(1)), received_on=ago(9))
    assert open_clocks(clue) == ["clue_check"]
    assert "自受理日期" + ago(9).isoformat() in clocks.of(clue).get().explanation


def test_only_staff_of_the_county(cast, sign_in):
    assert_only(cast, sign_in, registered(cast), "amend_clue", ["intake", "handler"])


def test_not_while_a_disposition_waits(cast):
    with pytest.raises(Refused, match="处理待批"):
        amended(cast, proposed(cast))


def test_a_merged_clue_is_not_completed(cast):
    clue, _ = merged_pair(cast)
    with pytest.raises(Refused, match="已归并"):
        amended(cast, clue)


def test_a_stale_form_is_told_who_was_faster(cast, sign_in):
    clue = registered(cast)
    client = sign_in(cast.intake)
    amended(cast, clue, by=cast.handler, mineral="煤")
    answer = client.post(at(clue, "amend_clue"), form_data(_version="1", summary="我打的字"))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "李承办" in page
    assert "我打的字" in page
    with pytest.raises(Stale):
        amended(cast, clue, version=1)


def test_the_form_comes_filled_in(cast, sign_in):
    clue = registered(cast, mineral="煤", violations=["K21"], township=cast.regions["141122100"])
    page = sign_in(cast.intake).get(at(clue, "amend_clue")).content.decode()
    assert 'value="煤"' in page
    assert '<option value="141122100" selected>' in page
    assert 'value="K21"' in page and "checked" in page
