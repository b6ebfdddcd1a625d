"""The sections on 移送: on a case's page, on a referral's own, on a police matter's."""

from cases import sections
from cases.stages import REFERRAL_STAGES, ReferralState


def referral_rows(case) -> list[dict]:
    """移送公安: each referral with what came back, in counts of people."""
    return [
        {
            "referral": referral,
            "url": referral.get_absolute_url(),
            "to": referral.to_agency.name,
            "crime": referral.crime,
            "state": state_words(referral),
            "sent_on": referral.sent_on,
            "counts": detention_counts(referral),
        }
        for referral in case.referrals.all()
    ]


def state_words(referral) -> list[tuple[str, str]]:
    """Where a referral stands: one word with its tone."""
    return [(referral.get_state_display(), REFERRAL_STAGES[referral.state].tone)]


def detention_counts(referral) -> str:
    """刑事拘留 2人、逮捕 1人: distinct people, plus counts from paper that name nobody."""
    matter = getattr(referral, "matter", None)
    return counts_of(matter.detentions.all()) if matter else ""


def counts_of(detentions) -> str:
    """People per kind of detention in words."""
    named, counted = {}, {}
    for detention in detentions:
        if detention.withdrawn_at:
            continue
        if detention.subject_id:
            named.setdefault(detention.get_kind_display(), set()).add(detention.subject_id)
        else:
            counted[detention.get_kind_display()] = (
                counted.get(detention.get_kind_display(), 0) + detention.persons
            )
    kinds = dict.fromkeys([*named, *counted])
    return "、".join(f"{k} {len(named.get(k, ())) + counted.get(k, 0)}人" for k in kinds)


def reason_rows(case) -> list[dict]:
    """Why the case should be referred, each with its article; unsure figures say so."""
    row = next((row for row in case.flags_now() if row.code == "must_refer"), None)
    if row is None:
        return []
    return [
        {
            "sentence": reason["sentence"],
            "article": reason["article"],
            "words": _reason_words(reason),
        }
        for reason in row.figures.get("reasons", ())
    ]


def _reason_words(reason: dict) -> str:
    unsure = "" if reason["sure"] else f"；{reason['document']}"
    return f"{reason['sentence']}（{reason['article']}{unsure}）"


def head_rows(referral, own: bool) -> list[dict]:
    """移送情况; who proposed and why it was refused stay in the system."""
    rows = [
        {"label": "移送书文号", "value": referral.number},
        {"label": "移送机关", "value": referral.case.agency.name},
        {"label": "移送单位", "value": referral.to_agency.name},
        {"label": "抄送检察院", "value": referral.copied_to.name if referral.copied_to else ""},
        {"label": "涉嫌罪名", "value": referral.crime},
        {"label": "涉嫌犯罪情况", "value": referral.report, "html_class": "prose"},
        {"label": "移送日期", "value": iso_day(referral.sent_on)},
        {"label": "接收", "value": f"{iso_day(referral.received_on)} {referral.receiver}".strip()},
        {"label": "公安决定", "value": _answer(referral)},
        {"label": "刑事结果", "value": _outcome(referral)},
    ]
    if own:
        rows += [
            {"label": "呈批人", "value": referral.proposed_by.name},
            {"label": "不批准理由", "value": referral.refusal_reason},
        ]
    return [row for row in rows if row["value"] or row["label"] in ("移送书文号", "移送日期")]


def iso_day(day) -> str:
    """2026-09-15; nothing where no day is known."""
    return day.isoformat() if day else ""


def _answer(referral) -> str:
    if not referral.answered_on:
        return ""
    declined = referral.state == ReferralState.DECLINED
    answer = ReferralState.DECLINED if declined else ReferralState.POLICE_FILED
    words = [answer.label, iso_day(referral.answered_on), referral.answer_number, referral.answer_reason]
    return " ".join(word for word in words if word)


def _outcome(referral) -> str:
    words = [referral.get_outcome_display(), iso_day(referral.outcome_on), referral.outcome_number]
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
            "who": labels.get(detention.subject_id, ""),
            "persons": detention.persons,
            "kind": detention.get_kind_display(),
            "on": detention.happened_on,
            "paper": detention.paper,
            "withdrawn": detention.withdrawn_reason,
        }
        for detention in matter.detentions.select_related("subject", "paper")
    ]
