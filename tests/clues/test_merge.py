"""归并线索: every source stays, files stay on the original and show on the target."""

import pytest

from clues.models import ClueSource
from clues.services.attachments import add_clue_files
from clues.services.merging import files_of, merge_clue
from clues.signals import clue_merged
from common.errors import Refused
from tests.clues.making import (
    assert_only,
    at,
    jpeg,
    last_entry,
    merged_pair,
    open_clocks,
    proposed,
    registered,
)


def test_every_source_stays_through_two_merges(cast):
    first = registered(cast, source="letter", source_number="信2026-1")
    second = registered(cast, source="hotline_12345")
    third = registered(cast, source="patrol")
    merge_clue(by=cast.intake, clue=first, into=second)
    merge_clue(by=cast.intake, clue=second, into=third)
    assert {one.source for one in third.sources.all()} == {"letter", "hotline_12345", "patrol"}
    assert {one.original for one in third.sources.all()} == {first, second, third}
    assert ClueSource.objects.count() == 3


def test_files_stay_on_the_original_and_show_on_the_target(cast, sign_in):
    clue, into = registered(cast), registered(cast)
    add_clue_files(by=cast.handler, clue=clue, files=[jpeg("旧照片.jpg")])
    merge_clue(by=cast.intake, clue=clue, into=into)
    assert clue.files.count() == 1
    assert [one.file.name for one in files_of(into)] == ["旧照片.jpg"]
    assert "旧照片.jpg" in sign_in(cast.handler).get(into.get_absolute_url()).content.decode()


def test_parties_are_brought_together_once(cast):
    same = {"kind": "organisation", "name": "某石料厂"}
    clue = registered(cast, parties=[same, {"kind": "person", "name": "王某"}])
    into = registered(cast, parties=[same])
    merge_clue(by=cast.intake, clue=clue, into=into)
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
            merge_clue(by=cast.intake, clue=clue, into=into)
    finally:
        clue_merged.disconnect(listen)
    assert heard == [(clue, into, cast.intake)]
    clue.refresh_from_db()
    assert clue.state == "registered"


def test_not_into_itself_nor_into_a_merged_one_nor_another_offices(cast):
    clue, into = merged_pair(cast)
    third = registered(cast)
    with pytest.raises(Refused, match="自己"):
        merge_clue(by=cast.intake, clue=third, into=third)
    with pytest.raises(Refused, match=f"请改填{into.number}"):
        merge_clue(by=cast.intake, clue=third, into=clue)
    foreign = registered(cast, by=cast.neighbour_handler)
    with pytest.raises(Refused, match="只能并入本单位"):
        merge_clue(by=cast.intake, clue=third, into=foreign)


def test_not_while_a_disposition_waits(cast):
    with pytest.raises(Refused, match="处理待批"):
        merge_clue(by=cast.intake, clue=proposed(cast), into=registered(cast))


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
