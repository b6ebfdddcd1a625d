"""A department signs for a clue that was handed over to it, and tells what became of it."""

from functools import partial

from accounts.acting import act_page
from clues.acts import ACTS
from clues.forms.answering import AnswerForm, ReceiveForm
from clues.services import answering
from clues.showing.disposition import disposition_rows
from clues.views.clues import crumbs


def receive(request, public_id):
    """签收移交."""
    done = "已签收，移交单位已收到消息。"
    return _answer(request, "receive_handover", ReceiveForm, answering.receive_handover, done)


def answer(request, public_id):
    """反馈办理情况."""
    done = "已反馈，移交单位已收到消息。"
    return _answer(request, "answer_handover", AnswerForm, answering.answer_handover, done)


def _answer(request, name, form_class, deed, done):
    clue, act = request.subject, ACTS.get(name)
    handovers = disposition_rows(clue)
    return act_page(
        request,
        act=act,
        thing=clue,
        form_class=form_class,
        deed=partial(deed, clue=clue),
        done=done,
        context={
            "crumbs": crumbs(clue, act.label),
            "verb": act.verb,
            "summary_title": "移交",
            "summary": [
                {"label": "线索摘要", "value": clue.summary},
                *(handovers[0]["rows"] if handovers else []),
            ],
        },
    )
