"""日历订阅: making the address, ending it, and what a calendar program fetches."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts.places import places
from reminders.services import feeds
from reminders.services.messages import link


def make_feed(request):
    """A new address, shown this once."""
    token = feeds.make_feed(by=request.user)
    path = reverse("reminders:feed", args=[token])
    address = link(path) if settings.SITE_URL else request.build_absolute_uri(path)
    page = {"address": address, "places": places(request.user, "reminders:settings")}
    return render(request, "reminders/feed.html", page)


def end_feed(request):
    """No more subscription."""
    feeds.end_feed(by=request.user)
    messages.success(request, "日历订阅已停止，原来的地址不能再用。")
    return redirect("reminders:settings")


def feed(request, token):
    """The agenda of whoever made this address; for anybody else there is nothing here."""
    person = feeds.person_of(token)
    if person is None:
        raise Http404
    text = feeds.calendar_text(person, timezone.now())
    return HttpResponse(text, content_type="text/calendar; charset=utf-8")
