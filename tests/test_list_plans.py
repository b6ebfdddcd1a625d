"""How the databases find the rows of every list at 20,000: none reads a large table from end to end, whatever
it is sorted or narrowed by, on its first page or its last. Cases and clues: test_plans.py; words:
test_search_plans.py.

What a list can be asked is found by itself: its heads that sort, its filters with their choices.
"""

import ast
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from accounts.models import Clock, ExportLine, TrailEntry
from campaigns.models import Duty, DutyRule
from cases.models import Case, PastCase, PastFinding, PastReview, Referral
from common.lists.ranges import DayRangeFilter, LeastDaysFilter
from tests import test_plans
from tests.test_plans import (
    BASE,
    CLOCKS,
    FIRST,
    analyzed,
    counties_below,
    many,
    multiply,
    one_of,
    plans_read,
    some_day,
    some_moment,
)

__all__ = ["many"]
ROOT = Path(__file__).resolve().parents[1]
FAR, MOMENT = date(2036, 1, 1), datetime(2019, 1, 1, 10, tzinfo=UTC)
ELSEWHERE = {"cases", "clues"}
SMALL = {
    "campaigns": "a handful in ten years",
    "duty_rules": "a rule for each thing that is owed, not for each time",
    "past_reviews": "the files of one office, gone after 90 days",
    "people": "who works in an office",
    "imports": "a workbook for each time that one is brought in",
    "submissions": "an office reports twice a month: 20,000 in sixty years of thirteen counties",
    "deliveries": "not held yet: a line for each attempt of each message",
    "book-": "what a campaign registers by hand, narrowed by its campaign",
}
MOST_CHOICES = 8


def names_of_lists() -> set[str]:
    """The name of every `Listing` in the product; of one whose name is put together, what it begins with."""
    found = set()
    for file in ROOT.glob("*/**/*.py"):
        if file.is_relative_to(ROOT / "tests") or ".venv" in file.parts:
            continue
        text = file.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(text)) if "Listing(" in text else ():
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Listing":
                found.add(_name(next(each.value for each in node.keywords if each.arg == "name")))
    return found


def _name(node) -> str:
    return str(node.value) if isinstance(node, ast.Constant) else _name(node.values[0])


def addresses(page):
    """A list as it opens, the pages after, each order both ways, each filter by each of its choices."""
    yield from ({}, {"page": 2}, {"page": 77}, {"page": -1}, {"more": 1})
    for column in page.asked.columns:
        if column.sortable:
            yield from ({"sort": f"{way}{column.key}", "page": n} for way in ("", "-") for n in (1, 40, -1))
    for name, each in page.bar.filterset.filters.items():
        if isinstance(each, DayRangeFilter):
            yield {f"{name}_after": "2028-01-01"}
            yield {f"{name}_before": "2020-02-01"}
        elif isinstance(each, LeastDaysFilter):
            yield {name: 60}
        else:
            choices = list(getattr(each.field, "choices", ()))[1:]
            yield from ({name: str(key)} for key, _ in choices[:MOST_CHOICES])


def held(client, path: str, least: int = 200) -> dict:
    """The statements by which a list reads a large table from end to end, with where it does."""
    wrong, read = {}, 0
    for asked in addresses(client.get(path, {"more": 1}).context["list"]):
        with plans_read() as plans:
            answer = client.get(path, asked)
        page = answer.context["list"]
        assert page.bar.form.is_valid(), asked
        read += len(page.page_rows)
        for sql, tables in plans:
            # The frame asks for the newest deed: SQLite calls its one step from the end a scan.
            if tables and 'AS "deed"' not in sql:
                wrong.setdefault(sql, []).append((asked, tables))
    assert read > least
    return wrong


def said(wrong: dict) -> str:
    """What a failure prints."""
    return "\n\n".join(f"{places[:6]}\n{sql[:300]}…{sql[-900:]}" for sql, places in wrong.items())


@pytest.fixture
def large(monkeypatch):
    """`large(*models)`: their tables are those that nothing may read from end to end."""

    def are(*models) -> None:
        tables = {model._meta.db_table for model in models}
        monkeypatch.setattr(test_plans, "LARGE", tables)
        analyzed(tables)

    return are


def test_every_list_of_the_product_is_held_or_small():
    held_here = {
        "referrals",
        "clocks",
        "past_cases",
        "duties",
        "duty_board",
        "trail",
        "exports",
    }
    assert names_of_lists() == held_here | ELSEWHERE | SMALL.keys()
    assert not held_here & SMALL.keys()


def test_referrals_are_found_by_their_own_columns(many, large, sign_in):
    case = Case.objects.order_by("pk").first()
    sent = Referral.objects.create(
        case=case,
        state="sent",
        to_agency=many.police_office,
        sent_on=FIRST,
        proposed_by=many.handler,
        report="涉嫌非法采矿，价值已核定。" * 20,
    )
    of_cases = dict(Case.objects.filter(pk__gt=BASE, pk__lte=BASE + 13).values_list("pk", "agency_id"))
    multiply(
        sent, case_id=f"{BASE} + i", sent_on=some_day(), number="'移' || i", answered_on=some_day(),
        agency_id=one_of([of_cases[BASE + (n or 13)] for n in range(13)]),
        state=one_of(["sent"] * 30 + ["declined"] * 8 + ["proposed", "returned"]),
        next_due_at=f"CASE WHEN i % 4 = 0 THEN {some_moment()} END",
    )  # fmt: skip
    large(Referral, Case, Clock)
    for person in (many.handler, many.prefecture):
        wrong = held(sign_in(person), "/cases/referrals/")
        assert not wrong, said(wrong)


