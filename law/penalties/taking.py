"""没收: what the law asks for, what of it a decision lacks, and what it takes without a basis.

罚款≠没收 (自然资办函〔2021〕1288号四; in 四川 川自然资办函〔2021〕203号二（二）).
Exempt everywhere: what must be given back (行政处罚法 art 28(2), 自然资源行政处罚办法 art 14).
"""

from dataclasses import dataclass
from decimal import Decimal

from common.quantities import show_area
from law.facts import NOTHING, Decision, Facts
from law.figures import Figures
from law.penalties.choice import UNSAID, groups
from law.penalties.shape import BUILDINGS, INCOME, LABELS, MINERALS, SOIL, STRUCTURES, TOOLS, Penalty
from law.places import lies_in
from law.words import is_mining

ZERO = Decimal(0)
UNITS = {INCOME: "元", MINERALS: "吨"}
KINDS = (INCOME, MINERALS, TOOLS, STRUCTURES, SOIL)
NATIONAL, SICHUAN = "自然资办函〔2021〕1288号四", "川自然资办函〔2021〕203号二（二）"


def basis(facts: Facts) -> str:
    """The documents that forbid a fine in place of 没收: they speak of mining alone, a province's own in that
    province; "" for land."""
    if not any(is_mining(code) for code in facts.codes):
        return ""
    return f"{NATIONAL}；{SICHUAN}" if lies_in(facts.region, "510000") else NATIONAL


@dataclass(frozen=True, slots=True)
class Gap:
    """A confiscation that the law asks for and the decisions lack.

    What was found and what of it is taken: of income in 元, of ore in the unit of the case's quantity.
    """

    kind: str
    article: str
    found: Decimal | None = None
    taken: Decimal | None = None

    @property
    def label(self) -> str:
        """没收违法所得 …"""
        return LABELS[self.kind]

    @property
    def by_quantity(self) -> bool:
        """Whether some of the ore is taken and not all: only a case kept in the system can tell."""
        return self.kind == MINERALS and bool(self.taken)

    @property
    def words(self) -> str:
        """没收违法所得（认定90,000元，没收1元）; without figures where none are known."""
        if self.found is None:
            return self.label
        unit = UNITS[self.kind]
        taken = f"，没收{show_area(self.taken)}{unit}" if self.taken else ""
        return f"{self.label}（认定{show_area(self.found)}{unit}{taken}）"


def required(facts: Facts, figures: Figures) -> dict[str, str]:
    """Kinds that must be taken in every alternative that may apply, each with its article."""
    articles: dict[str, str] = {}
    for group in groups(facts, figures):
        for kind in KINDS:
            if group and all(kind in penalty.takes for penalty in group):
                articles.setdefault(kind, _articles(group))
    return articles


def _articles(group: list[Penalty]) -> str:
    return "；".join(dict.fromkeys(penalty.article for penalty in group if penalty.article))


def gaps(facts: Facts, figures: Figures) -> list[Gap]:
    """Required kinds that are there to be taken and that no decision takes; what is not known is none."""
    lacking = {INCOME: lacks_income, MINERALS: lacks_ore}
    missing = []
    for kind, article in required(facts, figures).items():
        lacks = lacking[kind](facts) if kind in lacking else lacks_thing(facts, kind)
        if lacks:
            missing.append(Gap(kind, article, *_amounts(kind, facts)))
    return missing


def unsaid(facts: Facts, figures: Figures) -> list[Gap]:
    """Required kinds of which no decision says whether they are taken or were there at all."""
    things = [kind for kind in required(facts, figures) if kind in (TOOLS, STRUCTURES)]
    articles = required(facts, figures)
    return [Gap(kind, articles[kind]) for kind in things if thing_taken(facts, kind) is None]


def _amounts(kind: str, facts: Facts) -> tuple[Decimal | None, Decimal | None]:
    if kind == INCOME:
        return facts.income, income_taken(facts)
    taken = ore_taken(facts) if kind == MINERALS else None
    return (None, None) if taken is None else (ore_found(facts), taken)


