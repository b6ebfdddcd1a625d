"""处理: every proposal with its answer."""

from accounts.paper_pages import words_of
from clues.models import Clue, Disposition
from clues.services.conditions import answers_in_words
from clues.showing.loading import load


def disposition_rows(clue: Clue) -> list[dict]:
    """处理: every proposal with its answer, newest first."""
    proposals = load(clue).dispositions.all()
    return [{"proposal": each, "rows": _rows(each), "state": _answer(each)} for each in proposals]


def _rows(proposal: Disposition) -> list[dict]:
    rows = [
        {"label": "处理意见", "value": proposal.get_outcome_display(), "flags": [_answer(proposal)]},
        {"label": "不予立案理由", "value": proposal.get_reason_code_display()},
        {"label": "移交单位", "value": proposal.receiver},
        {"label": "再查日期", "value": proposal.look_again_on.isoformat() if proposal.look_again_on else ""},
        {"label": "并入", "value": str(proposal.into or proposal.into_number)},
        {"label": "立案条件", "value": "；".join(answers_in_words(proposal.conditions))},
        {"label": "理由说明", "value": proposal.reason},
        {"label": "提出人", "value": proposal.proposed_by.name},
    ]
    rows += [*_signed(proposal), *_letter(proposal), *_answers(proposal)]
    return [row for row in rows if row["value"]]


def _signed(proposal: Disposition) -> list[dict]:
    approval = proposal.approval
    if approval is None:
        return []
    signed = f"{approval.signer.name}，{approval.signed_on}，{words_of(approval)}"
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


def _answers(proposal: Disposition) -> list[dict]:
    """What the department said, in the order in which it said it."""
    return [
        {
            "label": answer.get_kind_display(),
            "value": "，".join(filter(None, [f"{answer.happened_on}", answer.text, answer.recorded_by.name])),
            "evidence": [{"label": "复函或者回执", "url": answer.paper.get_absolute_url()}]
            if answer.paper
            else [],
        }
        for answer in proposal.answers.all()
    ]


def _answer(proposal: Disposition) -> tuple[str, str]:
    if proposal.taken_back_at:
        return "已收回", "red"
    if proposal.withdrawn_at:
        return "已撤回", ""
    return {None: ("待批", "amber"), True: ("已批准", "green"), False: ("已退回", "red")}[proposal.approved]
