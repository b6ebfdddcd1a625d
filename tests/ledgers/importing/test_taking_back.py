"""A long import taken back in slices: killed and carried on, half of it nobody's ledger."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import IssuedNumber, TrailEntry
from cases.models import Case
from common.errors import Refused
from ledgers import tasks
from ledgers.models import ImportedValues, ImportState, LedgerEntry
from ledgers.services import checking, entries, import_running, import_taking_back, submitting
from ledgers.services.drawing import draw
from ledgers.services.import_undo import undo_import
from registry.models import Party
from reminders.models import Notice
from tests.ledgers import build
from tests.ledgers.importing.conftest import ROW
from tests.ledgers.importing.slices import taken_back, worked

pytestmark = pytest.mark.usefixtures("small")
LATER = "2021年6月30日"
ROWS = [ROW | {"party": f"p{number}"} for number in range(25)]


@pytest.fixture
def undo(cast, fresh):
    """`undo(batch)` asks as 交城's liaison for a whole import to be taken back."""
    return lambda batch: undo_import(by=fresh(cast.liaison), batch=batch, reason="传错了")


@pytest.fixture
def undone(begun, workbook, undo):
    """Twenty-five rows written, and asked to be taken back."""
    return undo(worked(begun(workbook(ROWS))))


def test_it_waits_for_the_worker_and_rings(
    begun, workbook, undo, monkeypatch, django_capture_on_commit_callbacks
):
    batch, rung = worked(begun(workbook(ROWS))), []
    monkeypatch.setattr(tasks.write_import, "delay", rung.append)
    with django_capture_on_commit_callbacks(execute=True):
        batch = undo(batch)
    assert (batch.state, batch.done, batch.total, rung) == (ImportState.UNDOING, 0, 25, [batch.pk])
    assert LedgerEntry.objects.count() == 25


def test_it_is_taken_back_whole_and_told(undone, cast):
    assert tasks.write_import(undone.pk) is False
    undone.refresh_from_db()
    assert (undone.state, undone.done, bool(undone.undone_at)) == (ImportState.UNDONE, 25, True)
    for model in (LedgerEntry, ImportedValues, Case, Party):
        assert not model.objects.exists(), model
    assert set(IssuedNumber.objects.values_list("voided_reason", flat=True)) == {"撤回导入"}
    assert TrailEntry.objects.get(act="undo_import").reason == "传错了"
    assert Notice.objects.filter(recipient=cast.liaison, title="台账导入已撤回").count() == 1


def test_killed_between_two_slices_it_goes_on_where_it_stopped(undone):
    taken_back(undone, slices=1)
    assert (undone.state, undone.done, LedgerEntry.objects.count()) == (ImportState.UNDOING, 10, 15)
    taken_back(undone)
    assert (undone.state, LedgerEntry.objects.count()) == (ImportState.UNDONE, 0)


def test_two_workers_at_once_do_no_harm(undone):
    one, other = (import_taking_back.TakingBack(undone.pk) for _ in range(2))
    assert [one.some(), other.some(), one.some()] == [True, True, False]
    assert other.some() is False
    assert not LedgerEntry.objects.exists() and Notice.objects.filter(title="台账导入已撤回").count() == 1


def test_each_slice_is_a_transaction_of_its_own_and_costs_the_same(undone):
    work, seen, more = import_taking_back.TakingBack(undone.pk), [], True
    while more:
        with CaptureQueriesContext(connection) as queries:
            more = work.some()
        seen.append(len(queries))
    assert len(seen) == 3
    assert seen[0] == seen[1] and max(seen) <= seen[0] + 8  # the last one tells who asked


def test_the_sweep_rings_for_what_stands_still(undone, monkeypatch):
    rung = []
    monkeypatch.setattr(tasks.write_import, "delay", rung.append)
    import_running.tend(timezone.now())
    assert rung == []
    import_running.tend(timezone.now() + timedelta(minutes=2))
    assert rung == [undone.pk]


def test_what_falls_is_tried_again_and_stays_refused_until_it_is_whole(
    undone, monkeypatch, cast, fresh, ledger
):
    real = import_taking_back.remove
    monkeypatch.setattr(import_taking_back, "remove", lambda *_: 1 / 0)
    for _ in range(import_running.FALLS + 1):
        assert tasks.write_import(undone.pk) is False
    undone.refresh_from_db()
    assert (undone.state, undone.falls, LedgerEntry.objects.count()) == (ImportState.UNDOING, 4, 25)
    with pytest.raises(Refused, match="撤回完以前不能提交核对"):
        submitting.prepare_ledger(by=fresh(cast.liaison), ledger=ledger)
    monkeypatch.setattr(import_taking_back, "remove", real)
    tasks.write_import(undone.pk)
    undone.refresh_from_db()
    assert undone.state == ImportState.UNDONE


