"""Taking an import back: whole, in order, and only while nothing in it was touched or reported."""

from datetime import date
from decimal import Decimal

import pytest

from accounts.models import IssuedNumber, TrailEntry
from cases.models import Case
from cases.services import investigation, referral
from common.errors import Refused
from ledgers.models import EntryCheck, EntryLink, ImportBatch, ImportedValues, LedgerEntry, SubmissionRow
from ledgers.services import checking, entries, reshaping
from ledgers.services.drawing import draw
from ledgers.services.import_undo import undo_import
from registry.models import Party
from registry.services import words
from tests.ledgers import acting, build
from tests.ledgers.importing.conftest import MAY_15, MAY_30, ROW

LATER = "2021年6月30日"


@pytest.fixture
def undo(cast, fresh):
    """`undo(batch)` takes an import back as 交城's liaison."""
    return lambda batch: undo_import(by=fresh(cast.liaison), batch=batch, reason="传错了")


@pytest.fixture
def updating(bring, workbook):
    """Two imports of one row: the second raises a figure and nothing else."""
    first = bring(workbook([ROW]))
    return first, bring(workbook([ROW | {"mined_tonnes": 200}], day=LATER))


def stands(campaign) -> list:
    return [row.values for row in draw(campaign)]


def test_an_import_is_taken_back_whole(bring, campaign, undo):
    bring(MAY_15)
    before = stands(campaign)
    second = bring(MAY_30)
    undo(second)
    assert LedgerEntry.objects.count() == 9
    assert stands(campaign) == before
    assert TrailEntry.objects.filter(act="undo_import").count() == 1


def test_a_first_import_leaves_nothing_but_voided_numbers(bring, undo):
    undo(bring(MAY_15))
    for model in (LedgerEntry, EntryLink, Case, ImportedValues, Party):
        assert not model.objects.exists(), model
    assert set(IssuedNumber.objects.values_list("voided_reason", flat=True)) == {"撤回导入"}


def test_rows_that_were_only_checked_go_with_their_checks(bring, cast, ledger, undo, fresh):
    batch = bring(MAY_15)
    work = checking.work_of(ledger)
    checking.check_ledger(by=fresh(cast.checker), ledger=ledger, rows=dict(work.digests))
    assert EntryCheck.objects.count() == 9
    undo(batch)
    assert not LedgerEntry.objects.exists() and not EntryCheck.objects.exists()


def test_a_reported_import_stays(bring, cast, ledger, undo):
    batch = bring(MAY_15)
    acting.submit(cast, ledger, as_of="2021-05-31")
    with pytest.raises(Refused, match="已随台账报送"):
        undo(batch)
    assert SubmissionRow.objects.count() == LedgerEntry.objects.count() == 9


def test_an_amended_row_keeps_its_import(bring, cast, undo, fresh):
    batch = bring(MAY_15)
    entry = LedgerEntry.objects.first()
    entries.amend_entry(by=fresh(cast.liaison), entry=entry, party="人改的", place=entry.place)
    with pytest.raises(Refused, match="不能整批撤回"):
        undo(batch)
    assert LedgerEntry.objects.count() == 9


def test_an_amended_row_keeps_the_import_that_updated_it(updating, cast, campaign, undo, fresh):
    entry = campaign.entries.get()
    entries.amend_entry(
        by=fresh(cast.liaison), entry=entry, party=entry.party, place=entry.place, remark="人写的"
    )
    with pytest.raises(Refused, match="不能整批撤回"):
        undo(updating[1])
    (values,) = stands(campaign)
    assert (values["remark"], values["mined_tonnes"]) == ("人写的", 200)


def test_a_case_worked_on_keeps_the_import_that_updated_it(updating, cast, campaign, undo, fresh):
    case = campaign.entries.get().links.get().case
    investigation.record_land_finding(
        by=fresh(cast.handler),
        case=case,
        happened_on=date(2021, 7, 1),
        rows=[{"land_class": "arable", "area": Decimal(2)}],
    )
    with pytest.raises(Refused, match="不能整批撤回"):
        undo(updating[1])
    assert ImportedValues.objects.count() == 2


