"""Propose how to settle a clue; approve or return it."""

from functools import partial

from django.shortcuts import render

from accounts import answering, opinions
from accounts.acting import act_page
from accounts.pages import clock_rows
from clues import onward
from clues.acts import ACTS
from clues.forms.disposition import ApproveForm, LetterForm, ProposeForm, ReturnForm, TakeBackForm
from clues.services.disposition import (
    approve_disposition,
    propose_disposition,
    return_disposition,
    withdraw_disposition,
)
from clues.services.handovers import take_back_handover
from clues.services.letters import record_handover_letter
from clues.showing.disposition import disposition_rows
from clues.showing.files import file_rows
from clues.showing.intake import content_rows, party_rows, place_rows
from clues.showing.verification import look_rows
from clues.views.clues import crumbs, full
from common.errors import Refused
from common.forms.acts import Reason

SIGNED = ("签批", "签批意见")


def propose(request, public_id):
    """提出处理意见: anything but filing."""
    clue, act = request.subject, ACTS.get("propose_disposition")
    return act_page(
        request,
        act=act,
        thing=clue,
        form_class=ProposeForm,
        deed=partial(propose_disposition, clue=clue),
        done="处理意见已提出，等负责人批准。",
        template="clues/disposition/propose.html",
        context={
            "crumbs": crumbs(clue, act.label),
            "verb": "提出",
            "above": onward.rows(request.user, clue),
            "intro": "立案是常态，不立案是例外。五项立案条件逐项回答，都具备的呈批立案；"
            "核查不属实、并入他案的可以不答。",
        },
    )


ANSWERS = {
    "approve_disposition": (ApproveForm, approve_disposition, "处理意见已批准。"),
    "return_disposition": (ReturnForm, return_disposition, "处理意见已退回提出人。"),
}


def approve(request, public_id):
    """批准处理意见, here or on paper, or send it back."""
    return _answer(request, "approve_disposition")


def send_back(request, public_id):
    """退回处理意见."""
    return _answer(request, "return_disposition")


def _answer(request, name):
    """Both answers on one page, with the clue, what was checked, and every file."""
    clue, chosen = full(request), answering.pressed(request, ACTS, name)
    form_class, deed, done = ANSWERS[chosen]
    if request.method == "GET":
        form_class = ApproveForm
    first, proposals = ACTS.get("approve_disposition"), disposition_rows(clue)
    buttons = answering.buttons(ACTS, name, request.user, clue)
    context = {
        **buttons,
        "cancel_word": "回到线索",
        "crumbs": crumbs(clue, first.label),
        "heading": first.label,
        "article": first.article,
        "summary": proposals[0]["rows"] if proposals else [],
        "opinions": opinions.proposals_of(clue, ACTS, name) + opinions.answers_to(clue, ACTS, name),
        "clocks": clock_rows(clue),
        "content_rows": content_rows(clue),
        "place_rows": place_rows(clue),
        "parties": party_rows(clue),
        "looks": look_rows(clue),
        "files": file_rows(clue),
    }
    return act_page(
        request,
        act=ACTS.get(chosen),
        thing=clue,
        form_class=form_class,
        deed=partial(deed, clue=clue),
        done=done,
        template="clues/disposition/decide.html",
        form_options={"answers": buttons["answers"]},
        context=context,
    )


def withdraw(request, public_id):
    """撤回处理意见."""
    clue, act = request.subject, ACTS.get("withdraw_disposition")
    proposals = disposition_rows(clue)
    return act_page(
        request,
        act=act,
        thing=clue,
        form_class=Reason,
        deed=partial(withdraw_disposition, clue=clue),
        context={
            "crumbs": crumbs(clue, act.label),
            "verb": "撤回",
            "summary_title": "待批的处理意见",
            "summary": proposals[0]["rows"] if proposals else [],
        },
    )


def take_back(request, public_id):
    """收回移交."""
    clue, act = request.subject, ACTS.get("take_back_handover")
    return act_page(
        request,
        act=act,
        thing=clue,
        form_class=TakeBackForm,
        deed=partial(take_back_handover, clue=clue),
        done="移交已收回，这条线索等本单位重新处理。",
        context={
            "crumbs": crumbs(clue, act.label),
            "verb": "收回",
            "grave": True,
            "intro": "收回后，接收单位不再看得到这条线索，线索回到“待处理”，须重新提出处理意见。",
        },
    )


def letter(request, public_id):
    """登记移送函."""
    clue, act = request.subject, ACTS.get("record_handover_letter")
    proposals = disposition_rows(clue)
    return act_page(
        request,
        act=act,
        thing=clue,
        form_class=LetterForm,
        deed=partial(record_handover_letter, clue=clue),
        context={
            "crumbs": crumbs(clue, act.label),
            "verb": "登记",
            "summary_title": "批准的移交",
            "summary": proposals[0]["rows"] if proposals else [],
        },
    )


def approval_form(request, public_id):
    """处理呈批表 on paper: what is proposed and why, lines to sign on; never who reported."""
    clue = full(request)
    proposals = disposition_rows(clue)
    if not proposals:
        raise Refused("还没有处理意见，不能打印呈批表。请先提出处理意见。")
    looks = look_rows(clue)
    context = {
        "clue": clue,
        "crumbs": crumbs(clue, "呈批表"),
        "parties": party_rows(clue),
        "proposal": proposals[0]["proposal"],
        "rows": [row for row in proposals[0]["rows"] if row["label"] not in SIGNED],
        "look": looks[0]["look"] if looks else None,
        **opinions.on_paper_form(clue, ACTS, "approve_disposition"),
    }
    return render(request, "clues/disposition/approval_form.html", context)
