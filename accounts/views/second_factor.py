"""动态口令: asked after the password; set up and taken off by oneself, or reset by an administrator."""

from functools import partial

import segno
from django.contrib import messages
from django.contrib.auth import login
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.debug import sensitive_post_parameters

from accounts.acting import act_page
from accounts.forms import second_step as forms
from accounts.people_acts import PEOPLE_ACTS
from accounts.services import brakes, factor_duty, second_factor, second_person
from accounts.views.signin import locked_out
from common.addresses import client_address
from common.errors import Refused
from common.forms import acts

OWN = "accounts/second_factor/own.html"


def second_step(request):
    """The code, of who gave the right password just now."""
    found = forms.kept(request)
    if found is None:
        return redirect("accounts:sign_in")
    if request.method == "POST" and brakes.is_stopped(client_address(request), timezone.now()):
        return locked_out(request)
    person, onward = found
    form = forms.SecondStepForm(request.POST or None, person=person)
    if form.is_valid():
        forms.forget(request)
        login(request, person, backend=person.backend)
        return redirect(onward)
    status = 422 if form.is_bound else 200
    return render(request, "accounts/second_factor/step.html", {"form": form}, status=status)


@sensitive_post_parameters()
def second_factor_page(request):
    """Whether it is in use; without it: the password, then the code to scan."""
    since = second_factor.on_since(request.user)
    form = forms.OwnPassword(request.POST or None, request=request)
    page = {"form": form, "since": since, "left": second_factor.left(request.user)}
    page["is_duty"] = factor_duty.is_owed(request.user)
    if since or not form.is_valid():
        return render(request, OWN, page, status=422 if form.is_bound and not since else 200)
    address = second_factor.begin(by=request.user)
    return _to_scan(request, address, forms.FirstCodeForm())


def _to_scan(request, address, form):
    drawn = segno.make(address, error="m").svg_inline(scale=5)
    page = {"drawn": mark_safe(drawn), "address": address, "form": form}  # noqa: S308 - our own drawing
    return render(request, "accounts/second_factor/scan.html", page)


def turn_on(request):
    """The first code; then the recovery codes, this once."""
    form = forms.FirstCodeForm(request.POST or None)
    if not form.is_valid():
        return redirect("accounts:second_factor")
    try:
        codes = second_factor.turn_on(by=request.user, code=form.cleaned_data["code"], now=timezone.now())
    except Refused as refusal:
        form.add_error("code", refusal.sentence)
        return render(request, "accounts/second_factor/again.html", {"form": form}, status=422)
    factor_duty.met(request)
    return render(request, "accounts/second_factor/codes.html", {"codes": codes})


@sensitive_post_parameters()
def turn_off(request):
    """The password and a code."""
    if not second_factor.is_on(request.user):
        return redirect("accounts:second_factor")
    if factor_duty.is_owed(request.user):
        raise Refused(factor_duty.NOT_OFF)
    form = forms.TurnOffForm(request.POST or None, request=request)
    if form.is_valid():
        second_factor.turn_off(by=request.user)
        messages.success(request, "动态口令已停用。")
        return redirect("accounts:me")
    status = 422 if form.is_bound else 200
    return render(request, "accounts/second_factor/off.html", {"form": form}, status=status)


def reset_second_factor(request, public_id):
    """Of somebody who lost the telephone; where secrets are opened, once a second person has confirmed."""
    person = request.subject
    waits = second_person.protected_post(person) is not None
    return act_page(
        request,
        act=PEOPLE_ACTS.get("reset_second_factor"),
        thing=person,
        form_class=acts.Reason,
        deed=partial(second_factor.reset_factor, person=person),
        done="已提出，等第二人确认。" if waits else "动态口令已取消。",
        context={"intro": "手机和恢复码都丢失时才办理。取消后本人只凭密码登录，应尽快重新启用。"},
    )