def test_meanwhile_the_ledger_says_so_and_nothing_is_reported(
    undone, bring, workbook, undo, ledger, cast, fresh, sign_in
):
    taken_back(undone, slices=1)
    page = sign_in(cast.liaison).get(ledger.get_absolute_url()).content.decode()
    assert "正在撤回导入的" in page and "已撤回 10/25 条。撤回完以前，这一页的行和合计都不全" in page
    with pytest.raises(Refused, match="正在撤回导入的.*（10/25），撤回完以前不能提交核对"):
        submitting.prepare_ledger(by=fresh(cast.liaison), ledger=ledger)
    with pytest.raises(Refused, match="撤回完以前不能核对"):
        checking.check_ledger(by=fresh(cast.checker), ledger=ledger, rest=True)
    with pytest.raises(Refused, match="撤回完以前不能报送"):
        submitting.submit_ledger(by=fresh(cast.checker), ledger=ledger)
    with pytest.raises(Refused, match="撤回完以前不能再导入"):
        bring(workbook([ROW]))
    with pytest.raises(Refused, match="撤回完以前不能撤回导入"):
        undo(undone)
    taken_back(undone)
    submitting.prepare_ledger(by=fresh(cast.liaison), ledger=ledger)


def test_the_page_shows_how_far_it_is_until_the_result(begun, workbook, sign_in, cast):
    batch, client = worked(begun(workbook(ROWS))), sign_in(cast.liaison)
    url = batch.get_absolute_url()
    page = client.post(f"{url}undo/", {"reason": "传错了"}, follow=True).content.decode()
    assert "已开始撤回。" in page and "0 / 25 条" in page and "已写入台账" not in page
    taken_back(batch, slices=2)
    piece = client.get(f"{url}progress/").content.decode()
    assert "正在撤回" in piece and "20 / 25 条" in piece and 'hx-trigger="every 2s"' in piece
    taken_back(batch)
    assert "已撤回。" in client.get(f"{url}progress/").content.decode()
    assert "台账恢复到导入前" in client.get(url).content.decode()


def test_rows_that_stood_before_get_back_what_they_said(begun, bring, workbook, undo, campaign):
    bring(workbook(ROWS[:8]))
    before = [row.values for row in draw(campaign)]
    rows = [row | {"mined_tonnes": 7, "mineral": "砂"} for row in ROWS[:12]]
    batch = undo(worked(begun(workbook(rows, day=LATER))))
    assert batch.total == 12 and len(draw(campaign)) == 12
    taken_back(batch)
    assert [row.values for row in draw(campaign)] == before


def test_what_somebody_touched_before_keeps_all_of_it(begun, workbook, undo, campaign, cast, fresh):
    batch = worked(begun(workbook(ROWS)))
    entry = campaign.entries.get(party="p24")
    entries.amend_entry(by=fresh(cast.liaison), entry=entry, party="人改的", place=entry.place)
    with pytest.raises(Refused, match="不能整批撤回"):
        undo(batch)
    batch.refresh_from_db()
    assert batch.state == ImportState.WRITTEN and LedgerEntry.objects.count() == 25


def test_what_somebody_touches_meanwhile_stays_and_is_told(undone, campaign, cast, fresh, sign_in):
    taken_back(undone, slices=1)
    entry = campaign.entries.get(party="p24")
    entries.amend_entry(by=fresh(cast.liaison), entry=entry, party="人改的", place=entry.place)
    build.referral(cast, campaign.entries.get(party="p20").links.get().case)
    taken_back(undone)
    assert sorted(row.values["party"] for row in draw(campaign)) == ["p20", "人改的"]
    assert undone.state == ImportState.WRITTEN and undone.stopped.startswith("有 2 条在撤回期间")
    page = sign_in(cast.liaison).get(undone.get_absolute_url()).content.decode()
    assert undone.stopped in page and "撤回这次导入" not in page
    kept = TrailEntry.objects.filter(act="undo_import").order_by("pk").last()
    assert kept.changes == {"撤回期间有人改动，保留": ["", "2条"]}
    assert Notice.objects.filter(recipient=cast.liaison, title="台账导入没有全部撤回").exists()
