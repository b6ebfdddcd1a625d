"""Kept rows are what a drawing of today gives, whatever happened to what they show."""

from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.models import local_today
from accounts.services import agencies, regions
from campaigns.models import Campaign
from cases.models import MineralFinding
from common.digests import digest_of
from common.errors import Refused
from ledgers.models import EntryMark, KeptFigure, KeptRow, SetAside, Submission
from ledgers.services import (
    checking,
    drawing,
    entries,
    following,
    freezing,
    kept,
    marking,
    refreshing,
    submitting,
    sums,
    verifying_rows,
)
from ledgers.showing.ledger_table import lines
from tests.ledgers import acting, build

pytestmark = pytest.mark.django_db


@pytest.fixture
def rich(cast, campaign):
    """A row with every kind of fact."""
    case = build.case(cast, sides=("land", "mining"))
    build.land(cast, case, "2.5")
    build.mined(cast, case, "1860.5", "3")
    build.decision(cast, case, ("mining", "fine", "84000"), ("land", "fine", "12.34"))
    build.accepted(cast, case)
    matter = build.matter(cast, of=build.referral(cast, case))
    build.measure(cast, matter, "arrest", "张某某")
    return build.entry(campaign, cast.county, build.clue(cast), case)


def settled(campaign, today=None):
    """Draw all that is stale; the kept rows."""
    refreshing.settle(refreshing.Part(Campaign.objects.get(pk=campaign.pk)), today or local_today())
    return {row.entry_id: row for row in KeptRow.objects.filter(campaign=campaign)}


def proof(campaign, today=None):
    """What verifying says."""
    fresh = Campaign.objects.get(pk=campaign.pk)
    return verifying_rows.verify_rows(refreshing.Part(fresh), today or local_today())


def test_a_row_is_kept_whole_with_its_figures(campaign, rich):
    row = settled(campaign)[rich.pk]
    assert row.values["mined_tonnes"] == "1863.5" and row.values["land_restored"] is False
    assert row.since == build.day("05-12") and row.until is None
    figures = dict(KeptFigure.objects.values_list("key", "number"))
    assert figures["mined_tonnes"] == 18635000 and figures["land_fine"] == 123400
    assert figures["arrest"] == 10000
    assert proof(campaign).wrong == [] and proof(campaign).compared == 1


def test_what_was_changed_past_every_deed_is_found_and_named(campaign, rich):
    settled(campaign)
    MineralFinding.objects.filter(tonnes=3).update(tonnes=4)
    call = ["verify_ledgers", "--campaign", campaign.code]
    with pytest.raises(CommandError) as refused:
        call_command(*call)
    assert "第1行（张某某）" in str(refused.value) and "非法开采数量" in str(refused.value)
    marking.mark([rich.pk])
    settled(campaign)
    call_command(*call)


def test_a_day_that_passes_draws_anew_what_was_dated_for_it(cast, campaign, rich):
    later = local_today() + timedelta(days=3)
    case = rich.links.get(case__isnull=False).case
    build.mined(cast, case, "7", on=later.isoformat(), round=2)
    row = settled(campaign)[rich.pk]
    assert row.until == later and row.values["mined_tonnes"] == "1863.5"
    assert refreshing.stale(refreshing.Part(campaign), later - timedelta(days=1)) == []
    assert settled(campaign, later)[rich.pk].values["mined_tonnes"] == "7"


def test_a_person_who_counts_elsewhere_marks_that_row_too(cast, campaign, rich):
    other = build.matter(cast, taken="05-01")
    second = build.entry(campaign, cast.county, other, party="李某", place="另一处")
    build.measure(cast, other, "arrest", "张某某", on="05-20")
    assert settled(campaign)[second.pk].values["arrest"] == 0
    entries.strike_entry(by=cast.liaison, entry=rich, reason="重复")
    rows = settled(campaign)
    assert set(rows) == {second.pk} and rows[second.pk].values["arrest"] == 1
    assert proof(campaign).wrong == []


