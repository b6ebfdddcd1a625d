"""How the databases find rows at 20,000: no list, filter or badge reads a large table from end to end.

The rows are made by the database itself out of one; plans are read, nothing is timed.
"""

import re
from contextlib import contextmanager
from datetime import date
from unittest.mock import patch

import pytest
from django.db import connection, models
from django.test import RequestFactory

from accounts.models import Agency, Clock, Region
from cases.listing import case_page
from cases.models import Case, CaseParty, Violation
from clues.listing import clue_page
from clues.models import Clue, ClueParty
from common import at_once
from registry.models import Party
from tests.accounts.things import a_clue

ROWS, COUNTIES = 20_000, 13
LARGE = {model._meta.db_table for model in (Case, Clue, CaseParty, ClueParty, Clock, Violation, Party)}
NUMBERS = f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {ROWS}) "  # noqa: S608
FIRST = date(2020, 1, 1)
# Beyond whatever a sequence has come to that other tests have used before.
BASE = 10_000_000
CLOCKS = ["decide", "clue_check", "pay", "serve", "police_answer"]


def multiply(row: models.Model, **said: str) -> None:
    """20,000 more rows like one; `said` is SQL by column, in which i is the number of the row."""
    names = [field.column for field in row._meta.concrete_fields]
    said = {"id": f"{BASE} + i", "public_id": "'p' || i"} | said
    values = ", ".join(said.get(name, f'r."{name}"') for name in names)
    columns = ", ".join(f'"{name}"' for name in names)
    table = row._meta.db_table
    swept(table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"{NUMBERS} INSERT INTO {table} ({columns}) "
            f"SELECT {values} FROM n, {table} r WHERE r.id = {row.pk}"
        )


def swept(table: str) -> None:
    """Rows of earlier tests, rolled back, still fill a table's pages and what its indexes have yet to take
    in: without them each plan is the same."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                f"SET CONSTRAINTS ALL IMMEDIATE; CLUSTER {table} USING {table}_pkey; "
                "SET CONSTRAINTS ALL DEFERRED"
            )


def one_of(values) -> str:
    """SQL for the i-th of some numbers or words, in turn."""
    several = [value if isinstance(value, int) else f"'{value}'" for value in values]
    lines = " ".join(f"WHEN {n} THEN {value}" for n, value in enumerate(several))
    return f"(CASE i % {len(several)} {lines} END)"


def some_day() -> str:
    """SQL for a day of ten years, in no order."""
    if connection.vendor == "postgresql":
        return f"(DATE '{FIRST}' + (i * 7919 % 3650))"
    return f"date('{FIRST}', '+' || (i * 7919 % 3650) || ' days')"


def some_moment() -> str:
    """SQL for the evening of such a day."""
    return (
        f"({some_day()} + TIME '18:00')"
        if connection.vendor == "postgresql"
        else f"({some_day()} || ' 10:00:00')"
    )


def analyzed(tables) -> None:
    """Let the planner know what there is. PostgreSQL counts pages anew and forgets which are visible to all,
    so that is said after, and what an index of words has yet to take in is given to it: as a vacuum leaves
    it; none runs inside a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT gin_clean_pending_list(indexrelid) FROM pg_index "
                "JOIN pg_class ON pg_class.oid = indexrelid JOIN pg_am ON pg_am.oid = relam "
                "WHERE amname = 'gin' AND indrelid::regclass::text = ANY(%s)",
                [sorted(tables)],
            )
            cursor.execute(
                "UPDATE pg_class SET relallvisible = relpages WHERE relkind = 'r' AND relname = ANY(%s)",
                [sorted(tables)],
            )


def counties_below(above, first: Agency) -> list[Agency]:
    """13 offices, the first of them and twelve made beside it."""
    offices = [first]
    for n in range(1, COUNTIES):
        region = Region.objects.create(
            code=f"1411{n + 40}", name=f"第{n}县", level="county", parent_id=above.region_id
        )
        office = Agency(code=f"x{n}", name=f"第{n}局", kind="zrzy", region=region, parent=above)
        office.path = f"{above.path}{9000 + n}/"
        office.save()
        offices.append(office)
    return offices


