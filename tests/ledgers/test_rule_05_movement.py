"""Rule 5: 本期新增 by entry, never by event date; a figure that falls needs a coded reason."""

import pytest

from common.errors import Refused
from ledgers.services import checking, entries, reshaping
from ledgers.services.comparing import three_figures
from ledgers.services.ledger_forms import submitted_form
from tests.ledgers import acting, build


@pytest.fixture
def case(cast, campaign):
    """A case whose fine was reported on 05-15."""
    made = build.case(cast)
    build.mined(cast, made, "860")
    build.decision(cast, made, ("mining", "fine", "30000"))
    build.entry(campaign, cast.county, made)
    return made


@pytest.fixture
def reported(cast, case, county_ledger):
    """The report of 05-15."""
    return acting.submit(cast, county_ledger)


def figures(submission, key):
    """(上期累计, 本期新增, 更正, 本期累计) of a column, as whole numbers."""
    column = next(each for each in three_figures(submitted_form(submission), submission) if each.key == key)
    assert column.holds
    return tuple(int(value or 0) for value in (column.before, column.added, column.corrected, column.now))


def again(cast, ledger, as_of="05-30", **more):
    """Report once more."""
    return acting.submit(cast, ledger, as_of, **more)


def falls(reason, entry, *columns):
    """Explanations for the columns of one entry."""
    return {entry.public_id: {column: {"reason": reason, "note": ""} for column in columns}}


def test_the_first_report_is_all_new(reported):
    assert figures(reported, "mining_fine") == (0, 30000, 0, 30000)


def test_what_came_since_is_new_and_the_rest_is_not_counted_again(cast, campaign, reported, county_ledger):
    other = build.case(cast, names=("李某",))
    build.decision(cast, other, ("mining", "fine", "5000"), on="05-20")
    build.entry(campaign, cast.county, other, party="李某", opened="05-18")
    assert figures(again(cast, county_ledger), "mining_fine") == (30000, 5000, 0, 35000)


def test_a_late_typed_fact_is_new_in_this_period_and_flagged(cast, case, reported, county_ledger):
    build.decision(cast, case, ("mining", "fine", "700"), on="05-03")
    made = again(cast, county_ledger)
    assert figures(made, "mining_fine") == (30000, 700, 0, 30700)
    row = made.rows.get()
    assert row.late
    assert row.values["remark"].endswith("迟录补报")
    assert reported.rows.get().late is False


@pytest.mark.parametrize(("on", "late"), [("05-14", True), ("05-15", True), ("05-16", False)])
def test_what_happened_on_the_last_reported_day_and_was_typed_later_is_late(
    cast, case, reported, county_ledger, on, late
):
    """The report of 05-15 had the whole of that day: what it lacks of it is 迟录, of the next day not."""
    build.decision(cast, case, ("mining", "fine", "700"), on=on)
    row = again(cast, county_ledger).rows.get()
    assert row.late is late
    assert (row.values["remark"] or "").endswith("迟录补报") is late


@pytest.mark.parametrize(("opened", "late"), [("05-14", True), ("05-15", True), ("05-16", False)])
def test_an_entry_of_the_last_reported_day_taken_in_later_is_late(
    cast, campaign, reported, drawn, opened, late
):
    build.entry(campaign, cast.county, party="迟来", opened=opened)
    (row,) = [row for row in drawn("05-30") if row.values["party"] == "迟来"]
    assert row.late is late


def test_a_fact_of_the_last_reported_day_that_was_reported_is_not_late(cast, case, campaign, county_ledger):
    build.decision(cast, case, ("mining", "fine", "700"), on="05-15")
    assert not acting.submit(cast, county_ledger).rows.get().late
    build.decision(cast, case, ("mining", "fine", "800"), on="05-20")
    assert not again(cast, county_ledger).rows.get().late


def test_a_fact_dated_in_this_period_is_not_late(cast, case, reported, county_ledger):
    build.decision(cast, case, ("mining", "fine", "700"), on="05-16")
    row = again(cast, county_ledger).rows.get()
    assert not row.late
    assert "迟录" not in (row.values["remark"] or "")


def test_a_late_fact_is_late_once(cast, case, reported, county_ledger, only):
    build.decision(cast, case, ("mining", "fine", "700"), on="05-03")
    again(cast, county_ledger)
    assert not only("06-15").late
    made = again(cast, county_ledger, "06-15", nil_report=True)
    assert made.nil_report


def test_an_entry_taken_in_late_is_flagged(cast, campaign, reported, only, drawn):
    build.entry(campaign, cast.county, party="迟来", opened="05-02")
    rows = {row.values["party"]: row for row in drawn("05-30")}
    assert rows["迟来"].late
    assert not rows["张某某"].late


def test_a_fall_without_a_reason_is_refused_and_names_itself(cast, case, reported, county_ledger):
    case.decisions.update(state="revoked", revoked_on=build.day("05-20"))
    with pytest.raises(Refused, match="张某某的采矿罚款金额"):
        again(cast, county_ledger)


