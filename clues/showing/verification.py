"""核查: every look on the ground."""

from clues.models import Clue, Verification
from clues.showing.loading import load


def look_rows(clue: Clue) -> list[dict]:
    """核查, newest first."""
    return [
        {
            "look": look,
            "rows": [
                {"label": "核查日期", "value": look.looked_on.isoformat()},
                _lookers(look),
                {"label": "其他在场人员", "value": look.companions},
                {"label": "核查情况", "value": look.facts_found},
                {"label": "核查结论", "value": look.get_judgment_display()},
                {"label": "正在实施", "value": "是" if look.ongoing else "否"},
                *_stopping(look),
            ],
        }
        for look in load(clue).verifications.all()
    ]


def _lookers(look: Verification) -> dict:
    people = [person.name for person in look.lookers.all()]
    alone = [("一人核查", "amber")] if len(people) == 1 else []
    return {"label": "核查人员", "value": "、".join(people), "flags": alone}


def _stopping(look: Verification) -> list[dict]:
    if not look.ongoing:
        return []
    return [
        {"label": "已制止", "value": "是" if look.stopped else "否"},
        {"label": "制止措施", "value": look.stop_action},
        {"label": "停止通知书文号", "value": look.stop_notice_number},
    ]
