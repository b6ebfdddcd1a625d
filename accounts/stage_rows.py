"""One row per state of a thing: all that its pages need to know of the state stands together.

Stepper, desk, filters, tones, the filter of the record and the order of the next acts read the row.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ImproperlyConfigured
from django.db.models import TextChoices


@dataclass(frozen=True)
class StageRow:
    """What the pages say of one state.

    `step` is its place on the stepper ("" where every step is behind it), `tone` the colour of its
    word, `desk` what waits for somebody ("" where nothing does), `records` the stages of acts whose
    entries belong to it in the record, `first` the acts offered first, the desk's own before all.
    """

    state: str
    label: str
    step: str
    tone: str
    desk: str
    records: frozenset[str]
    first: tuple[str, ...]


def by_state(states: type[TextChoices], rows: Iterable[StageRow]) -> dict[str, StageRow]:
    """{state: row} in the order of the rows; ImproperlyConfigured where a state has no row.

    Asked when the table is read, so that the program doesn't start with a state forgotten.
    """
    by_name = {row.state: row for row in rows}
    if lacking := [state.value for state in states if state.value not in by_name]:
        raise ImproperlyConfigured(f"{states.__name__}: no row for {', '.join(lacking)}")
    return by_name
