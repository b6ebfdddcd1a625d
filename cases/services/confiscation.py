"""罚款≠没收: what was unlawfully gained or mined is confiscated, never replaced by a fine.

Which kinds are to be confiscated the law says, by violation and the day of the act (`law.penalties`);
how much was found and taken of each, the tables.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from cases import assessing
from cases.models import Case, PenaltyItem
from cases.services.dues import standing_decisions, standing_items
from common.errors import Refused
from common.quantities import show_area
from law import penalties
from law.facts import Facts
from law.figures import Figures
from law.places import lies_in

NATIONAL = "“对违法所得和违法采出矿产品依法没收，不得以罚款代替没收”（自然资办函〔2021〕1288号四）"
SICHUAN = "“不得以罚款代替没收违法所得”（川自然资办函〔2021〕203号二（二））"
PROVINCE = "510000"
INCOME, MINERALS = "confiscate_income", "confiscate_minerals"
LABELS = {INCOME: "没收违法所得", MINERALS: "没收违法采出的矿产品"}
# What the law calls them.
BY_LAW = {INCOME: penalties.INCOME, MINERALS: penalties.MINERALS}
AMOUNTS = {INCOME: ("amount", "元"), MINERALS: ("tonnes", "吨")}


@dataclass(frozen=True)
class Gap:
    """What was found of one kind and what of it is confiscated, in the kind's unit."""

    kind: str
    found: Decimal
    taken: Decimal

    @property
    def words(self) -> str:
        """没收违法所得（认定90000元，没收1元）; without figures where nothing is confiscated."""
        unit = AMOUNTS[self.kind][1]
        shown = f"认定{_shown(self.found)}{unit}"
        if self.taken:
            shown += f"，没收{_shown(self.taken)}{unit}"
        return f"{LABELS[self.kind]}（{shown}）"


def _shown(value: Decimal) -> str:
    return show_area(value)


@dataclass(frozen=True)
class Asked:
    """The kinds that the law of a case confiscates, each with its article, and the documents of the place."""

    kinds: dict[str, str]
    documents: str

    @property
    def article(self) -> str:
        """Every article and document, each once."""
        return "；".join(dict.fromkeys([*self.kinds.values(), self.documents]))


def asked(case: Case) -> Asked:
    """What the law confiscates in a case as the tables stand."""
    return asked_in(assessing.facts_of(case), assessing.figures_in_force())


def asked_in(facts: Facts, figures: Figures) -> Asked:
    """The same by facts that were read already: what every version and reading of the law takes."""
    required = penalties.required(facts, figures)
    kinds = {kind: required[law] for kind, law in BY_LAW.items() if law in required}
    return Asked(kinds, f"{SICHUAN}；{NATIONAL}" if lies_in(facts.region, PROVINCE) else NATIONAL)


def gaps(case: Case, items: Iterable[PenaltyItem | dict], law: Asked) -> list[Gap]:
    """Kinds asked for of which `items` and the decisions that stand confiscate less than was found.

    `items` are PenaltyItem objects or the dicts a form gives.
    """
    findings, every = case.minerals_now(), [*items, *standing_items(case)]
    by_kind = {
        INCOME: sum((row.illegal_income or Decimal(0) for row in findings), Decimal(0)),
        MINERALS: sum((row.tonnes or Decimal(0) for row in findings), Decimal(0)),
    }
    taken = {kind: _taken(every, kind) for kind in by_kind}
    return [Gap(kind, by_kind[kind], taken[kind]) for kind in law.kinds if taken[kind] < by_kind[kind]]


def _taken(items: Iterable[PenaltyItem | dict], kind: str) -> Decimal:
    field = AMOUNTS[kind][0]
    return sum((_get(item, field) or Decimal(0) for item in items if _get(item, "kind") == kind), Decimal(0))


def _get(item: PenaltyItem | dict, name: str) -> Decimal | str | None:
    return item.get(name) if isinstance(item, dict) else getattr(item, name)


def lacking(case: Case, items: Iterable[PenaltyItem | dict], law: Asked, reason: str = "") -> list[Gap]:
    """What was found and is not confiscated at all.

    Where the minerals were sold and their proceeds are confiscated, a written reason (what became
    of them) stands for the minerals themselves; nothing stands for illegal income.
    """
    none = {gap.kind: gap for gap in gaps(case, items, law) if not gap.taken}
    sold = any((row.illegal_income or 0) > 0 for row in case.minerals_now())
    if sold and INCOME not in none and _written(case, reason):
        none.pop(MINERALS, None)
    return list(none.values())


def short(case: Case, items: Iterable[PenaltyItem | dict], law: Asked, reason: str = "") -> list[Gap]:
    """What is confiscated in part only, with no reason written down."""
    if _written(case, reason):
        return []
    return [gap for gap in gaps(case, items, law) if gap.taken]


def _written(case: Case, reason: str) -> bool:
    """A reason now, or in a decision that stands."""
    return any(
        text.strip() for text in (reason, *(decision.opt_out_reason for decision in standing_decisions(case)))
    )


def refuse(case: Case, items: Iterable[PenaltyItem | dict], reason: str = "", advice: str = "") -> None:
    """Refuse a decision that leaves out a confiscation, or cuts it short without a reason."""
    law = asked(case)
    if missing := lacking(case, items, law, reason):
        lack = "、".join(gap.words for gap in missing)
        raise Refused(
            f"处罚项中没有{lack}，不能呈批。请补上处罚项；"
            "矿产品已销售、没收违法所得的，请写明矿产品去向。"
            f"依据：{law.article}。{advice}",
            (("处罚项", "items"),),
        )
    if cut := short(case, items, law, reason):
        lack = "、".join(gap.words for gap in cut)
        raise Refused(
            f"没收少于认定：{lack}。请按认定没收，或者写明没收少于认定的理由。依据：{law.article}。{advice}",
            (("处罚项", "items"),),
        )
