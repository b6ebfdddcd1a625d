"""A reason why less is confiscated: it covers the kinds that it names, and no others."""

from collections.abc import Iterable

from law.penalties.shape import INCOME, MINERALS, SOIL, STRUCTURES, TOOLS

# How an office calls each kind in its own words; a mineral alone may be part of a party's name (某煤矿).
NAMES = {
    INCOME: ("所得", "货款", "价款", "成本", "退赔", "退还"),
    MINERALS: ("矿产", "矿石", "矿物", "已销售", "全部销售", "灭失"),
    TOOLS: ("工具", "设备", "机械", "挖掘机", "装载机", "车辆"),
    SOIL: ("黑土", "土方", "耕作层"),
    STRUCTURES: ("建筑", "设施", "拆除", "房屋", "厂房"),
}


def covered(reasons: Iterable[str], kinds: Iterable[str]) -> dict[str, str]:
    """{kind: reason} of `kinds`, by what is written: where one kind alone is lacking it need not be named."""
    kinds = list(kinds)
    found: dict[str, str] = {}
    for reason in filter(None, map(str.strip, reasons)):
        named = [kind for kind, words in NAMES.items() if any(word in reason for word in words)]
        meant = named or (kinds if len(kinds) == 1 else [])
        found |= {kind: reason for kind in meant if kind in kinds}
    return found
