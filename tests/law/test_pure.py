"""The law is pure: no rows, no offices, and every figure a dated row with its article."""

import ast
import re
from datetime import date
from pathlib import Path

import pytest

from law.facts import Facts
from law.figures import SEEDS
from law.findings import LEVELS, NATIVE
from law.findings.assessing import GROUPS
from law.findings.codes import NAMES
from law.findings.probes import PROBES
from law.penalties.rules import RULES

ROOT = Path(__file__).parents[2]
MODULES = sorted((ROOT / "law").rglob("*.py"))
FORBIDDEN = re.compile(r"^(django\.db|accounts|clues|cases|ledgers|config)(\.|$)|(^|\.)models(\.|$)")


def imports(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_module_of_the_law_knows_rows(path):
    assert [name for name in imports(path) if FORBIDDEN.search(name)] == []


def test_the_check_itself_sees_an_import():
    assert FORBIDDEN.search("django.db.models") and FORBIDDEN.search("accounts.services")
    assert not FORBIDDEN.search("django.utils") and not FORBIDDEN.search("law.facts")


def test_every_figure_names_its_article_its_unit_and_its_place():
    for row in SEEDS:
        assert row.article and row.unit, row.key
        assert not row.region or row.document, row.key


def test_no_two_rows_hold_at_one_place_on_one_day():
    for one in SEEDS:
        for other in SEEDS:
            if one is not other and (one.key, one.region) == (other.key, other.region):
                apart = (one.until and other.since and one.until < other.since) or (
                    other.until and one.since and other.until < one.since
                )
                assert apart, one.key


def test_every_fine_of_the_table_is_a_row():
    keys = {row.key for row in SEEDS}
    for rule in RULES:
        for key in filter(None, (rule.fine, rule.small, rule.without)):
            assert {f"{key}.low", f"{key}.high"} <= keys, rule.article


def test_every_code_has_a_level_and_a_name():
    assert set(LEVELS) == set(NAMES)
    assert set(LEVELS) >= NATIVE


def test_every_code_has_one_place():
    """The docstring of a rule begins with the code it finds; no code has two rules."""
    named = [rule.__doc__.split(":")[0] for rules in GROUPS.values() for rule in rules]
    assert len(named) == len(set(named))
    assert set(named) == set(LEVELS) - NATIVE - {"FACTS_MISSING"}


def test_the_codes_are_those_that_offices_know():
    assert len(LEVELS) == 23
    assert {code for code, level in LEVELS.items() if level == "block"} == {
        *("MUST_REFER", "CLOSED_WITHOUT_REFERRAL", "FINE_FOR_CONFISCATION", "FINE_OUT_OF_RANGE"),
        *("NOTICE_MISSING", "REVIEW_MISSING", "LIMITATION_PASSED", "CLOSED_UNPAID", "CLOSED_NOT_CARRIED_OUT"),
    }


def test_a_probe_looks_at_groups_that_there_are():
    for probe in PROBES:
        assert set(probe.groups) <= set(GROUPS), probe.fact
    assert len({probe.fact for probe in PROBES}) == len(PROBES)


def test_facts_say_nothing_until_told():
    facts = Facts(as_of=date(2026, 1, 1))
    assert facts.value is None and facts.land is None and facts.prior_penalties is None
    assert facts.income is None and facts.act_end is None


def test_the_calendar_that_ships_is_the_house_s():
    assert (ROOT / "law/data/calendar.json").read_bytes() == (
        ROOT / "accounts/data/calendar.json"
    ).read_bytes()
