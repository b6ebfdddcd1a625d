"""The codes of findings with their levels; those that only a case kept in the system can show."""

from enum import StrEnum


class Level(StrEnum):
    """How a finding binds: it stops a deed, warns, or tells."""

    BLOCK = "block"
    WARN = "warn"
    INFO = "info"


LEVELS: dict[str, Level] = {
    "MUST_REFER": Level.BLOCK,
    "CLOSED_WITHOUT_REFERRAL": Level.BLOCK,
    "FINE_FOR_CONFISCATION": Level.BLOCK,
    "FINE_OUT_OF_RANGE": Level.BLOCK,
    "NOTICE_MISSING": Level.BLOCK,
    "REVIEW_MISSING": Level.BLOCK,
    "LIMITATION_PASSED": Level.BLOCK,
    "CLOSED_UNPAID": Level.BLOCK,
    "CLOSED_NOT_CARRIED_OUT": Level.BLOCK,
    "SUSPECT_REFERRAL": Level.WARN,
    "NEAR_REFERRAL": Level.WARN,
    "REPEAT_OFFENDER": Level.WARN,
    "REFERRED_LATE": Level.WARN,
    "PREFECTURE_MUST_JOIN": Level.WARN,
    "DECISION_OVERDUE": Level.WARN,
    "NOT_FILED": Level.WARN,
    "OVERDUE_CLOCK": Level.WARN,
    "EDITED_AFTER_SUBMISSION": Level.WARN,
    "REOPENED_SITE": Level.WARN,
    "ESPECIALLY_SERIOUS": Level.INFO,
    "SOFT_GATE_PASSED": Level.INFO,
    "REVOKED": Level.INFO,
    "FACTS_MISSING": Level.INFO,
}
NATIVE = frozenset(
    {
        "REVIEW_MISSING",
        "NOT_FILED",
        "OVERDUE_CLOCK",
        "SOFT_GATE_PASSED",
        "REVOKED",
        "EDITED_AFTER_SUBMISSION",
        "REOPENED_SITE",
    }
)

NAMES: dict[str, str] = {
    "MUST_REFER": "应移送未移送",
    "CLOSED_WITHOUT_REFERRAL": "应移送而未移送已结案",
    "FINE_FOR_CONFISCATION": "以罚款代替没收",
    "FINE_OUT_OF_RANGE": "罚款不在法定幅度内",
    "NOTICE_MISSING": "未告知或者期限未满即处罚",
    "REVIEW_MISSING": "未经法制审核",
    "LIMITATION_PASSED": "超过追责时效",
    "CLOSED_UNPAID": "未缴清按执行完毕结案",
    "CLOSED_NOT_CARRIED_OUT": "未执行完按执行完毕结案",
    "SUSPECT_REFERRAL": "疑似应移送，先认定",
    "NEAR_REFERRAL": "接近移送标准",
    "REPEAT_OFFENDER": "二年内多次受过处罚",
    "REFERRED_LATE": "移送超过24小时",
    "PREFECTURE_MUST_JOIN": "市级须参与",
    "DECISION_OVERDUE": "处罚决定超期",
    "NOT_FILED": "属实未立案",
    "OVERDUE_CLOCK": "时限已过",
    "EDITED_AFTER_SUBMISSION": "报送后改动",
    "REOPENED_SITE": "死灰复燃",
    "ESPECIALLY_SERIOUS": "情节特别严重",
    "SOFT_GATE_PASSED": "写明理由后办理",
    "REVOKED": "处罚决定被撤销",
    "FACTS_MISSING": "缺少事实",
}
