"""One amount held against one figure."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from common.quantities import show_area
from common.workdays import add_months
from law.figures import Figure

MU = Decimal(2000) / Decimal(3)
"""平方米 of one 亩."""
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class ThresholdTest:
    """`amount` against `limit`. `certain` is the part of the amount that is no estimate; `open` names
    what must be found out before the figure counts as reached (种植条件); `group` is mining or land."""

    group: str
    what: str
    amount: Decimal
    limit: Figure
    certain: Decimal
    sure: bool = True
    open: str = ""
    times: Decimal | None = None
    note: str = ""

    @property
    def met(self) -> bool:
        """Reached beyond doubt. “以上” includes the number itself."""
        return self.sure and not self.open and self.certain >= self.limit.value

    @property
    def suspected(self) -> bool:
        """Reached by an estimate, or by a test of which it is not settled whether it applies."""
        return not self.met and not self.open and self.amount >= self.limit.value

    @property
    def by_area_alone(self) -> bool:
        """Reached, but the destruction is not established."""
        return bool(self.open) and self.amount >= self.limit.value

    def rises_over(self, then: "ThresholdTest | None") -> bool:
        """Whether it says more than it did then (None: it wasn't there): reached now only, or by more."""
        if then is None:
            return True
        if self.met:
            return not then.met or self.certain > then.certain
        return self.amount > then.amount

    def near(self, share: Decimal) -> bool:
        """In [share, 1) of the figure."""
        return self.limit.value * share <= self.amount < self.limit.value

    @property
    def serious(self) -> bool:
        """Five times the figure beyond doubt (法释〔2016〕25号 art 3②), where that test knows such."""
        return self.sure and self.times is not None and self.certain >= self.limit.value * self.times

    @property
    def perhaps_serious(self) -> bool:
        """Five times the figure only with what is still to be identified."""
        return self.times is not None and not self.serious and self.amount >= self.limit.value * self.times

    @property
    def sentence(self) -> str:
        """矿产品价值150,000元，达到100,000元."""
        if self.group == "eco":
            return self.what + self.note
        word = "达到" if self.amount >= self.limit.value else "未达到"
        amount, limit = show_area(self.amount), show_area(self.limit.value)
        return f"{self.what}{amount}{self.limit.unit}，{word}{limit}{self.limit.unit}{self.note}"

    def figures(self) -> dict[str, object]:
        """What a finding hands on."""
        limit = self.limit
        return {
            "key": limit.key,
            "amount": self.amount,
            "limit": limit.value,
            "unit": limit.unit,
            "source": limit.provenance,
            "sure": limit.sure and self.sure,
        }


def mu(area: Decimal) -> Decimal:
    """平方米 in 亩 for showing, to the hundredth."""
    return (area / MU).quantize(_CENT)


def square_metres(area: Decimal) -> Decimal:
    """亩 in 平方米 (1亩 = 2000/3㎡)."""
    return area * 2000 / 3


def within_years(earlier: date, later: date, years: Decimal) -> bool:
    """Whether `later` is at most so many years after `earlier`; the day itself still counts."""
    return later <= add_months(earlier, int(years) * 12)
