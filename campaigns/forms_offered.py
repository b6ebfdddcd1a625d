"""Which official forms a campaign may report with: an upper app tells, a campaign keeps code and version.

forms_offered.register(choices=..., find=..., default=...)        # in the upper app's receivers.py
"""

from collections.abc import Callable
from typing import Any, Protocol


class OfferedForm(Protocol):
    """What a campaign knows of its form; the app that offers it knows the rest."""

    code: str
    version: int
    title: str


_PROVIDER: dict[str, Any] = {}


def register(
    *,
    choices: Callable[[], list[tuple[str, str]]],
    find: Callable[[str, int], OfferedForm | None],
    default: tuple[str, int],
) -> None:
    """Tell which forms there are: `choices()` as (code-version, words), `find(code, version)` one of them,
    `default` the code and version where none is chosen."""
    _PROVIDER["choices"], _PROVIDER["find"], _PROVIDER["default"] = choices, find, default


def choices() -> list[tuple[str, str]]:
    """The forms on offer, as a form's box wants them."""
    return _PROVIDER["choices"]()


def find(code: str, version: int) -> OfferedForm | None:
    """One form in one version; None where there is none."""
    return _PROVIDER["find"](code, version)


def default() -> tuple[str, int]:
    """Code and version of the form that a campaign reports with where none is chosen."""
    return _PROVIDER["default"]


def default_code() -> str:
    """The code alone, as the campaign's row keeps it."""
    return default()[0]


def default_version() -> int:
    """The version alone."""
    return default()[1]


def check(code: str, version: int) -> bool:
    """Whether there is such a form."""
    return find(code, version) is not None