def test_a_report_and_its_return_change_what_is_late(cast, campaign, county_ledger, rich):
    settled(campaign)
    submission = acting.submit(cast, county_ledger)
    assert refreshing.stale(refreshing.Part(campaign), local_today()) == []  # taken over as it is
    row = settled(campaign)[rich.pk]
    assert row.baseline_id == submission.pk and row.before == row.digest
    assert proof(campaign).wrong == [] and proof(campaign).compared == 1
    build.mined(cast, rich.links.get(case__isnull=False).case, "9", on="05-02", round=3)
    assert settled(campaign)[rich.pk].beside["late"] == ["mined_tonnes"]
    acting.send_back(cast, submission)
    row = settled(campaign)[rich.pk]
    assert row.baseline_id is None and not row.late and proof(campaign).wrong == []


def test_names_of_offices_and_divisions_are_followed(cast, campaign, rich, tmp_path):
    settled(campaign)
    agencies.amend_agency(agency=cast.police_office, name="改名公安局")
    assert "改名公安局" in settled(campaign)[rich.pk].values["remark"]
    region = cast.county.region
    file = tmp_path / "regions.json"
    file.write_text(
        f'[{{"code": "{region.code}", "name": "改名县", "level": "county", "parent": "{region.parent_id}"}}]',
        encoding="utf-8",
    )
    regions.load(file)
    assert settled(campaign)[rich.pk].values["county"] == "改名县" and proof(campaign).wrong == []


def test_an_amended_campaign_draws_all_rows_anew(cast, campaign, rich):
    settled(campaign)
    campaign.version += 1
    campaign.from_day = date(2026, 5, 9)
    campaign.save()
    assert refreshing.stale(refreshing.Part(campaign), local_today()) == [rich.pk]


def test_another_program_draws_all_rows_anew(campaign, rich, monkeypatch):
    settled(campaign)
    monkeypatch.setattr(refreshing, "program", lambda: "another")
    assert refreshing.stale(refreshing.Part(campaign), local_today()) == [rich.pk]


def test_what_happens_during_a_drawing_is_drawn_next(campaign, rich, monkeypatch):
    settled(campaign)
    marking.mark([rich.pk])
    draw = refreshing.drawn_as_kept

    def overtaken(*args):
        drawn = draw(*args)
        marking.mark([rich.pk])
        return drawn

    monkeypatch.setattr(refreshing, "drawn_as_kept", overtaken)
    settled(campaign)
    assert EntryMark.objects.count() == 1


def test_the_sweep_draws_what_waits_and_keeps_what_nobody_marked(campaign, rich):
    EntryMark.objects.all().delete()
    refreshing.tend(timezone.now())
    assert KeptRow.objects.filter(entry=rich).exists() and not EntryMark.objects.exists()


def test_the_sweep_marks_so_many_at_a_time(cast, campaign, rich, monkeypatch):
    build.entry(campaign, cast.county, build.case(cast), party="李某", place="另一处")
    EntryMark.objects.all().delete()
    marked = []
    monkeypatch.setattr(refreshing, "SLICE", 1)
    monkeypatch.setattr(refreshing, "mark", lambda ids: marked.append(len(ids)))
    refreshing.tend(timezone.now())
    assert marked == [1, 1]


def test_what_a_report_left_out_is_not_taken_over(cast, campaign, county_ledger, rich):
    build.mined(cast, rich.links.get(case__isnull=False).case, "9", on="05-14", round=3)
    settled(campaign)
    acting.submit(cast, county_ledger, as_of="05-13")
    assert refreshing.stale(refreshing.Part(campaign), local_today()) == [rich.pk]
    assert settled(campaign)[rich.pk].before and proof(campaign).wrong == []


def test_a_day_past_is_drawn_only_where_it_differs(cast, campaign, rich):
    old = build.entry(campaign, cast.county, build.case(cast), party="李某", opened="04-21")
    settled(campaign)
    rows = kept.rows_of(campaign, cast.county, build.day("05-09"))
    assert [row.entry_id for row in rows.drawn] == [rich.pk]
    fresh = drawing.draw(campaign, cast.county, build.day("05-09"))
    assert [(row.key, row.values) for row in rows.page()] == [(row.key, row.values) for row in fresh]
    assert rows.sums.total == sums.total_of(rows.form, fresh) and len(rows) == 2
    assert rows.digest == digest_of([freezing.row_digest(rows.form, row) for row in fresh])
    assert old.pk in rows.serials()


