"""The shapes: a row of the table, and what it makes of one case."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

INCOME, MINERALS, TOOLS, STRUCTURES, SOIL = "income", "minerals", "tools", "structures", "soil"
BUILDINGS = (
    "buildings"  # of STRUCTURES what is confiscated: 拆除 and 恢复原状 are no 没收 (土地管理法 art 77)
)
LABELS = {
    INCOME: "没收违法所得",
    MINERALS: "没收违法采出的矿产品",
    TOOLS: "没收直接用于违法行为的工具、设备",
    STRUCTURES: "拆除或者没收新建的建筑物和其他设施",
    BUILDINGS: "没收新建的建筑物和其他设施",
    SOIL: "没收非法出售、购买的黑土等其他非法财物",
}
# Bases of a fine
FIXED, VALUE, PROCEEDS, LOSS, AREA, VOLUME = "fixed", "value", "income", "loss", "area", "volume"
ARABLE_FEE, RECLAIM_FEE, REPAIR_FEE = "fee_arable", "fee_reclaim", "fee_repair"
# Conditions under which a row speaks at all …
RIGHT, NO_RIGHT, RUINED, INTACT, NO_PROCEEDS = "right", "no_right", "ruined", "intact", "no_proceeds"
# (at once, or only where the order to mend was refused; on whom)
UNREFUSED, PERSISTED, UNIT, PERSON = "unrefused", "persisted", "unit", "person"
# … and those under which it fines and takes.
REFUSED, DESTROYED = "refused", "destroyed"


@dataclass(frozen=True, slots=True)
class Rule:
    """A row: for these violations, from this day till that, this is taken and fined so.

    `fine` is a key of `law.figures` (None: the interval is not held), `small` the one below 10万元;
    `without` a province's own where there is no 违法所得. `optional` is 可以并处. `unfined`: the article
    knows no fine.
    """

    codes: tuple[str, ...]
    article: str
    since: date
    until: date
    takes: tuple[str, ...] = ()
    fine: str | None = None
    base: str = FIXED
    small: str = ""
    without: str = ""
    optional: bool = False
    unfined: bool = False
    when: str = ""
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Penalty:
    """A row applied to a case: `low` to `high` in 元, `high` None where it cannot be told. Not
    `bounds_known`: nothing can be said of the fine. Not `fined`: there is no basis for one."""

    article: str
    takes: frozenset[str] = frozenset()
    low: Decimal = Decimal(0)
    high: Decimal | None = None
    optional: bool = False
    fined: bool = True
    bounds_known: bool = True
    sure: bool = True

    def accepts(self, fine: Decimal) -> bool:
        """Whether a fine (元) lies inside; none at all where it is 可以并处 or has no basis."""
        if not self.bounds_known:
            return True
        if not fine:
            return self.optional or not self.fined or not self.low
        return self.fined and self.low <= fine and (self.high is None or fine <= self.high)

    @property
    def least(self) -> Decimal:
        """What must be fined at least, in 元."""
        return self.low if self.bounds_known and self.fined and not self.optional else Decimal(0)
