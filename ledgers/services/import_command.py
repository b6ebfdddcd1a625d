"""A workbook imported from the command line, as the agency's system posting."""

from datetime import timedelta
from pathlib import Path

from django.core.files import File
from django.db import transaction
from django.utils import timezone

from accounts.services import files
from accounts.services.system import system_person
from common.errors import Refused
from ledgers.models import CountyLedger, ImportState
from ledgers.services import import_running, import_slices, importing
from ledgers.services.import_locking import refuse_while_written
from ledgers.services.import_reading import read_workbook, recall, wanted_again
from ledgers.services.import_shown import report_of
from ledgers.services.importing import Prepared

# A command waits for its end; the sweep goes on with what it leaves.
PATIENCE = timedelta(hours=12)


def import_file(*, path: Path, ledger: CountyLedger, all_or_none: bool, dry_run: bool) -> dict:
    """Import a workbook, or say what would happen; returns the report.

    What the office once chose on the page counts here too. A long one is written in slices.
    """
    choices = recall(ledger.campaign, ledger.agency)
    reading = read_workbook(path, ledger.campaign, choices)
    wanted = wanted_again(ledger.campaign, ledger.agency, all_or_none)
    prepared = importing.prepare(ledger=ledger, reading=reading, choices=choices, wanted=wanted)
    if dry_run:
        return report_of(prepared.plan, reading)
    count = len(prepared.plan.writes)
    if import_slices.is_long(ledger.campaign, ledger.agency, count) and not prepared.plan.is_held:
        return _written_in_slices(path, ledger, prepared)
    by = system_person(ledger.agency)
    batch = importing.import_rows(by=by, ledger=ledger, reading=reading, wanted=wanted, file_name=path.name)
    return batch.report


def _written_in_slices(path: Path, ledger: CountyLedger, prepared: Prepared) -> dict:
    by = system_person(ledger.agency)
    with transaction.atomic(), path.open("rb") as body:
        refuse_while_written(ledger, "再导入")
        kind = importing.WORKBOOK_TYPES[prepared.reading.kind]
        stored = files.store(
            by=by, upload=File(body, name=path.name), agency=ledger.agency, content_type=kind
        )
        batch = importing.kept(by=by, posting=None, ledger=ledger, stored=stored, prepared=prepared)
        import_running.begin(by=by, batch=batch, ring=False)
    until = timezone.now() + PATIENCE
    import_running.carry_on(key=batch.pk, until=until)
    batch.refresh_from_db()
    if batch.state != ImportState.WRITTEN or batch.stopped:
        raise Refused(batch.stopped or "没有写完，系统会接着写，进度见导入记录。")
    return batch.report