def test_sums_of_a_day_past_are_without_a_later_row(cast, campaign, rich):
    case = build.case(cast, filed="05-20")
    build.mined(cast, case, "40", on="05-21")
    build.entry(campaign, cast.county, case, party="李某", place="另一处", opened="05-20")
    settled(campaign)
    rows = kept.rows_of(campaign, cast.county, build.day("05-15"))
    assert not rows.drawn and rows.sums.total == sums.total_of(rows.form, rows.page())


def test_a_day_before_a_crime_was_dropped_says_what_was_so_then(cast, campaign):
    case, filed, dropped = build.case(cast), build.day("05-08"), build.day("05-25")
    build.referral(cast, case, state="given_back", answered_on=filed, outcome="dropped", outcome_on=dropped)
    build.entry(campaign, cast.county, case)
    for day, word in (("05-24", "已立案"), ("05-25", "撤销案件")):
        (row,) = kept.rows_of(campaign, cast.county, build.day(day))
        assert row.remark.endswith(word)


def test_a_row_that_leaves_while_it_is_read_is_left_out(cast, campaign, rich):
    other = build.entry(campaign, cast.county, build.case(cast), party="李某", place="另一处")
    rows, keys = kept.rows_of(campaign), {rich.public_id, other.public_id}
    serials = rows.serials()
    assert len(rows.heads) == 2
    KeptRow.objects.filter(pk=rich.pk).delete()
    assert [row.entry_id for row in (*rows.of(keys), *rows.first_of(keys, 1))] == [other.pk, other.pk]
    rows.serials = lambda: serials
    assert [row.serial for row in rows.of(keys)] == [2]
    assert [pk for pk, _ in rows.words("party")] == [other.pk]


def test_a_row_that_went_to_another_office_leaves_the_ledger_of_the_first(cast, campaign):
    row = build.entry(campaign, cast.neighbour, build.case(cast))
    settled(campaign)
    following.follow_agency(by=cast.system_admin, agency=cast.neighbour, into=cast.county)
    assert [len(kept.rows_of(campaign, office)) for office in (cast.neighbour, cast.county)] == [0, 1]
    assert KeptRow.objects.get(pk=row.pk).agency == cast.county


def test_a_row_that_another_drew_meanwhile_is_not_drawn_twice(campaign, rich, monkeypatch):
    settled(campaign)
    draw = refreshing._refresh

    def busy(*args, skip):
        return set() if skip else draw(*args, skip=False)

    monkeypatch.setattr(refreshing, "_refresh", busy)
    monkeypatch.setattr(refreshing, "drawn_as_kept", lambda *_: [])
    refreshing.refresh(campaign, [rich.pk], local_today())
    assert KeptRow.objects.filter(pk=rich.pk).exists()


def test_a_row_that_cannot_be_drawn_stops_no_other_campaign(cast, campaign, rich, monkeypatch, caplog):
    other = build.campaign(cast, code="other")
    row = build.entry(other, cast.county, build.case(cast))
    draw = refreshing.drawn_as_kept
    monkeypatch.setattr(
        refreshing, "drawn_as_kept", lambda of, *more: 1 / (of != campaign) and draw(of, *more)
    )
    refreshing.tend(timezone.now())
    assert [kept.pk for kept in KeptRow.objects.all()] == [row.pk]
    assert refreshing.carry_on(key=campaign.pk, until=timezone.now()) is False
    told = [record.args for record in caplog.records if record.msg == refreshing.FELL]
    assert told == [(campaign.code,)] * 2 and not SetAside.objects.exists()


def test_rows_read_are_the_rows_drawn(cast, campaign, county_ledger, rich):
    build.entry(campaign, cast.neighbour, build.case(cast, agency=cast.neighbour), party="邻某")
    rows, fresh = kept.rows_of(campaign), drawing.draw(campaign)
    assert [row.values for row in rows] == [row.values for row in fresh]
    assert rows.page(1, 1)[0].values == fresh[1].values
    assert rows.sums == sums.sums_of(rows.form, fresh)
    assert [freezing.frozen_marks(rows.form, row) for row in rows.page(behind=True)] == [
        freezing.frozen_marks(rows.form, row) for row in fresh
    ]


