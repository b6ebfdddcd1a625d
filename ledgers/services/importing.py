"""Importing a county's own workbook: a deed that writes bulk rows, numbers and the trail.

`preview_import` keeps the workbook and what it would do, `choose_import` what a person settled about
it; `confirm_import` writes it: a small one at once, a long one in slices (`import_running`).
`import_rows` is the one deed of commands.
"""

from dataclasses import dataclass

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from accounts.models import Posting, StoredFile, User, local_today
from accounts.services import files, trail
from common.errors import Refused
from ledgers.acts import LEDGER_ACTS
from ledgers.models import CountyLedger, ImportBatch, ImportState
from ledgers.services import import_running, import_slices, import_write
from ledgers.services.import_locking import ledger_of, locked, locked_batch, refuse_while_written
from ledgers.services.import_plan import AS_IT_IS, Plan, Wanted
from ledgers.services.import_planning import plan_import
from ledgers.services.import_reading import (
    kept_choices,
    read_kept,
    read_upload,
    read_workbook,
    recall,
    remember,
    wanted_again,
    wanted_of,
)
from ledgers.services.import_shown import report_of, shown_rows
from ledgers.sheets.choices import Choices
from ledgers.sheets.reading import Reading

__all__ = ["import_rows", "ledger_of", "read_workbook"]

WORKBOOK_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xls": "application/vnd.ms-excel",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "csv": "text/csv",
}
HELD = "已选择“有一行有问题就全部不写入”，请改好有问题的行再导入。"


@dataclass(frozen=True)
class Prepared:
    """A workbook read and what it would do: worked out before a transaction is begun, for a large
    one takes seconds."""

    reading: Reading
    plan: Plan
    choices: Choices

    def into(self, batch: ImportBatch) -> ImportBatch:
        """Keep it in a batch, unsaved."""
        batch.as_of, batch.all_or_none = self.plan.as_of, self.plan.wanted.all_or_none
        batch.report, batch.rows = report_of(self.plan, self.reading), shown_rows(self.plan)
        kept = {"recalled": batch.choices.get("recalled", []), "edited": batch.choices.get("edited", [])}
        batch.choices = kept | kept_choices(self.choices, self.plan.wanted)
        return batch


def prepare_upload(*, ledger: CountyLedger, upload: UploadedFile, all_or_none: bool = False) -> Prepared:
    """Read an upload as the office once chose; Refused with a sentence where no ledger can be read."""
    campaign, agency = ledger.campaign, ledger.agency
    choices = recall(campaign, agency)
    reading = read_upload(upload, campaign, choices)
    wanted = wanted_again(campaign, agency, all_or_none)
    return prepare(ledger=ledger, reading=reading, choices=choices, wanted=wanted)


def prepare_choices(*, batch: ImportBatch, choices: Choices, wanted: Wanted) -> Prepared:
    """Read the workbook of an import again with other choices."""
    ledger = ledger_of(batch.campaign, batch.agency)
    return prepare(ledger=ledger, reading=read_kept(batch, choices), choices=choices, wanted=wanted)


def prepare(*, ledger: CountyLedger, reading: Reading, choices: Choices, wanted: Wanted) -> Prepared:
    """Work out what a reading would do."""
    plan = plan_import(
        campaign=ledger.campaign, agency=ledger.agency, reading=reading, today=local_today(), wanted=wanted
    )
    return Prepared(reading, plan, choices)


@transaction.atomic
def preview_import(
    *,
    by: User,
    ledger: CountyLedger,
    upload: UploadedFile,
    all_or_none: bool = False,
    prepared: Prepared | None = None,
    version: int | str | None = None,
) -> ImportBatch:
    """Keep an uploaded workbook and what it would do; nothing in the ledger changes.

    Raises Refused with a sentence where no ledger can be read.
    """
    posting = LEDGER_ACTS.require("import_ledger", by, ledger)
    prepared = prepared or prepare_upload(ledger=ledger, upload=upload, all_or_none=all_or_none)
    kind = WORKBOOK_TYPES[prepared.reading.kind]
    stored = files.store(by=by, upload=upload, agency=ledger.agency, content_type=kind)
    return kept(by=by, posting=posting, ledger=ledger, stored=stored, prepared=prepared)


def kept(
    *, by: User, posting: Posting | None, ledger: CountyLedger, stored: StoredFile, prepared: Prepared
) -> ImportBatch:
    """The batch of a workbook that is kept, with what it would do; call inside a transaction."""
    batch = ImportBatch(
        campaign=ledger.campaign,
        agency=ledger.agency,
        workbook=stored,
        file_name=stored.name,
        imported_by=by,
        choices={"recalled": sorted({*prepared.choices.columns, *prepared.choices.units})},
    )
    prepared.into(batch).save()
    trail.record(
        by=by,
        posting=posting,
        act="keep_workbook",
        label="上传台账工作簿",
        thing=ledger,
        changes={"工作簿": ("", stored.name), "摘要": ("", stored.sha256)},
    )
    return batch


