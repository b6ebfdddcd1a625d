"""处罚决定书文号 in its form: imported, drawn, frozen, exported, and imported again unchanged."""

from datetime import date
from decimal import Decimal

import pytest

from ledgers.fields import FIELDS
from ledgers.models import ImportedValues, LedgerForm
from ledgers.services.drawing import draw
from ledgers.services.exporting import export_submission
from ledgers.services.importing import import_rows, read_workbook
from ledgers.services.ledger_forms import form_of
from ledgers.sheets.reading import read_ledger
from ledgers.sheets.writing import SheetWords, write_ledger
from tests.ledgers import acting, build

KEY = "decision_number"
TYPED = {
    "county": "交城县",
    "party": "某石料厂",
    "place": "东沟口",
    KEY: "交自然资罚字〔2026〕7号",
    "mining_fine": Decimal("84000.05"),
    "remark": "表内备注",
}


@pytest.fixture
def campaign(cast):
    """A campaign that reports with the form that has the field."""
    made = build.campaign(cast)
    made.form_code, made.form_version = "decisions", 1
    made.save(update_fields=["form_code", "form_version"])
    return made


@pytest.fixture
def seat(cast, campaign):
    """交城's ledger in it."""
    return build.ledger(campaign, cast.county)


def bring(cast, seat, path):
    """Import a workbook; (created, updated, unchanged)."""
    reading = read_workbook(path, seat.campaign)
    batch = import_rows(by=cast.liaison, ledger=seat, reading=reading, file_name=path.name)
    assert batch.report["rejected"] == batch.report["warnings"] == []
    return tuple(batch.report[key] for key in ("created", "updated", "unchanged"))


def test_a_workbooks_value_goes_all_the_way_round(cast, campaign, seat, tmp_path):
    typed, exported = tmp_path / "typed.xlsx", tmp_path / "exported.xlsx"
    with typed.open("wb") as stream:
        words = SheetWords("交城县自然资源局", filled_on=date(2026, 5, 15))
        write_ledger(stream, form_of(campaign), [TYPED], words)
    assert bring(cast, seat, typed) == (1, 0, 0)
    assert ImportedValues.objects.get().values[KEY] == TYPED[KEY]
    (row,) = draw(campaign)
    assert row.values == TYPED
    submission = acting.submit(cast, seat, "05-20")
    assert submission.version_code == "decisions-1"
    assert submission.rows.get().values[KEY] == TYPED[KEY]
    with exported.open("wb") as stream:
        export_submission(stream, submission)
    assert [line.values for line in read_ledger(exported, form_of(campaign)).rows] == [TYPED]
    assert bring(cast, seat, exported) == (0, 0, 1)


def test_it_draws_itself_from_the_decisions_that_stand(cast, campaign, sign_in):
    case = build.case(cast, sides=("mining",))
    made = build.decision(cast, case, ("mining", "fine", "300"))
    build.entry(campaign, cast.county, case)
    (row,) = draw(campaign)
    assert (row.value(KEY), row.value("mining_fine")) == (made.number, Decimal(300))
    assert [fact.what for fact in row.cells[KEY].evidence] == ["处罚决定"]
    page = sign_in(cast.liaison).get(campaign.get_absolute_url()).content.decode()
    assert FIELDS[KEY].label in page and made.number in page


def test_before_a_decision_it_is_not_applicable(cast, campaign):
    build.entry(campaign, cast.county, build.case(cast))
    (row,) = draw(campaign)
    assert (row.value(KEY), row.cells[KEY].applicable) == (None, False)


def test_its_form_came_with_the_tables(db):
    assert LedgerForm.objects.filter(code="decisions", version=1).exists()
