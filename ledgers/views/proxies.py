"""代录: the office above takes in what a county sent."""

from functools import partial

from django.utils import timezone

from accounts.acting import act_page
from ledgers.acts import LEDGER_ACTS
from ledgers.forms.proxies import ProxyForm
from ledgers.services import proxies
from ledgers.views.acting import crumbs


def enter_for_county(request, code, agency_code):
    """代录: with a workbook, on to the preview of what it would write."""
    ledger, act = request.subject.ledger, LEDGER_ACTS.get("enter_for_county")
    silence = proxies.silence_of(ledger, timezone.now())
    return act_page(
        request,
        act=act,
        thing=ledger,
        form_class=ProxyForm,
        deed=partial(proxies.enter_for_county, ledger=ledger),
        done="来件已留存，还没有报送。请接着导入、提交核对，再由另一人核对、报送。",
        context={
            "crumbs": crumbs(ledger.campaign, ledger, here=act.label),
            "verb": "开始代录",
            "intro": (f"{silence}。" if silence else "")
            + "代录的台账处处标明“代录”，填报和核对报送由本单位两个人办理。",
        },
    )
