"""Which rows of two reports aren't the same, without reading those that are."""

from dataclasses import dataclass

from django.db.models import Exists, Func, OuterRef, QuerySet, TextField, Value
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce

from ledgers.layouts import Layout
from ledgers.models import Submission, SubmissionRow
from ledgers.services.comparing import ADDED, CHANGED, GONE, SAME, Difference, compare
from ledgers.services.freezing import thaw
from ledgers.services.reported import rows_by_key


class _Compared(Func):
    """The values of a row as text, without number and 备注, which compare by themselves or not at all."""

    output_field = TextField()

    def as_sqlite(self, compiler: object, connection: object, **more: str) -> tuple:
        """Text of the rest, in the order in which it was kept."""
        template = "json_remove(%(expressions)s, '$.serial', '$.remark')"
        return self.as_sql(compiler, connection, template=template, **more)

    def as_postgresql(self, compiler: object, connection: object, **more: str) -> tuple:
        """Text of the rest, in the database's own order."""
        template = "((%(expressions)s - 'serial' - 'remark')::text)"
        return self.as_sql(compiler, connection, template=template, **more)


@dataclass(frozen=True)
class Differing:
    """Keys of the entries: in the later report's order what is new in it or changed, then what is gone."""

    added: list[str]
    changed: list[str]
    gone: list[str]
    order: list[str]

    def __len__(self):
        return len(self.order)

    @classmethod
    def of(cls, differences: list[Difference]) -> "Differing":
        """What two reports that were compared whole differ in."""
        keys = {state: [] for state in (ADDED, CHANGED, GONE, SAME)}
        for each in differences:
            keys[each.state].append(each.row.key)
        order = [each.row.key for each in differences if each.state]
        return cls(keys[ADDED], keys[CHANGED], keys[GONE], order)


def differing(form: Layout, earlier: Submission, later: Submission) -> Differing:
    """Compare two reports: what is the same to the letter the database leaves out, the rest is compared."""
    unlike = _unlike(later, earlier)
    there = set(rows_by_key(earlier, unlike).values_list("entry_key", flat=True))
    differences = differences_of(form, earlier, later, [key for key in unlike if key in there])
    changed = [each.row.key for each in differences if each.state]
    here = later.rows.filter(entry_key=OuterRef("entry_key"))
    gone = earlier.rows.filter(~Exists(here)).order_by("position").values_list("entry_key", flat=True)
    added = [key for key in unlike if key not in there]
    changes = set(changed)
    standing = [key for key in unlike if key not in there or key in changes]
    return Differing(added, changed, list(gone), [*standing, *gone])


def differences_of(form: Layout, earlier: Submission, later: Submission, keys: list[str]) -> list[Difference]:
    """Some rows of two reports side by side."""
    before, now = (
        [thaw(form, row) for row in rows_by_key(each, keys).order_by("position")] for each in (earlier, later)
    )
    return compare(form, before, now)


def rows_of_both(earlier: Submission, later: Submission) -> int:
    """How many rows two reports have together."""
    return SubmissionRow.objects.filter(submission__in=[earlier, later]).count()


def _unlike(submission: Submission, other: Submission) -> list[str]:
    """Rows (by key) that aren't in another report just so."""
    twin = _told(other.rows).filter(
        entry_key=OuterRef("entry_key"), compared=OuterRef("compared"), said=OuterRef("said")
    )
    rows = _told(submission.rows).filter(~Exists(twin)).order_by("position")
    return list(rows.values_list("entry_key", flat=True))


def _told(rows: QuerySet[SubmissionRow]) -> QuerySet[SubmissionRow]:
    said = Coalesce(KT("marks__remark"), Value(""), output_field=TextField())
    return rows.annotate(compared=_Compared("values"), said=said)
