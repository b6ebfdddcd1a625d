"""The official workbook of a ledger, live or frozen, each page with version code and digest."""

import hashlib
from datetime import date
from pathlib import Path
from typing import BinaryIO

from django.utils import timezone

from accounts.services import trail
from ledgers.models import Submission
from ledgers.rows import Row
from ledgers.services.consolidating import missing_words
from ledgers.services.drawing import draw, subtotals_of, total_of
from ledgers.services.freezing import digest_of, row_digest, thawed_rows
from ledgers.sheets.writing import write_ledger

DRAFT = "草稿"


def live_digest(form, rows: list[Row]) -> str:
    """What the foot of an unreported ledger proves: these rows, in this order."""
    return digest_of([row_digest(form, row) for row in rows])


def export_live(stream: BinaryIO, campaign, rows: list[Row], *, unit: str, as_of: date) -> int:
    """Write rows as drawn on a day; returns how many. `unit` is the 填报单位."""
    form = campaign.form
    return _write(
        stream,
        form,
        rows,
        reporting_unit=unit,
        data_as_of=as_of,
        filled_on=None,
        auditor="",
        filler="",
        footer_note=foot(form, live_digest(form, rows), DRAFT),
    )


def export_submission(stream: BinaryIO, submission: Submission) -> int:
    """Write a frozen ledger; returns the number of rows."""
    form = submission.campaign.form
    return _write(
        stream,
        form,
        thawed_rows(form, submission),
        reporting_unit=submission.agency.name,
        data_as_of=submission.data_as_of,
        filled_on=timezone.localtime(submission.filled_at).date(),
        auditor=submission.checked_by.name,
        filler=submission.filled_by.name,
        footer_note=foot_of(submission),
    )


def _write(stream, form, rows, **said) -> int:
    several = len({row.values["county"] for row in rows}) > 1
    return write_ledger(
        stream,
        form,
        [row.values for row in rows],
        subtotals=subtotals_of(form, rows) if several else None,
        totals=total_of(form, rows) if several else None,
        **said,
    )


def foot(form, digest: str, word: str) -> str:
    """What stands at the foot of every printed page: form version, period or draft, digest."""
    return f"表式版本 {form.version_code}　{word}　校验码 {digest[:16]}"


def foot_of(submission: Submission) -> str:
    """The foot of a frozen ledger; a consolidated one names the counties that are missing."""
    words = [f"第{submission.sequence}期", missing_words(submission)]
    form = submission.campaign.form
    return foot(form, submission.digest, "　".join(word for word in words if word))


def export_to(path: Path, *, by, campaign, ledger, agency=None, as_of=None, submission=None) -> dict:
    """Write a workbook to `path`: {"rows", "as_of", "submission", "sha256"}; the trail names it.

    `ledger` is the one in whose chain the export is recorded.
    """
    with path.open("wb") as stream:
        if submission is not None:
            rows, as_of = export_submission(stream, submission), submission.data_as_of
        else:
            drawn = draw(campaign, agency, as_of)
            unit = (agency or ledger.agency).name
            rows = export_live(stream, campaign, drawn, unit=unit, as_of=as_of)
    with path.open("rb") as stream:
        sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
    record_export(by, ledger, rows, as_of, submission)
    return {
        "rows": rows,
        "as_of": as_of.isoformat(),
        "submission": submission.public_id if submission else None,
        "sha256": sha256,
    }


def record_export(by, ledger, rows: int, as_of, submission=None) -> None:
    """Who took which ledger out of the house."""
    what = f"第{submission.sequence}期" if submission else f"截至{as_of}"
    trail.record(
        by=by,
        act="export_ledger",
        label="导出台账",
        thing=ledger,
        changes={"内容": ("", what), "行数": ("", rows)},
        happened_on=as_of,
    )
