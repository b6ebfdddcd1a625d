"""The shape of a row in an app's `stages.py`: all that pages and desks must know of one state."""

from dataclasses import dataclass


@dataclass(frozen=True)
class StageRow:
    """One state: its label and tone, its step on the stepper, what the desk says of it, which
    stages' records belong there, and which acts come first."""

    state: str
    label: str
    step: str
    tone: str
    desk: str
    records: frozenset[str]
    first: tuple[str, ...]
