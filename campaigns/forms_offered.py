"""Which official forms a campaign may report with: an upper app tells, a campaign keeps code and version.

forms_offered.register(choices=..., find=...)        # in the upper app's receivers.py
"""

from collections.abc import Callable
from typing import Protocol


class OfferedForm(Protocol):
    """What a campaign knows of its form; the app that offers it knows the rest."""

    code: str
    version: int
    title: str


_PROVIDER: dict[str, Callable] = {}


def register(
    *, choices: Callable[[], list[tuple[str, str]]], find: Callable[[str, int], OfferedForm | None]
) -> None:
    """Tell which forms there are: `choices()` as (code-version, words), `find(code, version)` one of them."""
    _PROVIDER["choices"], _PROVIDER["find"] = choices, find


def choices() -> list[tuple[str, str]]:
    """The forms on offer, as a form's box wants them."""
    return _PROVIDER["choices"]()


def find(code: str, version: int) -> OfferedForm | None:
    """One form in one version; None where there is none."""
    return _PROVIDER["find"](code, version)


def check(code: str, version: int) -> bool:
    """Whether there is such a form."""
    return find(code, version) is not None
