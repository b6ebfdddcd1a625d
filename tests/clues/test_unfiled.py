"""NOT_FILED: a clue found true, neither filed nor lawfully left unfiled (自然资源行政处罚办法 art 16)."""

from datetime import timedelta

import pytest

from accounts.models import local_today
from clues.models import Clue
from clues.services.unfiled import unfiled_of
from tests.clues import making

NOTE = "属实未立案"


def told(clue, days=1) -> bool:
    clue.refresh_from_db()
    look = clue.verifications.first()
    return bool(unfiled_of(clue, look, look.looked_on + timedelta(days)))


@pytest.mark.parametrize(("judgment", "found"), [("true", True), ("partly_true", True), ("untrue", False)])
def test_what_was_found_true_is_told_from_the_next_day(cast, judgment, found):
    clue = making.verified(cast, judgment=judgment)
    assert (told(clue), told(clue, days=0)) == (found, False)


def test_a_proposal_that_waits_and_a_day_to_look_again_are_answers(cast):
    """当事人不明·待查 with a date to look again is a lawful reason."""
    assert not told(making.proposed(cast))
    waits = making.pending(cast)
    assert not told(waits)
    Clue.objects.filter(pk=waits.pk).update(look_again_on=None)
    assert told(waits)


def test_the_page_says_it_to_the_clues_own_office_with_the_article(cast, sign_in):
    clue = making.verified(cast)
    clue.verifications.update(looked_on=local_today() - timedelta(3))
    page = sign_in(cast.handler).get(clue.get_absolute_url()).content.decode()
    assert NOTE in page and "%E5%A4%84%E7%BD%9A%E5%8A%9E%E6%B3%95/16/" in page
    assert NOTE not in sign_in(cast.handler).get(making.registered(cast).get_absolute_url()).content.decode()
