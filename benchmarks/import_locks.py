"""How long a long import, and taking it back, keeps everybody else from writing.

    .venv/bin/python benchmarks/import_locks.py [ROWS]

SQLite has one writer at a time, so each transaction of the import is everybody's wait. Baseline, in the
same run: the same rows written by the one deed of `import_rows`, in one transaction. Ends with 1 when a
transaction of the long import held for a second.
"""

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from benchmarks.house import open_house

MOST = 1.0


def long_import(by, ledger, path):
    """Each step of a long import by the page and the worker, its undo last: (name, deed)."""
    from datetime import timedelta

    from django.core.files.base import ContentFile
    from django.utils import timezone

    from ledgers.models import ImportBatch
    from ledgers.services import import_running, importing
    from ledgers.services.import_undo import undo_import

    upload = ContentFile(path.read_bytes(), name=path.name)

    def batch():
        return ImportBatch.objects.get(campaign=ledger.campaign)

    def upload_it():
        prepared = importing.prepare_upload(ledger=ledger, upload=upload)
        importing.preview_import(by=by, ledger=ledger, upload=upload, prepared=prepared)

    def work():
        import_running.carry_on(key=batch().pk, until=timezone.now() + timedelta(hours=1))

    return (
        ("preview", upload_it),
        ("confirm", lambda: importing.confirm_import(by=by, batch=batch())),
        ("write", work),
        ("ask to undo", lambda: undo_import(by=by, batch=batch(), reason="基准")),
        ("take back", work),
    )


def main():
    """Print the figures."""
    open_house()
    from django.conf import settings

    from benchmarks.held import transactions
    from benchmarks.import_rows import ledger_for, workbook
    from ledgers.models import ImportBatch, LedgerEntry
    from ledgers.services.importing import import_rows, read_workbook
    from tests.cast import build_cast

    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 5000
    cast = build_cast()
    path = workbook(rows, Path(settings.VAR_DIR))
    ledger = ledger_for(cast, "bench-one")
    with transactions() as one:
        import_rows(by=cast.liaison, ledger=ledger, reading=read_workbook(path, ledger.campaign))
    print(f"{rows} rows; in one transaction {max(each.seconds for each in one):.2f} s (baseline)")
    ledger, longest = ledger_for(cast, "bench-slices"), 0.0
    for name, deed in long_import(cast.liaison, ledger, path):
        start = time.perf_counter()
        with transactions() as held:
            deed()
        longest = max(longest, *(each.seconds for each in held))
        print(
            f"{name:<12} {time.perf_counter() - start:6.2f} s, {len(held):4d} transactions, "
            f"the longest {max(each.seconds for each in held):.2f} s "
            f"(of its own work {max(each.worked for each in held):.2f} s)"
        )
    batch = ImportBatch.objects.get(campaign=ledger.campaign)
    assert batch.state == "undone", (batch.state, batch.stopped)
    assert not LedgerEntry.objects.filter(campaign=ledger.campaign).exists()
    print(f"the longest of all {longest:.2f} s, allowed {MOST:.2f} s")
    return 0 if longest < MOST else 1


if __name__ == "__main__":
    sys.exit(main())
