"""A live workbook is of one moment: its sums are those of its rows, whoever types while it is written."""

import io
from concurrent.futures import ThreadPoolExecutor

import openpyxl
import pytest
from django.db import connection

from ledgers.services import exporting
from ledgers.services.kept import rows_of
from tests.cast import build_cast
from tests.ledgers import build

# On an embedded database in a file it is so too; the one of tests lies in memory, with locks of its own.
pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
FINE = 10


@pytest.fixture
def house():
    """A county with one row."""
    cast = build_cast()
    campaign = build.campaign(cast)
    fined(cast, campaign, "30000")
    return cast, campaign


def fined(cast, campaign, money):
    """One more row, with its fine, drawn and kept."""
    case = build.case(cast)
    build.decision(cast, case, ("mining", "fine", money))
    build.entry(campaign, cast.county, case)
    rows_of(campaign)


def elsewhere(deed):
    """Do something on a connection of its own, to its end."""

    def does():
        try:
            deed()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        pool.submit(does).result(20)


def typing_between(monkeypatch, cast, campaign):
    """Somebody types another row when the sums are known and the rows aren't read yet."""
    write = exporting.write_ledger

    def written(stream, form, rows, words, sums):
        elsewhere(lambda: fined(cast, campaign, "500"))
        return write(stream, form, rows, words, sums)

    monkeypatch.setattr(exporting, "write_ledger", written)


def figures(content):
    """The fines of the rows, and their total, as the workbook has them."""
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    lines = list(sheet.iter_rows(min_row=7, values_only=True))
    total = next(row[FINE] for row in lines if str(row[0]).startswith("合计"))
    return [row[FINE] for row in lines if isinstance(row[0], int)], total


def test_rows_and_sums_of_a_download_are_of_one_moment(house, sign_in, monkeypatch):
    cast, campaign = house
    typing_between(monkeypatch, cast, campaign)
    answer = sign_in(cast.checker).get(f"/ledgers/campaigns/{campaign.code}/download/")
    assert figures(answer.getvalue()) == ([30000], 30000)
    monkeypatch.undo()
    answer = sign_in(cast.checker).get(f"/ledgers/campaigns/{campaign.code}/download/")
    assert figures(answer.getvalue()) == ([30000, 500], 30500)


def test_so_are_those_of_the_command(house, monkeypatch, tmp_path):
    cast, campaign = house
    typing_between(monkeypatch, cast, campaign)
    path = tmp_path / "out.xlsx"
    ledger = build.ledger(campaign, cast.county)
    told = exporting.export_to(
        path, by=cast.checker, campaign=campaign, ledger=ledger, as_of=build.day("05-15")
    )
    rows, total = figures(path.read_bytes())
    assert (sum(rows), len(rows)) == (total, told["rows"])
