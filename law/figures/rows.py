"""A figure: what it is, where and from when till when it holds, in which unit, by which article."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from law.places import lies_in

# Fixed for the whole country: no province may set them, and no strictest figure stands in for them.
NATIONAL = (
    "crime_land_",
    "crime_transfer_",
    "legal_review",
)
# A province sets its amount inside these (法释〔2016〕25号 arts 3, 6 and 15), in 元.
BANDS = {
    "crime_mining_value": (Decimal(100_000), Decimal(300_000)),
    "crime_mining_value_special": (Decimal(50_000), Decimal(150_000)),
    "crime_destroyed_value": (Decimal(500_000), Decimal(1_000_000)),
    "crime_destroyed_value_special": (Decimal(250_000), Decimal(500_000)),
}


@dataclass(frozen=True, slots=True)
class Figure:
    """One row. `region` "" is the whole country; `fallback` is the strictest figure that stands in for
    a province's own (自然资办函〔2021〕1288号五); what is not `sure` has to be checked before use."""

    key: str
    value: Decimal
    unit: str
    article: str
    document: str = ""
    region: str = ""
    since: date | None = None
    until: date | None = None
    sure: bool = True
    fallback: bool = False
    label: str = ""

    def holds(self, region: str | None, on: date | None) -> bool:
        """Whether it holds at a place on a day; an unknown day meets only what always holds."""
        if not lies_in(region, self.region):
            return False
        if on is None:
            return self.since is None and self.until is None
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)

    @property
    def shown(self) -> str:
        """The value with its unit: 100000元."""
        return f"{plain(self.value)}{self.unit}"

    @property
    def provenance(self) -> str:
        """Where it is from: that a stand-in is one, that a national figure is fixed."""
        if self.key.startswith(NATIONAL):
            return f"全国统一标准（{self.article}）"
        return self.document or self.article


class Figures:
    """Rows by key; the nearest division wins, then the newest."""

    def __init__(self, rows: Iterable[Figure] = ()) -> None:
        self._rows: dict[str, list[Figure]] = {}
        for row in rows:
            self._rows.setdefault(row.key, []).append(row)
        for key, rows in self._rows.items():
            if key.startswith(NATIONAL):
                rows[:] = [row for row in rows if not row.region]
            rows.sort(key=_nearness, reverse=True)

    def get(self, key: str, region: str | None = None, on: date | None = None) -> Figure | None:
        """The row that holds there on that day, None where there is none."""
        for row in self._rows.get(key, ()):
            if row.holds(region, on):
                return row
        return None

    def value(self, key: str, region: str | None = None, on: date | None = None) -> Decimal | None:
        """Its value alone."""
        row = self.get(key, region, on)
        return row.value if row else None

    def joined(self, rows: Iterable[Figure]) -> "Figures":
        """These and more rows: an office's own beside the law's."""
        return Figures([row for several in self._rows.values() for row in several] + list(rows))

    def regions(self) -> list[str]:
        """Divisions that have a row of their own."""
        return sorted({row.region for rows in self._rows.values() for row in rows if row.region})

    def rows(self) -> list[Figure]:
        """Every row, by key."""
        return [row for key in sorted(self._rows) for row in self._rows[key]]


def _nearness(row: Figure) -> tuple[int, date]:
    return len(row.region.rstrip("0")), row.since or date.min


def plain(value: Decimal) -> str:
    """A number without trailing zeros or an exponent: 100000, 0.8."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def objection(row: Figure) -> str | None:
    """Why a row handed in by an office cannot stand, in a sentence; None when it can."""
    if row.region and row.key.startswith(NATIONAL):
        return "法律规定全国统一的，各省不能另定。"
    band = BANDS.get(row.key)
    if band and not band[0] <= row.value <= band[1]:
        low, high = map(plain, band)
        return f"本省数额应在{low}元至{high}元的幅度内（法释〔2016〕25号第三条、第六条、第十五条）。"
    if row.region and not row.document:
        return "请写明文件名称和文号。"
    return None
