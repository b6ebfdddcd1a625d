"""Each kind of workbook that offices keep, brought in by the command and by the page: the same rows."""

import html
from decimal import Decimal

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from ledgers.models import ImportBatch, LedgerEntry, RememberedHead
from ledgers.services.drawing import draw
from ledgers.services.importing import read_workbook
from tests.ledgers.importing.kinds import OFFICES

ROADS = pytest.mark.parametrize("office", OFFICES, ids=lambda office: office.name)


def lines_of(path) -> int:
    """The lines of a workbook in which something stands."""
    sheets = openpyxl.load_workbook(path)
    return sum(any(cell not in (None, "") for cell in row) for sheet in sheets for row in sheet.values)


def stands(office, campaign, report, path) -> None:
    """What must stand in the ledger stands there, and the report tells every line."""
    rows = {row.values["party"]: row.values for row in draw(campaign)}
    assert set(rows) == set(office.rows)
    for party, values in office.rows.items():
        for key, value in values.items():
            found = rows[party][key]
            if isinstance(found, Decimal | int) and not isinstance(found, bool):
                assert found == Decimal(value), (party, key)
            else:
                assert str("" if found is None else found) == value, (party, key)
    assert {(each["row"], each["column"]) for each in report["rejected"]} == set(office.refused)
    if path.suffix == ".xlsx":
        assert sum(report["lines"].values()) == lines_of(path)


@ROADS
def test_by_the_command(office, run, tmp_path, campaign, cast):
    path = office.at(tmp_path)
    if office.answers:
        assert run(path)["created"] == 0 and not LedgerEntry.objects.exists()
        for column in read_workbook(path, campaign).questions:
            RememberedHead.objects.create(
                agency=cast.county,
                form_code=campaign.form_code,
                head=column.id,
                key=office.answers[column.letter].strip("-"),
                chosen_by=cast.liaison,
            )
    report = run(path)
    assert not [each for each in report["questions"] if each["kind"] == "column"]
    stands(office, campaign, report, path)
    assert not office.never or office.never not in str(report)


@ROADS
def test_by_the_page(office, sign_in, tmp_path, campaign, cast):
    client, path = sign_in(cast.liaison), office.at(tmp_path)
    body = SimpleUploadedFile(path.name, path.read_bytes())
    page = client.post("/ledgers/campaigns/empty/141122-zrzy/import/", {"upload": body}, follow=True)
    batch, text = ImportBatch.objects.get(), html.unescape(page.content.decode())
    tabs = ("created", "check", "skipped", "rejected")
    seen = text + "".join(
        html.unescape(client.get(f"{batch.get_absolute_url()}?tab={tab}").content.decode()) for tab in tabs
    )
    for words in office.says:
        assert words in seen
    if office.answers:
        (sheet,) = batch.report["sheets"]
        ids = {column["letter"]: column["id"] for column in sheet["columns"]}
        said = {f"column:{ids[letter]}": key for letter, key in office.answers.items()}
        client.post(f"{batch.get_absolute_url()}choose/", {"choosing": "1", **said})
    assert not LedgerEntry.objects.exists()
    client.post(f"{batch.get_absolute_url()}confirm/", {"choosing": "1"})
    batch.refresh_from_db()
    stands(office, campaign, batch.report, path)
    assert batch.state == "written"
    assert not office.never or office.never not in f"{seen}{batch.rows}{batch.report}{batch.choices}"
