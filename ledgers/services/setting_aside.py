"""Rows that can't be drawn are set aside with their fault, so that those behind them go on.

One is tried again as soon as something happens to it, once a day, and by another program.
"""

import logging
import traceback
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import TypeVar

from django.db import InterfaceError, OperationalError
from django.db.models import F, Q, QuerySet

from ledgers.models import EntryMark, SetAside

# What isn't a row's own fault: the database went away or was busy, the time of a request is over.
NOT_ITS_OWN = (OperationalError, InterfaceError, MemoryError)
NAMED = 5
HOME = Path(__file__).resolve().parent.parent.parent
Result = TypeVar("Result")
logger = logging.getLogger(__name__)


def by_halves(
    ids: list[int], run: Callable[[list[int]], Result]
) -> Iterator[tuple[list[int], Result | Exception]]:
    """(entries, what `run` gives of them): all at once; where that fails over halves, down to the one
    entry that fails alone, which comes with its fault."""
    try:
        result = run(ids)
    except NOT_ITS_OWN:
        raise
    except Exception as fault:
        if len(ids) == 1:
            logger.exception("entry %s can't be drawn", ids[0])
            yield ids, fault
            return
    else:
        yield ids, result
        return
    middle = len(ids) // 2
    yield from by_halves(ids[:middle], run)
    yield from by_halves(ids[middle:], run)


def again(inside: Q, rules: str, today: date) -> QuerySet[SetAside]:
    """What was set aside and is to be tried again today."""
    return SetAside.objects.filter(inside).exclude(rules=rules, tried_on__gte=today)


def resting(rules: str, today: date) -> QuerySet[SetAside]:
    """What was set aside and isn't tried again before something happens to it."""
    return SetAside.objects.filter(rules=rules, tried_on__gte=today)


def set_aside(pk: int, marks: list[int], fault: Exception, rules: str, today: date) -> None:
    """Keep that an entry can't be drawn; `marks` are those that stood before it was tried."""
    SetAside.objects.update_or_create(
        entry_id=pk,
        defaults={"fault": named(fault), "rules": rules, "tried_on": today},
        create_defaults={"fault": named(fault), "rules": rules, "tried_on": today, "since": today},
    )
    EntryMark.objects.filter(pk__in=marks).delete()


def named(fault: Exception) -> str:
    """A fault by its kind and its place in the program; what it says may be about somebody."""
    frames = traceback.extract_tb(fault.__traceback__)
    own = [frame for frame in frames if Path(frame.filename).is_relative_to(HOME)]
    last = (own or frames)[-1:]
    places = [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in last]
    return " ".join([type(fault).__name__, *places])[:200]


def within(inside: Q) -> list[SetAside]:
    """What is set aside of a part of a campaign, in the order of the ledger."""
    rows = SetAside.objects.filter(inside).select_related("entry__agency__region")
    return list(rows.order_by(F("entry__agency__region_id"), "entry__position", "entry_id"))


def words_of(several: list[SetAside]) -> str:
    """The rows by name: 交城县第3行（张某某）、文水县第1行（李某某）等 7 条."""
    names = [
        f"{each.entry.agency.region.name}第{each.entry.position}行（{each.entry.party}）"
        for each in several[:NAMED]
    ]
    more = f"等 {len(several)} 条" if len(several) > NAMED else ""
    return "、".join(names) + more


def why_not_reported(several: list[SetAside]) -> str:
    """Why a ledger with these can't be reported; "" for none."""
    names = words_of(several)
    return f"{names}算不出来，不能报送。请告诉系统管理员，算出来以后再报送。" if names else ""
