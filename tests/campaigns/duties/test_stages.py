"""Every state of a duty is one row, and every page that shows a duty can show each of them."""

from datetime import date

import pytest

from campaigns.acts import DUTY_ACTS
from campaigns.models import Duty, DutyState
from campaigns.services.duty_source import DUTIES
from campaigns.services.rounds import Round
from campaigns.showing.rounds import board_page
from campaigns.stages import STAGES, stage_of
from tests.campaigns.duties.conftest import at

pytestmark = pytest.mark.django_db
DAY, NOW = date(2026, 5, 15), at("2026-05-16 09:00")
SENT = at("2026-05-15 17:00")


@pytest.fixture
def duty_in(cast, half_monthly):
    """`duty_in(state)` is 交城's duty of May 15th in that state."""

    def puts(state):
        came_in = SENT if STAGES[state].reported else None
        Duty.objects.filter(agency=cast.county, day=DAY).update(
            state=state, submitted_at=came_in, closed_at=None if STAGES[state].owed else SENT
        )
        return Duty.objects.get(agency=cast.county, day=DAY)

    return puts


def test_every_state_has_one_row_and_no_row_is_left_over():
    assert list(STAGES) == list(DutyState)


def test_what_comes_first_is_an_act_of_that_state():
    for stage in STAGES.values():
        if stage.first_act:
            assert stage.state in DUTY_ACTS.get(stage.first_act).before


@pytest.mark.parametrize("state", DutyState)
def test_what_is_owed_is_reminded_of_and_what_is_not_says_why(duty_in, state):
    duty = duty_in(state)
    assert bool(DUTIES.why_closed(duty)) is not stage_of(duty.state).owed
    assert Duty.objects.filter(DUTIES.is_open, pk=duty.pk).exists() is stage_of(duty.state).owed


@pytest.mark.parametrize("state", DutyState)
def test_its_own_page_says_it_and_counts_down_while_it_is_owed(cast, sign_in, duty_in, state):
    duty = duty_in(state)
    text = sign_in(cast.liaison).get(duty.get_absolute_url()).content.decode()
    assert (STAGES[state].overdue or STAGES[state].label) in text
    assert ('class="duty"' in text) is STAGES[state].owed


@pytest.mark.parametrize("state", DutyState)
def test_the_list_says_it_and_can_be_narrowed_to_it(cast, sign_in, duty_in, state):
    duty = duty_in(state)
    client = sign_in(cast.liaison)
    text = client.get(f"/ledgers/duties/?state={state}").content.decode()
    assert duty.get_absolute_url() in text
    assert (STAGES[state].overdue or STAGES[state].label) in text
    others = [other for other in DutyState if other != state]
    assert all(
        duty.get_absolute_url() not in client.get(f"/ledgers/duties/?state={other}").content.decode()
        for other in others
    )


@pytest.mark.parametrize("state", DutyState)
def test_the_board_shows_and_counts_it_or_leaves_it_out(cast, sign_in, half_monthly, duty_in, state):
    duty, stage = duty_in(state), STAGES[state]
    text = sign_in(cast.prefecture).get(f"{half_monthly.board_url}?day={DAY}").content.decode()
    assert (duty.get_absolute_url() in text) is stage.shown_on_board
    others = Duty.objects.filter(rule=half_monthly, day=DAY).exclude(pk=duty.pk)
    page = board_page(cast.prefecture, Round(half_monthly, DAY, cast.prefecture), NOW)
    counts = {label: count for label, count, _ in page["counts"]}
    assert counts["应报"] == others.count() + stage.shown_on_board
    assert counts["未报"] == others.count() + stage.owed
    assert counts["已报"] == (stage.board == "已报")


@pytest.mark.parametrize("state", DutyState)
def test_the_month_and_the_desk_stand_whatever_the_state(cast, sign_in, duty_in, state):
    duty_in(state)
    month = sign_in(cast.prefecture).get("/ledgers/duties/calendar/?month=2026-05")
    mine = sign_in(cast.liaison).get("/ledgers/duties/calendar/?month=2026-05")
    assert (month.status_code, mine.status_code) == (200, 200)
    assert sign_in(cast.liaison).get("/").status_code == 200
    assert f"应报{1 + STAGES[state].shown_on_board}" in month.content.decode()
