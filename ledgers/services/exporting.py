"""The official workbook of a ledger, live or frozen, each page with version code and digest."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import BinaryIO

from django.utils import timezone

from accounts.models import Agency, User
from accounts.services import exports, trail
from campaigns.models import Campaign
from common import csv_out
from common.digests import digest_of
from common.one_moment import one_moment
from common.xlsx import Taken
from ledgers.fields import Value
from ledgers.layouts import Layout
from ledgers.models import CountyLedger, Submission
from ledgers.services.consolidating import missing_words
from ledgers.services.freezing import frozen_sums, thawed_lines
from ledgers.services.kept import LedgerRows, rows_of
from ledgers.services.ledger_forms import form_of, submitted_form
from ledgers.services.proxy_words import live_proxy_words, proxy_words, reporting_unit, unit_with
from ledgers.services.sums import Sums
from ledgers.sheets.styles import shown
from ledgers.sheets.writing import SheetSums, SheetWords, write_ledger

Values = Mapping[str, Value]  # of a row, by the form's keys
DRAFT = "草稿"
NIL = "注：零报告。本期没有新增和变化。"
NOTHING = {"party": "无", "remark": "零报告"}


def export_live(
    stream: BinaryIO, campaign: Campaign, rows: LedgerRows | None, *, unit: str, as_of: date, proxy: str = ""
) -> int:
    """Write the rows of a day, or the blank form for None; returns how many. `unit` is the 填报单位,
    `proxy` what `live_proxy_words` says of it."""
    form = rows.form if rows is not None else form_of(campaign)
    return _write(
        stream,
        form,
        rows.lines() if rows is not None else (),
        rows.sums if rows is not None else Sums(),
        SheetWords(
            reporting_unit=unit_with(unit, proxy),
            data_as_of=as_of,
            footer_note=foot_of_live(form, rows, proxy),
        ),
    )


def export_submission(stream: BinaryIO, submission: Submission) -> int:
    """Write a frozen ledger; returns the number of rows."""
    form = submitted_form(submission)
    nil = submission.nil_report
    return _write(
        stream,
        form,
        thawed_lines(form, submission),
        frozen_sums(form, submission),
        SheetWords(
            reporting_unit=reporting_unit(submission),
            data_as_of=submission.data_as_of,
            filled_on=timezone.localtime(submission.filled_at).date(),
            auditor=submission.checked_by.name,
            filler=submission.filled_by.name,
            note=NIL if nil else "",
            footer_note=foot_of(form, submission),
        ),
    )


def plain_lines(form: Layout, rows: Iterable[Values], kind: str) -> Iterator[bytes]:
    """Rows without sums and signatures as text with commas, a head's words in one cell (`csv_out` kinds)."""
    head = ["／".join(column.path) + _unit(column.field.unit) for column in form.columns]
    lines = ([shown(field, row.get(field.key)) for field in form.fields] for row in rows)
    return csv_out.pieces(head, lines, kind)


def _unit(unit: str) -> str:
    return f"（{unit}）" if unit else ""


def _write(stream: BinaryIO, form: Layout, rows: Iterable[Values], sums: Sums, words: SheetWords) -> int:
    """The rows with the sums that a page shows; a nil form without any says so in its first line."""
    if not len(sums) and words.note:
        write_ledger(stream, form, [NOTHING], words)
        return 0
    several = len(sums.counts) > 1
    written = SheetSums(sums.figures if several else None, sums.total if len(sums) else None)
    return write_ledger(stream, form, rows, words, written)


def foot(form: Layout, digest: str, word: str) -> str:
    """What stands at the foot of every printed page: form version, period or draft, digest."""
    return f"表式版本 {form.version_code}　{word}　校验码 {digest[:16]}"


def foot_of_live(form: Layout, rows: LedgerRows | None, proxy: str) -> str:
    """The foot of a ledger as it stands, with who enters it for the county."""
    digest = rows.digest if rows is not None else digest_of([])
    return foot(form, digest, f"{DRAFT}　{proxy}" if proxy else DRAFT)


def foot_of(form: Layout, submission: Submission) -> str:
    """The foot of a frozen ledger: 零报告 where it is one; a total names the counties that are missing,
    one entered by the office above says so."""
    nil = "零报告" if submission.nil_report else ""
    words = [f"第{submission.sequence}期", nil, missing_words(submission), proxy_words(submission)]
    return foot(form, submission.digest, "　".join(word for word in words if word))


def export_to(
    path: Path,
    *,
    by: User,
    campaign: Campaign,
    ledger: CountyLedger,
    agency: Agency | None = None,
    as_of: date | None = None,
    submission: Submission | None = None,
) -> dict:
    """Write a workbook to `path`: {"rows", "as_of", "submission", "sha256"}; the trail names it.

    `ledger` is the one in whose chain the export is recorded.
    """
    with path.open("wb") as stream:
        if submission is not None:
            rows, as_of = export_submission(stream, submission), submission.data_as_of
        else:
            drawn = rows_of(campaign, agency, as_of)
            unit = (agency or ledger.agency).name
            proxy = live_proxy_words(campaign, [agency] if agency else None)
            with one_moment():
                now = drawn.afresh()
                rows = export_live(stream, campaign, now, unit=unit, as_of=as_of, proxy=proxy)
    with path.open("rb") as stream:
        sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
    record_export(by, ledger, rows, as_of, submission)
    what = f"{campaign.name}台账，{_what(as_of, submission)}"
    exports.record_export(by=by, taken=Taken(what, "", rows, path.stat().st_size, sha256))
    return {
        "rows": rows,
        "as_of": as_of.isoformat(),
        "submission": submission.public_id if submission else None,
        "sha256": sha256,
    }


def _what(as_of: date, submission: Submission | None) -> str:
    return f"第{submission.sequence}期" if submission else f"截至{as_of}"


def record_export(
    by: User, ledger: CountyLedger, rows: int, as_of: date, submission: Submission | None = None
) -> None:
    """Who took which ledger out of the system."""
    what = _what(as_of, submission)
    trail.record(
        by=by,
        act="export_ledger",
        label="导出台账",
        thing=ledger,
        changes={"内容": ("", what), "行数": ("", rows)},
        happened_on=as_of,
    )
