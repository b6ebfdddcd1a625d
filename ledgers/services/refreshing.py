"""Kept rows drawn anew: those that something happened to, and those whose time is over.

A row is stale when a deed marked it, when its last day is over (a fact is dated tomorrow), when another
report than its `baseline` is the last effective one, when its campaign was amended or the program that
drew it was another. Whoever draws holds the entry's row meanwhile and takes away only the marks that were
there before: what happens during the drawing is drawn next.
"""

import hashlib
import logging
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, partial
from pathlib import Path

from django.db import transaction
from django.db.models import Count, F, Min, Q, QuerySet
from django.utils import timezone

from accounts.models import local_today
from campaigns.models import Campaign
from ledgers.fields import FIELDS
from ledgers.layouts import Layout
from ledgers.models import (
    EntryMark,
    EntryState,
    KeptFigure,
    KeptRow,
    LedgerEntry,
    SetAside,
    Submission,
    SubmissionRow,
)
from ledgers.rows import Row
from ledgers.services.drawing import draw
from ledgers.services.freezing import kept_digest, row_digest
from ledgers.services.ledger_forms import form_of
from ledgers.services.marking import mark
from ledgers.services.reading import last_reports
from ledgers.services.setting_aside import again, by_halves, resting, set_aside
from ledgers.services.spans import spans_of
from ledgers.signals import rows_wait
from reminders import slices

SLICE = 200
FELL = "rows of campaign %s can't be drawn"
logger = logging.getLogger(__name__)
SCALE = 10_000
HOME = Path(__file__).resolve().parent.parent
# What decides how a row comes about; another text of it makes every kept row stale.
DECIDES = ("facts.py", "rows.py", "fields/*.py", "services/drawing.py", "services/reading.py")
COLUMNS = [field.name for field in KeptRow._meta.concrete_fields if not field.primary_key]


@cache
def program() -> str:
    """A digest of the program that draws."""
    files = sorted(file for pattern in DECIDES for file in HOME.glob(pattern))
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:9]


def rules_of(campaign: Campaign) -> str:
    """By what a row of the campaign is drawn: this program, the campaign as it was last amended."""
    return f"{program()}.{campaign.version}"


@dataclass(frozen=True)
class Part:
    """Some entries of a campaign: of these offices, or these alone (by pk); all for neither."""

    campaign: Campaign
    agencies: frozenset[int] | None = None
    entries: frozenset[int] | None = None

    def of(self, path: str = "") -> Q:
        """The condition; `path` leads from a row to its entry."""
        inside = Q(**{f"{path}campaign": self.campaign})
        if self.agencies is not None:
            inside &= Q(**{f"{path}agency_id__in": self.agencies})
        if self.entries is not None:
            inside &= Q(**{f"{path}pk__in": self.entries})
        return inside


def stale(part: Part, today: date) -> list[int]:
    """The entries (by pk, in order) that are to be drawn anew."""
    return look(part, today).stale


@dataclass(frozen=True)
class Look:
    """What stands of a part of a campaign today: what is stale, each office's last report, and how many rows
    each office has kept."""

    stale: list[int]
    reports: dict[int, Submission]
    counts: dict[int, int]


def look(part: Part, today: date) -> Look:
    """Which rows are to be drawn anew; what is kept is asked by its groups, from an index alone."""
    inside = part.of("entry__") & Q(entry__opened_on__lte=today)  # or was, when it was drawn last
    reports, rules = last_reports(part.campaign, today), rules_of(part.campaign)
    marked = EntryMark.objects.filter(inside | part.of("entry__kept__")).values_list("entry_id", flat=True)
    aside = again(part.of("entry__"), rules, today).values_list("entry_id", flat=True)
    ids, counts = set(marked.union(aside)), Counter()
    kept, over = KeptRow.objects.filter(part.of()).order_by(), Q()
    groups = kept.values_list("agency_id", "baseline_id", "rules").annotate(
        count=Count("*"), soonest=Min("until")
    )
    for agency_id, baseline_id, drawn_by, count, until in groups:
        counts[agency_id] += count
        if (baseline_id, drawn_by) != (getattr(reports.get(agency_id), "pk", None), rules):
            over |= Q(agency_id=agency_id, baseline_id=baseline_id, rules=drawn_by)
        elif until and until <= today:
            over |= Q(agency_id=agency_id, until__lte=today)
    if over:
        kept = kept.filter(over).exclude(pk__in=resting(rules, today).values("pk"))
        ids.update(kept.values_list("entry_id", flat=True))
    if part.entries is not None:
        ids.update(_unkept(today).filter(part.of()).values_list("pk", flat=True))
    return Look(sorted(ids), reports, dict(counts))


