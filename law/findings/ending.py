"""Closed as 执行完毕 while something is open (办法 art 46①(四))."""

from decimal import Decimal

from law.facts import Facts
from law.figures.rows import plain
from law.findings.shape import Case, Finding
from law.words import CARRIED_OUT

ARTICLE = "自然资源行政处罚办法第四十六条第一款第（四）项"
ZERO = Decimal(0)


def due(facts: Facts) -> Decimal:
    """Fine and confiscated income of all decisions, as far as known, in 元."""
    return sum(((each.fine or ZERO) + (each.income or ZERO) for each in facts.decisions), ZERO)


def closed_unpaid(case: Case) -> Finding | None:
    """CLOSED_UNPAID: closed as carried out while less is paid than fined and confiscated."""
    facts = case.facts
    owed = due(facts)
    if facts.closing != CARRIED_OUT or facts.paid is None or facts.paid >= owed:
        return None
    because = f"应缴{plain(owed)}元，已缴{plain(facts.paid)}元，尚未缴清，不能按执行完毕结案。"
    figures = {"due": owed, "paid": facts.paid, "unit": "元"}
    return Finding("CLOSED_UNPAID", ARTICLE, because, (figures,))


def open_things(facts: Facts) -> list[str]:
    """What is to be taken or pulled down and has no day on which it was done."""
    steps = facts.steps
    words = []
    goods = any(True in (each.minerals, each.tools, each.soil) for each in facts.decisions)
    if goods and not (steps.handed_over or steps.carried_out):
        words.append("没收的矿产品、工具设备等财物")
    if any(each.structures is True for each in facts.decisions) and not steps.carried_out:
        words.append("拆除、没收建筑物或者恢复原状")
    return words


def left_to_pay(facts: Facts) -> Decimal:
    """What is still to be paid in 元, item by item where the case is kept in the system; never below zero."""
    kept = facts.native
    if kept is not None and kept.unpaid is not None:
        return kept.unpaid
    return max(due(facts) - (facts.paid or ZERO), ZERO)


def left_open(facts: Facts) -> list[str]:
    """The same item by item, where the case is kept in the system."""
    kept = facts.native
    return open_things(facts) if kept is None or kept.undone is None else list(kept.undone)


def closed_not_carried_out(case: Case) -> Finding | None:
    """CLOSED_NOT_CARRIED_OUT: closed as carried out while things, 拆除 or 恢复 are open."""
    words = open_things(case.facts)
    if case.facts.closing != CARRIED_OUT or not words:
        return None
    because = f"{'、'.join(words)}没有执行（移交、完成）的记录，不能按执行完毕结案。"
    return Finding("CLOSED_NOT_CARRIED_OUT", ARTICLE, because)
