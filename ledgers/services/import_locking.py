"""Which ledger an import is for, one import at a time, and what waits while a long one is written."""

from accounts.models import Agency
from campaigns.models import Campaign
from common.errors import Refused
from ledgers.models import CountyLedger, ImportBatch, ImportState


def ledger_of(campaign: Campaign, agency: Agency) -> CountyLedger:
    """An agency's ledger in a campaign; Refused where it isn't a member."""
    ledger = (
        CountyLedger.objects.filter(campaign=campaign, agency=agency)
        .select_related("campaign", "agency__region")
        .first()
    )
    if ledger is None:
        raise Refused(f"{agency.name}不是“{campaign.name}”的成员单位，不能导入。")
    return ledger


def locked(ledger: CountyLedger) -> CountyLedger:
    """Lock this ledger and those below it: two imports into one ledger wait for one another."""
    list(
        CountyLedger.objects.select_for_update()
        .filter(campaign=ledger.campaign_id, agency__path__startswith=ledger.agency.path)
        .order_by("pk")
        .values_list("pk")
    )
    return ledger_of(ledger.campaign, ledger.agency)


def locked_batch(batch: ImportBatch, *, but: tuple[str, ...] = ()) -> ImportBatch:
    """The batch as it stands now, its row locked; call with its ledger locked. `but` names fields
    that aren't needed: the rows of a long import are megabytes."""
    return ImportBatch.objects.select_for_update().defer(*but).get(pk=batch.pk)


def half_there(campaign: Campaign) -> list[ImportBatch]:
    """The long imports of a campaign that are being written or taken back."""
    rows = ImportBatch.objects.filter(campaign=campaign, state__in=ImportState.half())
    rows = rows.select_related("agency").only(
        "file_name", "state", "done", "total", "agency__path", "public_id"
    )
    return list(rows.order_by("pk"))


def meets(one: Agency, other: Agency) -> bool:
    """Whether one office is the other, or stands above or below it."""
    return one.path.startswith(other.path) or other.path.startswith(one.path)


def refuse_while_written(ledger: CountyLedger, what: str) -> None:
    """Half an import is nobody's ledger: raise Refused until it is written, or taken back, whole."""
    for batch in half_there(ledger.campaign):
        if meets(batch.agency, ledger.agency):
            done = "写" if batch.state == ImportState.WRITING else "撤回"
            raise Refused(
                f"{batch.get_state_display()}导入的“{batch.file_name}”（{batch.done}/{batch.total}），"
                f"{done}完以前不能{what}。请稍后再办理，进度见导入记录。"
            )