def _unkept(today: date) -> QuerySet[LedgerEntry]:
    """Entries that stand and of which nothing is kept yet."""
    rows = LedgerEntry.objects.standing().filter(opened_on__lte=today)
    return rows.filter(kept=None, marks=None, set_aside=None).order_by()


@dataclass(frozen=True)
class Settled:
    """How many entries are left to draw, each office's last report, and how many rows each office has kept,
    where nothing was drawn."""

    waiting: int
    reports: dict[int, Submission]
    counts: dict[int, int] | None


def settle(part: Part, today: date, at_most: int | None = None) -> Settled:
    """Draw anew what is stale, up to so many entries (all for none told)."""
    found = look(part, today)
    if at_most is not None and len(found.stale) > at_most:
        return Settled(len(found.stale), found.reports, found.counts)
    for start in range(0, len(found.stale), SLICE):
        refresh(part.campaign, found.stale[start : start + SLICE], today)
    return Settled(0, found.reports, None if found.stale else found.counts)


def take_over(submission: Submission) -> int:
    """A report was kept: rows that stand in it as they are kept hold against it too. How many did.

    Nothing of them is late then: every fact behind them is in the report. The others are drawn anew.
    """
    rows = KeptRow.objects.on(local_today()).filter(
        Q(baseline=submission.previous) if submission.previous else Q(baseline=None),
        campaign=submission.campaign,
        agency=submission.agency,
        rules=rules_of(submission.campaign),
        late=False,
        since__lte=submission.data_as_of,
        entry__marks=None,
    )
    ids = KeptRow.objects.filter(pk__in=rows.order_by().values("pk"))
    return ids.update(baseline=submission, before=F("digest"))


def carry_on(*, key: int, until: datetime) -> bool:
    """Draw what is stale of a campaign until a moment; whether there is more to do. What can't be drawn
    is logged and left to the sweep."""
    campaign, today = Campaign.objects.get(pk=key), local_today()
    ids: list[int] = []

    def some() -> bool:
        refresh(campaign, ids[:SLICE], today)
        del ids[:SLICE]
        return bool(ids)

    try:
        ids += stale(Part(campaign), today)
        return bool(ids) and slices.carry_on(some, until)
    except Exception:
        logger.exception(FELL, campaign.code)
        return False


def tend(now: datetime) -> int:
    """Before each sweep: draw a few that wait, ring for many. Makes nothing due."""
    today = timezone.localdate(now)
    unkept = list(_unkept(today).values_list("pk", flat=True))
    for start in range(0, len(unkept), SLICE):
        mark(unkept[start : start + SLICE])
    for campaign in Campaign.objects.order_by("pk"):
        try:
            waits = settle(Part(campaign), today, at_most=SLICE).waiting
        except Exception:  # one row must not hold up the other campaigns
            logger.exception(FELL, campaign.code)
            continue
        if waits:
            rows_wait.send(sender=KeptRow, key=campaign.pk)
    return 0


def refresh(campaign: Campaign, ids: Iterable[int], today: date) -> None:
    """Draw some entries anew and keep them. Those that a deed holds just now are waited for one by one,
    so that nobody who holds one row waits here for another. One that can't be drawn is set aside."""

    def some(several: list[int]) -> None:
        left = set(several) - _refresh(campaign, several, today, skip=True)
        for pk in sorted(left):
            _refresh(campaign, [pk], today, skip=False)

    for several, fault in by_halves(sorted(ids), some):
        if fault is not None:
            drawn_as_kept(campaign, [], today)  # raises where none of the campaign can be drawn
            _last_try(campaign, several[0], today)


