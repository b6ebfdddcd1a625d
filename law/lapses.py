"""Lapses: what the record of a case shows against the law beside the codes of findings, each by its article.

Days in the wrong order, a penalty without what it rests on, a fine in the place or in the way of a referral,
a file closed with something open. Native: lines and registers carry none of this, and `assess` never says it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from law.crimes import ThresholdTest
from law.facts import Native, Sending, day_of
from law.findings import Case, Level
from law.findings.shape import articles
from law.gates import gate
from law.large_fines import weighs
from law.penalties import gaps
from law.penalties.taking import basis
from law.words import is_measured

REFERRAL_RULES = "行政执法机关移送涉嫌犯罪案件的规定（国务院令第310号）"
CLOSING = "自然资源行政处罚办法第四十六条第一款第（四）项"
CONFISCATING = "行政处罚法第二十八条第二款"


@dataclass(frozen=True, slots=True)
class Lapse:
    """A row: how it binds, by which article, in which sentence, and whether it holds."""

    level: Level
    article: str
    because: str
    check: Callable[[Case, Native], bool]


def lapses(case: Case) -> dict[str, str]:
    """What holds of a case, by code, with its article; nothing where it isn't kept here."""
    native = case.facts.native
    if native is None:
        return {}
    return {code: _article(code, case) for code, row in LAPSES.items() if row.check(case, native)}


def _article(code: str, case: Case) -> str:
    """A confiscation's and a threshold's own where there is one, else the row's."""
    own = [each.article for each in _gaps(case)] if code in TAKING else []
    if code in TAKING:
        own.append(basis(case.facts))
    if code == "examine_land":
        own = [articles(_by_area(case))]
    return "；".join(dict.fromkeys(filter(None, own))) or LAPSES[code].article


def _before(day: date | None, other: date | None) -> bool:
    return bool(day and other and day < other)


def _decided_before_filing(case: Case, native: Native) -> bool:
    filed = day_of(case.facts.steps.filed)
    return any(_before(each.on, filed) for each in native.rulings)


def _served_before_decision(case: Case, native: Native) -> bool:
    return any(_before(each.served, each.on) for each in native.rulings)


def _paid_before_decision(case: Case, native: Native) -> bool:
    return any(_before(each.paid, each.on) for each in native.rulings)


def _sent_before_approval(case: Case, native: Native) -> bool:
    return any(_before(each.sent, each.approved) for each in native.sendings)


def _answered_before_sending(case: Case, native: Native) -> bool:
    return any(_before(day, each.sent) for each in native.sendings for day in (each.received, each.answered))


def _fined(case: Case) -> list[date]:
    return [day for each in case.facts.decisions if each.fine and (day := day_of(each.on))]


def _fined_unreferred(case: Case, native: Native) -> bool:
    return case.must_refer and bool(_fined(case))


def _fined_while_referred(case: Case, native: Native) -> bool:
    return any(_with_police(each, day) for day in _fined(case) for each in native.sendings)


def _with_police(sending: Sending, day: date) -> bool:
    """Between the sending and its coming back, one of five ways. Days have no hours: of a fine on the very
    day of either it isn't known whether it came first, and an earlier one may be (310号令 art 11③)."""
    sent = sending.sent
    return sent is not None and day > sent and (sending.freed is None or day < sending.freed)


def _fined_first(case: Case, native: Native) -> bool:
    sent, fined = [each.sent for each in native.sendings if each.sent], _fined(case)
    return bool(sent and fined) and min(fined) < min(sent)


def _without_finding(case: Case, native: Native) -> bool:
    return bool(native.rulings) and native.found is False and is_measured(case.facts.codes)


def _undiscussed(case: Case, native: Native) -> bool:
    return any(weighs(each, case.figures, case.facts.region) for each in native.undiscussed)


def _one_handler(case: Case, native: Native) -> bool:
    return bool(native.rulings) and native.handlers is not None and native.handlers < 2


def _gaps(case: Case) -> list:
    return gaps(case.facts, case.figures) if case.facts.decisions else []


def _nothing_taken(case: Case, native: Native) -> bool:
    return any(not gap.taken for gap in _gaps(case))


def _taken_in_part(case: Case, native: Native) -> bool:
    return any(gap.taken for gap in _gaps(case))


def _unexamined(case: Case, native: Native) -> bool:
    return bool(_by_area(case))


def _by_area(case: Case) -> list[ThresholdTest]:
    return case.unanswered([test for test in case.threshold_tests if test.by_area_alone])


def _unpaid(case: Case, native: Native) -> bool:
    return native.closed and bool(native.unpaid)


def _undone(case: Case, native: Native) -> bool:
    return native.closed and bool(native.undone)


BLOCK, WARN = Level.BLOCK, Level.WARN
TAKING = ("no_confiscation", "less_confiscation")
LAPSES: dict[str, Lapse] = {
    "examine_land": Lapse(
        WARN,
        "行政处罚法第四十条",
        "面积已达移送标准，须鉴定种植条件是否严重毁坏。",
        _unexamined,
    ),
    "no_confiscation": Lapse(BLOCK, CONFISCATING, "应当没收的没有没收，不能以罚款代替。", _nothing_taken),
    "less_confiscation": Lapse(BLOCK, CONFISCATING, "没收的少于认定的。", _taken_in_part),
    "fined_unreferred": Lapse(BLOCK, gate("G18").article, gate("G18").sentence, _fined_unreferred),
    "fined_while_referred": Lapse(BLOCK, gate("G19").article, gate("G19").sentence, _fined_while_referred),
    "fined_first": Lapse(
        WARN,
        f"行政处罚法第二十七条第一款、第三十五条第二款；{REFERRAL_RULES}第十一条",
        "先罚款，后移送；已缴的罚款在判处罚金时折抵。",
        _fined_first,
    ),
    "without_finding": Lapse(
        BLOCK,
        "行政处罚法第四十条、第五十七条",
        "没有认定占地面积或者开采数量，就作出了处罚决定。",
        _without_finding,
    ),
    "undiscussed": Lapse(
        BLOCK,
        gate("G11").article,
        "情节复杂或者重大、较大数额罚款、减轻处罚的，作出决定以前没有集体讨论的记录。",
        _undiscussed,
    ),
    "one_handler": Lapse(
        WARN, "行政处罚法第四十二条第一款；自然资源行政处罚办法第十七条", "承办人不足两名。", _one_handler
    ),
    "decided_before_filing": Lapse(
        BLOCK,
        "行政处罚法第五十四条、第五十七条；自然资源行政处罚办法第十六条",
        "处罚决定的日期早于立案日期。",
        _decided_before_filing,
    ),
    "served_before_decision": Lapse(
        WARN, "行政处罚法第六十一条", "送达日期早于处罚决定日期。", _served_before_decision
    ),
    "paid_before_decision": Lapse(
        WARN, "行政处罚法第六十七条", "缴款日期早于处罚决定日期。", _paid_before_decision
    ),
    "sent_before_approval": Lapse(
        WARN, f"{REFERRAL_RULES}第五条", "移送日期早于负责人批准移送的日期。", _sent_before_approval
    ),
    "answered_before_sending": Lapse(
        WARN,
        f"{REFERRAL_RULES}第七条、第八条",
        "公安机关接收或者答复的日期早于移送日期。",
        _answered_before_sending,
    ),
    "unpaid_at_closing": Lapse(WARN, CLOSING, "结案时罚没款没有缴清。", _unpaid),
    "not_carried_out": Lapse(WARN, CLOSING, "结案时没收、拆除或者恢复原状没有执行完。", _undone),
}
