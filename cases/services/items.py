"""Penalty items: complete in the shape that their kind wants, and in words."""

from collections.abc import Iterable

from cases.models import Case, Decision, PenaltyItem
from common.errors import Refused
from common.fitting import refuse_too_large
from common.quantities import show_area, show_money, show_tonnes
from law import mitigation
from registry import codes
from registry.models import Party


def checked(case: Case, items: Iterable[dict]) -> list[dict]:
    """Items as rows of the table, each complete in the shape its kind wants; else Refused."""
    if not items:
        raise Refused("请至少填写一项处罚。")
    sides = {each.side for each in case.violations.all()}
    parties = [each.party for each in case.parties.select_related("party")]
    return [_checked_item(dict(item), sides, parties) for item in items]


def _checked_item(item: dict, sides: set[str], parties: list[Party]) -> dict:
    kind = codes.by_code("penalty_kinds")[item["kind"]]
    name = kind["name"]
    if item.get("party") and item["party"] not in parties:
        raise Refused(f"{item['party']}不是本案当事人，请先登记当事人。")
    if not item.get("party") and len(parties) == 1:
        item["party"] = parties[0]
    item["side"] = item.get("side") or _side_of(item, kind, sides)
    if not item["side"]:
        raise Refused(f"“{name}”请选明是占地方面还是采矿方面。")
    wants = {
        "money": (item.get("amount"), "金额"),
        "tonnes": (item.get("tonnes"), "吨数"),
        "items": ((item.get("text") or "").strip(), "物品名称和数量"),
        "square_metres": (item.get("area") or (item.get("text") or "").strip(), "面积"),
        "none": (True, ""),
    }
    value, word = wants[kind["measure"]]
    if not value or (not isinstance(value, str | bool) and value <= 0):
        raise Refused(f"“{name}”请填写{word}，应大于零。")
    refuse_too_large(PenaltyItem, item)
    return item


def _side_of(item: dict, kind: dict, sides: set[str]) -> str:
    if item.get("violation"):
        return item["violation"].side
    if kind["side"] != "both":
        return kind["side"]
    return next(iter(sides)) if len(sides) == 1 else ""


def items_changed(decision: Decision) -> dict:
    """What the trail says of a new decision's items and of what it orders beside them."""
    changes = {"处罚项": ("", [item_words(item) for item in decision.items.all()])}
    if decision.orders:
        changes["责令事项"] = ("", decision.order_labels)
    if reasons := [str(each) for each in decision.opt_outs.all()]:
        changes["没收少于认定的理由"] = ("", reasons)
    if decision.mitigation:
        changes["减轻处罚的情形"] = ("", mitigation.words_of(decision.mitigation))
    if decision.serious:
        changes["情节复杂或者重大"] = ("", True)
    return changes


def item_words(item: PenaltyItem) -> str:
    """One penalty in words: 罚款 84,000元."""
    shown = item.get_kind_display()
    for value, show, unit in (
        (item.amount, show_money, "元"),
        (item.tonnes, show_tonnes, "吨"),
        (item.area, show_area, "平方米"),
    ):
        if value is not None:
            shown += f" {show(value)}{unit}"
    return f"{shown} {item.text}".strip()
