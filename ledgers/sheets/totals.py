"""小计 and 合计 rows: known for what they are, never data, and added up again.

A total may stand below its rows or above them, for a block, for one county or for the whole sheet.
It is believed if it agrees with any of the sums it can mean; only then is it worth a warning.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from common.words import fold, squeeze

_TOTAL = re.compile(
    r"(?P<whose>.{0,20}?)(?P<word>本页小计|小计|合计|总计|共计|累计|总合计)[:]?(?:\(?共?[0-9]+[^0-9]{0,4})?"
)


def total_word(texts: list[str]) -> tuple[str, str] | None:
    """(小计 or 合计…, whose) if the words left of the figures make the row a total."""
    for text in texts:
        match = _TOTAL.fullmatch(squeeze(text))
        if match:
            return match["word"], match["whose"]
    return None


@dataclass(frozen=True)
class Total:
    """A total row: its workbook row, how many data rows stood above it, what is printed."""

    row: int
    position: int
    word: str
    county: str
    printed: dict[str, Decimal]


class Adder:
    """Running sums of a sheet's data rows; a cell that holds no number leaves a gap."""

    def __init__(self, keys: tuple[str, ...]):
        self.keys = keys
        self.sums: dict[str, list[Decimal]] = {key: [Decimal(0)] for key in keys}
        self.gaps: dict[str, list[int]] = {key: [0] for key in keys}
        self.counties: dict[str, dict[str, Decimal]] = {}
        self.totals: list[Total] = []
        self.count = 0

    def add(self, values: dict, unread: set[str]) -> None:
        """Count a data row, rejected or not: the printed total counts it too."""
        self.count += 1
        county = self.counties.setdefault(fold(values.get("county")), {})
        for key in self.keys:
            value = Decimal(values.get(key) or 0)
            self.sums[key].append(self.sums[key][-1] + value)
            self.gaps[key].append(self.gaps[key][-1] + (key in unread))
            county[key] = county.get(key, Decimal(0)) + value

    def add_total(self, row: int, word: str, county: str, printed: dict[str, Decimal]) -> None:
        self.totals.append(Total(row, self.count, word, fold(county), printed))

    def disagreements(self) -> list[tuple[int, str, Decimal, Decimal]]:
        """(workbook row, key, printed, added up) for each figure that no sum explains."""
        faults = []
        for place, total in enumerate(self.totals):
            for key, printed in total.printed.items():
                if self.gaps[key][-1]:
                    continue
                meanings = self._meanings(place, total, key)
                if printed not in meanings:
                    faults.append((total.row, key, printed, meanings[0]))
        return faults

    def _meanings(self, place: int, total: Total, key: str) -> list[Decimal]:
        """The sums a total can mean, the likeliest first."""
        sums = self.sums[key]
        before = self.totals[place - 1].position if place else 0
        after = self.totals[place + 1].position if place + 1 < len(self.totals) else self.count
        above = sums[total.position] - sums[before]
        below = sums[after] - sums[total.position]
        whole = [sums[total.position], sums[-1]] if total.position else [sums[-1]]
        block = [above, below] if total.position > before else [below, above]
        if total.county in self.counties and total.county:
            block.insert(0, self.counties[total.county].get(key, Decimal(0)))
        if not total.word.endswith("小计"):
            return whole + block
        # A 小计 right behind another total has no block of its own: it sums up what was before.
        return block if total.position > before or after > total.position else block + whole
