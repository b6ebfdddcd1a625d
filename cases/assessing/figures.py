"""The law's figures with those that offices entered: the nearest place wins, then the newest row."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from accounts import standards
from accounts.models import Standard
from accounts.standards import LawRow
from law.figures import BLANKS, NATIONAL, SEEDED, SEEDS, Figure, Figures, objection

_SEEDS = {seed.key: seed for seed in (*reversed(SEEDS), *BLANKS)}
# Where on the page 标准 a key stands, by how it begins.
_PARTS = (
    ("crime_", "移送标准"),
    ("fine_", "罚款幅度"),
    ("fee_", "罚款幅度"),
    ("large_", "罚款幅度"),
    ("", standards.TERMS),
)
_ENDS = {"low": "罚款下限", "high": "罚款上限"}


def register_figures() -> None:
    """Tell the page 标准 every figure of the law, with the rows that hold where no office entered its own."""
    for key in dict.fromkeys(row.key for row in (*SEEDS, *BLANKS)):
        seed = _SEEDS[key]
        standards.register(
            key,
            seed.label or _ENDS.get(key.rpartition(".")[2], "罚款分档"),
            seed.unit,
            part=next(part for begins, part in _PARTS if key.startswith(begins)),
            own=tuple(_law_row(row) for row in SEEDS if row.key == key),
            fixed=key.startswith(NATIONAL),
            refuse=_refuser(seed),
        )


def _law_row(row: Figure) -> LawRow:
    return LawRow(
        row.value, row.article, row.region, row.since, row.until, row.document, row.sure, row.fallback
    )


def _refuser(seed: Figure) -> Callable[[Decimal, str, str], str | None]:
    """What the law says against a value of this kind at a place."""

    def refuse(value: Decimal, region: str, document: str) -> str | None:
        return objection(replace(seed, value=value, region=region, document=document))

    return refuse


def figures_in_force() -> Figures:
    """Every office's figures beside the law's own: whose holds is asked by place and day of a case.

    What the law fixes for the whole country, or an amount outside its band, cannot stand and is left
    out (`law.figures.objection`). Rows of clocks (…_days of services) are of no concern here.
    """
    rows = [_figure(row) for row in Standard.objects.filter(key__in=_SEEDS)]
    return SEEDED.joined(row for row in rows if objection(row) is None)


def _figure(row: Standard) -> Figure:
    seed = _SEEDS[row.key]
    return Figure(
        row.key,
        row.value,
        seed.unit,
        seed.article,
        document=row.document,
        region=row.region_id or "",
        since=row.valid_from,
        until=row.valid_until,
        sure=row.sure,
        label=row.label or seed.label,
    )
