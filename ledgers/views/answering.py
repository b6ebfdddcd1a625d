"""The prefecture's answer to a submission, in the system or on paper."""

from ledgers.forms.answering import AcceptForm, PaperAnswerForm, PaperReportForm, ReturnForm
from ledgers.services import answering
from ledgers.showing.reported import facts
from ledgers.views.acting import submission_act


def accept_submission(request, public_id):
    """接收."""
    return submission_act(
        request,
        "accept_submission",
        AcceptForm,
        answering.accept_submission,
        done="已接收。这一期可以计入汇总台账。",
        **_beside(request.subject),
    )


def return_submission(request, public_id):
    """退回."""
    return submission_act(
        request,
        "return_submission",
        ReturnForm,
        answering.return_submission,
        done="已退回，填报人和审核人会收到通知。",
        grave=True,
        **_beside(request.subject),
    )


def record_paper_report(request, public_id):
    """线下报送登记."""
    return submission_act(
        request,
        "record_paper_report",
        PaperReportForm,
        answering.record_paper_report,
        done="线下报送已登记。",
        verb="登记",
        intro="上级单位不使用本系统的，打印台账盖章报出后在这里登记。",
        **_beside(request.subject),
    )


def record_paper_answer(request, public_id):
    """线下接收登记."""
    return submission_act(
        request,
        "record_paper_answer",
        PaperAnswerForm,
        answering.record_paper_answer,
        done="市级意见已登记。",
        verb="登记",
        **_beside(request.subject),
    )


def _beside(submission) -> dict:
    """What is being answered: 期次, the three times, people, digest."""
    return {"summary_title": "报送情况", "summary": facts(submission)}
