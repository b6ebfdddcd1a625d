"""The series of numbers that an office keeps, registered by the apps above: what is numbered, and how.

    register("filing", "立案编号", "立字")

stands in an app's receivers.py; the page 编号 lists them.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Series:
    """One kind of number; `word` stands between the office's prefix and the year (立字)."""

    kind: str
    label: str
    word: str


REGISTRY: dict[str, Series] = {}


def register(kind: str, label: str, word: str) -> None:
    """Register a kind of number; a second time changes nothing."""
    REGISTRY[kind] = Series(kind, label, word)


def label_of(kind: str) -> str:
    """What the page calls a kind."""
    return REGISTRY[kind].label if kind in REGISTRY else "其他编号"


def word_of(kind: str) -> str:
    """The word of a kind's numbers, or nothing where no app told it."""
    return REGISTRY[kind].word if kind in REGISTRY else ""
