"""Every act page of this app: the act's row, the form, the service, what stands beside."""

from functools import partial

from django.urls import reverse

from accounts.acting import act_page
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


def _view(table, key, name, form_class, deed, done="", beside=None, initial=None, **context):
    act = table.get(name)

    def view(request, public_id):
        thing = request.subject
        return act_page(
            request,
            act=act,
            thing=thing,
            form_class=form_class,
            deed=partial(deed, **{key: thing}),
            done=done,
            initial=initial(thing) if initial else None,
            template=TEMPLATE,
            context={
                "crumbs": crumbs(thing, act.label),
                **context,
                **(beside(request, thing) if beside else {}),
            },
        )

    view.__name__ = name
    view.__doc__ = f"{act.label}."
    return view


on_case = partial(_view, ACTS, "case")
on_referral = partial(_view, REFERRAL_ACTS, "referral")
on_matter = partial(_view, MATTER_ACTS, "matter")
