"""Facts of the decision, of payment and of closing."""

from collections.abc import Iterable
from dataclasses import replace

from law.facts import Decision, Facts
from law.figures import Figures
from law.findings.probes.shape import HUGE, ONE, ZERO, Probe, simple
from law.words import CARRIED_OUT


def _decision_fact(field: str, fact: str, label: str, tries: tuple, groups: str) -> Probe:
    def lacks(decision: Decision) -> bool:
        return getattr(decision, field) is None

    def unknown(facts: Facts) -> bool:
        return any(lacks(each) for each in facts.decisions)

    def values(facts: Facts, figures: Figures) -> Iterable[Facts]:
        for value in tries:
            rows = (replace(each, **{field: value}) if lacks(each) else each for each in facts.decisions)
            yield facts.varied(decisions=tuple(rows))

    return Probe(f"decision.{fact}", label, tuple(groups.split()), unknown, values, _graver_takings)


def _graver_takings(facts: Facts) -> Facts:
    """Something was there to be taken: ore, and proceeds of it."""
    ore = {"value": HUGE} if facts.value is None and not facts.batches else {}
    proceeds = {"illegal_income": ONE} if facts.income is None else {}
    return facts.varied(**ore, **proceeds)


def _closing_unknown(facts: Facts) -> bool:
    return facts.closing is None and facts.closed


OUTCOME = (
    _decision_fact("fine", "fine", "罚款数额", (ONE, HUGE), "taking fine ending"),
    _decision_fact("income", "confiscated_income", "没收违法所得数额", (ZERO, HUGE), "taking ending"),
    _decision_fact("minerals", "confiscated_minerals", "是否没收矿产品", (True, False), "taking ending"),
    _decision_fact("tools", "confiscated_tools", "是否没收工具设备", (True, False), "taking ending"),
    _decision_fact("structures", "restoration", "是否责令拆除或者没收建筑物", (True, False), "taking ending"),
    simple("paid", "已缴款", "ending", "paid", (ZERO,), lambda facts: facts.closing == CARRIED_OUT),
    Probe(
        "closing",
        "结案方式",
        ("ending",),
        _closing_unknown,
        lambda facts, figures: (facts.varied(closing=CARRIED_OUT),),
    ),
)