def test_a_report_never_freezes_what_is_stale(cast, campaign, county_ledger, rich):
    settled(campaign)
    case = rich.links.get(case__isnull=False).case
    acting.prepare(cast, county_ledger, "11-30")
    MineralFinding.objects.filter(case=case, tonnes=3).update(tonnes=5)
    marking.mark([rich.pk])
    acting.check(cast, county_ledger)
    MineralFinding.objects.filter(case=case, tonnes=5).update(tonnes=6)
    marking.mark([rich.pk])
    with pytest.raises(Refused, match="没有核对"):
        submitting.submit_ledger(by=cast.checker, ledger=county_ledger)
    acting.check(cast, county_ledger)
    submission = submitting.submit_ledger(by=cast.checker, ledger=county_ledger)
    assert submission.rows.get().values["mined_tonnes"] == "1866.5"


def test_a_day_before_the_last_report_draws_no_row_for_its_lateness(
    cast, campaign, county_ledger, rich, monkeypatch
):
    """Nothing but lateness depends on a report, and that is told by what stands behind the rows."""
    case = rich.links.get(case__isnull=False).case
    acting.submit(cast, county_ledger, "05-13")
    build.mined(cast, case, "1900", on="05-13", round=3)
    acting.submit(cast, county_ledger, "05-20")
    settled(campaign)
    fresh = drawing.draw(campaign, as_of=build.day("05-14"))
    assert fresh[0].late and "迟录补报" in fresh[0].value("remark")
    monkeypatch.setattr(kept, "draw", None)
    rows = kept.rows_of(campaign, as_of=build.day("05-14"))
    assert not rows.drawn and not rows.undrawn
    for behind in (False, True):
        (row,) = rows.page(behind=behind)
        assert (row.flags, row.late_keys, row.values) == (fresh[0].flags, fresh[0].late_keys, fresh[0].values)
    assert row.evidence == fresh[0].evidence


def test_a_correction_compares_with_the_report_before_and_draws_nothing(
    cast, campaign, county_ledger, rich, monkeypatch
):
    acting.submit(cast, county_ledger, "05-13")
    acting.submit(cast, county_ledger, "05-20", nil_report=True)
    settled(campaign)
    monkeypatch.setattr(kept, "draw", None)
    work = checking.work_of(county_ledger, as_of=local_today(), correct=True)
    assert work.previous.sequence == 1 and [head.before == head.digest for head in work.rows.heads] == [True]


def test_what_a_report_copies_is_what_it_would_freeze(cast, campaign, county_ledger, rich):
    build.entry(campaign, cast.county, build.clue(cast), party="无案", place="北坡")
    work = checking.work_of(county_ledger)
    copied = work.rows.frozen(Submission())
    made = [freezing.freeze(work.form, Submission(), row) for row in work.rows.page(behind=True)]
    names = ("position", "entry_key", "agency_id", "values", "marks", "carried_forward", "late")
    assert [[getattr(row, name) for name in names] for row in copied] == [
        [getattr(row, name) for name in names] for row in made
    ]


def test_many_rows_of_a_day_past_are_drawn_only_where_they_are_shown(cast, campaign, rich):
    other = build.entry(campaign, cast.neighbour, build.case(cast, agency=cast.neighbour), party="邻某")
    build.mined(cast, other.links.get().case, "4", on="05-10")
    settled(campaign)
    day = build.day("05-09")
    rows = kept.LedgerRows(refreshing.Part(campaign), day, at_most=1)
    fresh = drawing.draw(campaign, as_of=day)
    assert rows.undrawn == {rich.pk: cast.county.pk, other.pk: cast.neighbour.pk} and len(rows) == 2
    assert [row.values for row in rows.page(1, 1)] == [fresh[1].values]
    assert [row.values for row in rows] == [row.values for row in fresh]


def test_a_row_whose_office_came_after_they_were_counted_is_shown(cast, campaign):
    build.entry(campaign, cast.county, build.case(cast))
    settled(campaign)
    rows = kept.rows_of(campaign)
    assert len(rows) == 1 and set(rows.offices) == {cast.county.pk}
    following.follow_agency(by=cast.system_admin, agency=cast.county, into=cast.neighbour)
    settled(campaign)
    (row,) = rows.page()
    assert row.value("county") == cast.neighbour.region.name
    assert [line["kind"] for line in lines(rows.form, [row], lambda *_: "", subtotals=True, sums=rows.sums)]
    assert rows.digest == digest_of([row.digest])
