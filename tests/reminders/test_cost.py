"""A sweep costs a constant number of queries per 1,000 things, whatever and whoever they are."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import roles
from accounts.models import Agency, Clock
from reminders.due_sources import DUE_SOURCES
from reminders.services import making, outbox
from tests.cast import add_person
from tests.reminders.moments import at

NOW = at("2026-11-30 18:00")


def counties(cast, count):
    """`count` counties under the prefecture, each with a liaison."""
    found = []
    for n in range(count):
        code = f"x{n}-zrzy"
        agency = Agency(
            code=code,
            name=code,
            kind="zrzy",
            region=cast.regions["141122"],
            parent=cast.prefecture_office,
            path=code,
        )
        agency.save()
        agency.path = f"{cast.prefecture_office.path}{agency.pk}/"
        agency.save(update_fields=["path"])
        add_person(code, "某某", agency, roles.LIAISON)
        found.append(agency)
    return found


def clocks_at(agencies, count, start):
    Clock.objects.bulk_create(
        Clock(
            subject_kind="accounts.agency",
            subject_id=n,
            kind=f"k{n}",
            label="作出处罚决定",
            agency=agencies[n % len(agencies)],
            counted_from=NOW.date(),
            due_at=NOW,
            warn_at=NOW,
            article="第一条",
        )
        for n in range(start, start + count)
    )


def cost(deed):
    with CaptureQueriesContext(connection) as queries:
        result = deed()
    return len(queries), result


def cost_of(spread, count, start):
    """(queries to make, queries to deliver) `count` reminders at the desk and as many above."""
    clocks_at(spread, count, start)
    made, (looked, new) = cost(lambda: making.remind_due(now=NOW))
    told, done = cost(lambda: outbox.deliver(now=NOW))
    assert (looked, new, done["sent"]) == (count, 2 * count, 2 * count)
    return made, told


def test_it_costs_the_same_for_five_agencies_and_for_forty(cast):
    spread = counties(cast, 40)
    cost_of(spread[:5], 200, 0)
    assert cost_of(spread[:5], 200, 1000) == cost_of(spread, 200, 2000)


def test_ten_things_or_four_hundred_in_a_batch_cost_the_same(cast):
    """But for SQLite, which splits long statements by its limit of places."""
    spread = counties(cast, 5)
    cost_of(spread, 10, 0)
    few, many = cost_of(spread, 10, 1000), cost_of(spread, 400, 2000)
    split = 0 if connection.vendor == "postgresql" else 20
    assert many[0] - few[0] <= split
    assert many[1] - few[1] <= split
    assert max(few) <= 28  # a source more asks four


def test_a_sweep_with_nothing_due_asks_next_to_nothing(cast):
    clocks_at([cast.county], 300, 0)
    making.remind_due(now=NOW)
    while outbox.deliver(now=NOW)["taken"]:
        pass
    made, (looked, _) = cost(lambda: making.remind_due(now=NOW))
    told, _ = cost(lambda: outbox.deliver(now=NOW))
    assert looked == 0
    assert made <= 5 * len(DUE_SOURCES)
    assert told <= 7
