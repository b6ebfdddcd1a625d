"""The public-security half of a county's ledger: confirmed by its liaison, or 待公安核对."""

from django.db import transaction

from accounts.models import User
from accounts.services import trail
from common.digests import digest_of
from common.errors import Refused
from ledgers.acts import LEDGER_ACTS
from ledgers.fields import FIELDS, Side, Value
from ledgers.layouts import Layout
from ledgers.models import CountyLedger, PoliceConfirmation
from ledgers.services.kept import LedgerRows, rows_of

Police = dict[str, dict[str, Value]]
KEYS = tuple(field.key for field in FIELDS.of_side(Side.POLICE))


def police_figures(rows: LedgerRows) -> Police:
    """The figures of the police half of each row that has any."""
    return rows.having(*(key for key in KEYS if key in rows.form.keys))


def police_digest(form: Layout, figures: Police) -> str:
    """What the liaison confirms: each row's figures of the police half, those that its form has."""
    keys = [key for key in KEYS if key in form.keys]
    return digest_of({entry: [some.get(key) for key in keys] for entry, some in figures.items()})


def has_police_figures(rows: LedgerRows) -> bool:
    """Whether any row has a figure of the police half."""
    return rows.has(*(key for key in KEYS if key in rows.form.keys))


def confirmation_of(ledger: CountyLedger, rows: LedgerRows) -> PoliceConfirmation | None:
    """The confirmation that holds for these very figures; None means 待公安核对."""
    last = (
        PoliceConfirmation.objects.filter(campaign_id=ledger.campaign_id, agency_id=ledger.agency_id)
        .select_related("by")
        .first()
    )
    holds = last and last.digest == police_digest(rows.form, police_figures(rows))
    return last if holds else None


@transaction.atomic
def confirm_police(
    *, by: User, ledger: CountyLedger, digest: str, version: int | str | None = None
) -> CountyLedger:
    """The public-security liaison confirms the figures as they were shown (`digest`).

    Raises Refused where they changed meanwhile.
    """
    posting = LEDGER_ACTS.require("confirm_police", by, ledger)
    rows = rows_of(ledger.campaign, ledger.agency)
    figures = police_figures(rows)
    if police_digest(rows.form, figures) != digest:
        raise Refused("公安部门处理情况刚有变化，请刷新后再核对。")
    PoliceConfirmation.objects.create(campaign=ledger.campaign, agency=ledger.agency, digest=digest, by=by)
    trail.record(
        by=by,
        posting=posting,
        act=LEDGER_ACTS.get("confirm_police"),
        thing=ledger,
        changes={"公安数据": ("待公安核对", f"已核对{len(figures)}条")},
    )
    return ledger
