"""The page of a clue, section by section, in the shapes of templates/parts."""

from django.urls import NoReverseMatch, reverse

from accounts import showing
from accounts.acts import posting_for
from accounts.pages import clock_rows
from clues.acts import ACTS
from clues.gates import awaits_letter, is_handed_over
from clues.models import ClueState as S
from clues.models import Informant
from clues.services.conditions import labels_of
from clues.services.merging import files_of, originals_of
from clues.services.verification import last_look
from common.coordinates import DATUMS
from common.templatetags.ui import moment

STEPS = ("登记", "分派", "核查", "处理", "审批", "办结")
AT = {
    S.REGISTERED: 1,
    S.ASSIGNED: 2,
    S.VERIFIED: 3,
    S.PENDING: 3,
    S.PROPOSED: 4,
    S.FILING: 4,
    S.SETTLED: 6,
    S.MERGED: 6,
}
# What a clue in this state waits for stands on top of 下一步.
FIRST = {
    S.REGISTERED: ("assign_clue", "verify_clue"),
    S.ASSIGNED: ("verify_clue",),
    S.VERIFIED: ("propose_disposition",),
    S.PENDING: ("verify_clue",),
    S.PROPOSED: ("approve_disposition", "return_disposition"),
}
INFORMANT_ACTS = {"unmask_informant", "answer_informant"}
DESCRIBE = "describe_clue_file"
ADD_FILES = ACTS.get("add_clue_files").label
KINDS = {"image": "照片", "video": "录像", "audio": "录音"}


def is_own(user, clue) -> bool:
    """Within the person's reach, and not merely handed over to their office."""
    paths = tuple(user.reach_paths())
    homes = [clue.agency.path]
    if clue.origin_agency:
        homes.append(clue.origin_agency.path)
    return any(home.startswith(path) for home in homes for path in paths)


def steps(clue) -> list[dict]:
    """The stages of a clue, as far as it has come."""
    at = AT[clue.state]
    assigned = clue.handler_id is not None
    rows = []
    for place, label in enumerate(STEPS):
        state = "done" if place < at else "current" if place == at else "todo"
        if label == "分派" and at > 1 and not assigned:
            state = "skipped"
        rows.append({"label": label, "state": state})
    if clue.state == S.MERGED:
        rows[-1]["label"] = "已归并"
    return rows


def flags(clue, look) -> list[tuple[str, str]]:
    """What must not be overlooked, in words."""
    words = []
    if look and look.ongoing and not look.stopped:
        words.append(("正在实施，尚未制止", "red"))
    elif look and look.ongoing:
        words.append(("正在实施，已制止", "amber"))
    if clue.state == S.PENDING and clue.look_again_on:
        words.append((f"待查，{clue.look_again_on}再查", "amber"))
    if clue.state == S.MERGED:
        words.append((f"已并入{clue.went_into}", ""))
    if clue.outcome and clue.state == S.SETTLED:
        words.append((clue.get_outcome_display(), "green"))
    return words


def next_acts(user, clue) -> list[dict]:
    """下一步, without the acts on an informant that the person may not know of."""
    knows = Informant.objects.visible_to(user).filter(clue=clue).exists()

    def address(act):
        if act.name in INFORMANT_ACTS and not knows:
            raise NoReverseMatch
        if act.name == "take_back_handover" and not is_handed_over(clue):
            raise NoReverseMatch
        if act.name == DESCRIBE:
            raise NoReverseMatch  # stands at each file
        if act.name == "record_handover_letter" and not awaits_letter(clue):
            raise NoReverseMatch
        return reverse(f"clues:{act.name}", args=[clue.public_id])

    first = [ACTS.get(name).label for name in FIRST.get(clue.state, ())]
    rows = showing.next_acts(ACTS, user, clue, address)
    return sorted(rows, key=lambda row: (not row["open"], row["label"] not in first))


def content_rows(clue) -> list[dict]:
    """线索内容."""
    return [
        {"label": "线索来源", "value": clue.get_source_display()},
        {"label": "来文或工单编号", "value": clue.source_number},
        {"label": "受理日期", "value": clue.received_on.isoformat()},
        {"label": "问题发生日期", "value": clue.happened_on.isoformat() if clue.happened_on else ""},
        {"label": "线索摘要", "value": clue.summary, "html_class": "prose"},
        {"label": "涉嫌违法类型", "value": "、".join(clue.violation_labels)},
        {"label": "矿种", "value": clue.mineral},
    ]


