"""The public-security half of a county's ledger: confirmed by its liaison, or 待公安核对."""

from django.db import transaction

from accounts.models import User
from accounts.services import trail
from common.digests import digest_of
from common.errors import Refused
from ledgers.acts import LEDGER_ACTS
from ledgers.fields import FIELDS, Side
from ledgers.models import CountyLedger, PoliceConfirmation
from ledgers.rows import Row
from ledgers.services.drawing import draw

KEYS = tuple(field.key for field in FIELDS.of_side(Side.POLICE))


def police_rows(rows: list[Row]) -> list[Row]:
    """The rows that have a police figure."""
    return [row for row in rows if any(row.value(key) is not None for key in KEYS)]


def police_digest(rows: list[Row]) -> str:
    """What the liaison confirms: each row's figures of the police half, those that its form has."""
    return digest_of(
        {row.key: [row.value(key) for key in KEYS if key in row.cells] for row in police_rows(rows)}
    )


def confirmation_of(ledger: CountyLedger, rows: list[Row]) -> PoliceConfirmation | None:
    """The confirmation that holds for these very figures; None means 待公安核对."""
    last = (
        PoliceConfirmation.objects.filter(campaign_id=ledger.campaign_id, agency_id=ledger.agency_id)
        .select_related("by")
        .first()
    )
    return last if last and last.digest == police_digest(rows) else None


@transaction.atomic
def confirm_police(
    *, by: User, ledger: CountyLedger, digest: str, version: int | str | None = None
) -> CountyLedger:
    """The public-security liaison confirms the figures as they were shown (`digest`).

    Raises Refused where they changed meanwhile.
    """
    posting = LEDGER_ACTS.require("confirm_police", by, ledger)
    rows = draw(ledger.campaign, ledger.agency)
    if police_digest(rows) != digest:
        raise Refused("公安部门处理情况刚有变化，请刷新后再核对。")
    PoliceConfirmation.objects.create(campaign=ledger.campaign, agency=ledger.agency, digest=digest, by=by)
    trail.record(
        by=by,
        posting=posting,
        act=LEDGER_ACTS.get("confirm_police"),
        thing=ledger,
        changes={"公安数据": ("待公安核对", f"已核对{len(police_rows(rows))}条")},
    )
    return ledger
