"""Ask to see who reported, once and for a reason; say that they were answered."""

import secrets
from functools import partial

from django.shortcuts import redirect, render

from accounts.acting import act_page
from accounts.services import deeds
from clues.acts import ACTS
from clues.forms.informants import AnswerForm, UnmaskForm
from clues.models import InformantFile
from clues.services.informants import answer_informant, unmask_informant
from clues.showing.disposition import disposition_rows
from clues.views.clues import crumbs
from common.errors import Forbidden, Refused

UNMASK = "clues/intake/unmask.html"


def unmask(request, public_id):
    """The reason is posted, the answer is this one page: not kept, not reachable by address."""
    clue, act = request.subject, ACTS.get("unmask_informant")
    page = {
        "act": act,
        "thing": clue,
        "crumbs": crumbs(clue, act.label),
        "heading": act.label,
        "article": act.note,
        "verb": "查看",
        "cancel": clue.get_absolute_url(),
        "key": secrets.token_hex(16),
        "version": clue.version,
        "no_draft": True,
    }
    form = UnmaskForm(request.POST or None, user=request.user, thing=clue)
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return render(request, "parts/act_page.html", {**page, "form": form}, status=status)
    try:
        shown = _unmask_once(request, clue, form.cleaned_data["reason"])
    except Forbidden:
        raise
    except Refused as no:
        page |= {"form": form, "refusal": no}
        return render(request, "parts/act_page.html", page, status=409)
    if shown is None:
        return redirect(clue.get_absolute_url())
    files = InformantFile.objects.visible_to(request.user).filter(informant__clue=clue)
    page |= {"facts": shown, "files": [row.file for row in files.select_related("file")]}
    return render(request, UNMASK, page)


def _unmask_once(request, clue, reason):
    """The facts; None when this very form was sent before (a refresh shows nothing twice)."""
    shown = []

    def deed():
        shown.append(unmask_informant(by=request.user, clue=clue, reason=reason))
        return clue.get_absolute_url()

    deeds.once(
        by=request.user,
        key=request.POST.get("_key") or secrets.token_hex(16),
        act="unmask_informant",
        digest=deeds.digest_of(request.path, reason),
        deed=deed,
    )
    return shown[0] if shown else None


def answer(request, public_id):
    """反馈举报人."""
    clue, act = request.subject, ACTS.get("answer_informant")
    return act_page(
        request,
        act=act,
        thing=clue,
        form_class=AnswerForm,
        deed=partial(answer_informant, clue=clue),
        done="反馈已记录。",
        context={
            "crumbs": crumbs(clue, act.label),
            "verb": "记录反馈",
            "summary_title": "线索处理",
            "summary": [row for proposal in disposition_rows(clue) for row in proposal["rows"]],
        },
    )
