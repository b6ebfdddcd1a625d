"""A rule of duties as people see it: who owes what, the next due times, what was changed."""

from datetime import datetime

from django.urls import reverse

from accounts import showing
from campaigns.acts import DUTY_RULE_ACTS
from campaigns.models import DutyRule
from campaigns.services.answerable import posts_needed, unanswerable
from campaigns.services.duties import agencies_of, next_due_times


def rule_page(user, rule: DutyRule, now: datetime) -> dict:
    """The context of campaigns/duties/rule.html."""
    bound = len(agencies_of(rule))
    return {
        "rule": rule,
        "now": now,
        "facts": [
            {"label": "制定单位", "value": rule.agency.name},
            {"label": "报送内容", "value": rule.get_what_display()},
            {"label": "专项行动", "value": str(rule.campaign or "不属于专项行动")},
            {
                "label": "报送单位",
                "value": f"{bound}个",
                "flags": [(rule.get_kind_display(), ""), (rule.get_level_display() or "各级", "")],
            },
            {"label": "时间", "value": rule.rhythm.words},
            {"label": "遇休息日", "value": rule.get_holidays_display()},
            {"label": "提前提醒", "value": "、".join(f"{days}天" for days in rule.leads) or "不提前"},
            {"label": "依据", "value": rule.article},
            {"label": "起止", "value": f"{rule.from_day} 至 {rule.to_day or '长期'}"},
        ],
        "bound": bound,
        "lacking": unanswerable([rule])[rule.pk],
        "posts_needed": posts_needed(rule),
        "times": next_due_times(rule, now),
        "acts": showing.next_acts(
            DUTY_RULE_ACTS,
            user,
            rule,
            lambda act: (
                "" if act.name == "set_rule" else reverse(f"campaigns:{act.name}", args=[rule.public_id])
            ),
            frozenset({"end_rule"}),
        ),
        "trail": showing.trail_of(rule),
    }
