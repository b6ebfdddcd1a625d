"""The main pages as a clerk sees them, on the demo's data: the handbook's pictures.

HANDBOOK=1 writes them to docs/handbook/images; without it they are taken all the same, so that a
page that breaks, or needs a sideways bar at 1366×768, fails here.
"""

import io

import pytest
from django.utils import timezone

from campaigns.models import Duty, TaskForce
from cases.models import Case, CaseState, Referral
from clues.models import Clue, ClueState
from config import demo
from ledgers.models import Submission
from reminders.services import sweeping
from tests.stories.conftest import PHONE, WIDE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CAMPAIGN = "/ledgers/campaigns/luliang-now/"


@pytest.fixture
def loaded(transactional_db):
    """The demo, loaded."""
    demo.load(io.StringIO())
    sweeping.sweep(now=timezone.now())


def pages():
    """(picture, person, address) of the main pages."""
    clue = Clue.objects.filter(state=ClueState.VERIFIED).first()
    case = Referral.objects.order_by("pk").first().case
    own = Duty.objects.filter(agency__code="141122-zrzy")
    deciding = Case.objects.filter(state=CaseState.DECISION).first()
    return [
        ("desk", "chengban", "/"),
        ("clues", "dengji", "/clues/"),
        ("clue", "chengban", clue.get_absolute_url()),
        ("register", "dengji", "/clues/new/"),
        ("report", "tianning", "/clues/new/"),
        ("law", "chengban", "/law/?q=没收 矿产品"),
        ("admin", "xitong", "/accounts/"),
        ("cases", "chengban", "/cases/"),
        ("case", "chengban", case.get_absolute_url()),
        ("clocks", "chengban", "/clocks/"),
        ("approve", "juzhang", f"{deciding.get_absolute_url()}approve-decision/"),
        ("referral", "gongan", case.referrals.first().get_absolute_url()),
        ("ledger", "lianluo", CAMPAIGN),
        ("candidates", "lianluo", f"{CAMPAIGN}candidates/"),
        ("organisation", "lianluo", f"{CAMPAIGN}organisation/"),
        ("task-force", "lianluo", TaskForce.objects.get(kind="checking").get_absolute_url()),
        ("meetings", "lianluo", f"{CAMPAIGN}organisation/meetings/"),
        ("import", "lianluo", f"{CAMPAIGN}141122-zrzy/import/"),
        ("duties", "lianluo", "/ledgers/duties/"),
        ("duty", "lianluo", own.order_by("due_at").first().get_absolute_url()),
        ("duty-rules", "shiju-lianluo", "/ledgers/duties/rules/"),
        ("duty-form", "shiju-lianluo", "/ledgers/duties/rules/new/?preset=half-monthly"),
        ("month", "shiju", "/ledgers/duties/calendar/"),
        ("board", "shiju", own.order_by("due_at").first().rule.board_url),
        ("reminders", "lianluo", "/reminders/"),
        ("submission", "shiju", Submission.objects.first().get_absolute_url()),
    ]


def test_what_stands_in_the_demo_came_there_on_different_days(loaded):
    """停留 of a list is worth looking at: long and short, and not all of today."""
    for model in (Clue, Case):
        days = {thing.days_here for thing in model.objects.filter(agency__code="141122-zrzy")} - {None}
        assert len(days) >= 5 and max(days) >= 10, model


@pytest.mark.parametrize("size", ["wide", "phone"])
def test_every_main_page_fits_its_screen(at_pc, loaded, picture, size):
    people, wide = {}, []
    for name, person, address in pages():
        if person not in people:
            viewport = WIDE if size == "wide" else PHONE
            people[person] = at_pc(person, viewport, demo.PASSWORD)
        page = people[person]
        response = page.goto(address)
        assert response.status == 200, name
        overflow = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        if overflow > 0:
            wide.append(f"{name}: {overflow} px")
        picture(page, name if size == "wide" else f"{name}-phone")
    assert not wide
