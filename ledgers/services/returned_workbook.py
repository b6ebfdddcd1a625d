"""A workbook that came back from the prefecture: kept, its marks and changed figures listed.

Nothing in the ledger changes by it: a changed figure is a proposal that the county answers
(services/proposals.py).
"""

import tempfile
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from accounts import roles
from accounts.models import User, local_today
from accounts.services import deeds, files, trail
from accounts.services.people import holders
from common.errors import Refused
from ledgers.acts import SUBMISSION_ACTS
from ledgers.layouts import Layout
from ledgers.models import ReturnedMark, ReturnedWorkbook, Submission
from ledgers.services.answering import chain_of
from ledgers.services.freezing import thawed_rows
from ledgers.services.import_plan import reported
from ledgers.services.importing import WORKBOOK_TYPES
from ledgers.services.ledger_forms import submitted_form
from ledgers.services.returned_matching import FoundMark, Matched, match_workbook
from ledgers.sheets.coloured import read_marks
from ledgers.sheets.limits import Limits, Unreadable
from ledgers.sheets.reading import Reading, read_ledger
from reminders.services import outbox

MOST_MARKS = 2000
BATCH = 500
OLD_FORMAT = "标色和批注只能从 .xlsx 读出。请用 Excel 或 WPS 打开，另存为 .xlsx 后再上传。"


@transaction.atomic
def record_returned_workbook(
    *, by: User, submission: Submission, upload: UploadedFile, version: int | str | None = None
) -> ReturnedWorkbook:
    """Keep the workbook that came back for a submission, with every mark and changed figure.

    Raises Refused where no ledger can be read, none of its lines is one that was submitted, or
    nothing on it is marked or changed.
    """
    submission = deeds.lock(submission)
    posting = SUBMISSION_ACTS.require("record_returned_workbook", by, submission)
    form = submitted_form(submission)
    reading, matched = _read(upload, form, submission)
    stored = files.store(
        by=by, upload=upload, agency=submission.agency, content_type=WORKBOOK_TYPES[reading.kind]
    )
    returned = ReturnedWorkbook.objects.create(
        submission=submission,
        workbook=stored,
        faults=[reported(fault) for fault in matched.faults],
        uploaded_by=by,
    )
    marks = [_row(returned, place, found) for place, found in enumerate(matched.marks, 1)]
    ReturnedMark.objects.bulk_create(marks, batch_size=BATCH)
    proposals = sum(mark.changes for mark in marks)
    trail.record(
        by=by,
        posting=posting,
        act=SUBMISSION_ACTS.get("record_returned_workbook"),
        thing=submission,
        changes={
            "工作簿": ("", stored.sha256),
            "标注": ("", f"{len(marks) - proposals}处"),
            "改数意见": ("", f"{proposals}处"),
        },
        chain=chain_of(submission),
        happened_on=local_today(),
    )
    if by.agency_id != submission.agency_id:
        _tell_county(returned)
    return returned


def _read(upload: UploadedFile, form: Layout, submission: Submission) -> tuple[Reading, Matched]:
    limits = Limits(bytes=settings.WORKBOOK_MAX_BYTES)
    with tempfile.NamedTemporaryFile(suffix=Path(str(upload.name)).suffix[:8]) as draft:
        for chunk in upload.chunks():
            draft.write(chunk)
        draft.flush()
        try:
            reading = read_ledger(draft.name, form, limits=limits)
            if reading.kind != "xlsx":
                raise Refused(OLD_FORMAT)
            painted = read_marks(draft.name, limits)
        except Unreadable as unreadable:
            raise Refused(unreadable.sentence) from unreadable
    rows = thawed_rows(form, submission)
    matched = match_workbook(form, rows, reading, painted)
    if rows and not matched.placed:
        raise Refused(
            f"这份工作簿没有一行能与第{submission.sequence}期报送的台账对上，没有登记。"
            "请核对选的是不是这一期改回的工作簿。"
        )
    if not matched.marks and not matched.faults:
        raise Refused("这份工作簿与报送的台账逐格相同，没有标色、批注和改动，不用登记。")
    if len(matched.marks) > MOST_MARKS:
        raise Refused(
            f"标注和改动有 {len(matched.marks)} 处，超过 {MOST_MARKS} 处的上限。请只标需要核对的格。"
        )
    return reading, matched


def _row(returned: ReturnedWorkbook, place: int, found: FoundMark) -> ReturnedMark:
    row, held = found.row, found.field
    return ReturnedMark(
        returned=returned,
        position=place,
        sheet=found.sheet[:60],
        row=found.at[0],
        column=found.column,
        entry_key=row.key if row else "",
        party=(row.value("party") or "") if row else "",
        key=held.key if held else "",
        colour=found.mark.colour,
        comment=found.mark.comment,
        author=found.mark.author[:60],
        changes=found.changes,
        old=held.keep(row.value(held.key)) if found.changes else None,
        proposed=held.keep(found.proposed) if found.changes else None,
    )


def _tell_county(returned: ReturnedWorkbook) -> None:
    """Let those who answer know that the prefecture marked their ledger."""
    submission = returned.submission
    outbox.owe(
        recipients=holders(submission.agency, roles.LIAISON, roles.CHECKER),
        meaning=f"returned:{returned.pk}",
        kind="ledger",
        title=f"市级改回了第{submission.sequence}期台账的工作簿，请逐处答复",
        url=returned.get_absolute_url(),
    )