@transaction.atomic
def _last_try(campaign: Campaign, pk: int, today: date) -> None:
    """Draw an entry by itself; only what was marked before this is forgiven when it fails again."""
    marks = list(EntryMark.objects.filter(entry=pk).values_list("pk", flat=True))
    for _, fault in by_halves([pk], partial(_refresh, campaign, today=today, skip=False)):
        if isinstance(fault, Exception):
            set_aside(pk, marks, fault, rules_of(campaign), today)


@transaction.atomic
def _refresh(campaign: Campaign, ids: Iterable[int], today: date, *, skip: bool) -> set[int]:
    """One slice; which of it were free (or are gone)."""
    rows = LedgerEntry.objects.filter(pk__in=ids, campaign=campaign).order_by("pk")
    held = set(rows.select_for_update(no_key=True, skip_locked=skip).values_list("pk", flat=True))
    if not skip and not stale(Part(campaign, entries=frozenset(held)), today):
        return held  # whoever held it has drawn it
    marks = list(EntryMark.objects.filter(entry__in=held).values_list("pk", flat=True))
    kept = drawn_as_kept(campaign, held, today)
    gone = held - {row.entry_id for row, _ in kept}
    SetAside.objects.filter(pk__in=held).delete()
    KeptFigure.objects.filter(row__in=held).delete()
    KeptRow.objects.filter(pk__in=gone).delete()
    KeptRow.objects.bulk_create(
        [row for row, _ in kept], update_conflicts=True, unique_fields=["entry"], update_fields=COLUMNS
    )
    KeptFigure.objects.bulk_create([figure for _, figures in kept for figure in figures])
    EntryMark.objects.filter(pk__in=marks).delete()
    return held | (set(ids) - set(rows.values_list("pk", flat=True)))


def drawn_as_kept(
    campaign: Campaign, ids: Iterable[int], today: date
) -> list[tuple[KeptRow, list[KeptFigure]]]:
    """Entries drawn today, each as it is kept; one that doesn't stand in the ledger is missing."""
    form, reports = form_of(campaign), last_reports(campaign, today)
    entries = LedgerEntry.objects.filter(pk__in=list(ids), state=EntryState.IN)
    rows = draw(campaign, as_of=today, entries=entries, reported=reports, form=form, whole=True)
    spans = spans_of(campaign, [row.entry_id for row in rows], today)
    reported = before(form, reports.values(), [row.key for row in rows])
    several = []
    for row in rows:
        kept = _kept(form, row, campaign)
        kept.baseline = reports.get(row.agency_id)
        kept.before = reported.get((row.agency_id, row.key), "")
        kept.since, kept.until = spans[row.entry_id]
        several.append((kept, list(_figures(kept))))
    return several


def _kept(form: Layout, row: Row, campaign: Campaign) -> KeptRow:
    entry, cells = row.entry, row.cells
    return KeptRow(
        entry_id=entry.pk,
        key=row.key,
        campaign=campaign,
        agency_id=row.agency_id,
        region_id=entry.agency.region_id,
        position=entry.position,
        values={key: FIELDS[key].keep(cell.value) for key, cell in cells.items() if key != "serial"},
        beside={
            "na": [key for key, cell in cells.items() if not cell.applicable],
            "late": row.late_keys,
            "flags": row.flags,
        },
        behind={key: [fact.frozen() for fact in facts] for key, facts in row.evidence.items()},
        remark=row.remark,
        late=row.late,
        digest=row_digest(form, row),
        rules=rules_of(campaign),
    )


def _figures(kept: KeptRow) -> Iterator[KeptFigure]:
    for key, value in kept.values.items():
        field = FIELDS[key]
        if field.is_summed and value is not None:
            yield KeptFigure(
                row_id=kept.entry_id,
                campaign_id=kept.campaign_id,
                agency_id=kept.agency_id,
                key=key,
                number=int(field.thaw(value) * SCALE),
            )


def before(
    form: Layout, reports: Iterable[Submission], keys: Collection[str] | None = None
) -> dict[tuple[int, str], str]:
    """The digests of rows (all, or of some entries) in offices' reports, by (office, entry's key)."""
    rows = SubmissionRow.objects.filter(submission__in=[report.pk for report in reports])
    if keys is not None:
        rows = rows.filter(entry_key__in=keys)
    several = rows.order_by().values_list("agency_id", "entry_key", "values", "marks__remark")
    return {(agency, key): kept_digest(form, values, remark) for agency, key, values, remark in several}
