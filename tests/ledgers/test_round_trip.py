"""What was exported imports again as all unchanged, whatever the rows are made of."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.ledgers import acting, build

SAMPLE = Path(__file__).parent / "samples" / "jiaocheng-2021-05-15.xlsx"
COUNTY = "141122-zrzy"


def brought(path, *options) -> dict:
    """The report of `import_ledger`."""
    said = io.StringIO()
    call_command(
        "import_ledger", str(path), "--campaign", "test", "--agency", COUNTY, "--json", *options, stdout=said
    )
    return json.loads(said.getvalue())


@pytest.fixture
def again(tmp_path, campaign):
    """`again()` exports the county's live ledger and says what importing it would do."""

    def report():
        path = tmp_path / "again.xlsx"
        call_command(
            "export_ledger",
            "--campaign",
            "test",
            "--agency",
            COUNTY,
            "--out",
            str(path),
            stdout=io.StringIO(),
        )
        said = brought(path, "--dry-run")
        return (said["created"], said["updated"], said["unchanged"], said["rejected"], said["warnings"])

    return report


def test_an_imported_ledger_comes_back_unchanged(campaign, again):
    assert brought(SAMPLE)["created"] == 9
    assert again() == (0, 0, 9, [], [])


def test_native_rows_come_back_unchanged(cast, campaign, again):
    case = build.case(cast, names=("当事人不明",), sides=("land", "mining"))
    build.entry(campaign, cast.county, case, party="当事人不明")
    case.parties.create(party=build.party(cast.county, "李某"), position=2)
    build.land(cast, case, "5.2500", "0.75")
    build.decision(cast, case, ("mining", "fine", "300000.50"))
    build.referral(cast, case)
    assert again() == (0, 0, 1, [], [])


def test_facts_of_the_system_above_imported_ones_come_back_unchanged(cast, campaign, again):
    brought(SAMPLE)
    entry = campaign.entries.get(party="李某")
    case = entry.links.get().case
    build.mined(cast, case, "430", on="05-20")
    build.referral(cast, case, on="05-21")
    assert again() == (0, 0, 9, [], [])


def test_late_facts_after_a_report_come_back_unchanged(cast, campaign, county_ledger, again):
    brought(SAMPLE)
    acting.submit(cast, county_ledger)
    case = campaign.entries.get(party="李某").links.get().case
    build.decision(cast, case, ("mining", "fine", "90001"), on="05-10")
    assert again() == (0, 0, 9, [], [])
