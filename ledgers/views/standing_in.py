"""指定今天的审核人: a leader, often on a phone."""

from functools import partial

from accounts.acting import act_page
from ledgers.acts import LEDGER_ACTS
from ledgers.forms.standing_in import ReplaceCheckerForm
from ledgers.services.standing_in import replace_checker
from ledgers.views.acting import crumbs


def replace(request, code, agency_code):
    """Another person checks and submits, until midnight."""
    ledger, act = request.subject, LEDGER_ACTS.get("replace_checker")
    return act_page(
        request,
        act=act,
        thing=ledger,
        form_class=ReplaceCheckerForm,
        deed=partial(replace_checker, ledger=ledger),
        done="已指定，今天24:00前有效。两个人都会收到通知。",
        context={
            "crumbs": crumbs(ledger.campaign, ledger, here=act.label),
            "verb": "指定",
            "intro": "被指定的人今天24:00以前可以核对、报送本单位的台账，到时自动失效。",
        },
    )
