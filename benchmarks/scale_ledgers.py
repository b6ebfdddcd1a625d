"""The ledger of a county and of its prefecture, an entry for each case; for scale.py."""

import resource
import time
from datetime import date

from benchmarks.pouring import pour, settle
from benchmarks.province import COUNTIES, LAST, SINCE

# The same rows and sums, straight from the tables that the page reads.
ROWS_SQL = (
    'SELECT entry_id, key, agency_id, "values", beside, remark, late, digest FROM ledgers_keptrow '
    "WHERE campaign_id = {campaign} AND agency_id IN ({offices}) "
    "ORDER BY region_id, position, entry_id LIMIT 201"
)
SUMS_SQL = (
    "SELECT agency_id, key, sum(number) FROM ledgers_keptfigure "
    "WHERE campaign_id = {campaign} AND agency_id IN ({offices}) GROUP BY agency_id, key"
)


def run(bench) -> None:
    """Pour a campaign, keep its rows by the product's own sweep, ask for its pages."""
    campaign, counties = _pour(bench.province), bench.province.counties
    _first_drawing(campaign)
    own = f"/ledgers/campaigns/{campaign.code}/"
    county, prefecture = bench.client("checker"), bench.client("prefecture")
    for whose, client, offices in (("county", county, counties[:1]), ("prefecture", prefecture, counties)):
        some = {"campaign": campaign.pk, "offices": ", ".join(str(office.pk) for office in offices)}
        bare = [sql.format(**some) for sql in (ROWS_SQL, SUMS_SQL)]
        before = _memory()
        bench.page(f"ledger, {whose}: first page", client, own, bare)
        print(f"{'':44} +{_memory() - before} MB")
        last = -(-_entries(campaign, offices) // 200)
        bench.page(f"ledger, {whose}: last page", client, f"{own}?page={last}")
        bench.page(f"ledger, {whose}: a sum", client, f"{own}sums/mining_fine/")
    bench.page("ledger, front page, checker", county, "/ledgers/")
    tail = f"{counties[0].code}/"
    for name in ("candidates", "check", "submit"):
        bench.page(f"ledger, county: {name}", county, f"{own}{tail}{name}/")
    _one_cell(bench, campaign, county)
    _report(bench, campaign)


def _pour(province):
    from campaigns.models import Campaign, CampaignMember
    from ledgers.models import EntryLink, LedgerEntry

    campaign = Campaign.objects.create(
        code="scale", name="专项行动", region_id="991100", from_day=SINCE, to_day=None
    )
    for office in (province.prefecture, *province.counties, *province.police):
        CampaignMember.objects.create(campaign=campaign, agency=office)
    several = ((LedgerEntry, _entry_rows(province, campaign)), (EntryLink, _links(province)))
    for model, rows in several:
        pour(model, rows)
    settle(LedgerEntry, EntryLink)
    return campaign


def _entry_rows(province, campaign):
    for n in range(1, province.rows + 1):
        office = province._office(n)
        yield {"id": n, "campaign_id": campaign.pk, "agency_id": office.pk, "position": n,
               "party": province._name(n), "place": province._place(n), "mineral": "石灰岩",
               "match_key": f"{n:064x}", "opened_on": province_day(n),
               "recorded_by_id": province.people[office.pk][0].pk}  # fmt: skip


def province_day(n: int) -> date:
    """When an entry was opened."""
    from benchmarks.province import DAYS, _day

    return min(_day(n, DAYS), LAST)


def _links(province):
    for n in range(1, province.rows + 1):
        yield {"id": n, "entry_id": n, "case_id": n}


def _first_drawing(campaign) -> None:
    """As after an upgrade: nothing is kept yet, the sweep draws it all."""
    from accounts.models import local_today
    from ledgers.models import KeptFigure, KeptRow, LedgerEntry
    from ledgers.services import marking, refreshing

    start, before = time.perf_counter(), _memory()
    marking.mark(LedgerEntry.objects.values_list("pk", flat=True))
    marked = time.perf_counter()
    refreshing.settle(refreshing.Part(campaign), local_today())
    took = time.perf_counter() - marked
    settle(KeptRow, KeptFigure)
    print(
        f"ledger: {KeptRow.objects.count()} rows marked in {marked - start:.1f} s, drawn and kept in "
        f"{took:.1f} s, +{_memory() - before} MB; {KeptFigure.objects.count()} figures"
    )


def _entries(campaign, offices) -> int:
    from ledgers.models import LedgerEntry

    return LedgerEntry.objects.filter(campaign=campaign, agency__in=offices).count()


def _one_cell(bench, campaign, client) -> None:
    from ledgers.models import LedgerEntry

    entry = LedgerEntry.objects.get(pk=2 * COUNTIES)
    bench.page("ledger, one cell", client, f"/ledgers/entries/{entry.public_id}/cells/mining_fine/")


def _report(bench, campaign) -> None:
    """Prepare, check and submit the ledger of the first county; how long the freezing takes."""
    from ledgers.models import CountyLedger
    from ledgers.services import checking, submitting

    office = bench.province.counties[0]
    ledger = CountyLedger.objects.select_related("campaign", "agency__region").get(
        campaign=campaign, agency=office
    )
    ledger = submitting.prepare_ledger(by=bench.province.who("liaison"), ledger=ledger)
    checker = bench.province.who("checker")
    rows = checking.work_of(ledger).digests
    checking.check_ledger(by=checker, ledger=ledger, rows=rows, rest=True)
    start = time.perf_counter()
    submission = submitting.submit_ledger(by=checker, ledger=ledger)
    print(f"ledger: {submission.rows.count()} rows frozen in {time.perf_counter() - start:.2f} s")


def _memory() -> int:
    """The most that this process ever had, MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