@pytest.fixture
def many(cast):
    """20,000 clues and cases of 13 counties with what hangs on them; the people of the cast."""
    offices = counties_below(cast.prefecture_office, cast.county)
    agency = one_of([office.pk for office in offices])
    townships = one_of(["141122100", "141122101"])
    counties = one_of([office.region_id for office in offices])
    shared = {"agency_id": agency, "county_id": counties, "township_id": townships}
    handlers = one_of([cast.handler.pk, cast.second_handler.pk, cast.neighbour_handler.pk, cast.legal.pk] * 5)
    stays = {
        "number": "'号' || i",
        "stage_since": f"CASE WHEN i % 4 = 0 THEN {some_day()} END",
        "next_due_at": f"CASE WHEN i % 4 = 0 THEN {some_moment()} END",
    }
    clue = a_clue(cast.county, cast.intake, summary="群众反映有人夜间盗采，车辆进出频繁，请核查。" * 10)
    sources = {
        "source": one_of(["patrol", "drone", "letter"]),
        "outcome": one_of(["", "filing", "unfounded"]),
    }
    states = ["settled"] * 15 + ["registered", "assigned", "verified", "pending", "proposed"]
    multiply(
        clue, state=one_of(states), received_on=some_day(), handler_id=handlers, **sources, **shared, **stays
    )
    case = Case.objects.create(
        agency=cast.county, county=cast.county.region, place="某沟", filed_on=FIRST, closed_on=FIRST,
        handler=cast.handler, second_handler=cast.legal, proposed_by=cast.handler,
    )  # fmt: skip
    states = ["closed"] * 14 + ["execution", "investigation", "decision", "closing", "proposed", "drafted"]
    second = one_of([cast.second_handler.pk, cast.legal.pk, cast.neighbour_handler.pk] * 7)
    multiply(
        case, state=one_of(states), filed_on=some_day(), handler_id=handlers, second_handler_id=second,
        proposed_by_id=handlers, closed_on=f"CASE WHEN i % 20 < 14 THEN {some_day()} END", **shared, **stays,
    )  # fmt: skip
    party = Party.objects.create(agency=cast.county, name="某某", name_fold="某某")
    multiply(party, name_fold="'某' || i", agency_id=agency)
    multiply(CaseParty.objects.create(case=case, party=party), case_id=f"{BASE} + i", party_id=f"{BASE} + i")
    multiply(ClueParty.objects.create(clue=clue, party=party), clue_id=f"{BASE} + i", party_id=f"{BASE} + i")
    multiply(Violation.objects.create(case=case, code="K14", side="mining"), case_id=f"{BASE} + i")
    kinds_of_clocks = {"kind": one_of(CLOCKS), "label": one_of([f"时限{name}" for name in CLOCKS])}
    for kind, first in (("cases.case", 2 * BASE), ("clues.clue", 3 * BASE)):
        clock = Clock.objects.create(
            subject_kind=kind, subject_id=1, kind="clue_check", label="时限", agency=cast.county,
            counted_from=FIRST, due_at="2026-01-01T00:00Z", warn_at="2026-01-01T00:00Z", article="-",
        )  # fmt: skip
        met = "CASE WHEN i % 16 < 4 THEN NULL ELSE r.due_at END"
        multiply(
            clock, id=f"{first} + i", subject_id=f"{BASE} + i", agency_id=agency, met_at=met,
            due_at=some_moment(), counted_from=some_day(), **kinds_of_clocks,
        )  # fmt: skip
    analyzed(LARGE)
    return cast


@contextmanager
def plans_read():
    """Explains whatever is selected meanwhile: [(statement, the large tables it reads from end to end)].

    What goes by one statement is read one by one, so that each plan stands by itself.
    """
    found = []

    def explained(execute, sql, params, many, context):
        if sql.lstrip().startswith("SELECT") and not many:
            found.append((sql, walked(sql, params)))
        return execute(sql, params, many, context)

    def one_by_one(asked, whole=at_once._ask):
        for each in asked:
            whole([each])

    with connection.execute_wrapper(explained), patch.object(at_once, "_ask", one_by_one):
        yield found


