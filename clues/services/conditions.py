"""When a case must be filed, and what may stand against it (自然资源行政处罚办法 art 16)."""

from collections.abc import Collection

from common.errors import Refused

# code: (words on the form, the non-filing reason that says it is missing)
CONDITIONS = {
    "actor": ("有明确的行为人", "no_actor"),
    "fact": ("有违反自然资源管理法律法规的事实", "no_fact"),
    "liability": ("依照自然资源管理法律法规应当追究法律责任", "no_liability"),
    "ours": ("属于本部门管辖", "not_ours"),
    "in_time": ("违法行为没有超过追诉时效", "time_barred"),
}
MINOR = "minor"
FILING, NON_FILING, HANDOVER = "filing", "non_filing", "handover"
PENDING, MERGED, UNFOUNDED = "pending", "merged", "unfounded"


def labels_of(codes: Collection[str]) -> list[str]:
    """The conditions in words, in the order of the article."""
    return [words for code, (words, _) in CONDITIONS.items() if code in codes]


def check_grounds(outcome: str, conditions: Collection[str], reason_code: str) -> None:
    """G01, G02: with all five conditions a case must be filed; a reason must fit what is ticked.

    Raises Refused with a sentence.
    """
    have = set(conditions)
    if have >= CONDITIONS.keys() and not (
        outcome == MERGED or (outcome == NON_FILING and reason_code == MINOR)
    ):
        raise Refused(
            "五项立案条件都具备，必须立案查处，不得作非立案处理。请呈批立案；"
            "只有违法行为轻微并及时纠正、没有造成危害后果的，才可以不予立案。"
        )
    if outcome != NON_FILING:
        return
    for code, (words, reason) in CONDITIONS.items():
        if reason == reason_code and code in have:
            raise Refused(f"已勾选“{words}”，与所选的不予立案理由矛盾，请核对。")


def check_reason(outcome: str, reason_code: str) -> None:
    """不予立案 names its reason. Raises Refused with a sentence."""
    if outcome == NON_FILING and not reason_code:
        raise Refused("不予立案的，请选择理由。")
