"""The figures of a finding in words: each with its name and unit, in the order in which people ask."""

from decimal import Decimal, InvalidOperation

from common.quantities import show_area
from law.penalties.shape import LABELS

AMOUNT = (("amount", "查明", ""), ("limit", "标准", ""))
WORDS: dict[str, tuple[tuple[str, str, str], ...]] = {
    **dict.fromkeys(
        ("MUST_REFER", "CLOSED_WITHOUT_REFERRAL", "SUSPECT_REFERRAL", "NEAR_REFERRAL", "ESPECIALLY_SERIOUS"),
        AMOUNT,
    ),
    "REPEAT_OFFENDER": (("count", "已受处罚", ""), ("limit", "标准", "")),
    "FINE_FOR_CONFISCATION": (("found", "认定", "元"), ("taken", "没收", "元")),
    "FINE_OUT_OF_RANGE": (("fine", "罚款", ""), ("low", "法定最低", ""), ("high", "法定最高", "")),
    "NOTICE_MISSING": (
        ("noticed", "告知送达", ""),
        ("days", "期限", "个工作日"),
        ("last", "届满", ""),
        ("decided", "处罚决定", ""),
    ),
    "DECISION_OVERDUE": (
        ("filed", "立案", ""),
        ("days", "期限", "日"),
        ("excluded", "其中不计入", "日"),
        ("last", "至迟", ""),
    ),
    "LIMITATION_PASSED": (
        ("ended", "行为终了", ""),
        ("years", "时效", "年"),
        ("last", "届满", ""),
        ("found", "发现", ""),
    ),
    "REFERRED_LATE": (("hours", "期限", "小时"), ("latest", "至迟", ""), ("sent", "移送", "")),
    "CLOSED_UNPAID": (("due", "应缴", ""), ("paid", "已缴", "")),
}


def in_words(code: str, row: dict[str, object]) -> str:
    """查明 160,000元，标准 100,000元; "" for a row without figures of its own."""
    unit = str(row.get("unit", ""))
    parts = [
        f"{word} {_shown(row[key])}{own or (unit if _is_number(row[key]) else '')}"
        for key, word, own in WORDS.get(code, ())
        if row.get(key) is not None
    ]
    head = LABELS.get(str(row.get("kind", "")), "")
    return f"{head}{'：' if head and parts else ''}{'，'.join(parts)}"


def _is_number(value: object) -> bool:
    try:
        Decimal(str(value))
    except InvalidOperation:
        return False
    return True


def _shown(value: object) -> str:
    """A number with thousands separators, a moment as a day and an hour, all else as it is."""
    if _is_number(value):
        return show_area(Decimal(str(value)))
    return str(value).replace("T", " ")[:16]
