"""The law's figures with those that offices entered: the nearest place wins, then the newest row."""

from accounts.models import Standard
from law.figures import BANDS, SEEDED, SEEDS, Figure, Figures, objection

_SEEDS = {seed.key: seed for seed in reversed(SEEDS)}
# What the law leaves to a province or its document: amounts within their bands (法释〔2016〕25号 art 15), and
# whether the prefecture takes part. What it fixes for the whole country nobody enters.
ENTERED = tuple(_SEEDS[key] for key in (*BANDS, "prefecture_joins"))


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
        sure=row.sure,
        label=row.label or seed.label,
    )
