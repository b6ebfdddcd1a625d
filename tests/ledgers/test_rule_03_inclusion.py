"""Rule 3: 纳入 is an act; 结转 counts only what is dated within the campaign, and says so."""

import pytest

from campaigns.models import Campaign
from campaigns.services.counting import amend_counting
from common.errors import Forbidden, Refused
from ledgers.models import Exclusion
from ledgers.services import entries
from ledgers.services.candidates import candidates
from ledgers.services.drawing import draw
from tests.cast import add_person
from tests.ledgers import acting, build


@pytest.fixture
def old_case(cast, campaign):
    """A case from before the campaign with amounts before and within it."""
    case = build.case(cast, filed="2026-01-10", sides=("land", "mining"))
    build.mined(cast, case, "100", on="01-20")
    build.land(cast, case, "3", on="04-10")
    build.decision(cast, case, ("mining", "fine", "30000"), on="02-10")
    build.decision(cast, case, ("mining", "fine", "5000"), on="04-12")
    return case


def test_a_matter_from_before_is_suggested_as_carried_over(cast, county_ledger, old_case):
    (waiting,) = candidates(county_ledger.campaign, cast.county)
    assert waiting.carried_over
    entry = entries.include_candidate(by=cast.liaison, ledger=county_ledger, case=old_case)
    assert entry.carried_over


def test_only_amounts_within_the_campaign_count_and_older_ones_are_named(cast, county_ledger, old_case, only):
    entries.include_candidate(by=cast.liaison, ledger=county_ledger, case=old_case)
    row = only()
    assert row.values["mining_fine"] == 5000
    assert row.values["land_area"] == 3
    assert row.values["mined_tonnes"] is None
    assert "结转" in row.flags
    assert row.values["remark"].startswith("结转；")
    assert "2026-02-10" in row.values["remark"]
    assert "30,000" in row.values["remark"]
    assert "2026-01-20河砂 100吨未计入" in row.values["remark"]


def test_a_campaign_may_count_older_amounts_too(cast, county_ledger, old_case, only):
    county_ledger.campaign.settings = {"counts_only_within": False}
    county_ledger.campaign.save()
    entry = entries.include_candidate(by=cast.liaison, ledger=county_ledger, case=old_case)
    entry.campaign.refresh_from_db()
    (row,) = draw(entry.campaign, as_of=build.day("11-30"))
    assert row.values["mining_fine"] == 35000
    assert row.values["mined_tonnes"] == 100


def test_the_campaigns_office_changes_what_counts_and_only_what_is_not_reported_changes(
    cast, county_ledger, old_case, only
):
    entries.include_candidate(by=cast.liaison, ledger=county_ledger, case=old_case)
    sent = acting.submit(cast, county_ledger)
    office = add_person("office", "市联络", cast.prefecture_office, "liaison")
    amend_counting(by=office, campaign=county_ledger.campaign, counts_only_within="all")
    (row,) = draw(Campaign.objects.get(pk=county_ledger.campaign_id), as_of=build.day("11-30"))
    assert (row.values["mining_fine"], row.values["mined_tonnes"]) == (35000, 100)
    assert sent.rows.get().values["mining_fine"] == "5000"


def test_police_figures_from_before_do_not_count_either(cast, county_ledger, old_case, only):
    matter = build.matter(cast, of=build.referral(cast, old_case, on="01-15"), taken="01-16")
    build.measure(cast, matter, "criminal_detention", "甲", on="01-20")
    build.measure(cast, matter, "arrest", "甲", on="04-20")
    entries.include_candidate(by=cast.liaison, ledger=county_ledger, case=old_case)
    row = only()
    assert row.values["criminal_detention"] is None
    assert row.values["arrest"] == 1


def test_what_ended_before_the_campaign_does_not_wait(cast, county_ledger):
    build.case(cast, filed="2026-01-10", state="closed", closed_on=build.day("03-01"))
    assert candidates(county_ledger.campaign, cast.county) == []


def test_what_began_after_the_campaign_does_not_wait(cast, county_ledger):
    case = build.case(cast, filed="2030-12-10")
    assert candidates(county_ledger.campaign, cast.county) == []
    with pytest.raises(Refused, match="结束之后"):
        entries.include_candidate(by=cast.liaison, ledger=county_ledger, case=case)


def test_leaving_out_needs_a_reason_and_can_be_undone_by_taking_in(cast, county_ledger):
    case = build.case(cast)
    with pytest.raises(Refused, match="理由"):
        entries.exclude_candidate(by=cast.liaison, ledger=county_ledger, case=case, reason=" ")
    entries.exclude_candidate(by=cast.liaison, ledger=county_ledger, case=case, reason="另有台账")
    assert candidates(county_ledger.campaign, cast.county) == []
    entries.include_candidate(by=cast.liaison, ledger=county_ledger, case=case)
    assert not Exclusion.objects.exists()


def test_only_the_liaison_takes_in(cast, county_ledger):
    case = build.case(cast)
    for person in (cast.handler, cast.checker, cast.prefecture, cast.neighbour_liaison):
        with pytest.raises(Forbidden):
            entries.include_candidate(by=person, ledger=county_ledger, case=case)
