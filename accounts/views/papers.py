"""本人名下的线下签批: the list, one paper with its two answers; and settling a denial."""

from functools import partial

from django.shortcuts import render
from django.urls import reverse

from accounts.acting import act_page
from accounts.acts import Act
from accounts.forms import papers as forms
from accounts.paper_acts import CONFIRM, DENY, PAPER_ACTS
from accounts.paper_pages import own_rows, section_of, sheet_of
from accounts.places import places
from accounts.services import paper_answers
from accounts.signables import act_of

TITLE = "线下签批"


def own_papers(request):
    """Every paper that bears my name and that another typed."""
    context = {"places": places(request.user, "accounts:own_papers"), "papers": own_rows(request.user)}
    return render(request, "accounts/papers/list.html", context)


def paper(request, public_id):
    """One paper: the scan, what was typed from it and by whom, and the two answers."""
    context = {**sheet_of(request.user, request.subject), "crumbs": _crumbs()}
    return render(request, "accounts/papers/paper.html", context)


def confirm_paper(request, public_id):
    """是我签的."""
    return _answer(request, CONFIRM, forms.ConfirmPaperForm, paper_answers.confirm_paper, verb="是我签的")


def deny_paper(request, public_id):
    """不是我签的."""
    intro = "答复后，这件事的页面会写明，本单位负责人、大队长和市级审核会收到消息。"
    context = {"verb": "不是我签的", "grave": True, "intro": intro}
    return _answer(request, DENY, forms.DenyPaperForm, paper_answers.deny_paper, **context)


def _answer(request, named, form_class, deed, **context):
    subject = request.subject
    name, label = named
    return act_page(
        request,
        act=Act(name, label, "papers", frozenset()),
        thing=subject,
        form_class=form_class,
        deed=partial(deed, paper=subject),
        done="已记录您的答复。",
        template="accounts/papers/answer.html",
        context={**sheet_of(request.user, subject), "crumbs": _crumbs(subject), **context},
    )


def settle_denial(request, pk):
    """处理签批否认."""
    approval = request.subject
    thing = approval.thing
    (denial,) = [
        row for row in section_of(request.user, thing)["denials"] if row["approval"].pk == approval.pk
    ]
    return act_page(
        request,
        act=PAPER_ACTS.get("settle_denial"),
        thing=thing,
        form_class=forms.SettleDenialForm,
        deed=partial(paper_answers.settle_denial, approval=approval),
        done="已处理。",
        context={
            "crumbs": [
                {"label": str(thing), "url": thing.get_absolute_url()},
                {"label": "处理签批否认", "url": ""},
            ],
            "summary_title": act_of(approval).label,
            "summary": _facts(denial),
        },
    )


def _facts(denial) -> list[dict]:
    return [
        {"label": "签批人", "value": f"{denial['signer']}，{denial['on']}，{denial['agreed']}"},
        {"label": "录入人", "value": denial["typist"]},
        {"label": "签批单", "value": denial["scan"]["label"], "url": denial["scan"]["url"]},
        {"label": "否认人", "value": denial["who"]},
        {"label": "否认说明", "value": denial["words"]},
    ]


def _crumbs(subject=None) -> list[dict]:
    path = [{"label": TITLE, "url": reverse("accounts:own_papers")}]
    return [*path, {"label": str(subject), "url": subject.get_absolute_url()}] if subject else path
