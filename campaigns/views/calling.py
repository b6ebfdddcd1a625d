"""记录催办电话: back on the board of the round, where the next office to call stands."""

from functools import partial

from django.utils import timezone

from accounts.acting import act_page
from campaigns.acts import DUTY_ACTS
from campaigns.forms.duties import CallForm
from campaigns.services import calling
from campaigns.services.rounds import Round
from campaigns.showing.calls import contact_for
from campaigns.views.acting import duty_crumbs


def record_call(request, public_id):
    """Whom one reaches stands there already."""
    duty, act = request.subject, DUTY_ACTS.get("record_call")
    the_round = Round(duty.rule, duty.day, request.user)
    contact = contact_for(duty, timezone.localdate())
    return act_page(
        request,
        act=act,
        thing=duty,
        form_class=CallForm,
        initial={"called": contact.name, "phone": contact.phone} if contact else None,
        deed=partial(_record, duty, the_round),
        done="催办电话已记录。",
        cancel_url=the_round.get_absolute_url(),
        context={
            "crumbs": duty_crumbs(duty, here=act.label),
            "verb": "记录",
            "heading": f"{act.label}　{duty.agency}",
        },
    )


def _record(duty, the_round, *, by, version=None, **said) -> Round:
    calling.record_call(by=by, duty=duty, **said)
    return the_round
