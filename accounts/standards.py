"""The figures that the law leaves to a place: told by the apps that compute with them.

    register("referral_decide_days", "决定移送的期限", "日")

stands in an app's receivers.py; the page 标准 lists them.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One standard: its key in the table, its name and unit on screen."""

    key: str
    label: str
    unit: str


REGISTRY: dict[str, Figure] = {}


def register(key: str, label: str, unit: str) -> None:
    """Make a standard known; twice is once."""
    REGISTRY[key] = Figure(key, label, unit)
