"""以罚代移 is blocked (310号令 arts 5, 11; 行政处罚法 arts 27, 35, 82): no fine where a referral is
due and unanswered, nor while public security has the case. Other penalties go on."""

from collections.abc import Iterable

from accounts.acts import Need
from cases.acts import FINE_NEEDS
from cases.models import Case
from common.errors import Refused


def missing(case: Case) -> list[Need]:
    """What a fine still needs: the referral that is due, the decision of public security."""
    return [need for need in FINE_NEEDS if not need.met(case)]


def refuse_fine(case: Case, items: Iterable) -> None:
    """Refuse `items` with a fine while the referral that is due is not sent or not decided."""
    if not any(item["kind"] == "fine" for item in items):
        return
    if lacking := missing(case):
        lack = "、".join(need.label for need in lacking)
        articles = "；".join(need.article for need in lacking)
        raise Refused(
            f"不得以罚代移，现在不能呈批罚款，还缺：{lack}。没收等其他处罚可以先呈批。依据：{articles}。",
            tuple((need.label, need.anchor) for need in lacking),
        )
