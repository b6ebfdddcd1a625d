"""Every state of a clue has its row, and every page that shows a state shows the row's words."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

from accounts.stage_rows import by_state
from clues import desk, onward, stages
from clues.acts import ACTS, SEND_BACK
from clues.models import Clue, ClueState
from clues.services.disposition import approve_disposition
from clues.services.filing import go_with_filing, hand_to_filing
from clues.showing.progress import steps
from tests.clues.making import anew, assigned, merged_pair, pending, proposed, registered, verified
from tests.desks import waiting_for


def filing(cast):
    """A clue whose case waits for a leader."""
    return hand_to_filing(by=cast.handler, clue=verified(cast))


def settled(cast):
    """A clue that a leader settled without filing."""
    return approve_disposition(by=cast.deputy, clue=proposed(cast, "non_filing"))


MAKE = {
    "registered": registered,
    "assigned": assigned,
    "verified": verified,
    "pending": pending,
    "proposed": proposed,
    "filing": filing,
    "drafted": lambda cast: go_with_filing(by=cast.handler, clue=filing(cast), act=SEND_BACK),
    "settled": settled,
    "merged": lambda cast: merged_pair(cast)[0],
}
PEOPLE = ("intake", "handler", "brigade_head", "deputy")


@pytest.fixture(params=ClueState.values)
def clue(request, cast):
    """A clue brought to each state by the services."""
    made = MAKE[request.param](cast)
    assert made.state == request.param
    return made


def test_each_state_has_one_row_and_no_row_is_left_over():
    assert [row.state for row in stages.STAGES] == ClueState.values
    assert [(row.state, row.label) for row in stages.STAGES] == ClueState.choices


def test_the_program_does_not_start_with_a_state_that_has_no_row():
    with pytest.raises(ImproperlyConfigured, match="registered"):
        by_state(ClueState, [row for row in stages.STAGES if row.state != "registered"])
    assert list(by_state(ClueState, stages.STAGES)) == ClueState.values


def test_the_clues_page_stands_where_the_row_says(cast, sign_in, clue):
    row = stages.stage_of(clue.state)
    page = sign_in(cast.intake).get(clue.get_absolute_url())
    assert page.status_code == 200
    drawn = {step["label"]: step["state"] for step in page.context["steps"]}
    if clue.state in ("settled", "merged"):
        assert set(drawn.values()) <= {"done", "skipped"}
        assert list(drawn)[-1] == row.step
    else:
        assert drawn[row.step] == "current"


def test_the_list_shows_and_finds_it_with_label_and_tone(cast, sign_in, clue):
    row = stages.stage_of(clue.state)
    client = sign_in(cast.intake)
    page = client.get(f"/clues/?state={clue.state}").content.decode()
    assert clue.number in page
    assert f"word--{row.tone}" in page if row.tone else row.label in page
    assert f'<option value="{clue.state}" selected>{row.label}</option>' in page
    others = client.get("/clues/", {"state": "merged" if clue.state != "merged" else "assigned"})
    assert clue.number not in others.content.decode()


def test_the_desk_says_what_the_row_says(cast, sign_in, clue):
    row = stages.stage_of(clue.state)
    Clue.objects.filter(pk=clue.pk, state="pending").update(look_again_on=timezone.localdate())
    said = set()
    for person in PEOPLE:
        assert sign_in(getattr(cast, person)).get("/").status_code == 200
        tasks = waiting_for(desk, anew(getattr(cast, person)), timezone.now())
        said |= {task.what for task in tasks if task.thing == clue.number}
    assert said == ({row.desk} if row.desk else set())


def test_what_comes_first_stands_on_top_of_the_next_acts(cast, sign_in, clue):
    row = stages.stage_of(clue.state)
    first = {ACTS.get(name).label for name in row.first}
    for person in PEOPLE:
        acts = sign_in(getattr(cast, person)).get(clue.get_absolute_url()).context["acts"]
        open_acts = [act["label"] for act in acts if act["open"] and act["name"] not in onward.REGISTRY]
        offered = [label for label in open_acts if label in first]
        assert open_acts[: len(offered)] == offered


def test_acts_that_record_facts_are_open_where_the_row_says_so():
    for row in stages.STAGES:
        for name in row.records:
            assert row.state in ACTS.get(name).before
        for name in row.first:
            assert row.state in ACTS.get(name).before
    for name in stages.FACTS:
        assert ACTS.get(name).before == stages.states_with(name)


def test_no_stage_is_drawn_that_no_clue_reaches(clue):
    """Each step is the row's of a state that the services above brought a clue to."""
    reached = {stages.stage_of(state).step for state in MAKE} | {stages.REGISTERING}
    assert {step["label"] for step in steps(clue)} <= reached
