"""Every act page of this app: the act's row, the form, the service, what stands beside."""

from functools import partial

from django.urls import reverse

from accounts.acting import act_page
from accounts.acts import Act
from cases.acts import ACTS, MATTER_ACTS, REFERRAL_ACTS

TEMPLATE = "cases/act_page.html"


def crumbs(thing=None, here="") -> list[dict]:
    """案件 › this case (› this referral) › this act."""
    path = [{"label": "案件", "url": reverse("cases:list")}]
    if thing is not None and hasattr(thing, "case"):
        path = [{"label": "移送", "url": reverse("cases:referrals")}]
    if thing is not None:
        path.append({"label": str(thing), "url": thing.get_absolute_url() if here else ""})
    if here:
        path.append({"label": here, "url": ""})
    return path


def act_on_case(request, name: str, form_class, deed, *, done="", initial=None, **context):
    """The page of an act of a case; `context` adds to what parts/act.html takes."""
    bound = partial(deed, case=request.subject)
    return _act(request, ACTS.get(name), form_class, bound, done, initial, context)


def act_on_referral(request, name: str, form_class, deed, *, done="", **context):
    """The page of an act of a referral."""
    bound = partial(deed, referral=request.subject)
    return _act(request, REFERRAL_ACTS.get(name), form_class, bound, done, None, context)


def act_on_matter(request, name: str, form_class, deed, *, done="", **context):
    """The page of an act of a police matter."""
    bound = partial(deed, matter=request.subject)
    return _act(request, MATTER_ACTS.get(name), form_class, bound, done, None, context)


def _act(request, act: Act, form_class, deed, done, initial, context):
    return act_page(
        request,
        act=act,
        thing=request.subject,
        form_class=form_class,
        deed=deed,
        done=done,
        initial=initial,
        template=TEMPLATE,
        context={"crumbs": crumbs(request.subject, act.label), **context},
    )
