"""Reading a workbook by the campaign's form, with what a person chose and what the office once said."""

import tempfile
from datetime import date
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from accounts.models import Agency, User, local_today
from accounts.services import files
from campaigns.models import Campaign
from common.errors import Refused
from ledgers.models import ImportBatch, RememberedHead
from ledgers.services.import_plan import Wanted
from ledgers.services.ledger_forms import form_of
from ledgers.sheets.choices import Choices
from ledgers.sheets.limits import Limits, Unreadable
from ledgers.sheets.reading import Reading, read_ledger

LONGEST_HEAD = RememberedHead._meta.get_field("head").max_length


def read_workbook(
    path: Path | str, campaign: Campaign, choices: Choices | None = None, today: date | None = None
) -> Reading:
    """The workbook's ledger by the campaign's form; Refused with a sentence if none is there. `today` is
    the day on which it was handed in."""
    form = form_of(campaign)
    limits = Limits(bytes=settings.WORKBOOK_MAX_BYTES)
    try:
        return read_ledger(path, form, limits=limits, choices=choices, today=today or local_today())
    except Unreadable as unreadable:
        raise Refused(unreadable.sentence) from unreadable


def read_upload(upload: UploadedFile, campaign: Campaign, choices: Choices) -> Reading:
    """Read an upload behind the gate before it is kept anywhere."""
    with tempfile.NamedTemporaryFile(suffix=Path(str(upload.name)).suffix[:8]) as draft:
        for chunk in upload.chunks():
            draft.write(chunk)
        draft.flush()
        return read_workbook(draft.name, campaign, choices)


def read_kept(batch: ImportBatch, choices: Choices | None = None) -> Reading:
    """The workbook of an import again, as it was chosen to be read."""
    if batch.workbook is None:
        raise Refused("这次导入没有保留工作簿，请重新选择文件。")
    return read_workbook(
        files.path_of(batch.workbook.sha256),
        batch.campaign,
        choices or Choices.from_dict(batch.choices),
        timezone.localdate(batch.created_at),
    )


def recall(campaign: Campaign, agency: Agency) -> Choices:
    """What an office once said of the heads of its workbooks."""
    rows = RememberedHead.objects.filter(agency=agency, form_code=campaign.form_code)
    said = list(rows.values_list("head", "key", "unit"))
    return Choices(
        columns={head: key for head, key, _ in said},
        units={head: unit for head, _, unit in said if unit},
    )


def remember(*, by: User, batch: ImportBatch) -> None:
    """Keep what was said of the heads, for the office's next workbook."""
    chosen = Choices.from_dict(batch.choices)
    proposed = {
        column["id"]: column["key"] for sheet in batch.report.get("sheets", ()) for column in sheet["columns"]
    }
    heads = [head for head in {**chosen.columns, **chosen.units} if head in proposed]
    RememberedHead.objects.bulk_create(
        [
            RememberedHead(
                agency=batch.agency,
                form_code=batch.campaign.form_code,
                head=head,
                key=chosen.columns.get(head, proposed[head]),
                unit=chosen.units.get(head, ""),
                chosen_by=by,
            )
            for head in heads
            if len(head) <= LONGEST_HEAD
        ],
        update_conflicts=True,
        unique_fields=["agency", "form_code", "head"],
        update_fields=["key", "unit", "chosen_by", "chosen_at"],
    )


def wanted_of(batch: ImportBatch) -> Wanted:
    """What a person wants done with an import."""
    return Wanted(
        all_or_none=batch.all_or_none,
        clear_blanks=bool(batch.choices.get("clear_blanks")),
        joins=dict(batch.choices.get("joins", {})),
    )


def wanted_again(campaign: Campaign, agency: Agency, all_or_none: bool = False) -> Wanted:
    """What to do with the next workbook: lines of one firm are what they were said to be last time."""
    rows = ImportBatch.objects.filter(campaign=campaign, agency=agency, written_at__isnull=False)
    kept = rows.exclude(undone_at__isnull=False).order_by("-written_at").values_list("choices", flat=True)
    return Wanted(all_or_none, joins=dict((kept.first() or {}).get("joins", {})))


def kept_choices(choices: Choices, wanted: Wanted) -> dict:
    """Both as an import keeps them."""
    return choices.to_dict() | {"clear_blanks": wanted.clear_blanks, "joins": dict(wanted.joins)}