def income_taken(facts: Facts) -> Decimal | None:
    """违法所得 that the decisions confiscate, in 元; None where not one of them says."""
    incomes = [each.income for each in facts.decisions if each.income is not None]
    return sum(incomes, ZERO) if incomes else None


def ore_found(facts: Facts) -> Decimal | None:
    """How much ore was mined: the total, or the sum of the batches; None where part isn't known."""
    if not facts.batches:
        return facts.quantity
    parts = [each.quantity for each in facts.batches]
    return None if None in parts else sum(parts, ZERO)


def ore_taken(facts: Facts) -> Decimal | None:
    """How much of it the decisions confiscate; None where not all of them say."""
    amounts = [each.ore for each in facts.decisions]
    return None if None in amounts or not amounts else sum(amounts, ZERO)


def lacks_income(facts: Facts) -> bool | None:
    """Whether less 违法所得 is confiscated than there was; with a reason written down for taking less it
    isn't said how much should have been."""
    if facts.income is None:
        return None
    taken = income_taken(facts)
    if not facts.income or (taken is not None and taken >= facts.income):
        return False
    excused = any(INCOME in each.excused for each in facts.decisions)
    return None if taken is None or excused else True


def thing_taken(facts: Facts, kind: str) -> bool | None:
    """Whether a thing is taken: True also where there is none; False if every decision says so."""
    answers = [getattr(each, kind) for each in facts.decisions]
    if any(answer is True or answer == NOTHING for answer in answers):
        return True
    return None if None in answers or not answers else False


def lacks_thing(facts: Facts, kind: str) -> bool | None:
    """Whether tools or buildings are left."""
    taken = thing_taken(facts, kind)
    return None if taken is None else not taken


def lacks_ore(facts: Facts) -> bool | None:
    """Whether ore is left: worth more than its proceeds, and neither confiscated nor accounted for.

    Sold ore counts as confiscated when its proceeds are: it cannot be taken twice.
    """
    there = ore_left(facts)
    if facts.decisions and thing_taken(facts, MINERALS):
        found, taken = ore_found(facts), ore_taken(facts)
        return there is not False and None not in (found, taken) and taken < found
    if there is None and (facts.market_value or ore_found(facts)) and income_taken(facts) == 0:
        # Sold or not, neither the ore nor its proceeds are taken.
        there = True
    return lacks_thing(facts, MINERALS) if there else there


def ore_left(facts: Facts) -> bool | None:
    """Whether there is ore beyond what was sold and whose proceeds are confiscated."""
    value, income = facts.market_value, facts.income
    if value == 0 or facts.quantity == 0:
        return False
    if value is not None and income is not None and value > income:
        return True
    if income:
        return lacks_income(facts)
    if income is None:
        return None
    return True if value or facts.quantity or any(each.quantity for each in facts.batches) else None


def unfounded(draft: Decision, facts: Facts, figures: Figures) -> list[str]:
    """What a decision takes though no alternative asks for it: goods are without basis (行政处罚法 art 38),
    whether 违法所得 can rest on art 28(2) alone is not settled.

    拆除 and 恢复原状 take nothing: they are ordered beside 没收, or without it (土地管理法 art 77). Proceeds
    of goods stand for the goods.
    """
    every = groups(facts, figures)
    if not every or not all(every) or any(UNSAID in group for group in every):
        return []
    allowed = {kind for group in every for penalty in group for kind in penalty.takes}
    if STRUCTURES in allowed:
        allowed.add(BUILDINGS)
    if allowed & {MINERALS, SOIL}:
        allowed.add(INCOME)
    things = {
        MINERALS: draft.minerals,
        TOOLS: draft.tools,
        BUILDINGS: draft.buildings,
        SOIL: draft.soil,
        INCOME: bool(draft.income),
    }
    return [kind for kind, taken in things.items() if taken is True and kind not in allowed]
