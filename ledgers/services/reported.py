"""Some rows of a report, by the keys of their entries, without the others."""

from collections.abc import Collection

from django.db.models import QuerySet

from ledgers.fields import FIELDS
from ledgers.layouts import Layout
from ledgers.models import Submission, SubmissionRow
from ledgers.services.freezing import thawed_figures
from ledgers.services.movement import State

# More keys than these are no shorter than all rows.
FEW = 2000


def rows_by_key(submission: Submission | None, keys: Collection[str]) -> QuerySet[SubmissionRow]:
    """The rows of a report with these keys; none of none."""
    rows = SubmissionRow.objects.filter(submission=submission) if submission else SubmissionRow.objects.none()
    return rows.filter(entry_key__in=list(keys)).order_by()


def reported_state(form: Layout, submission: Submission | None, keys: Collection[str]) -> State:
    """The figures of some rows of a report, and what all of it added up to."""
    if submission is None:
        return State({}, {})
    rows = rows_by_key(submission, keys) if len(keys) <= FEW else submission.rows.order_by()
    figures = {
        key: {column: FIELDS[column].thaw(values.get(column)) for column in form.sum_keys}
        for key, values in rows.values_list("entry_key", "values").iterator(chunk_size=2000)
        if key in keys
    }
    return State(figures, thawed_figures(submission.totals["now"]))


def reported_parties(submission: Submission | None, keys: Collection[str]) -> dict[str, str]:
    """The parties of some rows of a report, by key."""
    rows = rows_by_key(submission, keys).values_list("entry_key", "values__party")
    return {key: party or "" for key, party in rows}
