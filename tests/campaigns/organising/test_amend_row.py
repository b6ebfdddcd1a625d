"""修改: with the version one has read; rows within the row come, go and stay."""

import pytest
from django.urls import reverse

from accounts.models import TrailEntry
from campaigns.models import MeetingItem, TaskForceMember
from campaigns.services import organising
from common.errors import Refused
from tests.campaigns.organising.conftest import ROWS, add, people, posted


def amend(row):
    return reverse("campaigns:amend_row", args=[row.book, row.public_id])


def test_what_changed_is_in_the_record(cast, post, seat):
    row = add(cast.liaison, seat, "group")
    answer = post(cast.liaison, amend(row), **{**ROWS["group"], "rank": "deputy"}, _version=row.version)
    entry = TrailEntry.objects.get(act="amend_row")
    assert entry.changes == {"职责": ["组长（主任）", "副组长（副主任）"]}
    text = answer.content.decode()
    assert "已保存修改" in text and "副组长" in text


def test_who_comes_second_sees_what_changed_and_keeps_what_was_typed(cast, post, seat):
    row = add(cast.liaison, seat, "group")
    post(cast.liaison, amend(row), **{**ROWS["group"], "name": "李某"}, _version=1)
    answer = post(cast.liaison, amend(row), **{**ROWS["group"], "name": "王某"}, _version=1)
    text = answer.content.decode()
    assert answer.status_code == 409 and 'value="王某"' in text and "李某" in text


def test_a_person_left_as_it_was_stays_and_one_emptied_goes(cast, post, page, seat):
    row = add(cast.liaison, seat, "forces", parts=people(3))
    assert 'value="队员1"' in page(cast.liaison, amend(row))
    fields = posted(
        rows=[
            {"name": "队员0", "post": "执法大队"},
            {"name": "", "post": ""},
            {"name": "队员2"},
            {"name": "新人"},
        ],
        kind="checking",
        name="第一核查专班",
    )
    post(cast.liaison, amend(row), **fields)
    assert list(TaskForceMember.objects.filter(row=row).values_list("name", flat=True)) == [
        "队员0",
        "队员2",
        "新人",
    ]


def test_a_fault_in_a_row_below_keeps_all_rows(cast, post, seat):
    row = add(cast.liaison, seat, "meetings")
    fields = posted(
        rows=[{"title": "挂牌督办", "due_on": "后天"}, {"title": "移交线索"}],
        **{**ROWS["meetings"], "held_on": "2026-04-10"},
    )
    answer = post(cast.liaison, amend(row), **fields)
    text = answer.content.decode()
    assert answer.status_code == 422 and "完成时限要填日期" in text
    assert 'value="挂牌督办"' in text and 'value="移交线索"' in text
    assert not MeetingItem.objects.exists()


def test_a_struck_row_is_not_amended(cast, seat):
    row = add(cast.liaison, seat, "group")
    organising.strike_row(by=cast.liaison, row=row, reason="重复")
    with pytest.raises(Refused, match="已作废"):
        organising.amend_row(by=cast.liaison, row=row, name="李某")


def test_screening_is_done_with_a_day_and_a_finding(cast, post, seat):
    row = add(cast.liaison, seat, "screening")
    fields = {"township": "东坡底乡", "kind": "village", "name": "某村"}
    for more, sentence in (
        ({"done_on": "2026-04-12"}, "请选择排查结果"),
        ({"found": "clean"}, "请填写排查日期"),
        ({"done_on": "2026-04-12", "found": "trouble"}, "请写明情况"),
    ):
        answer = post(cast.liaison, amend(row), **fields, **more)
        assert answer.status_code == 422 and sentence in answer.content.decode()
    post(cast.liaison, amend(row), **fields, done_on="2026-04-12", found="clean")
    row.refresh_from_db()
    assert (str(row.done_on), row.found) == ("2026-04-12", "clean")


@pytest.mark.parametrize("part", ["handler", "prefecture", "police"])
def test_a_reader_has_no_form(cast, sign_in, seat, part):
    row = add(cast.liaison, seat, "group")
    client = sign_in(getattr(cast, part))
    assert client.get(row.get_absolute_url()).status_code == 200
    assert client.get(amend(row)).status_code == 403
