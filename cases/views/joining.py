"""市级参与: asked for by the county, answered by the prefecture."""

from cases.forms.joining import AnswerJoiningForm, AskPrefectureForm
from cases.sections import joining_rows
from cases.services import joining
from cases.views.acting import act_on_case
from common.forms.acts import Reason


def ask_prefecture(request, public_id):
    """报请市局参与."""
    done = "已报请市局参与，等市局答复。"
    return act_on_case(
        request, "ask_prefecture", AskPrefectureForm, joining.ask_prefecture, done=done, verb="报请"
    )


def answer_joining(request, public_id):
    """答复报请参与."""
    return act_on_case(
        request,
        "answer_joining",
        AnswerJoiningForm,
        joining.answer_joining,
        verb="答复",
        summary_title="报请的内容",
        summary=joining_rows(request.subject),
    )


def withdraw_joining(request, public_id):
    """撤回报请参与."""
    return act_on_case(request, "withdraw_joining", Reason, joining.withdraw_joining, verb="撤回", grave=True)
