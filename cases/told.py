"""What an app above tells of cases, for the law to look at: figures that were edited after a report.

    told.register_edited(edited_of)   # in the upper app's receivers.py

`edited_of(cases, on)` gives, by the case's key, what is told of it; nothing while nobody registered.
"""

from collections.abc import Callable, Sequence
from datetime import date

from cases.models import Case
from law.facts import Told

Teller = Callable[[Sequence[Case], date], dict[int, tuple[Told, ...]]]
_TELLERS: list[Teller] = []


def register_edited(teller: Teller) -> None:
    """Tell which figures of a case were changed after they were reported; a second time changes nothing."""
    if teller not in _TELLERS:
        _TELLERS.append(teller)


def edited(cases: Sequence[Case], on: date) -> dict[int, tuple[Told, ...]]:
    """What was told of each case."""
    said: dict[int, tuple[Told, ...]] = {}
    for teller in _TELLERS:
        for pk, notes in teller(cases, on).items():
            said[pk] = (*said.get(pk, ()), *notes)
    return said
