"""Flags are rows: set by the deed, and once a day by the sweep for what changes by itself."""

from datetime import date, timedelta
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Standard
from cases.flags import FLAGS
from cases.models import Case, CaseFlag
from cases.services import decision, flag_sweep, flags
from law.findings import LEVELS
from reminders.due_sources import MAKERS
from tests.cases import making


def rows(case) -> dict:
    return {row.code: row for row in CaseFlag.objects.filter(case=case)}


@pytest.fixture
def due(cast):
    """A case whose ore is worth 160 000."""
    return making.mined(cast, making.filed_case(cast, signed_on=making.ago(20)), value="160000")


def test_a_deed_sets_the_row_with_its_level_day_and_figures(due):
    row = rows(due)["must_refer"]
    assert (row.level, row.since) == (LEVELS["MUST_REFER"], timezone.localdate())
    assert row.figures["figures"][0] == {
        **row.figures["figures"][0],
        "key": "crime_mining_value",
        "amount": "160000.00",
        "limit": "100000",
    }
    assert row.figures["reasons"][0]["article"] == "法释〔2016〕25号第三条第一款第（一）项"


def test_what_goes_on_keeps_its_day_and_what_does_not_hold_goes(cast, due):
    CaseFlag.objects.update(since=making.ago(5))
    case = making.mined(cast, due, value="170000")
    row = rows(case)["must_refer"]
    assert (row.since, row.figures["figures"][0]["amount"]) == (making.ago(5), "170000.00")
    assert rows(making.mined(cast, case, value="50000")) == {}


def test_a_day_that_passes_is_seen_by_the_sweep_alone(cast):
    case = making.filed_case(cast, signed_on=making.ago(20))
    last = timezone.now() + timedelta(days=70)
    flag_sweep.tend(last)
    assert rows(case) == {}
    flag_sweep.tend(last + timedelta(days=1))
    row = rows(case)["decision_overdue"]
    assert row.since == timezone.localdate(last + timedelta(days=1))
    assert "自然资源行政处罚办法第三十八条" in row.figures["article"]
    assert Case.objects.get(pk=case.pk).version == case.version


def test_an_amended_figure_is_seen_the_next_day(due):
    Standard.objects.create(
        key="crime_mining_value",
        unit="元",
        document="晋高法〔2026〕1号",
        region_id="140000",
        value=200000,
        valid_from=date(2026, 1, 1),
    )
    flag_sweep.tend(timezone.now())
    assert set(rows(due)) == {"must_refer"}
    flag_sweep.tend(timezone.now() + timedelta(days=1))
    assert set(rows(due)) == {"near_referral"}


def test_cases_from_before_flags_were_rows_are_looked_at_first(due):
    CaseFlag.objects.all().delete()
    Case.objects.update(flagged_at=None)
    flag_sweep.tend(timezone.now())
    assert set(rows(due)) == {"must_refer"}
    assert Case.objects.filter(flagged_at=None).count() == 0


def test_each_case_is_looked_at_once_a_day(due):
    tomorrow = timezone.now() + timedelta(days=1)
    flag_sweep.tend(tomorrow)
    with CaptureQueriesContext(connection) as found:
        flag_sweep.tend(tomorrow)
    assert len(found) == 1
    assert flag_sweep.tend in MAKERS


def test_looking_at_many_costs_the_queries_of_one(cast):
    cases = [making.filed_case(cast) for _ in range(5)]
    costs = []
    for some in (cases[:1], cases):
        with CaptureQueriesContext(connection) as found:
            flags.compute_all(some)
        costs.append(len(found))
    assert costs[0] == costs[1]


def test_a_decision_in_time_is_not_late_and_one_after_ninety_days_is(cast):
    """自然资源行政处罚办法第三十八条"""
    for days, late in ((90, False), (91, True)):
        case = making.filed_case(cast, signed_on=making.ago(100))
        content = decision.DecisionContent(items=[making.FINE], scan=making.scan())
        day = making.ago(100) + timedelta(days=days)
        case = decision.record_decision(
            by=cast.handler, case=case, number=f"罚{days}号", decided_on=day, content=content
        )
        assert ("late_decision" in case.flags, "decision_overdue" in case.flags) == (late, False)


def test_a_flag_that_stands_for_a_finding_binds_as_it_does():
    named = [flag for flag in FLAGS.values() if flag.finding]
    assert len(named) >= 14
    assert all(flag.level is LEVELS[flag.finding] for flag in named)


@pytest.mark.parametrize(
    ("code", "row"),
    [
        ("must_refer", ("must_refer", "block", {})),
        ("referred", ("referred", "info", {})),
        ("repeat:3", ("repeat", "warn", {"times": 3})),
    ],
)
def test_codes_of_the_former_column_become_rows(code, row):
    migration = import_module("cases.migrations.0005_flags_as_rows")
    made = migration._row(SimpleNamespace, 1, code)
    assert (made.code, made.level, made.figures) == row
