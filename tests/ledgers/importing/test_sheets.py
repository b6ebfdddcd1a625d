"""A workbook with a sheet each month: the newest is the ledger, older ones fill history."""

from datetime import date

import pytest

from ledgers.models import ImportedValues, LedgerEntry
from ledgers.services.drawing import draw
from ledgers.services.import_undo import undo_import
from ledgers.sheets.choices import Choices
from tests.ledgers.importing.books import JUNE, MAY, cumulative, months, saved


@pytest.fixture
def kept(tmp_path):
    """`kept(book)` is where a workbook was saved."""
    return lambda book: saved(book, tmp_path / "月台账.xlsx")


def fines(campaign, day) -> dict:
    return {row.values["party"]: row.values["mining_fine"] for row in draw(campaign, as_of=day)}


def test_months_kept_cumulatively_give_one_ledger_and_its_history(bring, kept, counts, campaign):
    batch = bring(kept(cumulative()))
    assert counts(batch) == (3, 1, 1)
    assert batch.as_of == date(2021, 6, 30)
    assert batch.report["rejected"] == batch.report["questions"] == []
    assert fines(campaign, date(2021, 7, 1)) == {"甲石料公司": 80000, "乙砂场": 20000, "丙某": None}
    assert fines(campaign, date(2021, 6, 1)) == {"甲石料公司": 50000, "乙砂场": 20000}
    assert draw(campaign, as_of=date(2021, 5, 1)) == []


def test_the_same_months_again_change_nothing(bring, kept, counts):
    path = kept(cumulative())
    bring(path)
    before = ImportedValues.objects.count()
    assert counts(bring(path)) == (0, 0, 5)
    assert ImportedValues.objects.count() == before


def test_months_over_rows_that_stand_update_and_fill_history(bring, kept, counts, campaign):
    bring(kept(months(六月=("2021年6月30日", JUNE))))
    batch = bring(kept(cumulative()))
    assert [row["outcome"] for row in batch.rows] == ["unchanged"] * 3 + ["history"] * 2
    assert fines(campaign, date(2021, 6, 1)) == {"甲石料公司": 50000, "乙砂场": 20000}
    assert fines(campaign, date(2021, 7, 1))["甲石料公司"] == 80000


def test_a_row_that_only_an_older_month_has_is_written_and_said(bring, kept, counts, campaign):
    batch = bring(kept(months(五月=("2021年5月30日", MAY), 六月=("2021年6月30日", JUNE[:1]))))
    assert counts(batch) == (2, 1, 0)
    (said,) = [each for each in batch.report["warnings"] if each["row"] == 5]
    assert "本期的工作表中没有这一行" in said["reason"]
    assert LedgerEntry.objects.get(party="乙砂场").opened_on == date(2021, 5, 30)


def test_every_row_names_its_sheet(bring, kept):
    batch = bring(kept(cumulative()))
    assert [(row["sheet"], row["row"]) for row in batch.rows] == [
        ("六月", 4), ("六月", 5), ("六月", 6), ("五月", 4), ("五月", 5),
    ]  # fmt: skip


def test_a_sheet_that_a_person_leaves_out_is_not_read(bring, kept, counts):
    batch = bring(kept(cumulative()), choices=Choices(sheets={"五月": "ignored"}))
    assert counts(batch) == (3, 0, 0)
    assert batch.report["lines"]["ignored"] == 5


def test_both_are_taken_back_together(bring, kept, campaign, cast, fresh):
    batch = bring(kept(cumulative()))
    undo_import(by=fresh(cast.liaison), batch=batch, reason="传错了")
    assert not LedgerEntry.objects.exists() and not ImportedValues.objects.exists()


def test_history_of_a_row_that_stood_is_taken_back(bring, kept, campaign, cast, fresh):
    bring(kept(months(六月=("2021年6月30日", JUNE))))
    before = fines(campaign, date(2021, 6, 1)), fines(campaign, date(2021, 7, 1))
    batch = bring(kept(months(五月=("2021年5月30日", MAY), 七月=("2021年7月30日", JUNE[:2]))))
    undo_import(by=fresh(cast.liaison), batch=batch, reason="传错了")
    assert (fines(campaign, date(2021, 6, 1)), fines(campaign, date(2021, 7, 1))) == before
