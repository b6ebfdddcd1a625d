"""Rows as they are kept permanently, and the digests that prove they weren't changed."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from common.digests import digest_of
from ledgers.fields import FIELDS, Value
from ledgers.layouts import Layout
from ledgers.models import KeptRow, Submission, SubmissionRow
from ledgers.rows import Cell, Row
from ledgers.services.sums import Figures, Sums

CHUNK = 2000


def frozen_values(form: Layout, row: Row) -> dict:
    """The cells of the form, ready to be kept."""
    return {field.key: field.keep(row.cells[field.key].value) for field in form.fields}


def frozen_marks(form: Layout, row: Row) -> dict:
    """What a cell shows beside its value: 不适用, the facts behind it, flags, 备注 without 迟录."""
    return {
        "na": [key for key in form.keys if not row.cells[key].applicable],
        "behind": {key: behind for key in form.keys if (behind := row.cells[key].frozen)},
        "flags": row.flags,
        "remark": row.remark,
    }


def freeze(form: Layout, submission: Submission, row: Row) -> SubmissionRow:
    """A row ready to be written under a submission."""
    return SubmissionRow(
        submission=submission,
        position=row.serial,
        entry_key=row.key,
        agency_id=row.agency_id,
        values=frozen_values(form, row),
        marks=frozen_marks(form, row),
        carried_forward=row.carried_forward,
        late=row.late,
    )


def copied(form: Layout, submission: Submission, serial: int, kept: KeptRow, county: str) -> SubmissionRow:
    """The same of a row as it is kept, told against the report before this one; no value is made anew."""
    inapplicable, behind = kept.beside["na"], kept.behind
    own = {"serial": serial, "county": county}
    return SubmissionRow(
        submission=submission,
        position=serial,
        entry_key=kept.key,
        agency_id=kept.agency_id,
        values={key: own[key] if key in own else kept.values.get(key) for key in form.keys},
        marks={
            "na": [key for key in form.keys if key in inapplicable],
            "behind": {key: behind[key] for key in form.keys if behind.get(key)},
            "flags": kept.beside["flags"],
            "remark": kept.remark,
        },
        late=kept.late,
    )


def thaw(form: Layout, stored: SubmissionRow) -> Row:
    """A kept row as the page, the workbook and the comparison take it."""
    marks = stored.marks
    behind, inapplicable = marks.get("behind", {}), marks.get("na", ())
    cells = {
        field.key: Cell(
            field.thaw(stored.values.get(field.key)),
            field.key not in inapplicable,
            stored=behind.get(field.key),
        )
        for field in form.fields
    }
    return Row(
        stored.entry_key,
        stored.agency_id,
        cells,
        flags=list(marks.get("flags", ())),
        late=stored.late,
        carried_forward=stored.carried_forward,
        serial=stored.position,
        remark=marks.get("remark", ""),
    )


def thawed_rows(form: Layout, submission: Submission | None) -> list[Row]:
    """The rows of a submission in their order; none for none."""
    if submission is None:
        return []
    return [thaw(form, stored) for stored in submission.rows.order_by("position")]


def thawed_lines(form: Layout, submission: Submission) -> Iterator[dict[str, Value]]:
    """The values of each row in its order, without what stands behind them: however many there are, some
    thousand stand in memory."""
    for values in _stored(submission):
        yield {field.key: field.thaw(values.get(field.key)) for field in form.fields}


def sums_to_keep(sums: Sums) -> list:
    """[county, how many rows, what they add up to] in order, as a report keeps them with its totals."""
    return [[county, count, kept_figures(sums.figures[county])] for county, count in sums.counts.items()]


def kept_figures(figures: Figures) -> dict:
    """Figures as JSON keeps them."""
    return {key: FIELDS[key].keep(value) for key, value in figures.items()}


def thawed_figures(kept: dict) -> Figures:
    """Kept figures back."""
    return {key: FIELDS[key].thaw(value) for key, value in kept.items()}


def frozen_sums(form: Layout, submission: Submission) -> Sums:
    """The sums by county of a submission as it keeps them; of one from before it did, from its rows."""
    if (counties := submission.totals.get("counties")) is None:
        return sums_of_kept(form, _stored(submission))
    return Sums(
        {county: count for county, count, _ in counties},
        {county: thawed_figures(kept) for county, _, kept in counties},
    )


def sums_of_kept(form: Layout, several: Iterable[dict]) -> Sums:
    """The sums by county of rows as a report keeps them."""
    counts, sums = defaultdict(int), {}
    for values in several:
        county = values.get("county")
        counts[county] += 1
        so_far = sums.setdefault(county, dict.fromkeys(form.sum_keys))
        for key in form.sum_keys:
            if (value := values.get(key)) is not None:
                so_far[key] = FIELDS[key].total([so_far[key], FIELDS[key].thaw(value)])
    return Sums(dict(counts), sums)


def _stored(submission: Submission) -> Iterator[dict]:
    return submission.rows.order_by("position").values_list("values", flat=True).iterator(chunk_size=CHUNK)


def row_digest(form: Layout, row: Row) -> str:
    """A digest of what a checker confirms: the printed cells without 序号 and 迟录补报."""
    return kept_digest(form, frozen_values(form, row), row.remark)


def kept_digest(form: Layout, values: dict, remark: str | None) -> str:
    """The same of values as they are kept."""
    body = {field.key: values.get(field.key) for field in form.fields if field.is_compared}
    return digest_of({**body, "remark": remark or None})


def submission_digest(submission: Submission, rows: Iterable[SubmissionRow], previous: str) -> str:
    """SHA-256 over head and rows in canonical JSON, with the digest of the one before."""
    head = {
        "campaign": submission.campaign_id,
        "agency": submission.agency_id,
        "sequence": submission.sequence,
        "corrects": submission.corrects_id,
        "previous": submission.previous_id,
        "form": submission.form_code,
        "form_version": submission.form_version,
        "nil_report": submission.nil_report,
        "consolidated": submission.consolidated,
        "explanations": submission.explanations,
        "totals": submission.totals,
        "data_as_of": submission.data_as_of.isoformat(),
        "filled_at": _moment(submission.filled_at),
        "submitted_at": _moment(submission.submitted_at),
        "filled_by": submission.filled_by_id,
        "checked_by": submission.checked_by_id,
    }
    if submission.police_confirmed_at:
        head["police_confirmed_at"] = _moment(submission.police_confirmed_at)
        head["police_confirmed_by"] = submission.police_confirmed_by_id
    if submission.proxy_id:
        head["proxy"] = submission.proxy_id
    if submission.correction:
        head["correction"] = submission.correction
    body = [
        [row.position, row.entry_key, row.agency_id, row.values, row.marks, row.carried_forward, row.late]
        for row in rows
    ]
    return digest_of({"head": head, "rows": body, "before": previous})


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")
