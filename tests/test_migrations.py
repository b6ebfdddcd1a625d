"""Migrations only add: what a backup was made with stays as it was."""

from tests.migrations import present, recorded


def test_no_recorded_migration_is_changed_or_gone():
    there = present()
    assert [file for file, digest in recorded().items() if there.get(file) != digest] == []


def test_every_migration_is_recorded():
    assert sorted(set(present()) - set(recorded())) == [], "run: python -m tests.migrations"
