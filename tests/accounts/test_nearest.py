"""The nearest time limit stands beside its thing, told by whatever moves a clock, and by nothing else."""

from datetime import date, timedelta

import pytest
from django.apps import apps
from django.utils import timezone

from accounts.models import Clock
from accounts.services import calendar, clocks, deeds, nearest
from accounts.terms import DAYS, WORKDAYS, Term
from cases import terms
from cases.models import Case, Referral
from clues.models import Clue
from clues.terms import CHECK
from reminders.services import making as making_due
from tests.cases import making


@pytest.fixture
def case(cast):
    """A case with its clocks."""
    return making.filed_case(cast)


def stands(thing):
    """What stands beside it now."""
    return type(thing).objects.values_list("next_due_at", flat=True).get(pk=thing.pk)


def test_it_follows_clocks_that_begin_move_stand_and_end(cast, case):
    assert stands(case) == clocks.of(case).get(kind=terms.DECIDE.kind).due_at
    pay = clocks.start(term=terms.PAY, thing=case, counted_from=date(2026, 3, 2))
    assert stands(case) == pay.due_at
    moved = clocks.start(term=terms.PAY, thing=case, counted_from=date(2026, 3, 9))
    assert stands(case) == moved.due_at > pay.due_at
    clocks.suspend(thing=case, kind=terms.PAY.kind, on=date(2026, 3, 10), reason="鉴定")
    assert stands(case) == clocks.of(case).get(kind=terms.DECIDE.kind).due_at
    clocks.resume(thing=case, kind=terms.PAY.kind, on=date(2026, 3, 12))
    assert stands(case) == clocks.of(case).get(kind=terms.PAY.kind).due_at > moved.due_at
    clocks.meet(thing=case, kind=terms.PAY.kind)
    assert stands(case) == clocks.of(case).get(kind=terms.DECIDE.kind).due_at
    clocks.meet_all(thing=case)
    assert stands(case) is None
    assert not nearest.strayed(Case.objects.all())


def test_it_stands_beside_a_referral_too(cast):
    referral = making.sent_referral(cast)
    first = clocks.of(referral).filter(met_at=None).order_by("due_at").first()
    assert stands(referral) == first.due_at
    clocks.meet_all(thing=referral)
    assert stands(referral) is None and not nearest.strayed(Referral.objects.all())


def test_a_day_off_that_is_entered_moves_it(cast, case):
    clocks.meet_all(thing=case)
    short = Term("trial", "试用时限", 2, WORKDAYS, "起算日", "某法第一条")
    clocks.start(term=short, thing=case, counted_from=date(2026, 11, 18))
    assert timezone.localdate(stands(case)) == date(2026, 11, 20)
    calendar.set_day(
        by=cast.system_admin, agency=cast.county, day=date(2026, 11, 20), kind="off", note="停电"
    )
    assert timezone.localdate(stands(case)) == date(2026, 11, 23)


def test_of_a_clue_only_the_day_of_its_verification_counts(cast):
    clue = making.verified_clue(cast)
    assert stands(clue) is None
    soon = Term("look_again", "再查", 1, DAYS, "起算日", "某法第一条")
    clocks.start(term=soon, thing=clue, counted_from=date(2026, 3, 2))
    assert stands(clue) is None
    check = clocks.start(term=CHECK, thing=clue, counted_from=date(2026, 3, 2))
    assert stands(clue) == check.due_at
    assert not nearest.strayed(Clue.objects.all(), kind=CHECK.kind)


def test_who_saves_what_was_read_before_leaves_it_alone(case):
    before = Case.objects.get(pk=case.pk)
    clocks.meet_all(thing=case)
    deeds.save(before, cause="改过的案由")
    case.refresh_from_db()
    assert (case.cause, case.next_due_at, case.version) == ("改过的案由", None, before.version)


def test_what_went_astray_is_found_and_a_migration_fills_in(case):
    right = stands(case)
    for wrong in (None, right + timedelta(days=1)):
        Case.objects.update(next_due_at=wrong)
        assert list(nearest.strayed(Case.objects.all())) == [case]
        nearest.fill(Case.objects.order_by(), apps.get_model("accounts", "Clock").objects.all())
        assert stands(case) == right
    clocks.meet_all(thing=case)
    Case.objects.update(next_due_at=right)
    assert list(nearest.strayed(Case.objects.all())) == [case]
    assert Clock.objects.filter(met_at=None, subject_kind="cases.case").count() == 0


def test_once_a_day_the_sweep_sets_right_what_went_astray_beside_cases_and_clues(cast, case):
    clue, now, trouble = making.verified_clue(cast), timezone.now(), []
    clocks.start(term=CHECK, thing=clue, counted_from=date(2026, 3, 2))
    right = stands(case), stands(clue)
    for day, after in ((0, right), (0, (None, None)), (1, right)):
        for model in (Case, Clue):
            model.objects.update(next_due_at=None)
        making_due.make_duties(now + timedelta(days=day), trouble)
        assert (stands(case), stands(clue)) == after
    assert None not in right and not trouble