@pytest.mark.parametrize("reason", ["correction", "revocation", "striking", "merging", "moving"])
def test_a_fall_with_a_coded_reason_is_a_correction(cast, campaign, case, reported, county_ledger, reason):
    case.decisions.update(state="revoked", revoked_on=build.day("05-20"))
    entry = campaign.entries.get()
    made = again(cast, county_ledger, explanations=falls(reason, entry, "mining_fine"))
    assert figures(made, "mining_fine") == (30000, 0, -30000, 0)
    assert made.explanations[entry.public_id]["mining_fine"]["reason"] == reason


def test_a_reason_outside_the_list_is_none(cast, campaign, case, reported, county_ledger):
    case.decisions.update(state="revoked", revoked_on=build.day("05-20"))
    entry = campaign.entries.get()
    with pytest.raises(Refused, match="须逐项选择原因"):
        again(cast, county_ledger, explanations=falls("because", entry, "mining_fine"))


def test_a_rise_that_is_a_correction_is_not_new(cast, campaign, case, reported, county_ledger):
    build.mined(cast, case, "900", on="05-20", round=2)
    entry = campaign.entries.get()
    made = again(cast, county_ledger, explanations=falls("correction", entry, "mined_tonnes"))
    assert figures(made, "mined_tonnes") == (860, 0, 40, 900)


def test_a_struck_row_falls_by_its_own_reason(cast, campaign, case, reported, county_ledger):
    entry = campaign.entries.get()
    entries.strike_entry(by=cast.liaison, entry=entry, reason="误录")
    made = again(cast, county_ledger)
    assert figures(made, "mined_tonnes") == (860, 0, -860, 0)
    assert made.explanations[entry.public_id]["mined_tonnes"]["reason"] == "striking"


def test_merging_two_rows_makes_nothing_new(cast, campaign, case, county_ledger):
    other = build.case(cast, names=("李某",))
    build.mined(cast, other, "40")
    second = build.entry(campaign, cast.county, other, party="李某")
    first = campaign.entries.exclude(pk=second.pk).get()
    acting.submit(cast, county_ledger)
    reshaping.merge_entry(by=cast.liaison, entry=second, into=first)
    made = again(cast, county_ledger)
    assert figures(made, "mined_tonnes") == (900, 0, 0, 900)
    assert made.explanations[second.public_id]["mined_tonnes"]["reason"] == "merging"


def test_moving_a_row_is_a_correction_in_both_counties(cast, campaign, case, reported, county_ledger):
    reshaping.move_entry(
        by=cast.prefecture, entry=campaign.entries.get(), to_agency=cast.neighbour, reason="地界"
    )
    gone = again(cast, county_ledger)
    arrived = again(cast, build.ledger(campaign, cast.neighbour))
    assert figures(gone, "mining_fine") == (30000, 0, -30000, 0)
    assert figures(arrived, "mining_fine") == (0, 0, 30000, 30000)
    assert not arrived.rows.get().late


def test_after_the_move_what_rises_is_new_and_what_came_along_is_not_late(
    cast, campaign, case, reported, county_ledger
):
    there = build.ledger(campaign, cast.neighbour)
    acting.submit(cast, there, nil_report=True)
    new = reshaping.move_entry(
        by=cast.prefecture, entry=campaign.entries.get(), to_agency=cast.neighbour, reason="地界"
    )
    arrived = again(cast, there)
    assert figures(arrived, "mining_fine") == (0, 0, 30000, 30000)
    assert not arrived.rows.get().late
    moved_case = new.links.get().case
    build.decision(cast, moved_case, ("mining", "fine", "500"), on="06-02")
    later = again(cast, there, "06-15")
    assert figures(later, "mining_fine") == (30000, 500, 0, 30500)


def test_a_split_makes_nothing_new(cast, campaign, case, county_ledger):
    other = build.case(cast)
    build.mined(cast, other, "40")
    entry = campaign.entries.get()
    link = entry.links.create(case=other)
    acting.submit(cast, county_ledger)
    reshaping.split_entry(by=cast.liaison, entry=entry, links=[link], party="李某")
    made = again(cast, county_ledger, explanations=falls("correction", entry, "mined_tonnes"))
    assert figures(made, "mined_tonnes") == (900, 0, 0, 900)


def test_the_previous_report_is_the_last_effective_one(cast, case, reported, county_ledger):
    acting.send_back(cast, reported)
    made = acting.submit(cast, county_ledger, nil_report=False)
    assert (made.previous, made.corrects) == (None, reported)
    assert figures(made, "mining_fine") == (0, 30000, 0, 30000)


def test_a_ledger_that_does_not_add_up_is_never_frozen(cast, case, county_ledger, monkeypatch):
    real = checking.movement

    def wrong(*args):
        found = real(*args)
        found.columns[0].added += 1
        return found

    monkeypatch.setattr(checking, "movement", wrong)
    with pytest.raises(Refused, match="对不上"):
        acting.submit(cast, county_ledger)
