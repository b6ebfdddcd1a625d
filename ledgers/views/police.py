"""核对公安数据: the public-security half of a county's ledger."""

from functools import partial

from accounts.acting import act_page
from ledgers.acts import LEDGER_ACTS
from ledgers.forms.police import PoliceForm
from ledgers.services import police_half
from ledgers.services.kept import rows_of
from ledgers.views.acting import crumbs


def confirm_police(request, code, agency_code):
    """核对公安数据: the rows with a police figure, confirmed as they are shown."""
    ledger, act = request.subject, LEDGER_ACTS.get("confirm_police")
    rows = rows_of(ledger.campaign, ledger.agency)
    figures = police_half.police_figures(rows)
    return act_page(
        request,
        act=act,
        form_class=PoliceForm,
        deed=partial(police_half.confirm_police, ledger=ledger),
        done="公安数据已核对。",
        initial={"digest": police_half.police_digest(rows.form, figures)},
        cancel_url=ledger.get_absolute_url(),
        template="ledgers/police.html",
        context={
            "crumbs": crumbs(ledger.campaign, ledger, here=act.label),
            "verb": "确认无误",
            "rows": rows.of(figures),
            "confirmed": police_half.confirmation_of(ledger, rows),
        },
    )
