"""500 mutated workbooks into the database: written whole, or refused with nothing changed.

The seed is printed when a mutant gets through; FUZZ_SEED repeats its run, FUZZ_ROUNDS lengthens it.
"""

import random

import openpyxl
import pytest
from django.db import transaction

from accounts.models import IssuedNumber, TrailEntry
from cases.models import Case, CaseParty
from common.errors import Refused
from ledgers.models import EntryLink, ImportBatch, ImportedValues, LedgerEntry
from ledgers.services.drawing import draw
from ledgers.services.importing import import_rows, read_workbook
from registry.models import Party
from tests.ledgers.sheets.test_fuzz import MUTATIONS, ROUNDS, SEED, mutated_bytes, mutated_cells, seeds

__all__ = ["seeds"]
WRITTEN = (
    LedgerEntry, EntryLink, Case, CaseParty, Party, ImportedValues, IssuedNumber, ImportBatch,
    TrailEntry,
)  # fmt: skip
NEAR = [
    10**10 - 1, 10**10, "9999999999.9999", "9999999999.99995", 10**11, "99999999999.9999",
    10**12 - 1, 10**12, "999999999999.99", "999999999999.995", 2**31 - 1, 2**31, 2**32, 999999,
    10**6, "0.00004", "0.00005", "99万亿", "1e9", 2**63, "某" * 61, "某" * 120, "某" * 121,
    "某" * 201, "'); DROP TABLE x;--", "甲\n" * 50, "\U0001f600\u200b",
]  # fmt: skip


def near_limits(rng, seed, path):
    """Figures and words at the edge of what a column holds."""
    book = openpyxl.load_workbook(seed)
    sheet = book.active
    for _ in range(rng.randrange(1, 8)):
        cell = sheet.cell(rng.randrange(7, 16), rng.randrange(2, 17))
        if type(cell).__name__ == "Cell":
            cell.value = rng.choice(NEAR)
    book.save(path)


def counted() -> list[int]:
    return [model.objects.count() for model in WRITTEN]


def import_of(path, ledger, by):
    """ "written" or "sentence"; what was written is what was said, and it can be drawn."""
    before = counted()
    try:
        reading = read_workbook(path, ledger.campaign)
        with transaction.atomic():
            batch = import_rows(by=by, ledger=ledger, reading=reading, file_name=path.name)
    except Refused as refusal:
        assert refusal.sentence.endswith("。")
        assert counted() == before
        return "sentence"
    created = batch.report["created"]
    grown = [now - then for now, then in zip(counted(), before, strict=True)]
    assert grown == [created] * 7 + [1, created]
    assert len(draw(ledger.campaign, ledger.agency)) == created
    return "written"


@pytest.mark.django_db
def test_500_mutants_are_written_whole_or_not_at_all(seeds, tmp_path, ledger, cast):
    outcomes = {"written": 0, "sentence": 0}
    for number in range(ROUNDS):
        rng = random.Random(f"{SEED}-db-{number}")
        seed = rng.choice(seeds)
        old = seed.suffix == ".xls"
        mutate = mutated_bytes if old else rng.choice([*MUTATIONS, mutated_cells, near_limits])
        path = tmp_path / f"mutant{seed.suffix}"
        mutate(rng, seed, path)
        try:
            with transaction.atomic():
                outcomes[import_of(path, ledger, cast.liaison)] += 1
                transaction.set_rollback(True)
        except BaseException:
            print(f"FUZZ_SEED={SEED}, mutant {number} by {mutate.__name__} of {seed.name}")
            raise
    assert outcomes["written"] > ROUNDS * 0.3, outcomes
    assert outcomes["sentence"] > ROUNDS * 0.1, outcomes
