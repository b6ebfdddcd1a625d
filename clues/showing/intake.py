"""What was reported, where, about whom, from which sources, and by whom."""

from django.urls import reverse

from accounts.models import User
from clues.models import Clue, Informant
from clues.services.duplicates import reporter_of
from clues.showing.loading import load
from common.geodesy.grounds import DATUMS
from common.showing.times import moment


def content_rows(clue: Clue) -> list[dict]:
    """线索内容."""
    return [
        {"label": "线索来源", "value": clue.get_source_display()},
        {"label": "来文或工单编号", "value": clue.source_number},
        {"label": "受理日期", "value": clue.received_on.isoformat()},
        {"label": "问题发生日期", "value": clue.happened_on.isoformat() if clue.happened_on else ""},
        {"label": "线索摘要", "value": clue.summary, "html_class": "prose"},
        {"label": "涉嫌违法类型", "value": "、".join(clue.violation_labels)},
        {"label": "矿种", "value": clue.mineral},
        *_finding_rows(clue),
    ]


def _finding_rows(clue: Clue) -> list[dict]:
    """Who of a township found it, when, and when it was told here; nothing where nobody typed any of it."""
    if not (clue.found_by or clue.found_at or clue.reported_at):
        return []
    return [
        {"label": "发现人", "value": clue.found_by},
        {"label": "发现时间", "value": moment(clue.found_at) if clue.found_at else ""},
        {"label": "报告时间", "value": moment(clue.reported_at) if clue.reported_at else ""},
    ]


def place_rows(clue: Clue) -> list[dict]:
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


def party_rows(clue: Clue) -> list[dict]:
    """当事人, identity and phone masked."""
    return [
        {
            "name": link.party.name,
            "kind": link.party.get_kind_display(),
            "identity": link.party.identity_masked,
            "phone": link.party.phone_masked,
        }
        for link in load(clue).suspects.all()
    ]


def source_rows(clue: Clue) -> list[dict]:
    """来源: every report behind the clue, those of merged clues too."""
    return [
        {
            "source": source,
            "original": source.original if source.original_id != clue.pk else None,
            "who": reporter_of(source.original),
            "at": source.original.recorded_at,
        }
        for source in load(clue).sources.all()
    ]


def informants_of(user: User, clue: Clue) -> list[Informant]:
    """Informants of the clue and of those merged into it; only for who may know."""
    rows = Informant.objects.visible_to(user).filter(clue_id__in=load(clue).original_ids())
    return list(rows.select_related("clue").order_by("pk"))


def informant_rows(informants: list[Informant]) -> list[dict]:
    """Informants, masked."""
    return [
        {
            "name": str(informant),
            "anonymous": informant.anonymous,
            "wants_answer": informant.wants_answer,
            "answered_on": informant.answered_on,
            "url": reverse("clues:unmask_informant", args=[informant.clue.public_id]),
        }
        for informant in informants
    ]


def people_rows(clue: Clue) -> list[dict]:
    """人员."""
    rows = [
        {"role": "承办单位", "name": clue.agency.name},
        {"role": "上报单位", "name": clue.origin_agency.name if clue.origin_agency else ""},
        {"role": "登记人", "name": clue.registered_by.name},
        {"role": "核查人", "name": clue.handler.name if clue.handler else ""},
    ]
    return [row for row in rows if row["name"] or row["role"] == "核查人"]
