"""消息: what I was told; the count in the frame."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.services import paper_reading
from reminders.services import inbox, outbox


def inbox_list(request):
    """Unread ones, or all, newest first."""
    outbox.deliver_to(request.user)
    rows, unread = inbox.of(request.user), inbox.unread(request.user)
    only_unread = request.GET.get("show") != "all"
    if only_unread:
        rows = rows.filter(read_at=None)
    number = request.GET.get("page", "1")
    page = Paginator(rows, 50).get_page(number)
    context = {"notices": page, "unread": unread, "only_unread": only_unread}
    context["papers"] = paper_reading.unanswered(request.user).count()
    return render(request, "reminders/inbox/list.html", context)


def open_notice(request, pk):
    """Mark it read and go to what it is about."""
    notice = inbox.of(request.user).filter(pk=pk).first()
    if notice is None:
        raise Http404
    inbox.read(by=request.user, notice=notice)
    if url_has_allowed_host_and_scheme(notice.url, allowed_hosts=None):
        return HttpResponseRedirect(notice.url)
    return redirect("reminders:inbox")


def read_all(request):
    """Mark all of mine read."""
    inbox.read_all(by=request.user)
    return redirect("reminders:inbox")


def unread(request):
    """The count for the frame; htmx asks each minute, marked X-Poll, so no session lives by it.

    Rendered without the request: a poll of everybody each minute must not count the whole frame.
    """
    outbox.deliver_to(request.user)
    count = inbox.unread(request.user)
    return HttpResponse(render_to_string("reminders/inbox/badge.html", {"unread": count}))
