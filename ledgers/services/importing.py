"""Importing a county's own workbook: one deed that writes bulk rows, numbers and the trail.

`preview_import` keeps the workbook and what it would do; `import_rows` does it.
"""

import tempfile
from collections import defaultdict
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from accounts.models import Agency, User, local_today
from accounts.services import files, trail_hashing
from campaigns.models import Campaign
from common.errors import Refused
from ledgers.acts import LEDGER_ACTS
from ledgers.models import CountyLedger, ImportBatch
from ledgers.services import import_write
from ledgers.services.import_plan import Plan
from ledgers.services.import_planning import plan_import
from ledgers.services.ledger_forms import form_of
from ledgers.sheets.limits import Limits, Unreadable
from ledgers.sheets.reading import Reading, read_ledger
from ledgers.sheets.tables import Fault

WORKBOOK_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xls": "application/vnd.ms-excel",
}


def read_workbook(path: Path | str, campaign: Campaign) -> Reading:
    """The workbook's ledger by the campaign's form; Refused with a sentence if none is there."""
    form = form_of(campaign)
    try:
        return read_ledger(path, form, limits=Limits(bytes=settings.WORKBOOK_MAX_BYTES))
    except Unreadable as unreadable:
        raise Refused(unreadable.sentence) from unreadable


@transaction.atomic
def preview_import(
    *,
    by: User,
    ledger: CountyLedger,
    upload: UploadedFile,
    all_or_none: bool = False,
    version: int | str | None = None,
) -> ImportBatch:
    """Keep an uploaded workbook and what it would do; nothing in the ledger changes.

    Raises Refused with a sentence where no ledger can be read.
    """
    LEDGER_ACTS.require("import_ledger", by, ledger)
    campaign, agency = ledger.campaign, ledger.agency
    reading = _read_upload(upload, campaign)
    stored = files.store(by=by, upload=upload, agency=agency, content_type=WORKBOOK_TYPES[reading.kind])
    plan = plan_import(
        campaign=campaign, agency=agency, reading=reading, today=local_today(), all_or_none=all_or_none
    )
    return ImportBatch.objects.create(
        campaign=campaign,
        agency=agency,
        workbook=stored,
        file_name=stored.name,
        as_of=plan.as_of,
        report=plan.report(),
        rows=shown_rows(plan),
        all_or_none=all_or_none,
        imported_by=by,
    )


def _read_upload(upload: UploadedFile, campaign: Campaign) -> Reading:
    """Read an upload behind the gate before it is kept anywhere."""
    with tempfile.NamedTemporaryFile(suffix=Path(str(upload.name)).suffix[:8]) as draft:
        for chunk in upload.chunks():
            draft.write(chunk)
        draft.flush()
        return read_workbook(draft.name, campaign)


def shown_rows(plan: Plan) -> list[dict]:
    """The rows as the preview shows them: outcome, words, what changes, what is wrong and where,
    what a person should look at."""
    faults, notes = _by_row(plan.rejected), _by_row(plan.warnings)
    rows = [(each.row, each.outcome, each.changes) for each in plan.rows]
    rows += [(row, "rejected", {}) for row in plan.rejected_rows]
    return [
        {
            "sheet": row.sheet,
            "row": row.row,
            "outcome": outcome,
            "typed": dict(row.typed),
            "changes": trail_hashing.plain(changes),
            "faults": faults.get((row.sheet, row.row), {}) if outcome == "rejected" else {},
            "notes": notes.get((row.sheet, row.row), {}),
        }
        for row, outcome, changes in rows
    ]


def _by_row(faults: list[Fault]) -> dict:
    """(sheet, row) → column key → what is said of that cell, each sentence on its own line."""
    by_row = defaultdict(dict)
    for fault in faults:
        cells = by_row[fault.sheet, fault.row]
        cells[fault.key] = "\n".join(filter(None, (cells.get(fault.key), fault.reason)))
    return by_row


def confirm_import(
    *, by: User, batch: ImportBatch, all_or_none: bool = False, version: int | str | None = None
) -> ImportBatch:
    """Write what a preview showed, worked out again against the ledger as it stands now.

    Who comes second waits for the first, and is refused.
    """
    LEDGER_ACTS.require("import_ledger", by, ledger_of(batch.campaign, batch.agency))
    _refuse_done(batch)
    if batch.workbook is None:
        raise Refused("这次导入没有保留工作簿，请重新选择文件。")
    reading = read_workbook(files.path_of(batch.workbook.sha256), batch.campaign)
    with transaction.atomic():
        ledger = locked(ledger_of(batch.campaign, batch.agency))
        batch = locked_batch(batch)
        _refuse_done(batch)
        batch = import_rows(
            by=by, ledger=ledger, reading=reading, batch=batch, all_or_none=all_or_none or batch.all_or_none
        )
        if batch.state != "written":
            raise Refused("已选择“有一行有问题就全部不写入”，请改好有问题的行再导入。")
    return batch


def _refuse_done(batch: ImportBatch) -> None:
    if batch.state != "preview":
        raise Refused("这份工作簿已经导入过或已撤回，请重新选择文件。")


@transaction.atomic
def import_rows(
    *,
    by: User,
    ledger: CountyLedger,
    reading: Reading,
    all_or_none: bool = False,
    batch: ImportBatch | None = None,
    file_name: str = "",
) -> ImportBatch:
    """Write the clean rows of `reading` as one deed; returns the batch with its report.

    With `all_or_none` a single rejected row keeps everything out. Two imports into the same
    ledger wait for one another: its row is locked first.
    """
    ledger = locked(ledger)
    posting = LEDGER_ACTS.require("import_ledger", by, ledger)
    campaign, agency = ledger.campaign, ledger.agency
    plan = plan_import(
        campaign=campaign, agency=agency, reading=reading, today=local_today(), all_or_none=all_or_none
    )
    if batch is None:
        batch = ImportBatch(campaign=campaign, agency=agency, file_name=file_name, imported_by=by)
    batch.as_of, batch.all_or_none = plan.as_of, all_or_none
    batch.report, batch.rows = plan.report(), shown_rows(plan)
    if plan.is_held:
        batch.save()
        return batch
    batch.state, batch.written_at = "written", timezone.now()
    batch.save()
    made = import_write.create(by, plan, batch)
    batch.undo = import_write.update(plan, batch)
    batch.created = [entry.pk for entry in made]
    batch.save(update_fields=["created", "undo"])
    import_write.record(by, posting, plan, made, file_name or batch.file_name)
    return batch


def ledger_of(campaign: Campaign, agency: Agency) -> CountyLedger:
    """An agency's ledger in a campaign; Refused where it isn't a member."""
    ledger = (
        CountyLedger.objects.filter(campaign=campaign, agency=agency)
        .select_related("campaign", "agency__region")
        .first()
    )
    if ledger is None:
        raise Refused(f"{agency.name}不是“{campaign.name}”的成员单位，不能导入。")
    return ledger


def locked(ledger: CountyLedger) -> CountyLedger:
    """Lock this ledger and those below it: two imports into one ledger wait for one another."""
    list(
        CountyLedger.objects.select_for_update()
        .filter(campaign=ledger.campaign_id, agency__path__startswith=ledger.agency.path)
        .order_by("pk")
        .values_list("pk")
    )
    return ledger_of(ledger.campaign, ledger.agency)


def locked_batch(batch: ImportBatch) -> ImportBatch:
    """The batch as it stands now, its row locked; call with its ledger locked."""
    return ImportBatch.objects.select_for_update().get(pk=batch.pk)
