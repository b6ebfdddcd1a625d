"""到期 as a filter of the lists, and how much is left as a column that may be chosen."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.services import clocks
from tests.cases import making
from tests.clues.making import registered

NOON = timezone.make_aware(datetime(2026, 5, 15, 12))


def at_noon():
    """It is 2026-05-15 12:00."""
    return time_machine.travel(NOON, tick=False)


def due_in(thing, **span) -> None:
    """Its clocks are due so long from noon, and so it stands beside it."""
    moment = NOON + timedelta(**span)
    assert clocks.of(thing).update(due_at=moment)
    assert type(thing).objects.filter(pk=thing.pk).update(next_due_at=moment)


@pytest.mark.parametrize(
    ("url", "part", "make"), [("/clues/", "intake", registered), ("/cases/", "handler", making.filed_case)]
)
def test_a_list_is_narrowed_to_what_is_over_or_falls_due_soon(cast, sign_in, url, part, make):
    spans = {"over": {"hours": -1}, "3": {"days": 3, "hours": 11}, "7": {"days": 4}, "30": {"days": 30}}
    things = {asked: make(cast, place=f"{asked}号沟") for asked in spans}
    for asked, span in spans.items():
        due_in(things[asked], **span)
    seen, client = {}, sign_in(getattr(cast, part))
    with at_noon():
        for asked in spans:
            page = client.get(f"{url}?due={asked}").content.decode()
            seen[asked] = {name for name, thing in things.items() if thing.public_id in page}
    assert seen == {"over": {"over"}, "3": {"3"}, "7": {"3", "7"}, "30": {"3", "7", "30"}}


@pytest.mark.parametrize(
    ("url", "part", "make"), [("/clues/", "intake", registered), ("/cases/", "handler", making.filed_case)]
)
def test_what_is_left_is_a_column_on_the_page_and_the_day_stands_beside_it(cast, sign_in, url, part, make):
    thing = make(cast)
    due_in(thing, days=2, hours=1)
    client = sign_in(getattr(cast, part))
    client.post(url, {"_columns": "1", "col": ["number", "due_at", "left"]})
    with at_noon():
        page = client.get(f"{url}?sort=left").content.decode()
        clocks.meet_all(thing=thing)
        done = client.get(url).content.decode()
    assert done.count(">—<") == 2, "neither a day nor what is left, where nothing is due"
    assert "剩 2 天" in page and "2026-05-17" in page and 'aria-sort="ascending"' in page
    assert "剩 2 天" not in done and ">—<" in done
