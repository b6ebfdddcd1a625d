"""Every way to tamper with what the trail answers for is found; only the running hour has an open end.

A few of each way; benchmarks/tamper_trail.py tries 2,000.
"""

import random
from datetime import UTC, datetime

import pytest
from django.db import transaction

from accounts.services import chain_walk, row_checks, seal_checks, trail_checks
from accounts.triggers import drop_triggers
from benchmarks import tampering

NOW = datetime(2026, 11, 30, 4, tzinfo=UTC)
TIMES = 2
ROWS = (
    "verdict",
    "approval's signer",
    "penalty amount",
    "penalty deleted",
    "legal review",
    "discussion",
    "reason for taking less",
    "service on a party",
    "prefecture asked",
    "file's digest",
    "actor's name",
    "claim",
    "paper",
    "signed paper",
    "paper report",
    "post",
    "confirmation",
    "post invented",
    "row forged in an empty table, server started again",
)
HEADS = ("head's seq", "head's hash")
SEALED = {"chain and head put right after sealing"}


@pytest.fixture
def scene(db):
    """Everything done once; three seals; then a clue of the running hour."""
    made = tampering.build(NOW)
    assert trail_checks.verify()["ok"]
    drop_triggers()
    return made


def found(scene, name, chance) -> bool:
    """Whether one such change is found; it is rolled back."""
    with transaction.atomic():
        tampering.WAYS[name](scene, chance)
        result = trail_checks.verify()
        transaction.set_rollback(True)
    return not result["ok"]


def missed(scene, names) -> set:
    """The ways of which one try was not found."""
    chance = random.Random(8)
    return {name for name in names for _ in range(TIMES) if not found(scene, name, chance)}


def test_every_way_is_found_but_for_the_running_hour(scene):
    assert missed(scene, tampering.WAYS) == set(tampering.UNSEALED)


def test_without_one_of_the_checks_what_it_is_for_goes_unseen(scene, monkeypatch):
    for module, name, blind, unseen in (
        (row_checks, "check", lambda lines: (0, None), ROWS),
        (chain_walk, "_ends_that_differ", lambda ends: None, HEADS),
        (seal_checks, "check", lambda: (0, None, ""), ("chain, head and seal put right",)),
    ):
        with monkeypatch.context() as without:
            without.setattr(module, name, blind)
            assert set(unseen) <= missed(scene, unseen), name


def test_without_the_sealed_ends_a_chain_put_right_goes_unseen(scene, monkeypatch):
    monkeypatch.setattr(chain_walk._Points, "differ", lambda *asked: False)
    monkeypatch.setattr(chain_walk._Points, "left", lambda self: None)
    assert missed(scene, SEALED) == SEALED
