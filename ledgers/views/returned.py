"""A workbook that came back from the prefecture: its upload, its page, the county's answers."""

from functools import partial

from django.shortcuts import render

from accounts.acting import act_page
from ledgers.acts import PROPOSAL_ACTS
from ledgers.forms.returned import DeclineProposalForm, ReturnedWorkbookForm, TakeProposalForm
from ledgers.services import proposals
from ledgers.services.returned_workbook import record_returned_workbook as recording
from ledgers.showing import returned
from ledgers.showing.reported import facts
from ledgers.views.acting import crumbs, submission_act


def record_returned_workbook(request, public_id):
    """上传改回的工作簿."""
    return submission_act(
        request,
        "record_returned_workbook",
        ReturnedWorkbookForm,
        recording,
        done="改回的工作簿已登记，台账没有改动。",
        verb="上传",
        summary_title="报送情况",
        summary=facts(request.subject),
    )


def workbook(request, public_id):
    """What is marked on it, what it would change, what couldn't be taken up."""
    the_one = request.subject
    submission = the_one.submission
    context = returned.page_of(request.user, the_one)
    context["crumbs"] = crumbs(submission.campaign, submission, here="改回的工作簿")
    return render(request, "ledgers/returned/workbook.html", context)


def take_proposal(request, public_id):
    """采纳."""
    return _answer(
        request, "take_proposal", TakeProposalForm, proposals.take_proposal, done="已采纳。", verb="采纳"
    )


def decline_proposal(request, public_id):
    """不采纳."""
    return _answer(
        request, "decline_proposal", DeclineProposalForm, proposals.decline_proposal, done="已答复不采纳。"
    )


def _answer(request, name, form_class, deed, done, **context):
    mark, act = request.subject, PROPOSAL_ACTS.get(name)
    submission = mark.returned.submission
    path = crumbs(submission.campaign, submission, mark.returned, here=act.label)
    return act_page(
        request,
        act=act,
        thing=mark,
        form_class=form_class,
        deed=partial(deed, mark=mark),
        done=done,
        context={"crumbs": path, **returned.beside(request.user, mark), **context},
    )
