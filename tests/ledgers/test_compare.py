"""Any two states of a ledger side by side."""

import pytest

from ledgers.services import entries
from ledgers.services.comparing import compare, three_figures
from ledgers.services.differing import Differing, differing
from ledgers.services.freezing import thawed_rows
from ledgers.services.ledger_forms import form_of, submitted_form
from ledgers.showing import frozen
from tests.ledgers import acting, build


@pytest.fixture
def two_reports(cast, campaign, county_ledger):
    """Reports of 05-15 and 05-30 between which a row came, one changed and one was struck."""
    cases = {}
    for name in ("甲", "乙"):
        cases[name] = build.case(cast, names=(name,))
        build.mined(cast, cases[name], "10")
        build.entry(campaign, cast.county, cases[name], party=name)
    first = acting.submit(cast, county_ledger)
    build.mined(cast, cases["甲"], "12", on="05-20", round=2)
    build.entry(campaign, cast.county, party="丙", opened="05-20")
    gone = campaign.entries.get(party="乙")
    entries.strike_entry(by=cast.liaison, entry=gone, reason="误录")
    return first, acting.submit(cast, county_ledger, "05-30")


def differences(form, before, now):
    """{party: (state, old values)}."""
    found = compare(form, thawed_rows(form, before), thawed_rows(form, now))
    return {each.row.values["party"]: (each.state, each.old) for each in found}


def test_added_changed_and_gone_rows_are_told(campaign, two_reports):
    assert differences(form_of(campaign), *two_reports) == {
        "甲": ("changed", {"mined_tonnes": 10}),
        "丙": ("added", {}),
        "乙": ("gone", {}),
    }


def test_the_other_way_round_tells_the_opposite(campaign, two_reports):
    first, second = two_reports
    found = differences(form_of(campaign), second, first)
    assert found["甲"] == ("changed", {"mined_tonnes": 12})
    assert found["乙"][0] == "added"
    assert found["丙"][0] == "gone"


def test_a_report_does_not_differ_from_itself(campaign, two_reports):
    found = differences(form_of(campaign), two_reports[1], two_reports[1])
    assert {state for state, _old in found.values()} == {""}


def test_a_frozen_report_is_compared_with_the_live_ledger(cast, campaign, two_reports, drawn):
    build.mined(cast, campaign.entries.get(party="丙").links.create(case=build.case(cast)).case, "3")
    rows = thawed_rows(form_of(campaign), two_reports[1])
    found = {each.row.values["party"]: each.state for each in compare(form_of(campaign), rows, drawn())}
    assert found["甲"] == ""
    assert "changed" in found.values() or "added" in found.values()


def test_the_three_figures_add_up_in_every_column(campaign, two_reports):
    for made in two_reports:
        assert all(column.holds for column in three_figures(submitted_form(made), made))
    tonnes = next(
        each for each in three_figures(form_of(campaign), two_reports[1]) if each.key == "mined_tonnes"
    )
    assert (tonnes.before, tonnes.added, tonnes.corrected, tonnes.now) == (20, 2, -10, 12)


def test_what_differs_is_told_by_the_database_as_by_comparing_all(cast, campaign, two_reports):
    """A number that only moved up is no difference, a remark alone is one."""
    first, second = two_reports
    entries.amend_entry(
        by=cast.liaison, entry=campaign.entries.get(party="丙"), party="丙", remark="另案处理"
    )
    cast_ledger = build.ledger(campaign, cast.county)
    third = acting.submit(cast, cast_ledger, "06-15")
    form = form_of(campaign)
    for earlier, later in ((first, second), (second, first), (second, third), (first, third), (third, third)):
        whole = Differing.of(compare(form, thawed_rows(form, earlier), thawed_rows(form, later)))
        assert differing(form, earlier, later) == whole, (earlier, later)
    assert len(differing(form, second, third).changed) == 1


def test_a_long_comparison_lists_what_differs_page_by_page(cast, campaign, two_reports, monkeypatch, client):
    first, second = two_reports
    monkeypatch.setattr(frozen, "ON_ONE_PAGE", 1)
    monkeypatch.setattr(frozen, "PER_PAGE", 2)
    client.force_login(cast.checker)
    url = f"{second.get_absolute_url()}?with={first.public_id}"
    one, two = (client.get(f"{url}&page={page}").content.decode() for page in (1, 2))
    for text in (one, two):
        assert "新增 1 条，有变化 1 条，移除 1 条。条目较多，只列出有变化的。" in text
    assert "甲" in one and "丙" in one and "乙</a>" not in one and "乙" in two and "丙</a>" not in two
