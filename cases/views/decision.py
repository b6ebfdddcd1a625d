"""处罚决定: proposed or recorded beside its scan, approved, returned, served, revoked."""

from django.urls import reverse

from cases import sent_back, showing
from cases.acts import ACTS, FINE_NEEDS
from cases.assessing import held_of
from cases.forms.decision import (
    ProposeDecisionForm,
    RecordDecisionForm,
    RevokeDecisionForm,
    asked_for,
)
from cases.services import deciding, decision, guards
from cases.services.deciding import waiting
from cases.services.items import item_words
from cases.services.proposing import NOTHING
from cases.views.acting import act_on_case
from cases.weighing_sections import weighing_rows
from common.quantities import show_area, show_money, show_tonnes

ITEM = "处罚项"
WARN_DAY = "违法行为终了日期没有填，适用哪一版法律不能确定：条文有几版的都列出，请核对选用。"


def beside_items(user, case) -> dict:
    """The findings and the scans beside the form, and what to know before."""
    showing.load(case)
    barring = [need for need in FINE_NEEDS if not need.met(case)]
    warnings = [{"text": f"不能呈批罚款：{need.forbids}依据：{need.article}。"} for need in barring]
    if missing := guards.gaps_of(held_of(case), NOTHING):
        articles = "；".join(dict.fromkeys(gap.article for gap in missing))
        warnings.append({"text": f"已有认定，处罚项须包括{_words(missing)}。依据：{articles}。"})
    if case.act_ended_on is None:
        warnings.append({"text": WARN_DAY, **_where_the_day_stands(user, case)})
    scans = [paper.file for paper in case.files.all() if paper.stage == "decision"]
    return {
        "warnings": warnings,
        "summary_title": "已认定的事实",
        "summary": [*_land(case), *_minerals(case)],
        "scans": scans,
    }


def _where_the_day_stands(user, case) -> dict:
    """The way to where the day is filled in, for who may."""
    if not ACTS.openness("amend_case", user, case).ok:
        return {}
    address = reverse("cases:amend_case", args=[case.public_id])
    return {"url": f"{address}#field-act_ended_on", "label": "去填写"}


def _words(gaps) -> str:
    return "、".join(gap.words for gap in gaps)


def _land(case) -> list[dict]:
    return [
        {"label": row.get_land_class_display(), "value": show_area(row.area), "unit": "亩"}
        for row in case.land_now()
    ]


def _minerals(case) -> list[dict]:
    rows = []
    for row in case.minerals_now():
        rows.append({"label": row.mineral, "value": show_tonnes(row.tonnes), "unit": "吨"})
        for label, value in (("价值", row.value), ("违法所得", row.illegal_income)):
            if value is not None:
                rows.append({"label": label, "value": show_money(value), "unit": "元"})
    return rows


def beside_review(case) -> dict:
    """The proposal that is to be reviewed; that it wasn't yet needs no saying."""
    shown = beside_approval(case)
    said = [stop for stop in shown["stops"] if stop.gate.code not in ("G10", "G11", "G21")]
    return {**shown, "warnings": [{"text": stop.text} for stop in said], "side_title": "审核"}


def beside_approval(case) -> dict:
    """The proposal that is to be approved."""
    showing.load(case)
    proposed = waiting(case)
    rows = [{"label": "当事人", "value": "、".join(p.party.name for p in case.parties.all())}]
    items = proposed.items.all()
    lacking = guards.gaps_of(held_of(case), *guards.penalties_of(case, proposed))
    rows += [{"label": ITEM, "value": f"{item.party or '共同'}：{item_words(item)}"} for item in items]
    rows += [
        {"label": "责令事项", "value": "、".join(proposed.order_labels)},
        {"label": "事实和依据", "value": proposed.basis},
        {"label": "没收少于认定", "value": _words(lacking)},
        *weighing_rows(proposed),
        {"label": "呈批人", "value": proposed.proposed_by.name},
    ]
    rows = [row for row in rows if row["value"] or row["label"] != "没收少于认定"]
    stops = guards.decision_stops(case, proposed)
    said = [{"text": stop.text} for stop in stops]
    shown = {
        "stops": stops,
        "warnings": said,
        "summary_title": "呈批内容",
        "summary": rows,
        "approval_form": "decision",
    }
    return {**shown, "scans": [proposed.scan] if proposed.scan else []}


def propose_decision(request, public_id):
    """呈批处罚决定; what was sent back or taken back stands in the fields, else what the law asks for."""
    again, why = sent_back.decision_of(request.subject)
    beside = beside_items(request.user, request.subject)
    if request.method == "GET" and not again:
        again = asked_for(request.subject)
    beside["warnings"] = [*why, *beside["warnings"]]
    return act_on_case(
        request,
        "propose_decision",
        ProposeDecisionForm,
        decision.propose_decision,
        done="处罚决定已呈批，等负责人批准。",
        # Of what is posted every row counts, also one that stayed as it was.
        initial=again if request.method == "GET" else None,
        verb="呈批",
        **beside,
    )


def record_decision(request, public_id):
    """补录处罚决定."""
    return act_on_case(
        request,
        "record_decision",
        RecordDecisionForm,
        decision.record_decision,
        done="处罚决定已补录。",
        verb="补录",
        heading="决定书已作出，补录",
        intro="照决定书原样录入。缺少没收等不符合规定的，照录并标注提示。",
        **beside_items(request.user, request.subject),
    )


def revoke_decision(request, public_id):
    """撤销处罚决定."""
    return act_on_case(request, "revoke_decision", RevokeDecisionForm, deciding.revoke_decision, verb="撤销")
