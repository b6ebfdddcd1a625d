"""How a report that was entered by the office above says so, on pages and on paper (代录)."""

from collections.abc import Iterable, Sequence

from accounts.models import Agency
from campaigns.models import Campaign
from ledgers.models import ProxyEntry, Submission
from ledgers.rows import PROXY


def proxy_words(submission: Submission) -> str:
    """By whom a county's report was entered; in a total, for which counties. "" for nobody."""
    if submission.consolidated:
        return _of_counties(submission.totals.get("proxies") or ())
    return f"由{submission.proxy.office}{PROXY}" if submission.proxy else ""


def reporting_unit(submission: Submission) -> str:
    """填报单位, with who entered for it."""
    return unit_with(submission.agency.name, "" if submission.consolidated else proxy_words(submission))


def live_proxy_words(campaign: Campaign, agencies: Sequence[Agency] | None = None) -> str:
    """The same of ledgers as they stand, from 代录 on until the county takes its own over; of all
    counties of the campaign without `agencies`."""
    ids = None if agencies is None else [agency.pk for agency in agencies]
    standing = ProxyEntry.objects.standing(campaign.pk, ids)
    if agencies is not None and len(agencies) == 1:
        return f"由{standing[0].office}{PROXY}" if standing else ""
    return _of_counties(sorted((entry.agency.region for entry in standing), key=lambda region: region.code))


def offices_of_proxies(campaign_id: int, agency_ids: Iterable[int]) -> dict[int, int]:
    """{county whose ledger the office above enters: that office}."""
    standing = ProxyEntry.objects.standing(campaign_id, agency_ids)
    return {entry.agency_id: entry.office_id for entry in standing}


def unit_with(unit: str, words: str) -> str:
    """A 填报单位 with who entered for it behind it."""
    return f"{unit}（{words}）" if words else unit


def _of_counties(counties: Iterable[object]) -> str:
    names = "、".join(str(county) for county in counties)
    return f"{PROXY}：{names}" if names else ""
