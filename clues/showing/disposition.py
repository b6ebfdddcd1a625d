"""处理: every proposal with its answer."""

from clues.models import Clue, Disposition
from clues.services.conditions import labels_of


def disposition_rows(clue: Clue) -> list[dict]:
    """处理: every proposal with its answer, newest first."""
    proposals = clue.dispositions.select_related(
        "proposed_by", "to_agency", "into", "approval__signer", "approval__signed_paper__scan", "letter"
    )
    return [{"proposal": each, "rows": _rows(each), "state": _answer(each)} for each in proposals]


def _rows(proposal: Disposition) -> list[dict]:
    rows = [
        {"label": "处理意见", "value": proposal.get_outcome_display(), "flags": [_answer(proposal)]},
        {"label": "不予立案理由", "value": proposal.get_reason_code_display()},
        {"label": "移交单位", "value": proposal.receiver},
        {"label": "再查日期", "value": proposal.look_again_on.isoformat() if proposal.look_again_on else ""},
        {"label": "并入", "value": str(proposal.into or proposal.into_number)},
        {"label": "具备的立案条件", "value": "；".join(labels_of(proposal.conditions))},
        {"label": "理由说明", "value": proposal.reason},
        {"label": "提出人", "value": proposal.proposed_by.name},
    ]
    rows += [*_signed(proposal), *_letter(proposal)]
    return [row for row in rows if row["value"]]


def _signed(proposal: Disposition) -> list[dict]:
    approval = proposal.approval
    if approval is None:
        return []
    how = "线下签批" if approval.on_paper else "系统内签批"
    signed = f"{approval.signer.name}，{approval.signed_on}，{how}"
    scan = approval.signed_paper.scan if approval.signed_paper else None
    proof = [{"label": "签批单", "url": scan.get_absolute_url()}] if scan else []
    return [
        {"label": "签批", "value": signed, "evidence": proof},
        {"label": "签批意见", "value": approval.opinion},
    ]


def _letter(proposal: Disposition) -> list[dict]:
    if proposal.letter is None:
        return []
    proof = [{"label": "移送函", "url": proposal.letter.get_absolute_url()}]
    sent = f"{proposal.letter_number}，{proposal.letter_sent_on}"
    return [{"label": "移送函", "value": sent, "evidence": proof}]


def _answer(proposal: Disposition) -> tuple[str, str]:
    if proposal.taken_back_at:
        return "已收回", "red"
    return {None: ("待批", "amber"), True: ("已批准", "green"), False: ("已退回", "red")}[proposal.approved]
