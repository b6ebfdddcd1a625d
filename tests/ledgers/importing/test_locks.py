"""A long import never keeps everybody else from writing for a second: 500 rows, written and taken back.

Each transaction is measured by the benchmark's own code, its own work alone: what the neighbours on the
machine take is not its fault. `benchmarks/import_locks.py` does it with 5,000 rows by the clock.
"""

from benchmarks.held import transactions
from benchmarks.import_locks import MOST, long_import
from benchmarks.import_rows import workbook
from ledgers import tasks
from ledgers.models import ImportBatch, LedgerEntry
from ledgers.services import import_slices

ROWS = 500


def test_no_transaction_of_a_long_import_or_of_its_undo_holds_for_a_second(
    ledger, cast, tmp_path, monkeypatch
):
    monkeypatch.setattr(tasks.write_import, "delay", lambda key: None)
    held = {}
    for name, deed in long_import(cast.liaison, ledger, workbook(ROWS, tmp_path)):
        with transactions() as held[name]:
            deed()
        assert LedgerEntry.objects.count() == (ROWS if name in ("write", "ask to undo") else 0)
    assert ImportBatch.objects.get().state == "undone"
    for name in ("write", "take back"):
        assert len(held[name]) >= ROWS / import_slices.SLICE
    assert max(each.worked for several in held.values() for each in several) < MOST
