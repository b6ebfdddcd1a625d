"""外出: my own absences, and a colleague's."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse, reverse_lazy

from accounts.acting import act_page
from reminders.acts import ABSENCE_ACTS
from reminders.forms import periods as forms
from reminders.models import Absence
from reminders.services import absences

HOME = "reminders:settings"
CRUMBS = [{"label": "提醒设置", "url": reverse_lazy(HOME)}]


def own_absence(request):
    """I shall be away."""
    return _absence(request, request.user, reverse(HOME), {"crumbs": CRUMBS})


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
