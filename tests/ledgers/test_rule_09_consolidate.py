"""Rule 9: a prefecture's total carries a missing county's last accepted rows, marked 沿用."""

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from accounts import roles
from accounts.models import User
from accounts.services.system import system_person
from common.errors import Forbidden, Refused
from ledgers.models import Submission
from ledgers.services import consolidating, exporting
from ledgers.services.comparing import three_figures
from ledgers.services.ledger_forms import submitted_form
from ledgers.services.verifying import check_submissions
from tests.cast import add_person
from tests.ledgers import acting, build


@pytest.fixture
def counties(cast, campaign):
    """交城 and 文水, each with one fined case."""
    for agency, fine in ((cast.county, "30000"), (cast.neighbour, "5000")):
        case = build.case(cast, agency=agency, names=(agency.short_name,))
        build.decision(cast, case, ("mining", "fine", fine))
        build.entry(campaign, agency, case, party=agency.short_name)
    return build.ledger(campaign, cast.county), build.ledger(campaign, cast.neighbour)


def states(campaign, cast, as_of):
    """交城's and 文水's state in the total."""
    seat = build.ledger(campaign, cast.prefecture_office)
    found = consolidating.counties_of(seat, build.day(as_of))
    return {county.name: county.state for county in found}


def test_accepted_rows_of_all_counties_are_numbered_through(cast, campaign, counties):
    for ledger in counties:
        acting.accept(cast, acting.submit(cast, ledger))
    made = acting.consolidate(cast, campaign)
    rows = list(made.rows.all())
    assert [(row.position, row.values["serial"]) for row in rows] == [(1, 1), (2, 2)]
    assert [row.values["county"] for row in rows] == ["文水县", "交城县"]
    assert made.totals["now"]["mining_fine"] == "35000"
    assert not any(row.carried_forward for row in rows)
    assert (made.consolidated, made.agency) == (True, cast.prefecture_office)


def test_a_missing_county_is_carried_forward_and_marked(cast, campaign, counties):
    own, other = counties
    for ledger in counties:
        acting.accept(cast, acting.submit(cast, ledger))
    acting.accept(cast, acting.submit(cast, own, "05-30", nil_report=True))
    assert states(campaign, cast, "05-30") == {"文水县": "沿用", "交城县": "已接收"}
    made = acting.consolidate(cast, campaign, "05-30")
    marked = {row.values["county"]: row.carried_forward for row in made.rows.all()}
    assert marked == {"文水县": True, "交城县": False}
    assert made.totals["now"]["mining_fine"] == "35000"


def test_what_was_not_accepted_is_not_in_the_total(cast, campaign, counties):
    own, other = counties
    acting.accept(cast, acting.submit(cast, own))
    acting.submit(cast, other)
    assert states(campaign, cast, "05-15") == {"文水县": "待接收", "交城县": "已接收"}
    made = acting.consolidate(cast, campaign)
    assert [row.values["county"] for row in made.rows.all()] == ["交城县"]


def test_a_returned_report_leaves_the_last_accepted_one(cast, campaign, counties):
    own, other = counties
    for ledger in counties:
        acting.accept(cast, acting.submit(cast, ledger))
    build.decision(
        cast,
        own.campaign.entries.get(agency=own.agency).links.get().case,
        ("mining", "fine", "1"),
        on="05-20",
    )
    acting.send_back(cast, acting.submit(cast, own, "05-30"))
    made = acting.consolidate(cast, campaign, "05-30")
    assert made.totals["now"]["mining_fine"] == "35000"
    assert all(row.carried_forward for row in made.rows.all())


def test_a_county_that_never_reported_is_named_as_missing(cast, campaign, counties):
    own, _ = counties
    acting.accept(cast, acting.submit(cast, own))
    assert states(campaign, cast, "05-15")["文水县"] == "未报"


def test_the_total_itself_names_who_is_missing_on_the_page_and_in_the_workbook(
    cast, campaign, counties, sign_in, tmp_path
):
    own, other = counties
    acting.accept(cast, acting.submit(cast, own))
    made = acting.consolidate(cast, campaign)
    assert made.totals["missing"] == {"未报": ["文水县"]}
    assert consolidating.missing_words(made) == "未报：文水县"
    page = sign_in(cast.prefecture).get(made.get_absolute_url()).content.decode()
    assert "未报：文水县。未报和待接收的县没有计入本期" in page
    path = tmp_path / "total.xlsx"
    with path.open("wb") as stream:
        exporting.export_submission(stream, made)
    assert "未报：文水县" in load_workbook(path).active.oddFooter.left.text
    assert check_submissions()[1] is None


def test_nothing_accepted_is_nothing_to_consolidate(cast, campaign, counties):
    with pytest.raises(Refused, match="不能汇总"):
        acting.consolidate(cast, campaign)


def test_consolidating_again_in_the_period_corrects_the_first(cast, campaign, counties):
    own, other = counties
    acting.accept(cast, acting.submit(cast, own))
    first = acting.consolidate(cast, campaign)
    acting.accept(cast, acting.submit(cast, other))
    second = acting.consolidate(cast, campaign)
    assert second.corrects == first
    assert list(Submission.objects.effective().filter(consolidated=True)) == [second]
    fines = next(each for each in three_figures(submitted_form(second), second) if each.key == "mining_fine")
    assert (fines.before, fines.added, fines.now) == (None, 35000, 35000)


def test_who_filled_in_the_total_and_who_checked_it_are_two_people(
    cast, campaign, counties, sign_in, tmp_path
):
    for ledger in counties:
        acting.accept(cast, acting.submit(cast, ledger))
    add_person("second", "市联络", cast.prefecture_office, roles.LIAISON)
    url = reverse("ledgers:consolidate", args=[campaign.code])
    client = sign_in(cast.prefecture)
    assert {"市联络", "统计员"} == {
        person.name for person in client.get(url).context["form"].fields["filled_by"].queryset
    }
    form = {"data_as_of": "2026-05-15", "filled_by": "", "_key": "k1", "_version": ""}
    assert client.post(url, form).status_code == 422
    client.post(url, form | {"filled_by": User.objects.get(username="second").pk, "_key": "k2"})
    made = Submission.objects.get(consolidated=True)
    assert (made.filled_by.name, made.checked_by) == ("市联络", cast.prefecture)
    path = tmp_path / "total.xlsx"
    with path.open("wb") as stream:
        exporting.export_submission(stream, made)
    texts = [
        cell.value for row in load_workbook(path).active.iter_rows(min_row=9) for cell in row if cell.value
    ]
    assert "审核人：吕市审" in texts and "填报人：市联络" in texts


def test_nobody_fills_in_and_checks_a_total_alone(cast, campaign, counties):
    for ledger in counties:
        acting.accept(cast, acting.submit(cast, ledger))
    seat = build.ledger(campaign, cast.prefecture_office)
    for person in (cast.prefecture, cast.liaison):
        with pytest.raises(Refused, match="不能是同一人"):
            consolidating.consolidate_ledger(by=cast.prefecture, ledger=seat, filled_by=person)
    cast.statistics.postings.all().delete()
    system_person(cast.prefecture_office)
    with pytest.raises(Refused, match="须是两个人，吕梁市规划和自然资源局还没有另一名在岗人员"):
        acting.consolidate(cast, campaign)


def test_only_the_prefecture_above_consolidates(cast, campaign, counties):
    seat = build.ledger(campaign, cast.prefecture_office)
    for person in (cast.checker, cast.other_prefecture, cast.province):
        with pytest.raises(Forbidden):
            consolidating.consolidate_ledger(by=person, ledger=seat)
