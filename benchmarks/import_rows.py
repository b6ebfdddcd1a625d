"""How long a large workbook takes to import, how many queries, how much memory.

    .venv/bin/python benchmarks/import_rows.py [ROWS]
    .venv/bin/python benchmarks/import_rows.py --json ROWS ROWS…

Baseline, in the same run: one entry, case, party and facts at a time with a trail entry each, as
an import that calls the single deeds row by row would do. With --json each size is imported into
a campaign of its own, without the baseline, and one line of JSON comes of it.
"""

import json
import resource
import sys
import time
import zipfile
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from benchmarks.house import open_house


def workbook(rows: int, folder: Path) -> Path:
    """A ledger workbook of 交城县 with this many rows."""
    from openpyxl import Workbook

    from ledgers.shipped import shipped_layout

    form = shipped_layout("luliang", 1)
    book = Workbook(write_only=True)
    sheet = book.create_sheet("台账")
    sheet.append([form.title])
    sheet.append(["填报时间：2026年9月15日"])
    sheet.append([column.path[-2] if len(column.path) > 1 else "" for column in form.columns])
    sheet.append([column.path[-1] for column in form.columns])
    for n in range(1, rows + 1):
        sheet.append(
            [n, "交城县", f"当事人{n}", f"夏家营镇第{n}号采坑", "石灰岩", 1.5, 10000, "是", 320, 300]
            + [50000, "是", 0, 1, 0, ""]
        )
    path = folder / f"{rows}.xlsx"
    book.save(path)
    return path


def measured(deed):
    """(result, seconds, queries, peak megabytes of the process so far)."""
    from django.db import connection

    count = 0

    def counting(execute, *args):
        nonlocal count
        count += 1
        return execute(*args)

    start = time.perf_counter()
    with connection.execute_wrapper(counting):
        result = deed()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return result, time.perf_counter() - start, count, peak


def one_by_one(by, campaign, agency, reading):
    """The baseline: every row written by itself."""
    from django.db import transaction

    from accounts.services import numbering, trail
    from cases.models import Case, CaseParty
    from ledgers.matching import match_key
    from ledgers.models import EntryLink, ImportBatch, ImportedValues, LedgerEntry
    from registry.models import Party

    with transaction.atomic():
        batch = ImportBatch.objects.create(campaign=campaign, agency=agency, imported_by=by)
        for n, row in enumerate(reading.rows, 1):
            number = numbering.issue(agency=agency, kind="baseline", word="基", year=2026)
            values = row.values
            case = Case.objects.create(
                agency=agency,
                number=number,
                cause="基线",
                county=agency.region,
                place=values["place"],
                imported=True,
            )
            party = Party.objects.create(agency=agency, name=values["party"], name_fold=values["party"])
            CaseParty.objects.create(case=case, party=party)
            entry = LedgerEntry.objects.create(
                campaign=campaign,
                agency=agency,
                position=n,
                party=values["party"],
                place=values["place"],
                match_key=match_key(values["party"], values["place"]),
                opened_on=date(2026, 9, 15),
                recorded_by=by,
            )
            EntryLink.objects.create(entry=entry, case=case)
            ImportedValues.objects.create(case=case, as_of=date(2026, 9, 15), batch=batch, values={})
            trail.record(by=by, act="baseline", label="基线", thing=entry)
        transaction.set_rollback(True)


def ledger_for(cast, code):
    """交城's ledger in a campaign of its own."""
    from campaigns.models import Campaign, CampaignMember
    from ledgers.services.importing import ledger_of

    campaign = Campaign.objects.create(
        code=code, name="基准", region=cast.regions["141100"], from_day=date(2026, 1, 1)
    )
    CampaignMember.objects.create(campaign=campaign, agency=cast.county)
    return ledger_of(campaign, cast.county)


def bare(sizes) -> list[dict]:
    """For each size: queries, seconds, and how much the process grew beside the workbook."""
    from django.conf import settings

    from ledgers.services.importing import import_rows, read_workbook
    from tests.cast import build_cast

    cast, figures = build_cast(), []
    for rows in sizes:
        ledger = ledger_for(cast, f"bench-{rows}")
        path = workbook(rows, Path(settings.VAR_DIR))
        with zipfile.ZipFile(path) as parts:
            unpacked = sum(part.file_size for part in parts.infolist())
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

        def deed(path=path, ledger=ledger):
            reading = read_workbook(path, ledger.campaign)
            return import_rows(by=cast.liaison, ledger=ledger, reading=reading)

        batch, seconds, queries, peak = measured(deed)
        figures.append(
            {
                "rows": rows,
                "created": batch.report["created"],
                "queries": queries,
                "seconds": round(seconds, 2),
                "workbook_mb": round(unpacked / 2**20, 2),
                "grown_mb": round(peak - before, 1),
            }
        )
    return figures


def main():
    """Print the figures."""
    open_house()
    if sys.argv[1:2] == ["--json"]:
        print(json.dumps(bare([int(size) for size in sys.argv[2:]])))
    else:
        compare(int(sys.argv[1]) if len(sys.argv) > 1 else 5000)


def compare(rows):
    """A workbook of so many rows beside the baseline."""
    from django.conf import settings

    from ledgers.services.importing import import_rows, read_workbook
    from tests.cast import build_cast

    cast = build_cast()
    ledger = ledger_for(cast, "bench")
    campaign = ledger.campaign
    path = workbook(rows, Path(settings.VAR_DIR))
    print(f"workbook: {rows} rows, {path.stat().st_size / 1024:.0f} kB")
    reading, seconds, _, peak = measured(lambda: read_workbook(path, campaign))
    print(f"read:        {seconds:7.2f} s                     peak {peak:6.0f} MB")
    _, base, queries, peak = measured(lambda: one_by_one(cast.liaison, campaign, cast.county, reading))
    print(f"one by one:  {base:7.2f} s  {queries:7d} queries  peak {peak:6.0f} MB  (baseline)")

    def bulk():
        return import_rows(by=cast.liaison, ledger=ledger, reading=reading)

    batch, seconds, queries, peak = measured(bulk)
    assert batch.report["created"] == rows, batch.report["created"]
    print(
        f"import_rows: {seconds:7.2f} s  {queries:7d} queries  peak {peak:6.0f} MB  "
        f"({seconds / base:.2f} of the baseline)"
    )
    batch, seconds, queries, peak = measured(bulk)
    assert batch.report["unchanged"] == rows, batch.report["unchanged"]
    print(f"again:       {seconds:7.2f} s  {queries:7d} queries  peak {peak:6.0f} MB")


if __name__ == "__main__":
    main()
