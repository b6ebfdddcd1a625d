"""The field's code lists (data/codes.json) as choices and look-ups."""

import json
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path


@lru_cache(maxsize=1)
def _all() -> dict:
    return json.loads((Path(__file__).parent / "data" / "codes.json").read_text(encoding="utf-8"))


def items(name: str) -> list[dict]:
    """All items of one list, in its order."""
    return _all()[name]


def choices(name: str) -> list[tuple[str, str]]:
    """(code, name) pairs of one list, for a field or a form."""
    return [(item["code"], item["name"]) for item in items(name)]


@lru_cache(maxsize=64)
def by_code(name: str) -> dict:
    """code → item of one list."""
    return {item["code"]: item for item in items(name)}


def label(name: str, code: str) -> str:
    """The name that stands on screen for a code; the code itself if it is unknown."""
    return by_code(name).get(code, {}).get("name", code)


def labels(name: str, several: Iterable[str]) -> str:
    """The names for several codes, as one text."""
    return "、".join(label(name, code) for code in several)


def measured_in(name: str, *measures: str) -> tuple[str, ...]:
    """Codes of the items of one list that are measured in one of these (money, tonnes, items, …)."""
    return tuple(item["code"] for item in items(name) if item.get("measure") in measures)


@lru_cache(maxsize=1)
def mineral_by_name() -> dict:
    """Mineral name or variant → item, for words typed by offices."""
    by_name = {}
    for item in items("minerals"):
        for name in (item["name"], *item["variants"]):
            by_name.setdefault(name, item)
    return by_name


def violations_of(side: str) -> list[tuple[str, str]]:
    """Choices of violations on one side: mining or land."""
    return [(item["code"], item["name"]) for item in items("violations") if item["side"] == side]
