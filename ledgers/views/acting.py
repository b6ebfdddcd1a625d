"""What the act pages of this app share: where I am, and one view per act of a table."""

from functools import partial

from django.urls import reverse

from accounts.acting import act_page
from ledgers.acts import ENTRY_ACTS, SUBMISSION_ACTS


def crumbs(*steps, here="") -> list[dict]:
    """台账 › each thing of `steps` › here."""
    path = [{"label": "台账", "url": reverse("ledgers:campaigns")}]
    path += [{"label": str(one), "url": one.get_absolute_url()} for one in steps]
    return [*path, {"label": here, "url": ""}] if here else path


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
            initial=initial(request, thing) if initial else None,
            context={
                "crumbs": crumbs(thing.campaign, thing, here=act.label),
                **context,
                **(beside(request, thing) if beside else {}),
            },
        )

    view.__name__ = name
    view.__doc__ = f"{act.label}."
    return view


on_entry = partial(_view, ENTRY_ACTS, "entry")
on_submission = partial(_view, SUBMISSION_ACTS, "submission")
