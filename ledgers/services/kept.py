"""The rows of a ledger on a day, read from what is kept; drawn where that doesn't hold.

Whatever is stale is drawn anew first. Of another day only the rows are drawn that are others then; what was
late against another report is told by the facts behind the rows that are read.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from decimal import Decimal
from functools import cache, cached_property
from itertools import islice
from typing import NamedTuple, Self

from django.db.models import Count, Q, QuerySet, Sum

from accounts.models import Agency, local_today
from campaigns.models import Campaign
from common.digests import digest_of
from ledgers.fields import FIELDS, Kind, Value
from ledgers.layouts import Layout
from ledgers.models import EntryState, KeptFigure, KeptRow, LedgerEntry, SetAside, Submission, SubmissionRow
from ledgers.rows import Cell, Row
from ledgers.services import refreshing, setting_aside
from ledgers.services.drawing import draw, tell_late_against
from ledgers.services.freezing import copied, freeze, row_digest
from ledgers.services.ledger_forms import form_of
from ledgers.services.reading import last_reports
from ledgers.services.refreshing import Part
from ledgers.services.reported import FEW
from ledgers.services.sums import Figures, Sums, added

CHUNK = 2000
Reports = dict[int, Submission | None]


class Head(NamedTuple):
    """What a row is told by without being read: its entry, and the digests of now and of the report."""

    entry_id: int
    key: str
    digest: str
    before: str


class LedgerRows:
    """The rows of part of a campaign on a day (today), in the order of county and of first report.

    `reported` maps an office to the report that lateness is told against (by default each office's last
    effective one on the day). With `at_most`, no more rows than these are drawn: `waiting` says how many
    of today are shown as they were, `undrawn` how many of another day are drawn only where they are shown,
    so that only their number is known. `settled`: whoever asks has just had the stale drawn.
    """

    def __init__(
        self,
        part: Part,
        as_of: date | None = None,
        *,
        reported: Reports | None = None,
        form: Layout | None = None,
        at_most: int | None = None,
        settled: bool = False,
    ):
        today = local_today()
        self.part, self.campaign, self.as_of = part, part.campaign, as_of or today
        self.form = form or form_of(part.campaign)
        found = refreshing.settle(part, today, 0 if settled else at_most)
        self.waiting, self.of_today = 0 if settled else found.waiting, self.as_of == today
        self._settled = found.counts if self.of_today else None
        usual = found.reports if self.of_today else last_reports(self.campaign, self.as_of)
        told = usual | (reported or {})
        self.reported = {office: report for office, report in told.items() if report}
        self.told_alike = self.of_today and self.reported == usual
        self.kept = KeptRow.objects.filter(part.of())
        self.drawn: list[Row] = []
        self.undrawn: dict[int, int] = {}
        if not self.of_today:
            self.kept = self.kept.on(self.as_of)
            self._draw_others(at_most)

    def _draw_others(self, at_most: int | None) -> None:
        """The rows that were others on the day: drawn, or {entry: office} of more than so many."""
        others = self._standing_then().filter(set_aside=None).exclude(pk__in=self.kept.values("pk"))
        others = dict(others.values_list("pk", "agency"))
        if at_most is not None and len(others) > at_most:
            self.undrawn = others
        else:
            self.drawn = self._draw(others)

    def _standing_then(self) -> QuerySet[LedgerEntry]:
        """What stood in the ledger on the day."""
        rows = LedgerEntry.objects.filter(self.part.of(), state=EntryState.IN, opened_on__lte=self.as_of)
        return rows.order_by()

    def _draw(self, ids: Collection[int]) -> list[Row]:
        entries = LedgerEntry.objects.filter(pk__in=list(ids))
        more = {"reported": self.reported, "form": self.form}
        rows = draw(self.campaign, as_of=self.as_of, entries=entries, **more) if ids else []
        for row in rows:
            row.digest = row_digest(self.form, row)
        return rows

    @cached_property
    def set_aside(self) -> list[SetAside]:
        """What of it can't be drawn: shown as it was, or not at all."""
        return setting_aside.within(self.part.of("entry__"))

    # How many, and what they add up to

    @cached_property
    def counts(self) -> dict[int, int]:
        """How many rows each office has."""
        if self._settled is not None:
            return self._settled
        counts = Counter([*(row.agency_id for row in self.drawn), *self.undrawn.values()])
        groups = self.kept.order_by().values_list("agency_id").annotate(count=Count("*"))
        counts.update(dict(groups.values_list("agency_id", "count")))
        return dict(counts)

    def __len__(self):
        return sum(self.counts.values())

    @cached_property
    def offices(self) -> dict[int, Agency]:
        """The offices whose rows these are, in the order of the rows."""
        rows = Agency.objects.filter(pk__in=self.counts).select_related("region").order_by("region_id")
        return {office.pk: office for office in rows}

    def _county(self, agency_id: int) -> str:
        """The word of an office's county; also of one whose first row came after they were counted."""
        if agency_id not in self.offices:
            self.offices[agency_id] = Agency.objects.select_related("region").get(pk=agency_id)
        return self.offices[agency_id].region.name

    @cached_property
    def sums(self) -> Sums:
        """By county, added up by the database; without what is `undrawn`."""
        parts: dict[str, list[Figures]] = defaultdict(list)
        counts: Counter[str] = Counter()
        for pk in sorted(self.counts, key=list(self.offices).index):
            counts[self._county(pk)] += self.counts[pk]
            parts[self._county(pk)].append(self._figures.get(pk, {}))
        for row in self.drawn:
            figures = {key: row.value(key) for key in self.form.sum_keys}
            parts[self._county(row.agency_id)].append(figures)
        blank = dict.fromkeys(self.form.sum_keys)
        return Sums(dict(counts), {county: blank | added(several) for county, several in parts.items()})

    @cached_property
    def _figures(self) -> dict[int, Figures]:
        sums: dict[int, Figures] = defaultdict(dict)
        figures = self._kept_figures(self.form.sum_keys).values_list("agency_id", "key")
        for agency_id, key, number in figures.annotate(Sum("number")):
            sums[agency_id][key] = thawed(key, int(number))
        return sums

    def _kept_figures(self, keys: Collection[str]) -> QuerySet[KeptFigure]:
        figures = KeptFigure.objects.filter(campaign=self.campaign, key__in=keys).order_by()
        if self.part.agencies is not None:
            figures = figures.filter(agency__in=self.part.agencies)
        if self.of_today and self.part.entries is None:
            return figures
        return figures.filter(row__in=self.kept.order_by())

    def within(self, region: str) -> Self:
        """Those of one county alone."""
        inside = frozenset(pk for pk, office in self.offices.items() if office.region_id == region)
        return type(self)(Part(self.campaign, inside), self.as_of, reported=self.reported, form=self.form)

    def afresh(self) -> Self:
        """The same as they stand now, to be read as of one moment (common/one_moment.py) from the first
        question on: rows, sums and digest fit each other, whoever types meanwhile."""
        return type(self)(self.part, self.as_of, form=self.form, settled=True)

    # The rows

    @property
    def _order(self) -> QuerySet:
        """The entries (by pk) in order; of a day past without what can't be drawn of it."""
        if self.of_today:
            return self.kept.in_order().values_list("entry_id", flat=True)
        order = self._standing_then().filter(Q(set_aside=None) | Q(pk__in=self.kept.values("pk")))
        return order.order_by("agency__region_id", "position", "pk").values_list("pk", flat=True)

    def page(self, start: int = 0, size: int | None = None, *, behind: bool = False) -> list[Row]:
        """So many rows from a place on; with what stands `behind` their cells where that is asked for."""
        if size is None:
            several = list(self._all(start, behind))
        else:  # keys first: those before the page are told by the index alone
            several = self._rows(list(self._order[start : start + size]), behind)
        for serial, row in enumerate(several, start=start + 1):
            row.number(serial)
        return several

    def __iter__(self) -> Iterator[Row]:
        """All rows, some thousand at a time."""
        for serial, row in enumerate(self._all(0, behind=False), start=1):
            row.number(serial)
            yield row

    def _all(self, start: int, behind: bool) -> Iterator[Row]:
        if self.of_today:
            rows = self._whole(self.kept.in_order()[start:], behind).iterator(chunk_size=CHUNK)
            while some := list(islice(rows, CHUNK)):
                yield from self._read(some, behind)
            return
        ids = list(self._order[start:])
        for first in range(0, len(ids), CHUNK):
            yield from self._rows(ids[first : first + CHUNK], behind)

    def _rows(self, ids: list[int], behind: bool) -> list[Row]:
        """Rows of some entries, in this order; without what left since they were told."""
        by_entry = {row.entry_id: row for row in self.drawn}
        kept = self.kept.filter(pk__in=[pk for pk in ids if pk not in by_entry])
        by_entry |= {row.entry_id: row for row in self._read(self._whole(kept, behind), behind)}
        by_entry |= {row.entry_id: row for row in self._draw([pk for pk in ids if pk in self.undrawn])}
        return [by_entry[pk] for pk in ids if pk in by_entry]

    def _whole(self, kept: QuerySet[KeptRow], behind: bool) -> QuerySet[KeptRow]:
        """With what stands behind the cells where that is asked for, or lateness is told by it."""
        return kept if behind or not self.told_alike else kept.defer("behind")

    def _read(self, several: Iterable[KeptRow], behind: bool) -> list[Row]:
        rows, others = [], []
        for kept in several:
            otherwise = not self.told_alike and kept.baseline_id != self._report_of(kept.agency_id)
            rows.append(self._row(kept, behind or otherwise))
            if otherwise:
                others.append(rows[-1])
        if others:
            tell_late_against(self.campaign, others, self.reported, self.as_of, self.form)
        return rows

    def _report_of(self, agency_id: int) -> int | None:
        report = self.reported.get(agency_id)
        return report and report.pk

    def lines(self) -> Iterator[dict[str, Value]]:
        """The values of all rows, by the form's keys."""
        if not (self.of_today and self.told_alike):
            yield from (row.values for row in self)
            return
        fields = [(field.key, field.thaw) for field in self.form.fields]
        placed = cache(self._placed)
        rows = self.kept.in_order().values_list("agency_id", "values").iterator(chunk_size=CHUNK)
        for serial, (agency_id, stored) in enumerate(rows, start=1):
            values = {key: thaw(stored.get(key)) for key, thaw in fields} | placed(agency_id)
            if "serial" in values:
                values["serial"] = serial
            yield values

    def _placed(self, agency_id: int) -> dict[str, Value]:
        """The word that the sums are told by, also while a renamed county is drawn anew."""
        return {"county": self._county(agency_id)} if "county" in self.form.keys else {}

    def first_of(self, keys: Collection[str], count: int) -> list[Row]:
        """The first so many rows of some entries."""
        serials = self.serials()
        return self._numbered(self._standing(keys, serials)[:count], serials, behind=False)

    def of(self, keys: Collection[str], *, behind: bool = False) -> list[Row]:
        """The rows of some entries (by their keys), numbered as they are among all."""
        serials = self.serials()
        return self._numbered(self._standing(keys, serials), serials, behind)

    def _standing(self, keys: Collection[str], serials: dict[int, int]) -> list[int]:
        """In order; without what came or left between two statements."""
        ids = {head.entry_id for head in self.heads if head.key in keys}
        return sorted(ids & serials.keys(), key=serials.get)

    def _numbered(self, ids: list[int], serials: dict[int, int], behind: bool) -> list[Row]:
        rows = self._rows(ids, behind)
        for row in rows:
            row.number(serials[row.entry_id])
        return rows

    def _row(self, kept: KeptRow, behind: bool) -> Row:
        values, beside = kept.values, kept.beside
        facts, inapplicable = kept.behind if behind else {}, beside["na"]
        cells = {
            field.key: Cell(
                field.thaw(values.get(field.key)), field.key not in inapplicable, stored=facts.get(field.key)
            )
            for field in self.form.fields
        }
        for key, value in self._placed(kept.agency_id).items():
            cells[key].value = value
        return Row(
            kept.key,
            kept.agency_id,
            cells,
            entry_id=kept.entry_id,
            flags=list(beside["flags"]),
            late=kept.late,
            remark=kept.remark,
            late_columns=[key for key in beside["late"] if key in cells],
            digest=kept.digest,
        )

    def serials(self) -> dict[int, int]:
        """{entry: its number among all of them}."""
        return {pk: serial for serial, pk in enumerate(self._order, start=1)}

    def words(self, *keys: str) -> list[tuple]:
        """(entry, words under these keys) of each row, in order; "" for none."""
        told = {row.entry_id: tuple(row.value(key) or "" for key in keys) for row in self.drawn}
        kept = self.kept.in_order().values_list("entry_id", *(f"values__{key}" for key in keys))
        told |= {pk: tuple(word or "" for word in words) for pk, *words in kept}
        return [(pk, *told[pk]) for pk in self.serials() if pk in told]

    # What tells them apart

    @cached_property
    def heads(self) -> list[Head]:
        """Each row by its digests, in no order; without what is `undrawn`."""
        kept = self.kept.order_by().values_list(
            "entry_id", "key", "digest", "before", "agency_id", "baseline_id"
        )
        if self.told_alike:
            return [Head(*each[:4]) for each in kept]
        heads = []
        for entry_id, key, digest, before, agency_id, baseline_id in kept:
            if baseline_id != self._report_of(agency_id):
                before = self._before.get((agency_id, key), "")
            heads.append(Head(entry_id, key, digest, before))
        return heads + [self._head(row) for row in self.drawn]

    @cached_property
    def _before(self) -> dict[tuple[int, str], str]:
        """The digests of all rows in the reports."""
        return refreshing.before(self.form, [self.reported[pk] for pk in self.counts if pk in self.reported])

    def _head(self, row: Row) -> Head:
        before = self._before.get((row.agency_id, row.key), "")
        return Head(row.entry_id, row.key, row.digest, before)

    @property
    def digest(self) -> str:
        """What the foot of an unreported ledger proves: these rows, in this order."""
        if self.of_today:
            return digest_of(list(self.kept.in_order().values_list("digest", flat=True)))
        return digest_of([row.digest for row in self])

    def frozen(self, submission: Submission) -> list[SubmissionRow]:
        """All rows as a report keeps them: copies of what is kept, where that says what is late."""
        if not self.told_alike:
            return [freeze(self.form, submission, row) for row in self.page(behind=True)]
        several = self.kept.in_order().iterator(chunk_size=CHUNK)
        return [
            copied(self.form, submission, serial, kept, self._county(kept.agency_id))
            for serial, kept in enumerate(several, start=1)
        ]

    def parties(self, keys: Collection[str]) -> dict[str, str]:
        """The parties of some rows, by the entries' keys."""
        told = {row.key: row.value("party") or "" for row in self.drawn if row.key in keys}
        kept = self.kept.filter(key__in=list(keys)).order_by().values_list("key", "values__party")
        return told | {key: party or "" for key, party in kept}

    def has(self, *keys: str) -> bool:
        """Whether any row has one of these figures."""
        return self._kept_figures(keys).exists() or any(
            row.value(key) is not None for row in self.drawn for key in keys
        )

    def having(self, *keys: str, of: Collection[int] | None = None) -> dict[str, dict[str, Value]]:
        """{entry's key: figures} of the rows (all, or those of some entries) that have any of these."""
        figures, found = self._kept_figures(keys), defaultdict(dict)
        if of is not None and len(of) <= FEW:
            figures = figures.filter(row__in=list(of))
        for entry, key, number in figures.values_list("row__key", "key", "number"):
            found[entry][key] = thawed(key, number)
        for row in self.drawn:
            some = {key: row.value(key) for key in keys if row.value(key) is not None}
            if some:
                found[row.key] = some
        return dict(found)


def thawed(key: str, number: int) -> Value:
    """A kept figure, or a sum of them, in the field's unit."""
    value = Decimal(number) / refreshing.SCALE
    return int(value) if FIELDS[key].kind == Kind.PERSONS else value


def below(agency: Agency) -> frozenset[int]:
    """An office and all below it."""
    return frozenset(Agency.objects.within([agency.path]).order_by().values_list("pk", flat=True))


def rows_of(campaign: Campaign, agency: Agency | None = None, as_of: date | None = None) -> LedgerRows:
    """The rows of a campaign, of an office and all below it, on a day."""
    return LedgerRows(Part(campaign, agency and below(agency)), as_of)


def row_of(entry: LedgerEntry, as_of: date | None = None, form: Layout | None = None) -> Row | None:
    """One entry's row with what stands behind it; None where it doesn't stand in the ledger that day."""
    rows = LedgerRows(Part(entry.campaign, entries=frozenset([entry.pk])), as_of, form=form)
    return next(iter(rows.page(behind=True)), None)
