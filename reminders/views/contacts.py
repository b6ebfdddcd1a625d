"""My own addresses: entered, confirmed by a code, put first, dropped."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy

from common.errors import Refused
from reminders.forms import contacts as forms
from reminders.models import PERSONAL, ChannelKind, ContactPoint
from reminders.services import contacts

HOME = "reminders:settings"
CRUMBS = [{"label": "提醒设置", "url": reverse_lazy(HOME)}]


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
            return redirect("reminders:confirm_contact", kind=kind)
    page = {
        "form": form,
        "heading": f"登记{label}",
        "verb": "发送确认码",
        "refusal": refusal,
        "cancel": reverse(HOME),
        "no_draft": True,
        "crumbs": CRUMBS,
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
        "crumbs": CRUMBS,
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
