"""The list of clues and the page of one."""

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from clues.columns import COLUMNS
from clues.filters import ClueFilter
from clues.models import Clue
from clues.services.intake import registering_posts
from clues.services.verification import check_due_at
from clues.showing.intake import content_rows, party_rows, place_rows
from clues.showing.page import page_of
from common.lists.declared import Empty, Listing
from common.lists.page import ListPage

LIST = {"label": "线索"}


def crumbs(clue=None, here="") -> list[dict]:
    """Where I am: 线索 › this clue › this act."""
    path = [{**LIST, "url": reverse("clues:list")}]
    if clue is not None:
        path.append({"label": str(clue), "url": clue.get_absolute_url() if here else ""})
    if here:
        path.append({"label": here, "url": ""})
    return path


def clue_list(request):
    """Clues within reach, filtered; exported as shown."""
    rows = (
        Clue.objects.visible_to(request.user)
        .select_related("county", "township", "handler", "agency")
        .prefetch_related("suspects__party")
        .annotate(due_at=check_due_at())
    )
    may_register = bool(registering_posts(request.user))
    register = reverse("clues:register_clue")
    page = ListPage(
        request,
        rows,
        Listing(
            filterset=ClueFilter,
            columns=COLUMNS,
            name="clues",
            ordering=("-received_on", "-pk"),
            search_fields=("number", "place", "summary", "source_number"),
            search_label="线索号、位置、内容",
            private=("party",),
            export_name="线索",
            noun="件",
            empty=Empty(
                "还没有线索。",
                "收到的举报、巡查和图斑发现的问题，从登记线索开始。" if may_register else "",
                "登记线索" if may_register else "",
                register if may_register else "",
            ),
        ),
    )
    context = {"register_url": register if may_register else ""}
    return page.response("clues/list.html", context)


def detail(request, public_id):
    """One clue: what it says, where it stands, what comes next, what was done."""
    clue = full(request)
    context = page_of(request.user, clue)
    context |= {"crumbs": crumbs(clue), "now": timezone.now()}
    return render(request, "clues/detail.html", context)


def receipt(request, public_id):
    """线索回执: number and time, to be printed or read out to who reported."""
    clue = full(request)
    context = {"clue": clue, "crumbs": crumbs(clue, "回执")}
    return render(request, "clues/intake/receipt.html", context)


def verification_form(request, public_id):
    """核查表 on paper: the clue's facts and blank lines; never who reported."""
    clue = full(request)
    context = {
        "clue": clue,
        "crumbs": crumbs(clue, "核查表"),
        "content_rows": content_rows(clue),
        "place_rows": place_rows(clue),
        "parties": party_rows(clue),
    }
    return render(request, "clues/verification/verification_form.html", context)


def full(request):
    """The subject with everything its page reads, in one query."""
    return (
        Clue.objects.visible_to(request.user)
        .select_related(
            "county__parent", "township", "agency", "origin_agency", "handler", "registered_by", "merged_into"
        )
        .get(pk=request.subject.pk)
    )
