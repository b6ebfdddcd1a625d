"""离岗交接: everything a person holds goes to one other, in one act, listed before it moves."""

import pytest
from django.urls import reverse

from accounts import reassignment, roles
from accounts.models import TrailEntry
from accounts.services import reassigning
from clues.models import Clue
from common.errors import Forbidden, Refused
from tests.accounts.things import a_clue
from tests.cases import making
from tests.clues import making as clue_making

LABEL = "核查中的线索（试）"


def open_work_of(person):
    """Clues that a person looks at."""
    return Clue.objects.filter(handler=person)


def move(by, from_user, to_user):
    """Hand them all over."""
    return open_work_of(from_user).update(handler=to_user), 0


@pytest.fixture
def work(cast, monkeypatch):
    """Only this kind of work is registered; the handler holds two, a colleague one."""
    monkeypatch.setattr(reassignment, "REGISTRY", {})
    reassignment.register(LABEL, open_work_of, move)
    held = [a_clue(cast.county, cast.intake, handler=cast.handler, number=f"线{n}") for n in "12"]
    a_clue(cast.county, cast.intake, handler=cast.second_handler, number="线3")
    return held


def test_all_open_work_goes_over_in_one_act(cast, work):
    moved = reassigning.reassign_work(
        by=cast.brigade_head, person=cast.handler, to=cast.second_handler, reason="调离"
    )
    assert moved == {LABEL: (2, 0)}
    assert not open_work_of(cast.handler).exists()
    assert open_work_of(cast.second_handler).count() == 3
    entry = TrailEntry.objects.get(act="reassign_work")
    assert (entry.actor, entry.reason) == (cast.brigade_head, "调离")
    assert entry.changes[LABEL] == ["", "2 件已移交"]


def test_the_page_lists_what_will_move_before_it_does(cast, sign_in, work):
    url = reverse("accounts:reassign_work", args=[cast.handler.public_id])
    page = sign_in(cast.brigade_head).get(url).content.decode()
    assert LABEL in page and "线1" in page and "线2" in page and "线3" not in page
    assert open_work_of(cast.handler).count() == 2


def test_an_administrator_sees_how_much_moves_and_nothing_of_it(cast, sign_in, work):
    url = reverse("accounts:reassign_work", args=[cast.handler.public_id])
    page = sign_in(cast.system_admin).get(url).content.decode()
    assert LABEL in page and "管理员只看件数" in page and "线1" not in page


def test_the_page_does_it(cast, sign_in, work):
    url = reverse("accounts:reassign_work", args=[cast.handler.public_id])
    answer = sign_in(cast.system_admin).post(
        url, {"to": cast.second_handler.pk, "reason": "退休", "_key": "k"}
    )
    assert answer.url == cast.handler.get_absolute_url()
    assert not open_work_of(cast.handler).exists()


def test_what_the_successor_has_no_post_for_is_told_to_wait(cast, sign_in):
    """With the kinds of the apps themselves: a clue and a case go to the head of the brigade."""
    case = making.filed_case(cast)
    clue = clue_making.assigned(cast)
    url = reverse("accounts:reassign_work", args=[cast.handler.public_id])
    client = sign_in(cast.system_admin)
    client.post(url, {"to": cast.brigade_head.pk, "reason": "退休", "_key": "k"})
    page = client.get(cast.handler.get_absolute_url()).content.decode()
    assert "离岗交接已办理：0 件已移交，2 件待另行指派" in page
    assert "全部移交" not in page
    entry = TrailEntry.objects.get(act="reassign_work")
    assert entry.changes["承办的案件"][1].startswith("0 件已移交，1 件待另行指派")
    clue.refresh_from_db()
    case.refresh_from_db()
    assert (clue.handler, case.handler) == (None, cast.second_handler)


def test_a_kind_of_work_that_cannot_follow_undoes_all_of_it(cast, work):
    def refuse(by, from_user, to_user):
        raise Refused("不能接手。")

    reassignment.register("别的", open_work_of, refuse)
    with pytest.raises(Refused):
        reassigning.reassign_work(by=cast.chief, person=cast.handler, to=cast.second_handler)
    assert open_work_of(cast.handler).count() == 2
    assert not TrailEntry.objects.filter(act="reassign_work").exists()


@pytest.mark.parametrize("part", ["neighbour_handler", "system_admin", "police"])
def test_only_a_colleague_with_a_business_post_takes_over(cast, work, part):
    with pytest.raises(Refused, match="没有业务岗位"):
        reassigning.reassign_work(by=cast.chief, person=cast.handler, to=getattr(cast, part))


def test_somebody_whose_posts_have_ended_can_still_be_handed_over(cast, work):
    cast.handler.postings.update(until="2020-01-01")
    assert reassigning.reassign_work(by=cast.chief, person=cast.handler, to=cast.second_handler)


def test_with_nothing_open_there_is_nothing_to_hand_over(cast, work):
    with pytest.raises(Refused, match="没有在办事项"):
        reassigning.reassign_work(by=cast.chief, person=cast.legal, to=cast.second_handler)


@pytest.mark.parametrize("part", ["legal", "neighbour_chief", "security_admin", "prefecture"])
def test_others_do_not_hand_over_a_county_persons_work(cast, work, part):
    with pytest.raises(Forbidden):
        reassigning.reassign_work(by=getattr(cast, part), person=cast.handler, to=cast.second_handler)
    assert roles.HANDLER in cast.handler.role_codes
