"""Ask to see who reported, or what they sent in, once and for a reason; say that they were answered."""

from functools import partial

from django.shortcuts import render
from django.urls import reverse

from accounts.acting import act_page
from accounts.revealing import reveal_once
from accounts.services.files import name_of
from accounts.views.files import handed_out
from clues.acts import ACTS
from clues.forms.informants import AnswerForm, OpenFileForm, UnmaskForm
from clues.models import InformantFile
from clues.services.informant_files import open_informant_file, visible_file
from clues.services.informants import answer_informant, unmask_informant
from clues.showing.disposition import disposition_rows
from clues.views.clues import crumbs


def unmask(request, public_id):
    """The reason is posted, the answer is this one page: not kept, not reachable by address."""
    clue, act = request.subject, ACTS.get("unmask_informant")
    form = UnmaskForm(request.POST or None, request=request, user=request.user, thing=clue)

    def answer(facts, page):
        files = _files_of(request.user, clue)
        return render(request, "clues/intake/unmask.html", {**page, "facts": facts, "files": files})

    return reveal_once(
        request,
        act=act,
        thing=clue,
        form=form,
        deed=lambda: unmask_informant(by=request.user, clue=clue, **form.cleaned_data),
        answer=answer,
        crumbs=crumbs(clue, act.label),
    )


def _files_of(user, clue) -> list[dict]:
    rows = InformantFile.objects.visible_to(user).filter(informant__clue=clue).select_related("file")
    return [
        {
            "name": name_of(row.file),
            "url": reverse("clues:open_informant_file", args=[clue.public_id, row.file.public_id]),
        }
        for row in rows
    ]


def open_file(request, public_id, file_id):
    """打开举报材料: the reason is posted, the answer is the file; no address leads to it."""
    clue, act = request.subject, ACTS.get("open_informant_file")
    form = OpenFileForm(request.POST or None, request=request, user=request.user, thing=clue)
    return reveal_once(
        request,
        act=act,
        thing=clue,
        form=form,
        deed=lambda: open_informant_file(by=request.user, clue=clue, file_id=file_id, **form.cleaned_data),
        answer=lambda opened, page: handed_out(opened[0].file, opened[1]),
        crumbs=crumbs(clue, act.label),
        context={
            "verb": "打开",
            "hands_out": True,
            "summary": [{"label": "材料", "value": name_of(visible_file(request.user, clue, file_id).file)}],
        },
    )


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
