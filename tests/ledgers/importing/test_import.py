"""A county's own workbook becomes entries that live on (design rule 12)."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Clock, TrailEntry
from accounts.services import trail_checks
from cases.models import Case
from common.errors import Forbidden
from ledgers.models import ImportedValues, LedgerEntry
from ledgers.services import entries
from ledgers.services.drawing import draw
from ledgers.services.importing import import_rows, ledger_of, read_workbook
from tests.ledgers.importing.conftest import BLANK, MAY_15, MAY_30, ROW


def test_the_first_workbook_creates_every_row(bring, counts, campaign):
    assert counts(bring(MAY_15)) == (9, 0, 0)
    assert LedgerEntry.objects.count() == 9
    assert Case.objects.filter(imported=True).count() == 9


def test_the_same_file_again_changes_nothing(bring, counts):
    bring(MAY_15)
    before = (TrailEntry.objects.count(), ImportedValues.objects.count())
    assert counts(bring(MAY_15)) == (0, 0, 9)
    assert (TrailEntry.objects.count(), ImportedValues.objects.count()) == before


def test_the_next_period_creates_and_updates(bring, counts):
    bring(MAY_15)
    assert counts(bring(MAY_30)) == (1, 3, 6)


def test_values_come_out_as_they_went_in(bring, campaign):
    bring(MAY_15)
    first = draw(campaign, as_of=date(2021, 5, 15))[0].values
    assert first["party"] == "交城县某石料有限公司"
    assert first["land_area"] == Decimal("12.6")
    assert first["mining_fine"] == Decimal("150000")
    assert first["land_restored"] is True


def test_several_names_in_one_cell_stay_one_party(bring, campaign):
    bring(MAY_15)
    entry = LedgerEntry.objects.get(party="孙某、周某")
    assert entry.links.get().case.parties.count() == 1


def test_an_older_form_fills_history_and_overrides_nothing(bring, counts, campaign):
    bring(MAY_30)
    now = [row.values for row in draw(campaign, as_of=date(2021, 6, 1))]
    bring(MAY_15)
    assert [row.values for row in draw(campaign, as_of=date(2021, 6, 1))] == now
    then = {row.values["party"]: row.values for row in draw(campaign, as_of=date(2021, 5, 20))}
    assert then["山西某建材有限公司"]["arrest"] == 1
    assert len(then) == 9
    assert counts(bring(MAY_15)) == (0, 0, 9)


def test_no_clock_starts(bring):
    bring(MAY_15)
    assert not Clock.objects.exists()


def test_the_trail_tells_every_row(bring):
    bring(MAY_15)
    assert TrailEntry.objects.filter(act="import_ledger").count() == 9
    assert trail_checks.first_broken() is None


def test_an_empty_form_is_read_and_brings_nothing(bring, counts):
    assert counts(bring(BLANK)) == (0, 0, 0)


def test_a_form_without_its_day_counts_from_the_import(bring, workbook, counts):
    batch = bring(workbook([ROW], day=""))
    assert counts(batch) == (1, 0, 0)
    assert counts(bring(workbook([ROW], day=""))) == (0, 0, 1)


def test_a_changed_remark_is_an_update(bring, workbook, counts):
    bring(workbook([ROW]))
    assert counts(bring(workbook([ROW | {"remark": "已移送"}], day="2021年6月30日"))) == (0, 1, 0)


def test_a_county_outside_the_jurisdiction_is_rejected_by_its_cell(bring, workbook):
    batch = bring(workbook([ROW, ROW | {"county": "文水县"}]))
    (fault,) = batch.report["rejected"]
    assert (fault["row"], fault["value"]) == (6, "文水县")
    assert "辖区" in fault["reason"]
    assert batch.report["created"] == 1


def test_a_prefecture_imports_for_the_counties_below(campaign, cast, workbook, counts, fresh):
    from accounts import roles
    from tests.cast import add_person

    by = add_person("city", "市联络", cast.prefecture_office, roles.LIAISON)
    rows = [ROW, ROW | {"county": "文水县", "party": "乙"}]
    into = ledger_of(campaign, cast.prefecture_office)
    reading = read_workbook(workbook(rows), campaign)
    assert counts(import_rows(by=fresh(by), ledger=into, reading=reading)) == (2, 0, 0)
    assert LedgerEntry.objects.get(party="乙").agency == cast.neighbour


def test_all_or_none_keeps_everything_out_for_one_bad_row(bring, workbook, counts):
    batch = bring(workbook([ROW, ROW | {"county": "文水县"}]), all_or_none=True)
    assert counts(batch) == (0, 0, 0)
    assert not LedgerEntry.objects.exists()
    assert batch.state == "preview"


def test_what_was_changed_in_the_system_comes_up_as_a_conflict(
    bring, workbook, counts, campaign, cast, fresh
):
    bring(workbook([ROW]))
    entry = LedgerEntry.objects.get()
    entries.amend_entry(
        by=fresh(cast.liaison),
        entry=entry,
        party=entry.party,
        place=entry.place,
        mineral=entry.mineral,
        remark="系统中写的备注",
    )
    batch = bring(workbook([ROW | {"remark": "表中的备注"}], day="2021年6月30日"))
    assert counts(batch) == (0, 0, 1)
    assert "没有用表中的值覆盖" in batch.report["warnings"][0]["reason"]
    assert draw(campaign)[0].values["remark"] == "系统中写的备注"


def test_the_neighbour_cannot_import_here(bring, cast):
    with pytest.raises(Forbidden):
        bring(MAY_15, by=cast.neighbour_liaison)


def test_the_handler_cannot_import(bring, cast):
    with pytest.raises(Forbidden):
        bring(MAY_15, by=cast.handler)


@pytest.mark.parametrize("known", [False, True])
def test_queries_grow_by_the_batch_of_five_hundred_not_by_the_row(bring, workbook, known):
    """400 rows cost as many queries as 40; SQLite alone takes at most 999 values a statement."""
    spent = []
    for size in (40, 400):
        rows = [ROW | {"party": f"{size}-{n}"} for n in range(size)]
        path = workbook(rows, day="2021年6月15日")
        if known:
            bring(path)
            rows = [row | {"mined_tonnes": 7} for row in rows]
            path = workbook(rows, day="2021年6月30日")
        with CaptureQueriesContext(connection) as queries:
            bring(path)
        spent.append(len(queries))
    allowed = 0.12 * 360 if connection.vendor == "sqlite" else 0
    assert spent[1] - spent[0] <= allowed
