"""值班表: who is on duty at an agency, now and to come."""

from functools import partial

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.acting import act_page
from accounts.models import Agency
from accounts.places import places
from common.errors import Refused
from reminders.acts import ROSTER_ACTS
from reminders.forms import periods as forms
from reminders.models import RosterEntry
from reminders.services import roster


def roster_now(request):
    """The roster of the agency of the user's first post."""
    posting = request.user.current_postings[0]
    return redirect("reminders:roster", code=posting.agency.code)


def roster_page(request, code):
    """Who is on duty now, who comes next, who was."""
    agency, now = request.subject, timezone.now()
    rows = RosterEntry.objects.filter(agency=agency).select_related("person")
    page = {
        "places": places(request.user, "reminders:roster_now"),
        "agency": agency,
        "others": Agency.objects.visible_to(request.user).distinct().order_by("path"),
        "on_duty": rows.at(now),
        "coming": rows.filter(since__gt=now)[:100],
        "past": rows.filter(until__lte=now).order_by("-since")[:20],
        "may_keep": ROSTER_ACTS.openness("put_on_duty", request.user, agency).ok,
    }
    return render(request, "reminders/roster.html", page)


def put_on_duty(request, code):
    """One person, from one moment to another."""
    agency = request.subject
    last = RosterEntry.objects.filter(agency=agency).order_by("-until").first()
    return act_page(
        request,
        act=ROSTER_ACTS.get("put_on_duty"),
        thing=agency,
        form_class=forms.DutyForm,
        deed=partial(roster.put_on_duty, agency=agency),
        done="已排班。",
        initial={"since": last.until} if last and last.until > timezone.now() else None,
        cancel_url=_page(agency),
        context={"crumbs": [{"label": "值班表", "url": _page(agency)}]},
    )


def take_off_duty(request, code, pk):
    """Strike one."""
    entry = RosterEntry.objects.filter(agency=request.subject, pk=pk).first()
    if entry is None:
        raise Http404
    try:
        roster.take_off_duty(by=request.user, entry=entry)
    except Refused as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, "已撤销这次排班。")
    return redirect(_page(request.subject))


def _page(agency) -> str:
    return RosterEntry(agency=agency).get_absolute_url()
