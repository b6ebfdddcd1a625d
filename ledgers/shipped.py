"""The forms that come with the program, as files of `data/forms/`; the database has them as rows."""

import json
from pathlib import Path

from ledgers.layouts import Layout

FOLDER = Path(__file__).with_name("data") / "forms"

# Code and version of the form that a campaign reports with where none is chosen.
DEFAULT_FORM = ("luliang", 1)


def shipped_forms() -> list[dict]:
    """Their declarations, in the order of code and version."""
    return [json.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.json"))]


def shipped_layout(code: str, version: int) -> Layout:
    """One of them, drawn from its file."""
    return Layout.of(json.loads((FOLDER / f"{code}-{version}.json").read_text(encoding="utf-8")))
