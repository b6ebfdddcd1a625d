"""提醒设置: my addresses, my absences, how I am told."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts.acting import act_page
from accounts.forms import reminders as forms
from accounts.models import PERSONAL, Absence, CalendarFeed, ChannelKind, ContactPoint
from accounts.reminder_acts import ABSENCE_ACTS
from accounts.services import absences, contacts
from accounts.stages import BY_DAYS
from accounts.views.home import places
from common.errors import Refused

HOME = "accounts:reminder_settings"


def settings_page(request):
    """How I am reached, when I am away, and when reminders come."""
    user, now = request.user, timezone.now()
    points = {point.kind: point for point in ContactPoint.objects.filter(person=user)}
    mine = Absence.objects.filter(person=user, until__gt=now).select_related("deputy")
    page = {
        "places": places(user, "reminder_settings"),
        "ways": [_way(kind, points, contacts.open_kinds(user)) for kind in PERSONAL],
        "order": [points[kind] for kind in sorted(points, key=lambda one: points[one].order)],
        "absences": mine.order_by("since"),
        "standing_in": Absence.objects.filter(deputy=user, until__gt=now).select_related("person"),
        "may_be_away": bool(user.current_postings),
        "stages": BY_DAYS,
        "feed": CalendarFeed.objects.filter(person=user).first(),
        "quiet": settings.REMINDER_QUIET_HOURS,
        "now": now,
    }
    return render(request, "accounts/reminders/mine.html", page)


def _way(kind, points, open_kinds) -> dict:
    return {
        "kind": kind,
        "label": ChannelKind(kind).label,
        "point": points.get(kind),
        "open": kind in open_kinds,
    }


def _crumbs(label="提醒设置", url=""):
    return {"crumbs": [{"label": label, "url": url or reverse(HOME)}]}


def _kind(kind: str) -> str:
    if kind not in PERSONAL:
        raise Http404
    return kind


def _point(request, kind: str) -> ContactPoint:
    point = ContactPoint.objects.filter(person=request.user, kind=_kind(kind)).first()
    if point is None:
        raise Http404
    return point


def set_contact(request, kind):
    """My address; a code goes there."""
    label = ChannelKind(_kind(kind)).label
    form = forms.ContactForm(request.POST or None, user=request.user, kind=kind)
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            contacts.set_address(by=request.user, kind=kind, address=form.cleaned_data["address"])
        except Refused as error:
            refusal = error
        else:
            return redirect("accounts:confirm_contact", kind=kind)
    page = {
        "form": form,
        "heading": f"登记{label}",
        "verb": "发送确认码",
        "refusal": refusal,
        "cancel": reverse(HOME),
        "no_draft": True,
        **_crumbs(),
    }
    status = 409 if refusal else 422 if request.method == "POST" else 200
    return render(request, "parts/act_page.html", page, status=status)


def confirm_contact(request, kind):
    """The code that came to the address."""
    point = _point(request, kind)
    form = forms.CodeForm(request.POST or None, user=request.user)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            point = contacts.confirm(by=request.user, point=point, code=form.cleaned_data["code"])
            if point.verified_at:
                messages.success(request, f"{point.masked} 已确认，今后的提醒会发到这里。")
                return redirect(HOME)
            form.add_error("code", "确认码不对，请核对后再填。")
    page = {
        "form": form,
        "heading": "填写确认码",
        "verb": "确认",
        "cancel": reverse(HOME),
        "intro": f"确认码已发到 {point.masked}，十分钟内有效。",
        "no_draft": True,
        **_crumbs(),
    }
    return render(request, "parts/act_page.html", page, status=status)


def prefer_contact(request, kind):
    """Try this one first."""
    contacts.prefer(by=request.user, point=_point(request, kind))
    return redirect(HOME)


def drop_contact(request, kind):
    """Forget this one."""
    contacts.drop(by=request.user, point=_point(request, kind))
    messages.success(request, "已删除，今后不再发到这里。")
    return redirect(HOME)


def own_absence(request):
    """I shall be away."""
    return _absence(request, request.user, reverse(HOME), _crumbs())


def record_absence(request, public_id):
    """A colleague is away, entered for them."""
    person = request.subject
    crumbs = [
        {"label": "人员", "url": reverse("accounts:people")},
        {"label": person.name, "url": person.get_absolute_url()},
    ]
    return _absence(request, person, person.get_absolute_url(), {"crumbs": crumbs})


def _absence(request, person, back, context):
    def deed(**given):
        absences.record_absence(person=person, **given)
        return _Back(back)

    return act_page(
        request,
        act=ABSENCE_ACTS.get("record_absence"),
        thing=None,
        deed=deed,
        form_class=_for(forms.AbsenceForm, person),
        done="外出已登记，期间的提醒发给代办人。",
        cancel_url=back,
        context=context,
    )


class _Back:
    """Where to go after an act that isn't about one thing's page."""

    def __init__(self, url: str):
        self.url = url

    def get_absolute_url(self) -> str:
        """That address."""
        return self.url


def _for(form_class, thing):
    """The form about `thing` where the page itself is about none (an absence has no version)."""

    def form(*args, **kwargs):
        return form_class(*args, **{**kwargs, "thing": thing})

    return form


def end_absence(request, pk):
    """Back already."""
    absence = Absence.objects.filter(pk=pk, person=request.user).select_related("person").first()
    if absence is None:
        raise Http404
    absences.end_absence(by=request.user, absence=absence)
    messages.success(request, "已结束外出，提醒重新发给本人。")
    return redirect(HOME)
