"""The rows of a decision on what it was weighed by: reasons, 减轻, 法制审核, 集体讨论."""

from law import mitigation


def weighing_rows(decision) -> list[dict]:
    """Why less is taken, each kind with its article; 减轻, 法制审核, 集体讨论: where there is any."""
    rows = [
        {"label": f"{row.get_kind_display()}少于认定", "value": _with_article(row.reason, row.article)}
        for row in decision.opt_outs.all()
    ]
    rows += [
        {"label": "没收少于认定的理由", "value": decision.opt_out_reason},
        {"label": "减轻处罚的情形", "value": mitigation.words_of(decision.mitigation)},
        {"label": "情节", "value": "情节复杂或者重大" if decision.serious else ""},
    ]
    rows += [_review_row(each) for each in decision.reviews.all()]
    rows += [_discussion_row(each) for each in decision.discussions.all()]
    return [row for row in rows if row["value"]]


def _with_article(reason, article) -> str:
    return f"{reason.rstrip('。')}（{article}）" if article else reason


def _review_row(review) -> dict:
    value = f"{review.reviewer} {review.reviewed_on}：{review.opinion}".rstrip("：")
    return {"label": "法制审核", "value": value, "flags": [_answer(review, review.passed, "通过", "不通过")]}


def _discussion_row(row) -> dict:
    minutes = f"，{row.minutes_number}" if row.minutes_number else ""
    value = f"{row.happened_on} {row.attendees}：{row.conclusion.rstrip('。')}{minutes}"
    return {"label": "集体讨论", "value": value, "flags": [_answer(row, row.agreed, "同意", "不同意")]}


def _answer(row, agreed, yes, no) -> tuple[str, str]:
    if row.withdrawn_at:
        return "已撤回", ""
    return (yes, "green") if agreed else (no, "red")
