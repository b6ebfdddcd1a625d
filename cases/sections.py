"""The sections of a case's page, each as rows in the shapes of templates/parts."""

from accounts.models import Approval
from cases.models import DecisionState, OrderKind
from cases.services import thresholds
from cases.services.dues import paid
from cases.services.execution import accepted
from cases.services.items import item_words
from cases.services.of_clues import clues_merged_into
from clues.models import PartyKind
from common.templatetags.ui import day


def base_rows(case) -> list[dict]:
    """基本情况, with where the case came from."""
    head, *rest = core_rows(case)
    source = [
        {"label": "案件来源", "value": case.get_source_display()},
        {"label": "来源线索", "value": str(case.clue or ""), "url": _clue_url(case)},
        *merged_rows(case),
    ]
    return [head, *source, *rest]


def core_rows(case) -> list[dict]:
    """What of a case may also go into the package: no source, no opinions, no approvals."""
    return [
        {"label": "案由", "value": case.cause},
        {"label": "位置", "value": _place(case)},
        {"label": "坐标（2000）", "value": case.position},
        {"label": "矿种", "value": case.mineral},
        {"label": "发现日期", "value": day(case.found_on)},
        {"label": "立案日期", "value": day(case.filed_on)},
        {"label": "主要违法事实", "value": case.facts, "html_class": "prose"},
    ]


def merged_rows(case) -> list[dict]:
    """Each clue that was merged into the case itself: one more source."""
    return [
        {
            "label": "并入线索",
            "value": f"{clue}（{clue.get_source_display()}，{clue.received_on}受理）",
            "url": clue.get_absolute_url(),
        }
        for clue in clues_merged_into(case)
    ]


def _clue_url(case) -> str:
    return case.clue.get_absolute_url() if case.clue else ""


def _place(case) -> str:
    return f"{case.county.name}{case.township.name if case.township else ''} {case.place}"


def party_rows(case) -> list[dict]:
    """当事人, numbers and phones masked."""
    return [
        {
            "row": each.pk,
            "key": each.party_id,
            "known": each.party.kind != PartyKind.UNKNOWN,
            "name": each.party.name,
            "kind": each.party.get_kind_display(),
            "identity": each.party.identity_masked,
            "representative": each.party.representative,
            "address": each.party.address,
            "phone": each.party.phone_masked,
        }
        for each in case.parties.all()
    ]


def violation_rows(case) -> list[dict]:
    """违法行为."""
    return [
        {"name": each.get_code_display(), "side": each.get_side_display()} for each in case.violations.all()
    ]


def land_rows(case) -> list[dict]:
    """占地认定: the round that holds first, earlier and withdrawn ones after it."""
    now = {row.pk for row in case.land_now()}
    return [
        {
            "round": row.round,
            "class": row.get_land_class_display(),
            "area": row.area,
            "conforming": row.conforming,
            "destroyed": row.destroyed,
            "on": row.happened_on,
            "basis": row.basis,
            "holds": row.pk in now,
            "withdrawn": row.withdrawn_reason,
            "who": row.recorded_by.name,
        }
        for row in case.land_findings.all()
    ]


def mineral_rows(case) -> list[dict]:
    """采矿认定: the round that holds first."""
    now = {row.pk for row in case.minerals_now()}
    return [
        {
            "round": row.round,
            "mineral": row.mineral,
            "tonnes": row.tonnes,
            "volume": row.volume,
            "density": row.density,
            "value": row.value,
            "income": row.illegal_income,
            "on": row.happened_on,
            "basis": row.basis,
            "holds": row.pk in now,
            "withdrawn": row.withdrawn_reason,
            "who": row.recorded_by.name,
        }
        for row in case.mineral_findings.all()
    ]


def decision_rows(case) -> list[dict]:
    """处罚决定: every decision with its items, newest first."""
    return [
        {
            "decision": one,
            "state": (one.get_state_display(), DECISION_TONES[one.state]),
            "rows": _decision_head(one),
            "done": _done_rows(one),
            "items": [
                {
                    "party": item.party.name if item.party else "共同",
                    "side": item.get_side_display(),
                    "kind": item.get_kind_display(),
                    "amount": item.amount,
                    "tonnes": item.tonnes,
                    "area": item.area,
                    "text": item.text,
                    "paid": paid(item),
                }
                for item in one.items.all()
            ],
        }
        for one in case.decisions.all()
    ]


def _done_rows(decision) -> list[dict]:
    """What was paid and carried out, in the order of days; what was taken back struck out."""
    rows = [
        {
            "on": one.paid_on,
            "item": item_words(item),
            "withdrawn": one.withdrawn_reason,
            "note": _receipt(one),
        }
        for item in decision.items.all()
        for one in item.payments.all()
    ] + [
        {"on": one.happened_on, "item": item_words(item), "withdrawn": one.withdrawn_reason, "note": one.note}
        for item in decision.items.all()
        for one in item.carried_out.all()
    ]
    return sorted(rows, key=lambda row: row["on"])


def _receipt(payment) -> str:
    receipt = f"，票据号{payment.receipt_number}" if payment.receipt_number else ""
    return f"缴纳{payment.amount:,.2f}元{receipt}"


DECISION_TONES = {
    DecisionState.PROPOSED: "amber",
    DecisionState.MADE: "green",
    DecisionState.RETURNED: "",
    DecisionState.REVOKED: "red",
}