def test_clocks_are_found_by_their_own_columns(many, large, sign_in):
    large(Clock)
    assert set(CLOCKS) == set(Clock.objects.values_list("kind", flat=True))
    for person in (many.handler, many.prefecture):
        wrong = held(sign_in(person), "/clocks/")
        assert not wrong, said(wrong)


def test_past_cases_are_found_within_their_file(cast, large, sign_in):
    files = [
        PastReview.objects.create(
            agency=cast.county, made_by=cast.handler, file_name=f"{n}.jsonl", kind="lines", as_of=FIRST,
            state="done", expires_on=FAR, counts={"MUST_REFER": 40}, counties={"141122": "某县"},
        )
        for n in range(10)
    ]  # fmt: skip
    file = one_of([each.pk for each in files])
    case = PastCase.objects.create(review=files[0], position=0, outcome="block")
    outcomes = ["block", "warn", "info", "clear", "clear", "clear", "unread"]
    counties = one_of(["141122", "141121", "141123"])
    multiply(
        case, review_id=file, position="i", number="'案' || i", outcome=one_of(outcomes), county=counties
    )
    finding = PastFinding.objects.create(case=case, review=files[0], code="MUST_REFER", level="block")
    codes = ["LATE_DECISION"] * 99 + ["MUST_REFER"]
    levels = one_of(["block", "warn", "info"])
    multiply(finding, case_id=f"{BASE} + i", review_id=file, code=one_of(codes), level=levels)
    large(PastCase, PastFinding)
    wrong = held(sign_in(cast.handler), files[0].get_absolute_url())
    assert not wrong, said(wrong)


@pytest.fixture
def owed(cast, large):
    """20,000 duties of 13 counties by ten rules; one of the rules."""
    above = cast.prefecture_office
    kept = {"agency": above, "pattern": "weekly", "days": [5], "from_day": FIRST, "made_until": FAR}
    rules = [DutyRule.objects.create(name=f"周报{n}", **kept) for n in range(10)]
    offices = counties_below(above, cast.county)
    duty = Duty.objects.create(
        rule=rules[0], agency=cast.county, upper=above, what="ledger", name="半月台账", day=date(2019, 1, 1),
        due_at=MOMENT, leads=[3, 1, 0],
        explanation="每月15日和月末日，遇节假日提前到最近的工作日；15日是星期六，提前到14日。",
    )  # fmt: skip
    sent = f"CASE WHEN i % 40 > 2 THEN {some_moment()} END"
    multiply(
        duty, agency_id=one_of([office.pk for office in offices]), day=some_day(), due_at=some_moment(),
        state=one_of(["accepted"] * 30 + ["submitted"] * 8 + ["open", "returned"]), submitted_at=sent,
        in_time="i % 20 > 1", what=one_of(["ledger"] * 9 + ["paper"]),
        rule_id=one_of([each.pk for each in rules]), name=one_of(["半月台账", "周报"]),
    )  # fmt: skip
    large(Duty)
    return rules[0]


def test_what_was_done_and_exported_is_found_by_its_own_columns(cast, large, sign_in):
    offices = one_of([office.pk for office in counties_below(cast.prefecture_office, cast.county)])
    entry = TrailEntry.objects.create(
        subject_kind="cases.case", subject_id=1, chain="c", seq=1, previous="-", hash="-", at=MOMENT,
        actor=cast.handler, agency=cast.county, role="handler", act="propose_filing", label="立案呈批",
        origin="10.0.0.1", changes={"阶段": ["", "呈批立案，等候负责人审批"]}, sealed=[],
    )  # fmt: skip
    roles = one_of(["handler"] * 9 + ["chief"])
    multiply(entry, chain="'c' || i", subject_id="i", at=some_moment(), agency_id=offices, role=roles)
    line = ExportLine.objects.create(
        person=cast.handler, agency=cast.county, what="案件", size=1, origin="10.0.0.1", sha256="x" * 64,
        conditions="阶段：调查；立案日期：2026-01-01 至 2026-06-30",
    )  # fmt: skip
    multiply(line, at=some_moment(), agency_id=offices)
    large(TrailEntry, ExportLine)
    for person, path in (
        (cast.audit_admin, "/accounts/audit/"),
        (cast.chief, "/accounts/exports/"),
    ):
        wrong = held(sign_in(person), path)
        assert not wrong, said(wrong)


def test_duties_are_found_by_their_own_columns(cast, owed, sign_in):
    for person in (cast.liaison, cast.prefecture):
        wrong = held(sign_in(person), "/ledgers/duties/")
        assert not wrong, said(wrong)
        wrong = held(sign_in(person), owed.board_url, least=10)
        assert not wrong, said(wrong)
