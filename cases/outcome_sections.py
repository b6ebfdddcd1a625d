"""The sections of a case's page on what was decided, how it was carried out, and how it ended."""

from cases.assessing.service import left_to_serve
from cases.models import THING_KINDS, CompletionKind, DecisionState
from cases.services import dues
from cases.services.completion import completed
from cases.services.dues import paid
from cases.services.items import item_words
from cases.stages import DECISION_STAGES
from cases.weighing_sections import weighing_rows
from common.quantities import show_money
from common.showing.times import day


def decision_rows(case) -> list[dict]:
    """处罚决定: every decision with its items, newest first."""
    return [
        {
            "decision": decision,
            "state": (decision.get_state_display(), DECISION_STAGES[decision.state].tone),
            "rows": _decision_head(decision),
            "done": _done_rows(decision),
            "items": [
                {
                    "pk": item.pk,
                    "party": item.party.name if item.party else "共同",
                    "side": item.get_side_display(),
                    "kind": item.get_kind_display(),
                    "amount": item.amount,
                    "tonnes": item.tonnes,
                    "area": item.area,
                    "text": item.text,
                    "words": item_words(item),
                    "paid": paid(item),
                }
                for item in decision.items.all()
            ],
        }
        for decision in case.decisions.all()
    ]


def result_words(case) -> str:
    """处理结果和执行情况 as far as the tables tell: decided, paid, carried out, restored; a line each."""
    lines = []
    for decision in dues.standing_decisions(case):
        items = "；".join(item_words(item) for item in decision.items.all())
        lines.append(f"{decision.decided_on}作出处罚决定{decision.number}：{items}。")
    if lines:
        left = dues.outstanding(case)
        lines.append(f"还有{show_money(left)}元没有缴清。" if left else "罚没款已缴清。")
    for item in dues.standing_items(case):
        done = [each for each in item.carried_out.all() if each.withdrawn_at is None]
        lines += [f"{each.happened_on}{item_words(item)}已执行：{each.note.rstrip('。')}。" for each in done]
    if completed(case, CompletionKind.RESTORATION):
        lines.append("恢复原状已验收。")
    return "\n".join(lines)


def thing_rows(case) -> list[dict]:
    """没收实物、拆除 of decisions that stand: each with a word, whether it was handed over or pulled down."""
    rows = []
    for item in dues.standing_items(case):
        if item.kind in THING_KINDS:
            done = [each for each in item.carried_out.all() if each.withdrawn_at is None]
            how = "，".join(f"{each.happened_on} {each.note.rstrip('。')}" for each in done)
            value = "，".join(filter(None, [f"{item.party or '共同'}：{item_words(item)}", how]))
            rows.append({"label": "没收和拆除", "value": value, "flags": [_carried_out_word(item, done)]})
    return rows


def not_handed_over(case) -> str:
    """What thing_rows say is still to be done, in one sentence; "" where nothing is."""
    left = "、".join(item_words(item) for item in dues.to_carry_out(case))
    return f"没收的还没有登记移交，或者拆除还没有登记执行：{left}。" if left else ""


def _carried_out_word(item, done) -> tuple[str, str]:
    verb = "拆除" if item.kind == "demolish" else "移交"
    return (f"已登记{verb}", "green") if done else (f"还没有登记{verb}", "amber")


def _done_rows(decision) -> list[dict]:
    """What was paid and carried out, in the order of days; what was taken back struck out."""
    rows = [
        {
            "on": payment.paid_on,
            "item": item_words(item),
            "withdrawn": payment.withdrawn_reason,
            "note": _receipt(payment),
        }
        for item in decision.items.all()
        for payment in item.payments.all()
    ] + [
        {
            "on": done.happened_on,
            "item": item_words(item),
            "withdrawn": done.withdrawn_reason,
            "note": done.note,
        }
        for item in decision.items.all()
        for done in item.carried_out.all()
    ]
    return sorted(rows, key=lambda row: row["on"])


def _receipt(payment) -> str:
    receipt = f"，票据号{payment.receipt_number}" if payment.receipt_number else ""
    return f"缴纳{show_money(payment.amount)}元{receipt}"


def _decision_head(decision) -> list[dict]:
    scan = [{"label": decision.scan.name, "url": decision.scan.get_absolute_url()}] if decision.scan else []
    rows = [
        {"label": "决定书文号", "value": decision.number, "evidence": scan},
        {"label": "决定日期", "value": day(decision.decided_on)},
        *_service_rows(decision),
        {"label": "违法事实和依据", "value": decision.basis, "html_class": "prose"},
        {"label": "责令事项", "value": "、".join(decision.order_labels)},
        {"label": "责令期限", "value": decision.orders_due_on and day(decision.orders_due_on)},
        *weighing_rows(decision),
        {
            "label": "撤销",
            "value": decision.revoked_on and f"{decision.revoked_on} {decision.revoked_reason}",
        },
    ]
    always = {"决定书文号", "决定日期", "送达"}
    return [row for row in rows if row["value"] or row["label"] in always]


def _service_rows(decision) -> list[dict]:
    """送达: of each party when and how, taken back or still owed."""
    rows = [{"label": "送达", **_served(row)} for row in decision.served.all()]
    if decision.state == DecisionState.MADE:
        left = [party.name for party in left_to_serve(decision)]
        rows += [{"label": "送达", "value": name, "flags": [("还没有送达", "amber")]} for name in left]
    return rows or [{"label": "送达", "value": ""}]


def _served(row) -> dict:
    receipt = f"回证号{row.receipt_number}" if row.receipt_number else ""
    announced = f"{row.announced_on}公告" if row.announced_on else ""
    value = "，".join(filter(None, [str(row), announced, row.detail, receipt]))
    return {"value": value, "flags": [("已撤回", "")] if row.withdrawn_at else []}


def completion_check_rows(case) -> list[dict]:
    """验收: each inspection, newest first."""
    return [
        {
            "kind": check.get_kind_display(),
            "complete": check.complete,
            "finding": check.finding,
            "on": check.happened_on,
            "who": check.checked_by.name,
            "withdrawn": check.withdrawn_reason,
        }
        for check in case.completion_checks.all()
    ]


def execution_rows(case) -> list[dict]:
    """恢复原状 and 取缔 as the ledger will say them."""
    return [
        {"label": label, "value": {True: "是", False: "否", None: ""}[completed(case, kind)]}
        for label, kind in (
            ("是否恢复原状", CompletionKind.RESTORATION),
            ("是否取缔", CompletionKind.SHUTDOWN),
        )
    ]


def closing_rows(case) -> list[dict]:
    """结案: the newest proposal and its answer."""
    closing = next(iter(case.closings.all()), None)
    if closing is None:
        return []
    answer = {None: ("待批", "amber"), True: ("已批准", "green"), False: ("已退回", "red")}[closing.approved]
    if closing.withdrawn_at:
        answer = ("已撤回", "")
    if closing.entered:
        answer = ("补录", "")
    return [
        {"label": "结案理由", "value": str(closing), "flags": [answer]},
        {"label": "处理结果和执行情况", "value": closing.text, "html_class": "prose"},
        {"label": "录入人" if closing.entered else "呈批人", "value": closing.proposed_by.name},
        {"label": "结案日期", "value": case.closed_on and day(case.closed_on)},
    ]
