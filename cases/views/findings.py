"""Findings that hold, as rows of a form: a new round begins with what is known."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.db import models

from cases.forms.circumstances import ANSWERS
from cases.forms.findings import NOWHERE
from cases.models import LandFinding, MineralFinding

LAND = ("land_class", "area", "conforming", "destroyed", "forest", "black_soil", "black_volume")
ORE = (
    *("mineral", "volume", "density", "price", "value", "estimated", "illegal_income", "destroyed_value"),
    *("sold_on", "valuer", "value_document", "valued_on", "special_areas"),
)


def land_rows(rows: Iterable[LandFinding]) -> list[dict]:
    """占地认定."""
    return [
        {**row, **{name: ANSWERS[row[name]] for name in ("conforming", "destroyed", "black_soil")}}
        for row in as_rows(rows, LAND)
    ]


def ore_rows(rows: Iterable[MineralFinding]) -> list[dict]:
    """采矿认定; a quantity that was typed in cubic metres stands in cubic metres."""
    shown = []
    for found in rows:
        (row,) = as_rows([found], ORE if found.volume is not None else (*ORE, "tonnes"))
        areas = found.special_areas
        shown.append({**row, "special_areas": [NOWHERE] if areas == [] else areas})
    return shown


def as_rows(rows: Iterable[models.Model], names: Sequence[str]) -> list[dict]:
    """Values of the fields named; numbers without the zeros that their column adds."""
    return [{name: _typed(getattr(row, name)) for name in names} for row in rows]


def _typed(value: object) -> object:
    return f"{value.normalize():f}" if isinstance(value, Decimal) else value
