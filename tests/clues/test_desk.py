"""工作台: what waits for whom, what was sent, the badge."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import local_today
from clues import desk
from clues.models import Clue
from clues.services.disposition import approve_disposition
from clues.services.informants import InformantFacts
from tests.clues.making import anew, assigned, at, pending, proposed, registered, verified
from tests.desks import sent_by, waiting_for

NOBODY = ("legal", "liaison", "police", "prefecture", "neighbour_handler", "reporter")


def waits(person):
    return {(task.what, task.thing) for task in waiting_for(desk, anew(person), timezone.now())}


def test_a_new_clue_waits_to_be_assigned(cast):
    clue = registered(cast)
    for part in ("intake", "brigade_head"):
        assert waits(getattr(cast, part)) == {("分派核查", clue.number)}
    assert waits(cast.handler) == set()


def test_an_assigned_one_waits_for_its_handler_by_its_due_day(cast):
    clue = assigned(cast)
    (task,) = waiting_for(desk, anew(cast.handler), timezone.now())
    assert (task.what, task.act_url) == ("现场核查", at(clue, "verify_clue"))
    assert task.due > timezone.now()
    assert "第十五条" in task.article
    assert waits(cast.second_handler) == set()


def test_a_verified_one_waits_to_be_settled(cast):
    clue = verified(cast)
    assert waits(cast.handler) == {("呈批立案或提出处理意见", clue.number)}


def test_a_proposal_waits_for_the_leaders_and_not_for_who_made_it(cast):
    clue = proposed(cast)
    for part in ("deputy", "chief"):
        assert waits(getattr(cast, part)) == {("批准处理意见", clue.number)}
    assert waits(cast.handler) == set()
    (sent,) = sent_by(desk, cast.handler)
    assert (sent.thing, sent.what) == (clue.number, "处理意见（待查）待批")


def test_what_was_put_aside_comes_back_on_its_day(cast):
    clue = pending(cast)
    assert waits(cast.handler) == set()
    day = timezone.localdate()
    Clue.objects.filter(pk=clue.pk).update(look_again_on=day)
    assert waits(cast.handler) == {("待查到期，再次核查", clue.number)}
    Clue.objects.filter(pk=clue.pk).update(look_again_on=day + timedelta(days=1))
    assert waits(cast.handler) == set()


def test_an_informant_who_wants_to_know_waits_until_answered(cast):
    clue = verified(cast, informant=InformantFacts(phone="13912345678", wants_answer=True))
    clue = proposed(cast, "non_filing", clue=clue)
    approve_disposition(by=cast.deputy, clue=clue)
    assert waits(cast.intake) == {("反馈举报人", clue.number)}
    assert waits(cast.handler) == {("反馈举报人", clue.number)}
    assert waits(cast.second_handler) == set()


def test_the_reporter_sees_what_became_of_it(cast):
    clue = registered(cast, by=cast.reporter)
    (sent,) = sent_by(desk, anew(cast.reporter))
    assert (sent.thing, sent.to) == (clue.number, "交城县自然资源局")
    assert sent.what == "上报的线索，待分派"


@pytest.mark.parametrize("part", NOBODY)
def test_nothing_waits_for_others(cast, part):
    registered(cast)
    assigned(cast)
    proposed(cast)
    assert waits(getattr(cast, part)) == set()
    assert desk.counts_for(anew(getattr(cast, part))) == 0


def test_the_badge_is_the_number_of_rows_in_a_query_for_each_table(cast):
    registered(cast)
    assigned(cast)
    verified(cast)
    for part in ("intake", "handler", "brigade_head", "deputy"):
        person = anew(getattr(cast, part))
        rows = len(waiting_for(desk, person, timezone.now()))
        with CaptureQueriesContext(connection) as seen:
            assert desk.counts_for(person) == rows
        assert len(seen) == (2 if part == "deputy" else 1)


def test_a_constant_number_of_queries(cast):
    def count():
        person = anew(cast.handler)
        with CaptureQueriesContext(connection) as seen:
            waiting_for(desk, person, timezone.now())
        return len(seen)

    assigned(cast)
    one = count()
    for _ in range(5):
        assigned(cast)
    assert count() == one


def test_the_desk_of_a_township_begins_with_registering(cast, sign_in):
    page = sign_in(cast.reporter).get("/").content.decode()
    main = page[page.index('<div class="page__content">') :]
    assert main.index('href="/clues/new/"') < main.index("今天要办")
    assert "登记线索</a>" not in sign_in(cast.chief).get("/").content.decode()


def test_the_desk_of_a_county_offers_what_its_people_may_begin(cast, sign_in):
    offered = {
        part: [link for link in ("/clues/new/", "/cases/register/") if f'href="{link}"' in page]
        for part in ("handler", "brigade_head", "intake", "reporter", "chief")
        for page in [sign_in(getattr(cast, part)).get("/").content.decode()]
    }
    both = ["/clues/new/", "/cases/register/"]
    assert offered == {
        "handler": both,
        "brigade_head": ["/clues/new/"],
        "intake": both[:1],
        "reporter": both[:1],
        "chief": [],
    }


def test_its_statements_are_put_together_once_and_their_rows_read_each_time(cast, monkeypatch):
    assert waits(cast.intake) == set()
    monkeypatch.setattr("common.at_once.ready", lambda rows: pytest.fail("put together again"))
    clue = registered(cast)
    assert waits(cast.intake) == {("分派核查", clue.number)}
    Clue.objects.update(state="assigned")
    assert waits(cast.intake) == set()


def test_another_post_another_reach_or_another_day_has_its_own_statements(cast, monkeypatch):
    registered(cast)
    assert len(waits(cast.intake)) == 1
    cast.intake.postings.update(agency=cast.neighbour)
    assert waits(cast.intake) == set()
    cast.intake.postings.update(agency=cast.county, role="handler")
    assert waits(cast.intake) == set()
    cast.intake.postings.update(role="intake")
    assert len(waits(cast.intake)) == 1
    made = []
    monkeypatch.setattr("common.at_once.ready", lambda rows: made.append(rows) or rows._chain)
    monkeypatch.setattr("accounts.desk.local_today", lambda: local_today() + timedelta(days=1))
    assert len(waits(cast.intake)) == 1 and made
