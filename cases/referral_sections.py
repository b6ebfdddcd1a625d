"""The sections on 移送: on a case's page, on a referral's own, on a police matter's."""

from cases import sections
from cases.services import suspicion


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
            "counts": detention_counts(one),
        }
        for one in case.referrals.all()
    ]


def detention_counts(referral) -> str:
    """刑事拘留 2人、逮捕 1人: distinct people, plus counts from paper that name nobody."""
    matter = getattr(referral, "matter", None)
    return counts_of(matter.detentions.all()) if matter else ""


def counts_of(detentions) -> str:
    """People per kind of detention in words."""
    named, counted = {}, {}
    for one in detentions:
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
        {
            "sentence": reason.sentence,
            "article": reason.article,
            "words": f"{reason.sentence}（{reason.article}{'' if reason.sure else f'；{reason.source}'}）",
        }
        for reason in suspicion.reasons_of(case)
    ]


def head_rows(one, own: bool) -> list[dict]:
    """移送情况; who proposed and why it was refused stay in the house."""
    rows = [
        {"label": "移送书文号", "value": one.number},
        {"label": "移送机关", "value": one.case.agency.name},
        {"label": "移送单位", "value": one.to_agency.name},
        {"label": "抄送检察院", "value": one.copied_to.name if one.copied_to else ""},
        {"label": "涉嫌罪名", "value": one.crime},
        {"label": "涉嫌犯罪情况", "value": one.report, "html_class": "prose"},
        {"label": "移送日期", "value": iso_day(one.sent_on)},
        {"label": "接收", "value": f"{iso_day(one.received_on)} {one.receiver}".strip()},
        {"label": "公安决定", "value": _answer(one)},
    ]
    if own:
        rows += [
            {"label": "呈批人", "value": one.proposed_by.name},
            {"label": "不批准理由", "value": one.refusal_reason},
        ]
    return [row for row in rows if row["value"] or row["label"] in ("移送书文号", "移送日期")]


def iso_day(day) -> str:
    """2026-09-15; nothing where no day is known."""
    return day.isoformat() if day else ""


def _answer(one) -> str:
    if not one.answered_on:
        return ""
    words = [one.get_state_display(), iso_day(one.answered_on), one.answer_number, one.answer_reason]
    return " ".join(word for word in words if word)


def package_rows(case) -> list[dict]:
    """The case as the package shows it."""
    return [{"label": "案号", "value": case.number}, *sections.core_rows(case)]


def detention_rows(matter) -> list[dict]:
    """What public security did, person by person (masked, told apart) or in counts."""
    if matter is None:
        return []
    labels = matter.labels()
    return [
        {
            "who": labels.get(one.subject_id, ""),
            "persons": one.persons,
            "kind": one.get_kind_display(),
            "on": one.happened_on,
            "paper": one.paper,
            "withdrawn": one.withdrawn_reason,
        }
        for one in matter.detentions.select_related("subject", "paper")
    ]
