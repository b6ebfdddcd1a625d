"""One press accepts every 零报告 and report without change, once the list was seen."""

from functools import partial

from accounts.acting import act_page
from ledgers.acts import LEDGER_ACTS
from ledgers.forms.accepting_together import AcceptUnchangedForm
from ledgers.services.accepting_together import accept_unchanged, unchanged_below
from ledgers.views.acting import crumbs


def accept(request, code):
    """接收零报告和无变化报告."""
    act, total = LEDGER_ACTS.get("accept_unchanged"), request.subject
    listed = unchanged_below(request.user, total)
    return act_page(
        request,
        act=act,
        form_class=AcceptUnchangedForm,
        deed=partial(accept_unchanged, total=total),
        done=f"已接收 {len(listed)} 份零报告和无变化报告。",
        cancel_url=total.campaign.get_absolute_url(),
        template="ledgers/submitting/accept_unchanged.html",
        context={
            "crumbs": crumbs(total.campaign, here=act.label),
            "heading": f"接收 {len(listed)} 份零报告和无变化报告",
            "verb": f"接收 {len(listed)} 份",
            "listed": listed,
            "intro": "下列报送与上期逐行相同，一并接收，各记一条。有变化的和更正的，逐份查看后接收。",
        },
    )
