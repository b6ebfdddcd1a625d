"""Register, report, complete, merge; like clues while typing."""

from functools import partial

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse

from accounts import roles
from accounts.acting import act_page
from clues.acts import ACTS, REGISTER
from clues.forms.amending import AmendForm, amend_initial
from clues.forms.files import DescribeForm, FilesForm
from clues.forms.intake import IntakeForm
from clues.forms.merging import MergeForm
from clues.forms.report import ReportForm
from clues.models import Clue
from clues.services.attachments import add_clue_files, describe_clue_file
from clues.services.intake import amend_clue, register_clue, registering_post
from clues.services.merging import merge_clue
from clues.showing.files import file_facts
from clues.showing.repeats import like
from clues.views.clues import crumbs

FORM = "clues/intake/form.html"


def register(request):
    """登记线索; a 乡镇报告员 gets the short form."""
    only_reports = request.user.role_codes & REGISTER.roles == {roles.REPORTER}
    upper = registering_post(request.user).agency.parent if only_reports else None
    return act_page(
        request,
        act=REGISTER,
        form_class=ReportForm if only_reports else IntakeForm,
        deed=_registered,
        done=f"已上报{upper.name}。" if upper else "线索已登记，编号见页首。",
        template=FORM,
        cancel_url=reverse("clues:list"),
        context={
            "crumbs": crumbs(here=REGISTER.label),
            "heading": "上报线索" if only_reports else REGISTER.label,
            "verb": "上报" if only_reports else "登记",
        },
    )


class _Receipt:
    """What a reporter goes to after registering: the receipt of the clue."""

    def __init__(self, clue):
        self.clue = clue

    def get_absolute_url(self):
        """The receipt's address."""
        return reverse("clues:receipt", args=[self.clue.public_id])


def _registered(**values):
    clue = register_clue(**values)
    return _Receipt(clue) if clue.origin_agency_id else clue


def similar(request):
    """Clues like what stands in the form being typed; a piece of that page."""
    form_class = IntakeForm if request.user.role_codes - {roles.REPORTER} else ReportForm
    form = form_class(request.POST, user=request.user, thing=None)
    form.is_valid()
    return render(request, "clues/intake/similar.html", {"form": form, "live": True})


def amend(request, public_id):
    """补充线索."""
    clue, act = request.subject, ACTS.get("amend_clue")
    return act_page(
        request,
        act=act,
        thing=clue,
        form_class=AmendForm,
        deed=partial(amend_clue, clue=clue),
        initial=amend_initial(clue),
        template=FORM,
        done="修改已保存。",
        context={"crumbs": crumbs(clue, act.label), "verb": "保存修改"},
    )


def add_files(request, public_id):
    """上传附件, many at once."""
    clue, act = request.subject, ACTS.get("add_clue_files")
    return act_page(
        request,
        act=act,
        thing=clue,
        form_class=FilesForm,
        deed=partial(add_clue_files, clue=clue),
        done="附件已保存。",
        context={"crumbs": crumbs(clue, act.label), "verb": "上传"},
    )


def describe_file(request, public_id, file_id):
    """补填拍摄信息: time and place of one file, where the photo came without them."""
    clue, act = request.subject, ACTS.get("describe_clue_file")
    row = clue.files.select_related("file").filter(file__public_id=file_id).first()
    if row is None:
        raise Http404
    return act_page(
        request,
        act=act,
        thing=clue,
        form_class=DescribeForm,
        form_options={"row": row},
        deed=partial(describe_clue_file, clue=clue, row=row),
        initial={
            "photo_place": row.place,
            **{name: getattr(row, name) for name in ("taken_at", "note", "sent_by", "original_with")},
        },
        done="拍摄信息已保存。",
        context={
            "crumbs": crumbs(clue, act.label),
            "verb": "保存",
            "intro": row.file.name,
            "summary_title": "附件",
            "summary": file_facts(row),
        },
    )


def merge(request, public_id):
    """归并线索; the like ones stand beside the form."""
    clue, act = request.subject, ACTS.get("merge_clue")
    return act_page(
        request,
        act=act,
        thing=clue,
        form_class=MergeForm,
        deed=partial(merge_clue, clue=clue),
        done="线索已归并，来源都保留在这件线索里。",
        template="clues/intake/merge.html",
        initial={"into": _chosen(request)},
        context={
            "crumbs": crumbs(clue, act.label),
            "verb": "归并",
            "grave": True,
            "similar": like(request.user, clue),
        },
    )


def _chosen(request) -> str:
    """The number of the clue picked from the list beside the form (by its public id)."""
    rows = Clue.objects.visible_to(request.user)
    chosen = rows.filter(public_id=request.GET.get("into", "")).first()
    return chosen.number if chosen else ""
