"""What a second run on real servers leaves out, and what never."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.conftest import ROOT, why_left_out


def item(*, fixtures=(), marks=(), second=True, where="tests/cases/test_new.py"):
    """A test as pytest collects it."""
    return SimpleNamespace(
        path=Path(ROOT / where),
        fixturenames=[*fixtures, "django_db_blocker"],
        get_closest_marker=lambda name: name if name in marks else None,
        config=SimpleNamespace(getoption=lambda name: second),
    )


def test_what_asks_for_no_database_runs_once():
    assert why_left_out(item()) == "ask for no database"
    assert why_left_out(item(second=False)) == ""


@pytest.mark.parametrize("fixture", ["db", "transactional_db", "live_server"])
def test_what_asks_for_a_database_runs_on_both(fixture):
    assert why_left_out(item(fixtures=["cast", fixture])) == ""


def test_a_marked_test_is_never_settled_by_the_first_run(monkeypatch):
    monkeypatch.setitem(why_left_out.__globals__["SERVERS"], "postgres", lambda: True)
    assert why_left_out(item(marks=["django_db"])) == ""
    assert why_left_out(item(marks=["postgres"])) == ""


def test_a_server_that_is_missing_is_said_by_name(monkeypatch):
    monkeypatch.setitem(why_left_out.__globals__["SERVERS"], "redis", lambda: False)
    assert why_left_out(item(marks=["redis"], second=False)) == "need redis"


def test_what_is_alike_on_both_runs_once_and_what_strangers_get_on_both():
    strangers = "tests/matrix/test_strangers.py", "tests/security/test_substitution.py"
    for cell in ("tests/matrix/test_access.py", "tests/matrix/test_pieces.py"):
        assert why_left_out(item(fixtures=["db"], where=cell)) == "are alike on both databases"
        assert why_left_out(item(fixtures=["db"], where=cell, second=False)) == ""
    for stranger in strangers:
        assert why_left_out(item(fixtures=["db"], where=stranger)) == ""