def place_rows(clue) -> list[dict]:
    """位置."""
    rows = [
        {"label": "县（市、区）", "value": clue.county.full_name},
        {"label": "乡（镇、街道）", "value": clue.township.name if clue.township else ""},
        {"label": "位置", "value": clue.place},
    ]
    if clue.longitude is None:
        return [*rows, {"label": "坐标", "value": ""}]
    near = [("近似换算", "amber")] if clue.position_approximate else []
    rows.append(
        {
            "label": "坐标（2000）",
            "value": f"东经 {clue.longitude:.6f}，北纬 {clue.latitude:.6f}",
            "flags": near,
        }
    )
    if clue.position_typed:
        system = DATUMS.get(clue.position_datum, "")
        rows.append({"label": "坐标原文", "value": f"{clue.position_typed}（{system}）"})
    return rows


def party_rows(clue) -> list[dict]:
    """当事人, identity and phone masked."""
    return [
        {
            "name": link.party.name,
            "kind": link.party.get_kind_display(),
            "identity": link.party.identity_masked,
            "phone": link.party.phone_masked,
        }
        for link in clue.suspects.select_related("party").order_by("pk")
    ]


def look_rows(clue) -> list[dict]:
    """核查, newest first."""
    looks = clue.verifications.select_related("recorded_by").prefetch_related("lookers")
    return [
        {
            "look": look,
            "rows": [
                {"label": "核查日期", "value": look.looked_on.isoformat()},
                _lookers(look),
                {"label": "其他在场人员", "value": look.companions},
                {"label": "核查情况", "value": look.found},
                {"label": "核查结论", "value": look.get_judgment_display()},
                {"label": "正在实施", "value": "是" if look.ongoing else "否"},
                *_stopping(look),
            ],
        }
        for look in looks
    ]


def _lookers(look) -> dict:
    people = [one.name for one in look.lookers.all()]
    alone = [("一人核查", "amber")] if len(people) == 1 else []
    return {"label": "核查人员", "value": "、".join(people), "flags": alone}


def _stopping(look) -> list[dict]:
    if not look.ongoing:
        return []
    return [
        {"label": "已制止", "value": "是" if look.stopped else "否"},
        {"label": "制止措施", "value": look.stop_measure},
        {"label": "停止通知书文号", "value": look.stop_notice_number},
    ]


def disposition_rows(clue) -> list[dict]:
    """处理: every proposal with its answer, newest first."""
    proposals = clue.dispositions.select_related(
        "proposed_by", "to_agency", "into", "approval__signer", "approval__signed_paper__scan", "letter"
    )
    return [{"proposal": one, "rows": _proposal(one), "state": _answer(one)} for one in proposals]


def _proposal(one) -> list[dict]:
    rows = [
        {"label": "处理意见", "value": one.get_outcome_display(), "flags": [_answer(one)]},
        {"label": "不予立案理由", "value": one.get_reason_code_display()},
        {"label": "移交单位", "value": one.receiver},
        {"label": "再查日期", "value": one.look_again_on.isoformat() if one.look_again_on else ""},
        {"label": "并入", "value": str(one.into or one.into_number)},
        {"label": "具备的立案条件", "value": "；".join(labels_of(one.conditions))},
        {"label": "理由说明", "value": one.reason},
        {"label": "提出人", "value": one.proposed_by.name},
    ]
    if one.approval:
        how = "线下签批" if one.approval.on_paper else "系统内签批"
        signed = f"{one.approval.signer.name}，{one.approval.signed_on}，{how}"
        scan = one.approval.signed_paper.scan if one.approval.signed_paper else None
        proof = [{"label": "签批单", "url": scan.get_absolute_url()}] if scan else []
        rows.append({"label": "签批", "value": signed, "evidence": proof})
        rows.append({"label": "签批意见", "value": one.approval.opinion})
    if one.letter:
        proof = [{"label": "移送函", "url": one.letter.get_absolute_url()}]
        sent = f"{one.letter_number}，{one.letter_sent_on}"
        rows.append({"label": "移送函", "value": sent, "evidence": proof})
    return [row for row in rows if row["value"]]


