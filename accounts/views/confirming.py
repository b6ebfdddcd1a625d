"""待确认: what waits for a second person, and the answers."""

from functools import partial

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts.acting import act_page
from accounts.forms.confirming import CodeForm
from accounts.models import Confirmation
from accounts.models.confirming import UNSETTLED
from accounts.people_acts import CONFIRMATION_ACTS
from accounts.places import places
from accounts.revealing import reveal_once
from accounts.services import confirming, second_person
from common.forms import acts

SHOWN, SETTLED = 200, 50
TEMPLATE = "accounts/confirmations/act.html"


def confirmations(request):
    """What waits at the offices that the person confirms or administers for; then what was answered."""
    rows = Confirmation.objects.visible_to(request.user).select_related(
        "person", "agency", "posting", "asked_by", "decided_by"
    )
    waiting = list(rows.unsettled()[:SHOWN])
    for row in waiting:
        row.acts = [
            {"label": each.act.label, "url": reverse(f"accounts:{each.act.name}", args=[row.public_id])}
            for each in CONFIRMATION_ACTS.open_to(request.user, row)
            if each.ok and _fits(each.act.name, request.user, row)
        ]
    page = {
        "places": places(request.user, "accounts:confirmations"),
        "waiting": waiting,
        "settled": rows.exclude(state__in=UNSETTLED)[:SETTLED],
    }
    return render(request, "accounts/confirmations/list.html", page)


def _fits(name, user, row) -> bool:
    """Whether the act can lead anywhere for this person: nobody confirms what is their own."""
    if name == "confirm_by_code":
        return row.person_id != user.pk and not second_person.who_may(row).exists()
    return user.pk not in (row.asked_by_id, row.person_id)


def confirm(request, public_id):
    """Yes; where a one-time password was made, it is shown this once to whoever confirmed."""
    form = acts.Confirm(request.POST or None, user=request.user, thing=request.subject)
    return _answer(request, "confirm", form)


def confirm_by_code(request, public_id):
    """Yes, by whoever set the house up, as long as there is no second person."""
    form = CodeForm(request.POST or None, user=request.user, thing=request.subject)
    return _answer(request, "confirm_by_code", form)


def _answer(request, name, form):
    row = request.subject

    def deed():
        version = request.POST.get("_version") or None
        return getattr(confirming, name)(by=request.user, row=row, version=version, **form.cleaned_data)

    def answer(done, page):
        if done.password:
            return render(request, "accounts/confirmations/password.html", page | {"done": done})
        messages.success(request, f"已确认：{done.row}。")
        return redirect(done.row)

    return reveal_once(
        request,
        act=CONFIRMATION_ACTS.get(name),
        thing=row,
        form=form,
        deed=deed,
        answer=answer,
        crumbs=_crumbs(),
        template=TEMPLATE,
        verb="确认",
    )


def refuse(request, public_id):
    """No, and why."""
    return act_page(
        request,
        act=CONFIRMATION_ACTS.get("refuse"),
        thing=request.subject,
        form_class=acts.Reason,
        deed=partial(confirming.refuse, row=request.subject),
        template=TEMPLATE,
        context={"crumbs": _crumbs()},
    )


def _crumbs():
    return [{"label": "待确认", "url": reverse("accounts:confirmations")}]
