"""The rows of a ledger on a day, read from what is kept; drawn where that doesn't hold.

Whatever is stale is drawn anew first. Of another day, or told against another report, only the rows are
drawn that are others then.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Self

from django.db.models import Count, Q, QuerySet, Sum

from accounts.models import Agency, local_today
from campaigns.models import Campaign
from common.digests import digest_of
from ledgers.fields import FIELDS, Kind, Value
from ledgers.layouts import Layout
from ledgers.models import EntryState, KeptFigure, KeptRow, LedgerEntry, Submission
from ledgers.rows import Cell, Row
from ledgers.services import refreshing
from ledgers.services.drawing import draw
from ledgers.services.freezing import row_digest
from ledgers.services.ledger_forms import form_of
from ledgers.services.reading import last_reports
from ledgers.services.refreshing import Part
from ledgers.services.sums import Figures, Sums, added

CHUNK = 2000
Reports = dict[int, Submission | None]


@dataclass(frozen=True)
class Head:
    """What a row is told by without being read: its entry, and the digests of now and of the report."""

    entry_id: int
    key: str
    digest: str
    before: str


class LedgerRows:
    """The rows of part of a campaign on a day (today), in the order of county and of first report.

    `reported` maps an office to the report that lateness is told against (by default each office's last
    effective one on the day). With `at_most`, no more stale rows than these are drawn anew: `waiting` says
    how many are shown as they were. `settled`: whoever asks has just had them drawn, nothing is written.
    """

    def __init__(
        self,
        part: Part,
        as_of: date | None = None,
        *,
        reported: Reports | None = None,
        form: Layout | None = None,
        at_most: int = 0,
        settled: bool = False,
    ):
        today = local_today()
        self.part, self.campaign, self.as_of = part, part.campaign, as_of or today
        self.form = form or form_of(part.campaign)
        self.waiting = 0 if settled else refreshing.settle(part, today, at_most)
        usual = last_reports(self.campaign, self.as_of)
        told = usual | (reported or {})
        self.reported = {office: report for office, report in told.items() if report}
        self.usual = self.as_of == today and self.reported == usual
        self.kept = self._holding()
        self.drawn = [] if self.usual or self.waiting else self._drawn()

    def _holding(self) -> QuerySet[KeptRow]:
        """Kept rows that are the same on the day, told against the same report."""
        kept = KeptRow.objects.filter(self.part.of())
        if self.usual:  # what doesn't hold today has just been drawn anew
            return kept
        kept = kept.on(self.as_of)
        if self.waiting:
            return kept
        groups = kept.order_by().values_list("agency_id", "baseline_id").distinct()
        other = Q(pk__in=[])
        for agency_id, baseline_id in groups:
            report = self.reported.get(agency_id)
            if baseline_id != (report and report.pk):
                other |= Q(agency_id=agency_id, baseline=baseline_id)
        return kept.exclude(other)

    def _drawn(self) -> list[Row]:
        others = LedgerEntry.objects.filter(self.part.of(), state=EntryState.IN, opened_on__lte=self.as_of)
        ids = list(others.exclude(pk__in=self.kept.values("pk")).order_by().values_list("pk", flat=True))
        if not ids:
            return []
        entries = LedgerEntry.objects.filter(pk__in=ids)
        return draw(self.campaign, as_of=self.as_of, entries=entries, reported=self.reported, form=self.form)

    # How many, and what they add up to

    @cached_property
    def counts(self) -> dict[int, int]:
        """How many rows each office has."""
        counts = Counter(row.agency_id for row in self.drawn)
        groups = self.kept.order_by().values_list("agency_id").annotate(Count("pk"))
        counts.update(dict(groups.values_list("agency_id", "pk__count")))
        return dict(counts)

    def __len__(self):
        return sum(self.counts.values())

    @cached_property
    def offices(self) -> dict[int, Agency]:
        """The offices whose rows these are, in the order of the rows."""
        rows = Agency.objects.filter(pk__in=self.counts).select_related("region").order_by("region_id")
        return {office.pk: office for office in rows}

    @cached_property
    def sums(self) -> Sums:
        """By county, added up by the database."""
        parts: dict[str, list[Figures]] = defaultdict(list)
        counts: Counter[str] = Counter()
        for pk, office in self.offices.items():
            counts[office.region.name] += self.counts[pk]
            parts[office.region.name].append(self._figures.get(pk, {}))
        for row in self.drawn:
            parts[row.value("county")].append({key: row.value(key) for key in self.form.sum_keys})
        blank = dict.fromkeys(self.form.sum_keys)
        return Sums(dict(counts), {county: blank | added(several) for county, several in parts.items()})

    @cached_property
    def _figures(self) -> dict[int, Figures]:
        figures = KeptFigure.objects.filter(campaign=self.campaign, agency__in=list(self.counts))
        if not self.usual or self.part.entries is not None:
            figures = figures.filter(row__in=self.kept.order_by())
        sums: dict[int, Figures] = defaultdict(dict)
        figures = figures.filter(key__in=self.form.sum_keys).order_by().values_list("agency_id", "key")
        for agency_id, key, number in figures.annotate(Sum("number")):
            sums[agency_id][key] = thawed(key, int(number))
        return sums

    def within(self, region: str) -> Self:
        """Those of one county alone."""
        inside = frozenset(pk for pk, office in self.offices.items() if office.region_id == region)
        return type(self)(Part(self.campaign, inside), self.as_of, reported=self.reported, form=self.form)

    def afresh(self) -> Self:
        """The same as they stand now, to be read as of one moment (common/one_moment.py) from the first
        question on: rows, sums and digest fit each other, whoever types meanwhile."""
        return type(self)(self.part, self.as_of, form=self.form, settled=True)

    # The rows

    @cached_property
    def _order(self) -> list[tuple[str, int, int]] | None:
        """(county, position, entry) of all rows, where some of them are drawn; None where none is."""
        if not self.drawn:
            return None
        kept = self.kept.values_list("region_id", "position", "entry_id")
        return sorted([*kept, *(_place(row) for row in self.drawn)])

    def page(self, start: int = 0, size: int | None = None, *, behind: bool = False) -> list[Row]:
        """So many rows from a place on; with what stands `behind` their cells where that is asked for."""
        end = None if size is None else start + size
        if self._order is not None:
            several = self._mixed([pk for *_, pk in self._order[start:end]], behind)
        elif size is None:
            rows = self.kept.in_order()[start:]
            several = [self._row(kept, behind) for kept in (rows if behind else rows.defer("behind"))]
        else:  # keys first: those before the page are told by the index alone
            ids = list(self.kept.in_order().values_list("entry_id", flat=True)[start:end])
            several = self._mixed(ids, behind)
        for serial, row in enumerate(several, start=start + 1):
            row.number(serial)
        return several

    def _mixed(self, ids: list[int], behind: bool) -> list[Row]:
        by_entry = {row.entry_id: row for row in self.drawn}
        wanted = [pk for pk in ids if pk not in by_entry]
        rows = KeptRow.objects.filter(pk__in=wanted)
        by_entry |= {kept.pk: self._row(kept, behind) for kept in (rows if behind else rows.defer("behind"))}
        return [by_entry[pk] for pk in ids if pk in by_entry]  # one may have left since it was told

    def __iter__(self) -> Iterator[Row]:
        """All rows, some thousand at a time."""
        if self._order is None:
            rows = self.kept.in_order().defer("behind").iterator(chunk_size=CHUNK)
            for serial, kept in enumerate(rows, start=1):
                row = self._row(kept, behind=False)
                row.number(serial)
                yield row
            return
        for start in range(0, len(self), CHUNK):
            yield from self.page(start, CHUNK)

    def lines(self) -> Iterator[dict[str, Value]]:
        """The values of all rows, by the form's keys."""
        if self._order is not None:
            yield from (row.values for row in self)
            return
        fields = [(field.key, field.thaw) for field in self.form.fields]
        offices = {pk: self._placed(pk) for pk in self.offices}
        rows = self.kept.in_order().values_list("agency_id", "values").iterator(chunk_size=CHUNK)
        for serial, (agency_id, stored) in enumerate(rows, start=1):
            values = {key: thaw(stored.get(key)) for key, thaw in fields} | offices[agency_id]
            if "serial" in values:
                values["serial"] = serial
            yield values

    def _placed(self, agency_id: int) -> dict[str, Value]:
        """The word that the sums are told by, also while a renamed county is drawn anew."""
        return {"county": self.offices[agency_id].region.name} if "county" in self.form.keys else {}

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
        rows = self._mixed(ids, behind)
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
        )

    def serials(self) -> dict[int, int]:
        """{entry: its number among all of them}."""
        order = self._order
        ids = [pk for *_, pk in order] if order else self.kept.in_order().values_list("entry_id", flat=True)
        return {pk: serial for serial, pk in enumerate(ids, start=1)}

    def words(self, *keys: str) -> list[tuple]:
        """(entry, words under these keys) of each row, in order; "" for none."""
        told = {row.entry_id: tuple(row.value(key) or "" for key in keys) for row in self.drawn}
        kept = self.kept.in_order().values_list("entry_id", *(f"values__{key}" for key in keys))
        told |= {pk: tuple(word or "" for word in words) for pk, *words in kept}
        return [(pk, *told[pk]) for pk in self.serials() if pk in told]

    # What tells them apart

    @cached_property
    def heads(self) -> list[Head]:
        """Each row by its digests, in no order."""
        kept = self.kept.order_by().values_list("entry_id", "key", "digest", "before")
        return [*(Head(*each) for each in kept), *self._drawn_heads()]

    def _drawn_heads(self) -> Iterator[Head]:
        reports = [report for report in self.reported.values() if report]
        before = refreshing.before(self.form, [row.key for row in self.drawn], reports) if self.drawn else {}
        for row in self.drawn:
            was = before.get((row.agency_id, row.key), "")
            yield Head(row.entry_id, row.key, row_digest(self.form, row), was)

    @property
    def digest(self) -> str:
        """What the foot of an unreported ledger proves: these rows, in this order."""
        if self._order is None:
            digests = list(self.kept.in_order().values_list("digest", flat=True))
        else:
            of = {head.entry_id: head.digest for head in self.heads}
            digests = [of[pk] for *_, pk in self._order]
        return digest_of(digests)

    def having(self, *keys: str) -> dict[str, dict[str, Value]]:
        """{entry's key: figures} of the rows that have any of these."""
        figures = KeptFigure.objects.filter(row__in=self.kept.order_by(), key__in=keys)
        found: dict[str, dict[str, Value]] = defaultdict(dict)
        for entry, key, number in figures.values_list("row__key", "key", "number"):
            found[entry][key] = thawed(key, number)
        for row in self.drawn:
            some = {key: row.value(key) for key in keys if row.value(key) is not None}
            if some:
                found[row.key] = some
        return dict(found)


def _place(row: Row) -> tuple[str, int, int]:
    return row.entry.agency.region_id, row.entry.position, row.entry_id


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
