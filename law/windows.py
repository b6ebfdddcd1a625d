"""Which version of the law holds, by the day the act ended (行政处罚法 art 37).

Three windows for mining, three for land. Procedure follows the rule in force when a step is taken.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from law.facts import Facts
from law.words import is_mining


@dataclass(frozen=True, slots=True)
class Window:
    """A version of the law and its first day; `sure` is False where its text is not held."""

    name: str
    since: date
    sure: bool = True
    note: str = ""


LAW_2024, RULES_2026 = date(2025, 7, 1), date(2026, 6, 15)
LAND_2019, RULES_2021, BLACK_2022 = date(2020, 1, 1), date(2021, 9, 1), date(2022, 8, 1)
MINING_WINDOWS = (
    Window("矿产资源法（2009）、实施细则（1994）", date.min),
    Window("矿产资源法（2024）", LAW_2024),
    Window(
        "矿产资源法（2024）、矿产资源法实施条例（国务院令第839号）",
        RULES_2026,
        sure=False,
        note="矿产资源法实施条例（国务院令第839号）条文尚未录入，请法制人员核对",
    ),
)
LAND_WINDOWS = (
    Window("土地管理法（2004）、实施条例（2014）", date.min, sure=False),
    Window("土地管理法（2019）、实施条例（2014）的数额", LAND_2019),
    Window("土地管理法（2019）、实施条例（2021）", RULES_2021),
)
# What was built stands, on land occupied unlawfully or lent for a time, until it is restored: that settles
# 时效 (行政处罚法 art 36(2); 最高法 reply of 1997 on 非法占地), not which fine applies to what merely stands.
STANDING = frozenset({"T11", "T12", "T13", "T14", "T42"})
# 拒不交还, 不按用途使用: an act that itself goes on until the land is given back; the law of its end holds.
GOES_ON = STANDING | {"T43"}


def window(code: str, on: date) -> Window:
    """The version that holds for a violation whose act ended on a day."""
    windows = MINING_WINDOWS if is_mining(code) else LAND_WINDOWS
    return [each for each in windows if each.since <= on][-1]


def act_days(code: str, facts: Facts) -> list[date]:
    """Days to judge a violation by: the day its act ended; where that is not known or not settled,
    one day of each window that may hold."""
    own = next((each.until for each in facts.violations if each.code == code and each.until), None)
    if own:
        return [own]
    standing = code in STANDING and facts.continuing and not facts.acts_ended
    if facts.act_end and not standing:
        return [facts.act_end]
    first = (facts.acts_from or date.min) if standing or facts.acts_from else date.min
    return _days_between(code, first, facts.judged_on)


def _days_between(code: str, first: date, last: date) -> list[date]:
    marks = (LAW_2024, RULES_2026) if is_mining(code) else (LAND_2019, RULES_2021, BLACK_2022)
    ends = [mark - timedelta(days=1) for mark in marks if first < mark <= last]
    return [*ends, max(first, last)]
