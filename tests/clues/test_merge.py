"""归并线索: every source stays, files stay on the original and show on the target."""

import pytest

from clues.models import ClueSource
from clues.services.attachments import add_clue_files
from clues.services.disposition import approve_disposition
from clues.services.merging import files_of, merge_clue
from clues.services.verification import assign_clue
from clues.signals import clue_merged
from common.errors import Refused
from tests.cases.making import filed_case
from tests.clues.making import (
    assert_only,
    at,
    jpeg,
    last_entry,
    merged_pair,
    open_clocks,
    pending,
    proposed,
    registered,
    verified,
)


def test_every_source_stays_through_two_merges(cast):
    first = registered(cast, source="letter", source_number="信2026-1")
    second = registered(cast, source="hotline_12345")
    third = registered(cast, source="patrol")
    merge_clue(by=cast.intake, clue=first, into=second, reason="同一地点")
    merge_clue(by=cast.intake, clue=second, into=third, reason="同一地点")
    assert {one.source for one in third.sources.all()} == {"letter", "hotline_12345", "patrol"}
    assert {one.original for one in third.sources.all()} == {first, second, third}
    assert ClueSource.objects.count() == 3


def test_files_stay_on_the_original_and_show_on_the_target(cast, sign_in):
    clue, into = registered(cast), registered(cast)
    add_clue_files(by=cast.handler, clue=clue, files=[jpeg("旧照片.jpg")])
    merge_clue(by=cast.intake, clue=clue, into=into, reason="同一地点")
    assert clue.files.count() == 1
    assert [one.file.name for one in files_of(into)] == ["旧照片.jpg"]
    assert "旧照片.jpg" in sign_in(cast.handler).get(into.get_absolute_url()).content.decode()


def test_parties_are_brought_together_once(cast):
    same = {"kind": "organisation", "name": "某石料厂"}
    clue = registered(cast, parties=[same, {"kind": "person", "name": "王某"}])
    into = registered(cast, parties=[same])
    merge_clue(by=cast.intake, clue=clue, into=into, reason="同一地点")
    assert sorted(link.party.name for link in into.suspects.all()) == ["某石料厂", "王某"]


def test_the_originals_page_says_where_it_went(cast, sign_in):
    clue, into = merged_pair(cast)
    page = sign_in(cast.handler).get(clue.get_absolute_url()).content.decode()
    assert "已并入" in page
    assert into.get_absolute_url() in page
    assert (clue.state, clue.merged_into) == ("merged", into)
    assert open_clocks(clue) == []


def test_the_trail_of_both_says_so(cast):
    clue, into = merged_pair(cast)
    assert last_entry(clue).changes["并入"][1] == into.number
    assert last_entry(into).changes["并入的线索"][1] == clue.number


def test_a_merge_is_announced_and_a_listener_that_fails_undoes_it(cast):
    heard = []

    def listen(sender, clue, into, by, **_):
        heard.append((clue, into, by))
        raise Refused("不行")

    clue_merged.connect(listen)
    try:
        clue, into = registered(cast), registered(cast)
        with pytest.raises(Refused):
            merge_clue(by=cast.intake, clue=clue, into=into, reason="同一地点")
    finally:
        clue_merged.disconnect(listen)
    assert heard == [(clue, into, cast.intake)]
    clue.refresh_from_db()
    assert clue.state == "registered"


def test_not_into_itself_nor_into_a_merged_one_nor_another_offices(cast):
    clue, into = merged_pair(cast)
    third = registered(cast)
    with pytest.raises(Refused, match="自己"):
        merge_clue(by=cast.intake, clue=third, into=third, reason="同一地点")
    with pytest.raises(Refused, match=f"请改填{into.number}"):
        merge_clue(by=cast.intake, clue=third, into=clue, reason="同一地点")
    foreign = registered(cast, by=cast.neighbour_handler)
    with pytest.raises(Refused, match="只能并入本单位"):
        merge_clue(by=cast.intake, clue=third, into=foreign, reason="同一地点")


def test_not_while_a_disposition_waits(cast):
    with pytest.raises(Refused, match="处理待批"):
        merge_clue(by=cast.intake, clue=proposed(cast), into=registered(cast), reason="同一地点")


def settled(cast, outcome):
    return approve_disposition(by=cast.deputy, clue=proposed(cast, outcome))


def test_what_was_looked_at_is_not_merged_by_the_clerk(cast):
    into = registered(cast)
    with pytest.raises(Refused, match="现在是“待处理”"):
        merge_clue(by=cast.intake, clue=verified(cast), into=into, reason="同一地点")
    again = assign_clue(by=cast.brigade_head, clue=pending(cast), handler=cast.handler)
    with pytest.raises(Refused, match="已经核查过"):
        merge_clue(by=cast.intake, clue=again, into=into, reason="同一地点")


def test_not_into_a_clue_that_was_settled_without_filing(cast, sign_in):
    clue, into = registered(cast), settled(cast, "non_filing")
    with pytest.raises(Refused, match="已按“不予立案”办结，不能再并入"):
        merge_clue(by=cast.intake, clue=clue, into=into, reason="同一地点")
    page = sign_in(cast.intake).post(at(clue, "merge_clue"), {"into": into.number, "reason": "同一地点"})
    assert page.status_code == 422
    assert "已按“不予立案”办结" in page.content.decode()
    with pytest.raises(Refused, match="已按“不予立案”办结"):
        proposed(cast, "merged", into=into)
    clue.refresh_from_db()
    assert clue.state == "registered"


def test_into_a_clue_that_became_a_case(cast):
    case = filed_case(cast)
    merge_clue(by=cast.intake, clue=registered(cast), into=case.clue, reason="同一地点")
    assert case.clue.sources.count() == 2


def test_a_target_settled_meanwhile_stops_the_approval(cast):
    into = verified(cast)
    clue = proposed(cast, "merged", into=into)
    approve_disposition(by=cast.deputy, clue=proposed(cast, "non_filing", clue=into))
    with pytest.raises(Refused, match="已按“不予立案”办结"):
        approve_disposition(by=cast.deputy, clue=clue)


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_merge_says_why(cast, sign_in, reason):
    clue, into = registered(cast), registered(cast)
    with pytest.raises(Refused, match="请写明归并理由"):
        merge_clue(by=cast.intake, clue=clue, into=into, reason=reason)
    data = {"into": into.number, "reason": reason}
    assert sign_in(cast.intake).post(at(clue, "merge_clue"), data).status_code == 422


def test_only_clerk_and_brigade_head(cast, sign_in):
    assert_only(cast, sign_in, registered(cast), "merge_clue", ["intake", "brigade_head"])


def test_the_form_takes_a_number_and_shows_like_clues(cast, sign_in):
    clue, into = registered(cast), registered(cast)
    client = sign_in(cast.intake)
    page = client.get(at(clue, "merge_clue")).content.decode()
    assert into.number in page
    wrong = client.post(at(clue, "merge_clue"), {"into": "交自然资线〔2020〕1号", "reason": "重复"})
    assert wrong.status_code == 422
    assert "没有找到这个线索号" in wrong.content.decode()
    assert "重复" in wrong.content.decode()
    answer = client.post(at(clue, "merge_clue"), {"into": into.number, "reason": "重复"})
    assert answer.url == into.get_absolute_url()