def walked(sql, params) -> set[str]:
    """The large tables that a statement would read from end to end."""
    cursor = connection.connection.cursor()
    if connection.vendor == "postgresql":
        cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}", params)
        return set(_of_postgresql(cursor.fetchone()[0][0]["Plan"]))
    steps = cursor.execute("EXPLAIN QUERY PLAN " + sql.replace("%s", "?"), params or ()).fetchall()
    return _of_sqlite([step[-1] for step in steps], sql)


def _of_postgresql(node):
    if node["Node Type"] == "Seq Scan" and node["Relation Name"] in LARGE:
        yield node["Relation Name"]
    for below in node.get("Plans", []):
        yield from _of_postgresql(below)


def _of_sqlite(steps, sql) -> set[str]:
    """By the table's own key in its order until there are enough is no such reading."""
    if " LIMIT " in sql and "COUNT" not in sql and not any("TEMP B-TREE" in step for step in steps):
        return set()
    names = {alias: table for table, alias in re.findall(r'"(\w+)" (\w\d+)\b', sql)}
    scans = (re.match(r"SCAN (\w+)( USING INDEX \w+)?$", step) for step in steps)
    return LARGE & {names.get(scan[1], scan[1]) for scan in scans if scan}


# What has no index yet: text is looked for in each row.
SORTS = {
    "cases": ("number", "filed_on", "state", "county", "stay", "closed_on", "due_at"),
    "clues": (
        "number",
        "received_on",
        "state",
        "county",
        "stay",
        "source",
        "found_at",
        "look_again_on",
        "due_at",
    ),
}
FILTERS = {
    "cases": ("state=investigation", "handler={handler}", "handler=none", "filed_on_after=2026-01-01",
              "closed_on_after=2026-01-01", "violation=K21", "county=141122", "township=141122100",
              "stay=60", "due=over", "due=7"),
    "clues": ("state=assigned", "handler={handler}", "handler=none", "received_on_after=2026-01-01",
              "source=drone", "county=141122", "township=141122100", "stay=60", "outcome=unfounded",
              "due=over", "due=7"),
}  # fmt: skip
PAGES = {"cases": case_page, "clues": clue_page}


def addresses(name, handler):
    """A list as it opens, its last page, each order both ways, each filter."""
    yield from (
        "",
        "page=77",
        "page=500",
        "sort=-stay&page=70",
        "sort=due_at&page=77",
        "sort=-due_at&page=70",
        "sort=number&page=60",
    )
    yield from (f"sort={way}{sort}" for sort in SORTS[name] for way in ("", "-"))
    yield from (each.format(handler=handler) for each in FILTERS[name])


def test_no_list_reads_a_large_table_from_end_to_end(many):
    wrong, read = {}, 0
    for name, page_of in PAGES.items():
        for person in (many.handler, many.prefecture):
            for asked in addresses(name, many.handler.pk):
                request = RequestFactory().get(f"/{name}/?{asked}")
                request.user, request.session = person, {}
                with plans_read() as plans:
                    page = page_of(request)
                    assert page.bar.form is not None and page.bar.form.is_valid(), asked
                    read += len(page.page_rows)
                for sql, tables in plans:
                    if tables:
                        wrong.setdefault(sql, []).append((person.name, asked))
    assert read > 1000
    assert not wrong, "\n\n".join(f"{places[:4]}\n{sql}" for sql, places in wrong.items())


def test_no_badge_and_no_desk_reads_a_large_table_from_end_to_end(many, sign_in):
    for person in (many.intake, many.handler, many.brigade_head, many.chief, many.prefecture):
        with plans_read() as plans:
            assert sign_in(person).get("/").status_code == 200
        assert not [(person.name, sql) for sql, tables in plans if tables]


def test_the_page_of_a_case_and_of_a_clue_read_no_large_table_from_end_to_end(many, sign_in):
    for person in (many.handler, many.prefecture):
        for thing in (Case.objects.get(pk=BASE + COUNTIES), Clue.objects.get(pk=BASE + COUNTIES)):
            with plans_read() as plans:
                assert sign_in(person).get(thing.get_absolute_url()).status_code == 200
            assert not [(person.name, sql) for sql, tables in plans if tables]


def test_what_has_no_index_is_seen(cast):
    a_clue(cast.county, cast.intake)
    with plans_read() as plans:
        Clue.objects.filter(summary__contains="盗采").count()
    assert [tables for _, tables in plans] == [{"clues_clue"}]
