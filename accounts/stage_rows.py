"""One row per state of a thing: all that its pages need to know of the state stands together.

Stepper, desk, filters, tones, the filter of the record and the order of the next acts read the row.
"""

from dataclasses import dataclass


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
