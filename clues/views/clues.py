"""The list of clues and the page of one."""

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from clues.acts import SECRET_READERS
from clues.listing import clue_page
from clues.models import Clue
from clues.services.intake import registering_posts
from clues.showing.intake import content_rows, party_rows, place_rows
from clues.showing.page import page_of
from clues.showing.receipt import receipt_rows
from reminders.showing import saved_beside

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
    may_register = bool(registering_posts(request.user))
    context = {
        "register_url": reverse("clues:register_clue") if may_register else "",
        "secret_url": reverse("clues:secret_clues") if request.user.holds(*SECRET_READERS) else "",
    }
    page = clue_page(request)
    return page.response("clues/list.html", context | saved_beside(request, page))


def detail(request, public_id):
    """One clue: what it says, where it stands, what comes next, what was done."""
    clue = request.subject
    context = page_of(request.user, clue, request.GET.get("before", ""))
    context |= {"crumbs": crumbs(clue), "now": timezone.now()}
    return render(request, "clues/detail.html", context)


def receipt(request, public_id):
    """线索回执: number and time, to be printed or read out to who reported."""
    clue = full(request)
    context = {"clue": clue, "rows": receipt_rows(clue), "crumbs": crumbs(clue, "回执")}
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
    return Clue.objects.visible_to(request.user).whole().get(pk=request.subject.pk)
