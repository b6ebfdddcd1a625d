"""The values that the law leaves to a place (标准): registered by the apps that compute with them.

    register("referral_decide_days", "决定移送的期限", "日")

stands in an app's receivers.py; the page 标准 lists them.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class StandardKind:
    """What a standard may be of: its key in the table, its name and unit on screen."""

    key: str
    label: str
    unit: str


REGISTRY: dict[str, StandardKind] = {}


def register(key: str, label: str, unit: str) -> None:
    """Register a kind of standard; a second time changes nothing."""
    REGISTRY[key] = StandardKind(key, label, unit)