@transaction.atomic
def choose_import(
    *, by: User, batch: ImportBatch, prepared: Prepared, edited: list | None = None
) -> ImportBatch:
    """Keep what a person settled about a workbook, and what it would do now.

    `edited` are the cells typed in the preview so far: [sheet, row, key, as it stood].
    """
    LEDGER_ACTS.require("import_ledger", by, ledger_of(batch.campaign, batch.agency))
    batch = locked_batch(batch)
    refuse_done(batch)
    if edited is not None:
        batch.choices["edited"] = edited
    batch.stopped = ""
    prepared.into(batch).save()
    return batch


def refuse_done(batch: ImportBatch) -> None:
    """Refused for an import that isn't waiting for an answer any more."""
    if batch.state == ImportState.WRITING:
        raise Refused("这份工作簿正在写入，请等写完再看。")
    if batch.state == ImportState.UNDOING:
        raise Refused("这份工作簿正在撤回，请等撤回完再看。")
    if batch.state != ImportState.PREVIEW:
        raise Refused("这份工作簿已经导入过或已撤回，请重新选择文件。")


def confirm_import(
    *, by: User, batch: ImportBatch, all_or_none: bool = False, version: int | str | None = None
) -> ImportBatch:
    """Write what a preview showed, worked out again against the ledger as it stands now.

    Who comes second waits for the first, and is refused.
    """
    LEDGER_ACTS.require("import_ledger", by, ledger_of(batch.campaign, batch.agency))
    refuse_done(batch)
    _refuse_open(batch)
    if import_slices.is_long(batch.campaign, batch.agency, len(batch.rows)):
        return _begin(by, batch, all_or_none)
    reading = read_kept(batch)
    with transaction.atomic():
        ledger = locked(ledger_of(batch.campaign, batch.agency))
        batch = locked_batch(batch)
        refuse_done(batch)
        batch.confirmed_by = by
        wanted = wanted_of(batch)
        batch = import_rows(by=by, ledger=ledger, reading=reading, batch=batch, wanted=wanted)
        if batch.state != ImportState.WRITTEN:
            raise Refused(HELD)
        remember(by=by, batch=batch)
    return batch


@transaction.atomic
def _begin(by: User, batch: ImportBatch, all_or_none: bool) -> ImportBatch:
    ledger = locked(ledger_of(batch.campaign, batch.agency))
    batch = locked_batch(batch)
    refuse_done(batch)
    refuse_while_written(ledger, "再导入")
    batch.all_or_none = batch.all_or_none or all_or_none
    if batch.all_or_none and (batch.report["rejected"] or _open_lines(batch)):
        raise Refused(HELD)
    remember(by=by, batch=batch)
    return import_running.begin(by=by, batch=batch)


def _refuse_open(batch: ImportBatch) -> None:
    columns = [each["value"] for each in batch.report.get("questions", ()) if each["kind"] == "column"]
    if columns:
        named = "、".join(f"“{head}”" for head in columns[:3])
        raise Refused(f"还有列没有确定是哪一栏：{named}。请在“栏目对应”中选定后再写入。")


def _open_lines(batch: ImportBatch) -> list[dict]:
    return [each for each in batch.report.get("questions", ()) if each["kind"] == "lines"]


@transaction.atomic
def import_rows(
    *,
    by: User,
    ledger: CountyLedger,
    reading: Reading,
    wanted: Wanted = AS_IT_IS,
    batch: ImportBatch | None = None,
    file_name: str = "",
) -> ImportBatch:
    """Write the clean rows of `reading` as one deed; returns the batch with its report.

    With `all_or_none` a single rejected row keeps everything out. Two imports into the same
    ledger wait for one another: its row is locked first.
    """
    ledger = locked(ledger)
    posting = LEDGER_ACTS.require("import_ledger", by, ledger)
    refuse_while_written(ledger, "再导入")
    if batch is None:
        batch = ImportBatch(
            campaign=ledger.campaign, agency=ledger.agency, file_name=file_name, imported_by=by
        )
    prepared = prepare(ledger=ledger, reading=reading, choices=reading.choices, wanted=wanted)
    prepared.into(batch)
    if prepared.plan.is_held:
        batch.save()
        return batch
    batch.state, batch.written_at = ImportState.WRITTEN, timezone.now()
    batch.save()
    import_write.write_rows(by, posting, prepared.plan, batch, prepared.plan.writes)
    batch.save(update_fields=["created", "undo"])
    return batch
