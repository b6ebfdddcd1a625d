"""Every amount, threshold, multiple and count of days that the law's rules use, as dated rows.

Rules never hold a number: they ask `Figures.get(key, region, on)`. The law's own rows are `SEEDS`; an
office's rows (a province's amount with its document) are handed in with `SEEDED.joined(rows)`.
"""

from law.figures.rows import BANDS, NATIONAL, Figure, Figures, objection
from law.figures.seeds import BLANKS, SEEDED, SEEDS

__all__ = ["BANDS", "BLANKS", "NATIONAL", "SEEDED", "SEEDS", "Figure", "Figures", "objection"]
