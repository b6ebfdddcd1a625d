"""Who handles a thing is told by the app that owns it; whoever handles it is reminded of its clocks."""

from reminders.due_sources import HANDLERS, handlers_of


def test_every_kind_of_thing_that_has_clocks_says_who_handles_it():
    assert set(HANDLERS) == {"clues.clue", "cases.case", "cases.referral"}


def test_a_thing_of_a_kind_that_nobody_told_has_no_handlers(cast):
    assert handlers_of([("accounts.agency", cast.county.pk)]) == {}


def test_the_handlers_of_a_batch_cost_one_query_for_each_kind(db, django_assert_num_queries):
    subjects = [("clues.clue", 1), ("clues.clue", 2), ("cases.case", 1), ("cases.referral", 1)]
    with django_assert_num_queries(3):
        assert handlers_of(subjects) == {}
