"""The sections of a case's page, each as rows in the shapes of templates/parts."""

from accounts.models import Approval, local_today
from accounts.paper_pages import words_of
from cases.services import findings
from cases.services.circumstances import days_of
from cases.services.of_clues import clues_merged_into
from common.showing.names import named_apart
from common.showing.times import day
from registry.models import PartyKind


def base_rows(case) -> list[dict]:
    """基本情况, with where the case came from."""
    head, *rest = core_rows(case)
    from_clues = [
        {"label": "案件来源", "value": case.get_source_display()},
        {"label": "来源线索", "value": str(case.clue or ""), "url": _clue_url(case)},
        *merged_rows(case),
    ]
    return [head, *from_clues, *rest]


def core_rows(case) -> list[dict]:
    """What of a case may also go into the package: no source, no opinions, no approvals."""
    return [
        {"label": "案由", "value": case.cause},
        {"label": "位置", "value": place_words(case)},
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


def place_words(case) -> str:
    """交城县西社镇 某沟."""
    return f"{case.county.name}{case.township.name if case.township else ''} {case.place}"


def party_rows(case) -> list[dict]:
    """当事人, numbers and phones masked."""
    return [
        {
            "row": each.pk,
            "key": each.party_id,
            "identified": each.party.kind != PartyKind.UNKNOWN,
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
        {"name": each.get_code_display(), "side": each.get_side_display(), "days": days_of(each).words}
        for each in case.violations.all()
    ]


def land_rows(case) -> list[dict]:
    """占地认定: the round that holds first, earlier and withdrawn ones after it."""
    now = {row.pk for row in case.land_now()}
    return [
        {
            "round": row.round,
            "class": row.get_land_class_display(),
            "area": row.area,
            "beside": "，".join(findings.beside(row)),
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
            "beside": "，".join(findings.beside(row)),
            "on": row.happened_on,
            "basis": row.basis,
            "holds": row.pk in now,
            "withdrawn": row.withdrawn_reason,
            "who": row.recorded_by.name,
        }
        for row in case.mineral_findings.all()
    ]


def period_rows(case) -> list[dict]:
    """办案期限: what isn't counted, and extensions."""
    return [
        {"what": str(row), "reason": row.reason, "withdrawn": row.withdrawn_reason}
        for row in case.period_changes.all()
    ]


def joining_rows(case) -> list[dict]:
    """市级参与: each request with its reason, and what was answered by whom."""
    rows = []
    for row in case.joinings.all():
        word = ("已撤回", "") if row.withdrawn_at else ("待答复", "amber")
        if row.joins is not None:
            word = ("参与", "green") if row.joins else ("不参与", "")
        rows.append({"label": "报请参与", "value": f"{row}：{row.reason}", "flags": [word]})
        said = "，".join(filter(None, [row.answer_words, row.people, row.answer]))
        due = f"应在{row.answer_due}以前答复" if row.is_open else ""
        rows.append({"label": "市局答复", "value": said or due})
    return rows


def found_words(case) -> list[str]:
    """认定 in words, a line each, the round that holds: 煤 820吨，价值9,000元."""
    rows = [*case.land_now(), *case.minerals_now()]
    lines = ["，".join([findings.head(row, " "), *findings.more(row)]) for row in rows]
    return [*lines, *findings.circumstance_words(case.circumstances_now())]


def file_rows(files) -> list[dict]:
    """材料 for parts/files.html."""
    papers = list(files)
    return [
        {
            "name": name,
            "file": paper.file,
            "facts": "，".join(filter(None, [paper.kind, paper.note])),
            "url": paper.file.get_absolute_url(),
            "preview_url": paper.file.get_absolute_url(),
            "kind": "·".join(filter(None, [paper.kind, "随移送卷" if paper.for_police else ""])),
            "size": paper.file.size,
            "digest": paper.file.sha256,
            "who": paper.file.stored_by.name,
            "when": paper.file.stored_at,
        }
        for paper, name in zip(papers, named_apart(paper.file.name for paper in papers), strict=True)
    ]


def _officer(role, person) -> dict:
    """A handler, and what is wrong with the 执法证 today."""
    if person is None:
        return {"role": role, "name": ""}
    return {"role": role, "name": person.name, "note": person.certificate_fault(local_today())}


def people_rows(case, approvals: list[Approval]) -> list[dict]:
    """人员: who works on it, and who signed: of `approvals`, as they were given, the last of a sort."""
    own = [each for each in approvals if each.subject_kind == "cases.case" and each.subject_id == case.pk]
    signed = {approval.act: approval for approval in own if approval.agreed}
    rows = [
        {"role": "承办单位", "name": case.agency.name},
        _officer("承办人", case.handler),
        _officer("协办人", case.second_handler),
    ]
    for name, role in (
        ("approve_filing", "立案签批"),
        ("approve_decision", "决定签批"),
        ("approve_closing", "结案签批"),
    ):
        if approval := signed.get(name):
            how = words_of(approval) if approval.on_paper else ""
            rows.append({"role": role, "name": approval.signer.name, "note": f"{approval.signed_on} {how}"})
    return rows
