"""What the decision takes and fines, and whether the prefecture took part."""

import re
from decimal import Decimal

from law.facts import Facts, day_of
from law.figures.rows import plain
from law.findings.shape import Case, Finding
from law.penalties import INCOME, Gap, Verdict, gaps, verdicts
from law.penalties.taking import basis
from law.windows import act_days, window
from law.words import is_mining, mineral

MITIGATING = "行政处罚法第三十条、第三十二条"
# Articles 30 to 32 by number, and what their items name.
_GROUND = re.compile(
    r"第?(三十|30|三十一|31|三十二|32)条|(三十|三十二|30|32)[（(条]|处罚法3[0-2]|周岁|未成年|胁迫|诱骗|主动|供述|立功"
    r"|(消除|减轻).*(后果|危害)|精神病|智力残疾"
)
LARGE_ENOUGH = ("大型", "中型")


def fine_for_confiscation(case: Case) -> Finding | None:
    """FINE_FOR_CONFISCATION: a fine, and a 没收 that the law asks for left out."""
    facts = case.facts
    if not any(each.fine for each in facts.decisions):
        return None
    missing = [gap for gap in gaps(facts, case.figures) if not gap.by_quantity]
    if not missing:
        return None
    lacking = "、".join(gap.label + _amounts(gap) for gap in missing)
    articles = "；".join(dict.fromkeys(filter(None, [*(gap.article for gap in missing), basis(facts)])))
    because = f"处罚决定有罚款，缺少{lacking}，不能以罚款代替没收。"
    figures = tuple({"kind": gap.kind, **_found(gap)} for gap in missing)
    return Finding("FINE_FOR_CONFISCATION", articles, because, figures)


def _found(gap: Gap) -> dict[str, object]:
    """Of income alone: how much ore a decision takes no line or register says."""
    known = gap.kind == INCOME
    return {"found": gap.found if known else None, "taken": gap.taken if known else None}


def _amounts(gap: Gap) -> str:
    if gap.kind != INCOME or gap.found is None:
        return ""
    return f"（认定{plain(gap.found)}元，没收{plain(gap.taken)}元）"


def names_ground(text: str) -> bool:
    """Whether a text names a ground of 减轻 (行政处罚法 arts 30 to 32)."""
    return bool(_GROUND.search(text))


def fine_out_of_range(case: Case) -> Finding | None:
    """FINE_OUT_OF_RANGE: outside the interval, and no ground of 减轻 named for a lower one."""
    facts = case.facts
    wrong = [
        verdict
        for decision in facts.decisions
        for verdict in verdicts(decision, facts, case.figures)
        if not (verdict.inside or (verdict.too_low and names_ground(decision.mitigation)))
    ]
    return _out_of_range(wrong, to_check(facts)) if wrong else None


def to_check(facts: Facts) -> str:
    """What has to be looked up by hand in the version of the law that holds: a text that isn't held."""
    held = {window(code, on).note for code in facts.codes for on in act_days(code, facts)}
    return "".join(f"（{note}）" for note in sorted(filter(None, held)))


def _out_of_range(wrong: list[Verdict], note: str) -> Finding:
    because = "；".join(f"罚款{plain(each.fine)}元，{against(each)}" for each in wrong) + f"{note}。"
    figures = tuple({"fine": each.fine, "low": each.low, "high": each.high, "unit": "元"} for each in wrong)
    articles = "；".join(dict.fromkeys([*(each.article for each in wrong), MITIGATING]))
    return Finding("FINE_OUT_OF_RANGE", articles, because, figures)


def against(verdict: Verdict) -> str:
    """What a fine lacks against its interval, in words."""
    if verdict.unfounded:
        return "所适用的条款没有罚款或者尚不具备罚款条件（拒不改正等）"
    if len(verdict.spans) > 1 and not verdict.too_low:
        each = "；".join(f"{article}{_span(low, high)}" for low, high, article in verdict.spans)
        return f"不在任何一个可能适用的法定幅度内（{each}）"
    ground = "，也没有写明减轻处罚的法定情形" if verdict.too_low else ""
    return f"不在法定幅度内（{_span(verdict.low, verdict.high)}）{ground}"


def _span(low: Decimal, high: Decimal | None) -> str:
    return f"最低{plain(low)}元" + ("" if high is None else f"，最高{plain(high)}元")


def important(facts: Facts) -> bool | None:
    """战略性矿产, one of the 34, or a mine of 中型以上; None where the mineral isn't known."""
    if facts.mine_scale in LARGE_ENOUGH:
        return True
    if not facts.mineral:
        return None
    listed = mineral(facts.mineral)
    return listed.important if listed else False


def _asked_in_time(facts: Facts) -> bool:
    """Nobody takes part in a case that is decided; on one and the same day it isn't known which was first."""
    asked = day_of(facts.steps.joined)
    return asked is not None and (facts.decided_on is None or asked <= facts.decided_on)


def prefecture_must_join(case: Case) -> Finding | None:
    """PREFECTURE_MUST_JOIN: where a document switches the rule on; 报请参与 meets it."""
    facts = case.facts
    if facts.took_part or _asked_in_time(facts) or not any(is_mining(code) for code in facts.codes):
        return None
    # The rule in force while the case was worked on: a document does not reach back to closed files.
    on = day_of(facts.steps.closed) or facts.judged_on
    rule = case.figures.get("prefecture_joins", facts.region, on)
    if rule is None or not rule.value or not important(facts):
        return None
    what = f"{facts.mine_scale}矿山" if facts.mine_scale in LARGE_ENOUGH else f"矿种为{facts.mineral}"
    asked = day_of(facts.steps.joined)
    seen = f"{asked}才报请参与，晚于处罚决定" if asked else "未见参与或者报请参与的记录"
    because = f"{what}，市级须参与案件查处，{seen}。"
    return Finding(
        "PREFECTURE_MUST_JOIN", rule.article, because, ({"source": rule.provenance, "sure": rule.sure},)
    )