def _decision_head(one) -> list[dict]:
    scan = [{"label": one.scan.name, "url": one.scan.get_absolute_url()}] if one.scan else []
    rows = [
        {"label": "决定书文号", "value": one.number, "evidence": scan},
        {"label": "决定日期", "value": day(one.decided_on)},
        {"label": "送达", "value": _service(one)},
        {"label": "违法事实和依据", "value": one.basis, "html_class": "prose"},
        {"label": "责令事项", "value": "、".join(one.measure_labels)},
        {"label": "责令期限", "value": one.measures_due_on and day(one.measures_due_on)},
        {"label": "没收少于认定的理由", "value": one.opt_out_reason},
        {"label": "撤销", "value": one.revoked_on and f"{one.revoked_on} {one.revoked_reason}"},
    ]
    always = {"决定书文号", "决定日期", "送达"}
    return [row for row in rows if row["value"] or row["label"] in always]


def _service(one) -> str:
    return f"{one.served_on} {one.get_service_mode_display()}" if one.served_on else ""


def acceptance_rows(case) -> list[dict]:
    """验收: each inspection, newest first."""
    return [
        {
            "kind": one.get_kind_display(),
            "complete": one.complete,
            "finding": one.finding,
            "on": one.happened_on,
            "who": one.accepted_by.name,
            "withdrawn": one.withdrawn_reason,
        }
        for one in case.acceptances.all()
    ]


def execution_rows(case) -> list[dict]:
    """恢复原状 and 取缔 as the ledger will say them."""
    return [
        {"label": label, "value": {True: "是", False: "否", None: ""}[accepted(case, kind)]}
        for label, kind in (("是否恢复原状", OrderKind.RESTORATION), ("是否取缔", OrderKind.SHUTDOWN))
    ]


def closing_rows(case) -> list[dict]:
    """结案: the newest proposal and its answer."""
    one = next(iter(case.closings.all()), None)
    if one is None:
        return []
    answer = {None: ("待批", "amber"), True: ("已批准", "green"), False: ("已退回", "red")}
    return [
        {"label": "结案理由", "value": str(one), "flags": [answer[one.approved]]},
        {"label": "处理结果和执行情况", "value": one.text, "html_class": "prose"},
        {"label": "呈批人", "value": one.proposed_by.name},
        {"label": "结案日期", "value": case.closed_on and day(case.closed_on)},
    ]


def referral_rows(case) -> list[dict]:
    """移送公安: each referral with what came back, in counts of people."""
    return [
        {
            "referral": one,
            "url": one.get_absolute_url(),
            "to": one.to_agency.name,
            "crime": one.crime,
            "state": one.get_state_display(),
            "sent_on": one.sent_on,
            "counts": measure_counts(one),
        }
        for one in case.referrals.all()
    ]


def measure_counts(referral) -> str:
    """刑事拘留 2人、逮捕 1人: distinct people, plus counts from paper that name nobody."""
    matter = getattr(referral, "matter", None)
    return counts_of(matter.measures.all()) if matter else ""


def counts_of(measures) -> str:
    """People per measure in words."""
    named, counted = {}, {}
    for one in measures:
        if one.withdrawn_at:
            continue
        if one.subject_id:
            named.setdefault(one.get_kind_display(), set()).add(one.subject_id)
        else:
            counted[one.get_kind_display()] = counted.get(one.get_kind_display(), 0) + one.persons
    kinds = dict.fromkeys([*named, *counted])
    return "、".join(f"{k} {len(named.get(k, ())) + counted.get(k, 0)}人" for k in kinds)


def reason_rows(case) -> list[dict]:
    """Why the case should be referred, each with its article; unsure figures say so."""
    if "must_refer" not in case.flags:
        return []
    return [
        {"sentence": one.sentence, "article": one.article, "source": one.source, "sure": one.sure}
        for one in thresholds.reasons_of(case)
    ]


def file_rows(files) -> list[dict]:
    """材料 for parts/files.html."""
    return [
        {
            "name": one.file.name,
            "url": one.file.get_absolute_url(),
            "preview_url": one.file.get_absolute_url(),
            "kind": "·".join(filter(None, [one.kind, "随移送卷" if one.for_police else ""])),
            "size": one.file.size,
            "digest": one.file.sha256,
            "who": one.file.stored_by.name,
            "when": one.file.stored_at,
        }
        for one in files
    ]


def people_rows(case) -> list[dict]:
    """人员: who works on it and who signed."""
    signed = {
        one.act: one
        for one in Approval.objects.filter(subject_kind="cases.case", subject_id=case.pk, agreed=True)
        .select_related("signer")
        .order_by("pk")
    }
    rows = [
        {"role": "承办单位", "name": case.agency.name},
        {"role": "承办人", "name": case.handler.name if case.handler else ""},
        {"role": "协办人", "name": case.second_handler.name if case.second_handler else ""},
    ]
    for name, role in (
        ("approve_filing", "立案签批"),
        ("approve_decision", "决定签批"),
        ("approve_closing", "结案签批"),
    ):
        if one := signed.get(name):
            how = "线下签批" if one.on_paper else ""
            rows.append({"role": role, "name": one.signer.name, "note": f"{one.signed_on} {how}"})
    return rows
