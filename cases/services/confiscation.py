"""罚款≠没收: what was unlawfully gained or mined is confiscated, never replaced by a fine.

川自然资办函〔2021〕203号二（二）“不得以罚款代替没收违法所得”；自然资办函〔2021〕1288号四“对违法所得和违法采出
矿产品依法没收，不得以罚款代替没收”.
"""

from cases.models import DecisionState

ARTICLE = (
    "“不得以罚款代替没收违法所得”（川自然资办函〔2021〕203号二（二））；"
    "“对违法所得和违法采出矿产品依法没收，不得以罚款代替没收”（自然资办函〔2021〕1288号四）"
)


def lacking(case, items, opt_out_reason: str = "") -> list[str]:
    """What was found and is not confiscated by `items` nor by a standing decision of the case.

    `items` are PenaltyItem objects or the dicts a form gives. Where the minerals were sold and
    their proceeds are confiscated, a written reason (what became of them) stands for the
    minerals themselves; nothing stands for illegal income.
    """
    findings = case.minerals_now()
    taken = {_kind(item) for item in (*items, *_standing_items(case)) if _counts(item)}
    sold = any((row.illegal_income or 0) > 0 for row in findings)
    missing = []
    if sold and "confiscate_income" not in taken:
        missing.append("没收违法所得")
    mined = any((row.tonnes or 0) > 0 or (row.volume or 0) > 0 for row in findings)
    replaced = sold and "confiscate_income" in taken and opt_out_reason.strip()
    if mined and "confiscate_minerals" not in taken and not replaced:
        missing.append("没收违法采出的矿产品")
    return missing


def sentence(missing: list[str]) -> str:
    """Why the decision is refused and what to do."""
    lack = "、".join(missing)
    return (
        f"已认定违法所得或违法采出的矿产品，处罚项中没有{lack}，不能呈批。请补上{lack}的处罚项；"
        "矿产品已销售、没收违法所得的，请写明矿产品去向。"
        f"依据：{ARTICLE}。"
    )


def _standing_items(case):
    return [
        item
        for decision in case.decisions.all()
        if decision.state == DecisionState.MADE
        for item in decision.items.all()
    ]


def _kind(item):
    return item["kind"] if isinstance(item, dict) else item.kind


def _counts(item):
    """A confiscation of nothing confiscates nothing."""
    get = item.get if isinstance(item, dict) else lambda name: getattr(item, name)
    if _kind(item) == "confiscate_income":
        return (get("amount") or 0) > 0
    if _kind(item) == "confiscate_minerals":
        return (get("tonnes") or 0) > 0 or bool((get("text") or "").strip())
    return True