def test_a_merged_row_keeps_both_imports(bring, workbook, cast, campaign, undo, fresh):
    first = bring(workbook([ROW]))
    second = bring(workbook([ROW | {"party": "乙"}], day=LATER))
    one, other = campaign.entries.order_by("pk")
    reshaping.merge_entry(by=fresh(cast.liaison), entry=one, into=other, reason="同一件")
    for batch in (first, second):
        with pytest.raises(Refused, match="不能整批撤回"):
            undo(batch)


def test_whatever_else_points_at_a_row_is_a_sentence(bring, cast, campaign, undo):
    """A referral that was laid down past the services: the guard holds for every relation."""
    batch = bring(MAY_15)
    build.referral(cast, campaign.entries.first().links.get().case)
    with pytest.raises(Refused, match="不能整批撤回"):
        undo(batch)
    assert LedgerEntry.objects.count() == 9
    assert ImportBatch.objects.get().state == "written"


def test_a_proposed_referral_keeps_the_import(bring, cast, campaign, undo, fresh):
    batch = bring(MAY_15)
    case = campaign.entries.first().links.get().case
    investigation.assign_handlers(
        by=fresh(cast.brigade_head), case=case, handler=cast.handler, second_handler=cast.second_handler
    )
    referral.propose_referral(
        by=fresh(cast.handler),
        case=Case.objects.get(pk=case.pk),
        proposal=referral.ReferralProposal(
            to_agency=cast.police_office, copied_to=cast.procuratorate, crime="非法采矿罪", report="涉嫌犯罪"
        ),
    )
    with pytest.raises(Refused, match="不能整批撤回"):
        undo(batch)


def test_the_earlier_import_is_taken_back_only_after_the_later(bring, workbook, undo):
    """Also where the later one changed the row's own words, and so its version."""
    first = bring(workbook([ROW]))
    second = bring(workbook([ROW | {"mineral": "砂", "mined_tonnes": 5}], day=LATER))
    with pytest.raises(Refused, match="先撤回后一次"):
        undo(first)
    undo(second)
    assert LedgerEntry.objects.get().mineral == "石灰岩"
    undo(first)
    assert not LedgerEntry.objects.exists()


def test_a_row_is_found_again_by_the_words_that_it_gets_back(bring, workbook, undo):
    bring(workbook([ROW]))
    undo(bring(workbook([ROW | {"mineral": "砂"}], day=LATER)))
    assert words.verify()["differing"] == []


def test_three_imports_come_back_one_by_one(bring, workbook, campaign, undo):
    batches, seen = [], []
    for mineral, day in (("石灰岩", "2021年6月15日"), ("砂", LATER), ("煤", "2021年7月15日")):
        seen.append(stands(campaign))
        batches.append(bring(workbook([ROW | {"mineral": mineral}], day=day)))
    for batch, before in zip(reversed(batches), reversed(seen), strict=True):
        undo(batch)
        assert stands(campaign) == before


def test_twice_undone_is_refused(bring, undo):
    batch = bring(MAY_15)
    undo(batch)
    with pytest.raises(Refused, match="不用再撤回"):
        undo(ImportBatch.objects.get())


def test_what_a_native_row_took_up_is_taken_back(bring, workbook, cast, campaign, undo):
    case = build.case(cast, names=("甲公司",), place="某沟", filed="2021-05-01")
    entry = build.entry(campaign, cast.county, case, party="甲公司", place="某沟", opened="2021-05-01")
    before = stands(campaign)
    batch = bring(workbook([ROW]))
    assert entry.links.count() == 2
    undo(batch)
    assert stands(campaign) == before
    assert entry.links.get().case == case
    assert LedgerEntry.objects.get().version == entry.version
