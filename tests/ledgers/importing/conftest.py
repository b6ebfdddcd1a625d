"""A campaign with an empty ledger, and workbooks to import into it."""

import io
import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from openpyxl import Workbook

from campaigns.models import Campaign, CampaignMember
from ledgers import tasks
from ledgers.services import import_slices, importing
from ledgers.services.import_plan import Wanted
from ledgers.services.importing import import_rows, ledger_of, read_workbook
from tests.ledgers.sheets.books import FORM

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
MAY_15, MAY_30 = (SAMPLES / f"jiaocheng-2021-05-{day}.xlsx" for day in (15, 30))
BLANK = SAMPLES / "luliang-ledger-blank.xlsx"
ROW = {"county": "交城县", "party": "甲公司", "place": "某沟", "mineral": "石灰岩", "mined_tonnes": 100}


@pytest.fixture
def campaign(cast):
    """An empty campaign of 吕梁市 with both counties, the prefecture and the police."""
    made = Campaign.objects.create(
        code="empty",
        name="严厉打击非法采矿占地专项行动",
        region=cast.regions["141100"],
        from_day=date(2021, 4, 1),
    )
    for code in ("141122-zrzy", "141121-zrzy", "141100-zrzy", "141122-ga", "141121-ga"):
        CampaignMember.objects.create(campaign=made, agency=cast.agencies[code])
    return made


@pytest.fixture
def ledger(campaign, cast):
    """交城's ledger."""
    return ledger_of(campaign, cast.county)


@pytest.fixture
def bring(ledger, cast, fresh):
    """`bring(path)` imports a workbook as 交城's liaison; `into` another ledger, `by` another."""

    def brought(path, *, into=None, by=None, choices=None, **wanted):
        into = into or ledger
        reading = read_workbook(path, into.campaign, choices)
        return import_rows(
            by=fresh(by or cast.liaison),
            ledger=into,
            reading=reading,
            file_name=path.name,
            wanted=Wanted(**wanted),
        )

    return brought


@pytest.fixture
def workbook(tmp_path):
    """`workbook(rows, day)` writes a workbook with these rows (dicts by key) as an office would."""
    written = []

    def write(rows, day="2021年6月15日", keys=None):
        book = Workbook()
        sheet = book.active
        columns = [column for column in FORM.columns if keys is None or column.key in keys]
        sheet.append([FORM.title])
        sheet.append([f"填报时间：{day}" if day else ""])
        sheet.append([column.path[-2] if len(column.path) > 1 else "" for column in columns])
        sheet.append([column.path[-1] for column in columns])
        for row in rows:
            sheet.append([row.get(column.key) for column in columns])
        path = tmp_path / f"book-{len(written)}.xlsx"
        written.append(path)
        book.save(path)
        return path

    return write


@pytest.fixture
def counts():
    """`counts(batch)`: what was created, updated, left unchanged."""
    return lambda batch: tuple(batch.report[key] for key in ("created", "updated", "unchanged"))


@pytest.fixture
def run(campaign):
    """`run(path, *options)` is what `import_ledger --json` says."""

    def command(path, *options, agency="141122-zrzy", code="empty"):
        out = io.StringIO()
        call_command(
            "import_ledger", str(path), "--campaign", code, "--agency", agency, "--json", *options, stdout=out
        )
        return json.loads(out.getvalue())

    return command


@pytest.fixture
def small(monkeypatch):
    """What is long, and how much is written or taken back at a time; nobody rings."""
    monkeypatch.setattr(import_slices, "AT_ONCE", 5)
    monkeypatch.setattr(import_slices, "SLICE", 10)
    monkeypatch.setattr(import_slices, "SLOW", timedelta(hours=1))
    monkeypatch.setattr(tasks.write_import, "delay", lambda key: None)


@pytest.fixture
def begun(ledger, cast, fresh):
    """`begun(path)` uploads and confirms a long workbook: it waits for the worker."""

    def begin(path, **options):
        upload = SimpleUploadedFile(path.name, path.read_bytes())
        batch = importing.preview_import(by=fresh(cast.liaison), ledger=ledger, upload=upload, **options)
        return importing.confirm_import(by=fresh(cast.liaison), batch=batch)

    return begin
