"""What the act pages of this app share: where I am, and the page of an act on an entry or a submission."""

from functools import partial

from django.urls import reverse

from accounts.acting import act_page
from ledgers.acts import ENTRY_ACTS, SUBMISSION_ACTS


def crumbs(*steps, here="") -> list[dict]:
    """台账 › each thing of `steps` › here."""
    path = [{"label": "台账", "url": reverse("ledgers:campaigns")}]
    path += [{"label": str(step), "url": step.get_absolute_url()} for step in steps]
    return [*path, {"label": here, "url": ""}] if here else path


def entry_act(request, name, form_class, deed, *, done, initial=None, **context):
    """The page of one of an entry's acts."""
    entry, act = request.subject, ENTRY_ACTS.get(name)
    return _act(request, act, form_class, partial(deed, entry=entry), done, initial, context)


def submission_act(request, name, form_class, deed, *, done, **context):
    """The page of one of a submission's acts."""
    submission, act = request.subject, SUBMISSION_ACTS.get(name)
    return _act(request, act, form_class, partial(deed, submission=submission), done, None, context)


def _act(request, act, form_class, deed, done, initial, context):
    thing = request.subject
    return act_page(
        request,
        act=act,
        thing=thing,
        form_class=form_class,
        deed=deed,
        done=done,
        initial=initial,
        context={"crumbs": crumbs(thing.campaign, thing, here=act.label), **context},
    )
