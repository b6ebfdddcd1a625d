"""Proving that kept rows are what a drawing of today gives: every one is drawn afresh and compared."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial

from campaigns.models import Campaign
from ledgers.fields import FIELDS
from ledgers.models import KeptFigure, KeptRow, LedgerEntry, SetAside
from ledgers.services.moment import one_moment
from ledgers.services.refreshing import COLUMNS, Part, drawn_as_kept, stale
from ledgers.services.setting_aside import by_halves, named, within

SLICE = 500


@dataclass(frozen=True)
class Wrong:
    """A kept row that isn't what is drawn: which entry, in which columns (labels), with both values."""

    entry: str
    differs: dict[str, tuple[object, object]]

    def __str__(self):
        told = "；".join(f"{name}：留存 {kept}，重算 {drawn}" for name, (kept, drawn) in self.differs.items())
        return f"{self.entry} {told}"


@dataclass(frozen=True)
class Proof:
    """How many rows were compared, how many wait to be drawn anew, what is wrong; `aside` can't be drawn."""

    compared: int
    waiting: int
    wrong: list[Wrong]
    aside: list[SetAside]


def verify_rows(part: Part, today: date) -> Proof:
    """Compare every row of a campaign's part with a fresh drawing. One that waits to be drawn anew is
    never shown as it is kept: it is counted and not compared, and so is one that was set aside."""
    aside = within(part.of("entry__"))
    entries = LedgerEntry.objects.filter(part.of()).exclude(pk__in=[each.pk for each in aside])
    entries = list(entries.order_by("pk").values_list("pk", flat=True))
    compared, waiting, wrong = 0, 0, []
    for start in range(0, len(entries), SLICE):
        for ids, looked in by_halves(entries[start : start + SLICE], partial(_look, part.campaign, today)):
            if isinstance(looked, Exception):
                wrong.append(Wrong(_name(ids[0]), {"行": ("有", f"算不出来（{named(looked)}）")}))
                continue
            found, late = looked
            compared, waiting = compared + len(ids) - late, waiting + late
            wrong += found
    return Proof(compared, waiting, wrong, aside)


def _look(campaign: Campaign, today: date, ids: list[int]) -> tuple[list[Wrong], int]:
    """What is wrong of a slice, and how much of it waits, as of one moment."""

    def look() -> tuple[list[Wrong], int]:
        late = set(stale(Part(campaign, entries=frozenset(ids)), today))
        return list(_compared(campaign, frozenset(ids) - late, today)), len(late)

    return one_moment(look)


def _compared(campaign: Campaign, ids: frozenset[int], today: date) -> Iterator[Wrong]:
    drawn = {row.entry_id: (row, figures) for row, figures in drawn_as_kept(campaign, ids, today)}
    kept = {row.entry_id: row for row in KeptRow.objects.filter(pk__in=ids)}
    figures = {pk: {} for pk in ids}
    for pk, key, number in KeptFigure.objects.filter(row__in=ids).values_list("row_id", "key", "number"):
        figures[pk][key] = number
    for pk in sorted(drawn.keys() | kept.keys()):
        if pk not in drawn or pk not in kept:
            yield Wrong(_name(pk), {"行": ("有" if pk in kept else "无", "有" if pk in drawn else "无")})
            continue
        fresh, numbers = drawn[pk]
        differs = dict(_columns(kept[pk], fresh))
        differs |= _apart("合计用数", figures[pk], {figure.key: figure.number for figure in numbers})
        if differs:
            yield Wrong(_name(pk), differs)


def _columns(kept: KeptRow, drawn: KeptRow) -> Iterator[tuple[str, tuple[object, object]]]:
    for name in COLUMNS:
        was, now = (row.__dict__[KeptRow._meta.get_field(name).attname] for row in (kept, drawn))
        if isinstance(was, dict):
            yield from _apart(name, was, now).items()
        elif was != now:
            yield name, (was, now)


def _apart(name: str, was: dict, now: dict) -> dict[str, tuple[object, object]]:
    return {
        f"{name} {FIELDS[key].label if key in FIELDS else key}": (was.get(key), now.get(key))
        for key in was.keys() | now.keys()
        if was.get(key) != now.get(key)
    }


def _name(pk: int) -> str:
    entry = LedgerEntry.objects.select_related("agency").get(pk=pk)
    return f"{entry.agency} 第{entry.position}行（{entry.party}）"
