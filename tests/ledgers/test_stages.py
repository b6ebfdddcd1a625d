"""Every state of a ledger and of a submission, on every page that shows one."""

from dataclasses import replace

import pytest
from django.urls import reverse
from django.utils import timezone

from config import procedure
from ledgers import stages
from ledgers.acts import ENTRY_ACTS, LEDGER_ACTS, SUBMISSION_ACTS
from ledgers.desk import waiting_for
from ledgers.models import EntryState
from ledgers.services import consolidating
from tests.ledgers import acting, build

pytestmark = pytest.mark.django_db
TABLES = (LEDGER_ACTS, ENTRY_ACTS, SUBMISSION_ACTS)


@pytest.fixture
def one_row(cast, campaign):
    """Something to report."""
    case = build.case(cast)
    build.mined(cast, case, "20")
    build.entry(campaign, cast.county, case)


def answered(cast, ledger, state):
    """A submission brought to a state."""
    submission = acting.submit(cast, ledger)
    if state == "accepted":
        acting.accept(cast, submission)
    if state == "returned":
        acting.send_back(cast, submission)
    return submission


def desk_of(person):
    return [task.what for task in waiting_for(person, timezone.now())]


def stepper(client, url):
    """(label, done or current or todo) of the bar's steps."""
    return [(step["label"], step["state"]) for step in client.get(url).context["bar"]["states"]]


@pytest.mark.parametrize("state", list(stages.SUBMISSION))
def test_every_state_of_a_submission_is_shown_alike(
    cast, campaign, county_ledger, one_row, sign_in, fresh, state
):
    stage = stages.SUBMISSION[state]
    submission = answered(cast, county_ledger, state)
    assert (submission.state, stages.stage_of(submission)) == (state, stage)
    prefecture = sign_in(cast.prefecture)
    listed = reverse("ledgers:submissions")
    page = prefecture.get(listed)
    tone = f"word--{stage.tone}" if stage.tone else "word"
    assert f'{tone}">{stage.label}<' in page.content.decode()
    for other in stages.SUBMISSION:
        found = prefecture.get(f"{listed}?state={other}").content.decode()
        assert (submission.get_absolute_url() in found) == (other == state)
    steps = stepper(prefecture, submission.get_absolute_url())
    assert steps[0] == (stages.SUBMITTED.label, "done")
    assert state == "submitted" or steps[-1][0] == stage.label
    assert f"交城县　{stage.label}" in prefecture.get(campaign.get_absolute_url()).content.decode()
    # A returned ledger begins anew; that it came back stands above it.
    own = stepper(sign_in(cast.liaison), county_ledger.get_absolute_url())
    at = "draft" if state == "returned" else state
    assert own == [(step["label"], step["state"]) for step in stages.steps_of(at)]
    waits = {"submitted": cast.prefecture, "returned": cast.liaison}.get(state)
    assert bool(waits) == bool(stage.desk)
    assert not waits or stage.desk in desk_of(fresh(waits))
    acts = prefecture.get(submission.get_absolute_url()).context["bar"]["acts"]
    first = [SUBMISSION_ACTS.get(name).label for name in stage.first if name in _names(SUBMISSION_ACTS)]
    assert [act["label"] for act in acts][: len(first)] == first


@pytest.mark.parametrize("state", ["draft", "checked"])
def test_every_state_before_the_report_is_shown_alike(
    cast, campaign, county_ledger, one_row, sign_in, fresh, state
):
    stage, who = stages.LEDGER[state], cast.liaison
    if state == "checked":
        acting.prepare(cast, county_ledger)
        acting.check(cast, county_ledger)
        who = cast.checker
    steps = stepper(sign_in(who), county_ledger.get_absolute_url())
    assert (stage.label, "current") in steps
    assert steps == [(step["label"], step["state"]) for step in stages.steps_of(state)]
    assert stage.desk in desk_of(fresh(who))
    (mine,) = sign_in(who).get(reverse("ledgers:campaigns")).context["mine"]
    assert mine["states"] == stages.steps_of(state)


def test_a_total_is_shown_as_such(cast, campaign, county_ledger, one_row, sign_in):
    answered(cast, county_ledger, "accepted")
    total = acting.consolidate(cast, campaign)
    assert stages.stage_of(total) is stages.TOTAL
    prefecture = sign_in(cast.prefecture)
    assert stages.TOTAL.label in prefecture.get(reverse("ledgers:submissions")).content.decode()
    assert stepper(prefecture, total.get_absolute_url()) == [(stages.TOTAL.label, "done")]


@pytest.mark.parametrize("state", list(EntryState))
def test_every_state_of_an_entry_is_shown_by_its_row(cast, campaign, one_row, sign_in, state):
    entry = campaign.entries.get()
    entry.state = state
    entry.save(update_fields=["state"])
    stage = stages.ENTRY[state]
    shown = sign_in(cast.liaison).get(entry.get_absolute_url())
    assert shown.context["flags"][0] == (stage.label, stage.tone)
    assert (stage.label, ENTRY_ACTS.states[state]) == (state.label, state.label)


def test_a_county_in_a_total_is_shown_by_its_row(cast, campaign, one_row, sign_in, monkeypatch):
    other = replace(stages.MISSING, label="没有报来", tone="blue")
    monkeypatch.setattr(consolidating, "MISSING", other)
    page = sign_in(cast.prefecture).get(reverse("ledgers:consolidate", args=[campaign.code]))
    assert '<span class="word word--blue">没有报来</span>' in page.content.decode()


def test_an_act_that_a_state_waits_for_says_in_the_procedure_what_it_leads_to():
    waited_for = {name for row in stages.LEDGER.values() for name in row.first}
    silent = [act.name for table in TABLES for act in table.acts if act.name in waited_for and not act.after]
    assert silent == ["prepare_ledger", "check_ledger"]
    for name in silent:
        assert LEDGER_ACTS.get(name).outcome in procedure.text()
    assert stages.CHECKED.label in LEDGER_ACTS.get("check_ledger").outcome


def _names(table):
    return {act.name for act in table.acts}


def test_steps_stand_where_the_ledger_is():
    marks = {
        state: [f"{step['label']} {step['state']}" for step in stages.steps_of(state)]
        for state in stages.LEDGER
    }
    assert marks == {
        "draft": ["草稿 current", "已核对 todo", "已报送 todo", "已接收 todo"],
        "checked": ["草稿 done", "已核对 current", "已报送 todo", "已接收 todo"],
        "submitted": ["草稿 done", "已核对 done", "已报送 current", "已接收 todo"],
        "accepted": ["草稿 done", "已核对 done", "已报送 done", "已接收 done"],
        "returned": ["草稿 done", "已核对 done", "已报送 done", "已退回 current"],
    }


def test_rows_name_acts_and_records_that_there_are():
    acts = {act.name: act.stage for table in TABLES for act in table.acts}
    for row in (*stages.LEDGER.values(), stages.TOTAL):
        assert set(row.first) <= set(acts), row.state
        assert row.records <= set(acts.values()), row.state
    assert SUBMISSION_ACTS.states == stages.LABELS
    assert set(LEDGER_ACTS.states) == set(stages.LEDGER)
