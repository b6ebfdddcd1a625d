"""Send somebody to look; record what was found."""

from functools import partial

from accounts.acting import act_page
from clues.acts import ACTS
from clues.forms.verification import AssignForm, VerifyForm
from clues.services.verification import assign_clue, verify_clue
from clues.views.clues import crumbs


def assign(request, public_id):
    """分派核查."""
    clue, act = request.subject, ACTS.get("assign_clue")
    return act_page(
        request,
        act=act,
        thing=clue,
        form_class=AssignForm,
        deed=partial(assign_clue, clue=clue),
        done="已分派，核查人的工作台会出现这件线索。",
        initial={"handler": clue.handler_id},
        context={"crumbs": crumbs(clue, act.label), "verb": "分派"},
    )


def verify(request, public_id):
    """记录核查."""
    clue, act = request.subject, ACTS.get("verify_clue")
    return act_page(
        request,
        act=act,
        thing=clue,
        form_class=VerifyForm,
        deed=partial(verify_clue, clue=clue),
        done="核查已记录。属实的呈批立案；不立案的提出处理意见并说明理由。",
        template="clues/verification/form.html",
        context={"crumbs": crumbs(clue, act.label), "verb": "保存核查"},
    )