def _answer(one) -> tuple[str, str]:
    if one.taken_back_at:
        return "已收回", "red"
    return {None: ("待批", "amber"), True: ("已批准", "green"), False: ("已退回", "red")}[one.approved]


def source_rows(clue) -> list[dict]:
    """来源: every report behind the clue, those of merged clues too."""
    return [
        {"source": one, "original": one.original if one.original_id != clue.pk else None}
        for one in clue.sources.select_related("original")
    ]


def informant_rows(user, clue) -> list[dict]:
    """Informants of the clue and of those merged into it, masked; only for who may know."""
    found = (
        Informant.objects.visible_to(user)
        .filter(clue_id__in=originals_of(clue))
        .select_related("clue")
        .order_by("pk")
    )
    return [
        {
            "name": str(one),
            "anonymous": one.anonymous,
            "wants_answer": one.wants_answer,
            "answered_on": one.answered_on,
            "url": reverse("clues:unmask_informant", args=[one.clue.public_id]),
        }
        for one in found
    ]


def file_rows(clue, describe=False) -> list[dict]:
    """附件: each file with the time and place that the photo tells or somebody typed.

    With `describe` the clue's own files lead to the form for both.
    """
    return [
        {
            "file": one.file,
            "kind": KINDS.get(one.file.content_type.partition("/")[0], "材料"),
            "taken_at": one.taken_at,
            "place": _place_of(one),
            "typed": one.typed,
            "note": one.note,
            "original": one.clue if one.clue_id != clue.pk else None,
            "describe_url": _describe_url(one) if describe and one.clue_id == clue.pk else "",
        }
        for one in files_of(clue)
    ]


def _describe_url(row) -> str:
    return reverse(f"clues:{DESCRIBE}", args=[row.clue.public_id, row.file.public_id])


def file_facts(row) -> list[dict]:
    """One attachment, beside the form that describes it."""
    return [
        {"label": "文件", "value": row.file.name, "url": row.file.get_absolute_url()},
        {"label": "拍摄时间", "value": moment(row.taken_at) if row.taken_at else ""},
        {"label": "位置", "value": _place_of(row)},
    ]


def _place_of(row) -> str:
    return f"{row.longitude:.5f}，{row.latitude:.5f}" if row.longitude is not None else ""


def people_rows(clue) -> list[dict]:
    """人员."""
    rows = [
        {"role": "承办单位", "name": clue.agency.name},
        {"role": "上报单位", "name": clue.origin_agency.name if clue.origin_agency else ""},
        {"role": "登记人", "name": clue.registered_by.name},
        {"role": "核查人", "name": clue.handler.name if clue.handler else ""},
    ]
    return [row for row in rows if row["name"] or row["role"] == "核查人"]


def acts_on_filing(user, clue) -> bool:
    """Who may settle a clue is offered 呈批立案 above, the one strong button of the page."""
    return posting_for(user, ACTS.get("propose_disposition").roles, clue) is not None


def page_of(user, clue) -> dict:
    """Everything the page of a clue shows this person."""
    own = is_own(user, clue)
    acts = next_acts(user, clue)
    may_be_filed = clue.state in (S.VERIFIED, S.PENDING)
    return {
        "clue": clue,
        "own": own,
        "steps": steps(clue),
        "flags": flags(clue, last_look(clue)),
        "acts": acts,
        "add_url": next((row["url"] for row in acts if row["label"] == ADD_FILES), ""),
        "may_be_filed": may_be_filed,
        "acts_plain": may_be_filed and acts_on_filing(user, clue),
        "content_rows": content_rows(clue),
        "place_rows": place_rows(clue),
        "parties": party_rows(clue),
        "looks": look_rows(clue),
        "proposals": disposition_rows(clue),
        "sources": source_rows(clue),
        "informants": informant_rows(user, clue),
        "files": file_rows(clue, ACTS.openness(DESCRIBE, user, clue).ok),
        "people": people_rows(clue),
        "into_visible": own,
        "trail": showing.trail_of(clue) if own else [],
        "clocks": clock_rows(clue) if own else [],
    }
