"""A long import: written in slices in the background, killed and carried on, whole or not at all."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import TrailEntry
from accounts.services import trail_checks
from cases.models import Case
from common.errors import Refused
from ledgers import tasks
from ledgers.models import ImportBatch, ImportedValues, ImportState, LedgerEntry
from ledgers.services import (
    checking,
    entries,
    import_running,
    import_slices,
    import_write,
    submitting,
)
from ledgers.services.drawing import draw
from reminders.models import Notice
from tests.ledgers.importing.conftest import ROW
from tests.ledgers.importing.slices import worked

LATER = "2021年6月30日"
ROWS = [ROW | {"party": f"p{number}"} for number in range(25)]


pytestmark = pytest.mark.usefixtures("small")


def test_a_long_import_waits_for_the_worker_and_rings(
    begun, workbook, monkeypatch, django_capture_on_commit_callbacks
):
    rung = []
    monkeypatch.setattr(tasks.write_import, "delay", rung.append)
    with django_capture_on_commit_callbacks(execute=True):
        batch = begun(workbook(ROWS))
    assert (batch.state, rung) == (ImportState.WRITING, [batch.pk])
    assert not LedgerEntry.objects.exists()


def test_a_short_one_into_a_long_ledger_waits_for_the_worker_too(
    begun, bring, workbook, campaign, monkeypatch
):
    """Holding it against the entries that stand takes as long as writing many."""
    bring(workbook(ROWS[:4]))
    monkeypatch.setattr(import_slices, "STANDING", 3)
    batch = begun(workbook([ROW | {"party": "新"}], day=LATER))
    assert batch.state == ImportState.WRITING
    assert worked(batch).state == ImportState.WRITTEN and len(draw(campaign)) == 5


def test_it_is_written_whole_and_told_to_who_confirmed(begun, workbook, cast, counts):
    batch = begun(workbook(ROWS))
    assert tasks.write_import(batch.pk) is False
    batch.refresh_from_db()
    assert (batch.state, batch.done, batch.total, len(batch.created)) == (ImportState.WRITTEN, 25, 25, 25)
    assert counts(batch) == (25, 0, 0)
    assert LedgerEntry.objects.count() == TrailEntry.objects.filter(act="import_ledger").count() == 25
    assert list(LedgerEntry.objects.order_by("position").values_list("position", flat=True)) == [
        *range(1, 26)
    ]
    assert trail_checks.first_broken() is None
    assert Notice.objects.get(recipient=cast.liaison).url == batch.get_absolute_url()


def test_killed_between_two_slices_it_goes_on_where_it_stopped(begun, workbook, campaign):
    batch = worked(begun(workbook(ROWS)), slices=1)
    assert (batch.state, batch.done, LedgerEntry.objects.count()) == (ImportState.WRITING, 10, 10)
    batch = worked(batch)
    assert (batch.state, batch.done, len(batch.created)) == (ImportState.WRITTEN, 25, 25)
    assert len(draw(campaign)) == ImportedValues.objects.count() == 25


def test_a_slice_that_is_killed_leaves_nothing_of_itself(begun, workbook, monkeypatch):
    batch = worked(begun(workbook(ROWS)), slices=1)
    real = import_write.trail.record_many

    def killed(**_):
        raise KeyboardInterrupt

    monkeypatch.setattr(import_write.trail, "record_many", killed)
    with pytest.raises(KeyboardInterrupt), transaction.atomic():
        worked(batch, slices=1)
    assert LedgerEntry.objects.count() == Case.objects.count() == 10
    monkeypatch.setattr(import_write.trail, "record_many", real)
    assert worked(batch).done == LedgerEntry.objects.count() == 25


def test_two_workers_at_once_write_nothing_twice(begun, workbook):
    batch = begun(workbook(ROWS))
    one, other = (import_running._Writing(batch.pk) for _ in range(2))
    one.some()
    other._work_out(ImportBatch.objects.get(pk=batch.pk))
    other.done = 0  # it had planned before the first wrote
    assert other.some() is False
    worked(batch)
    assert LedgerEntry.objects.count() == 25


def test_each_slice_is_a_transaction_of_its_own_and_costs_the_same(begun, workbook, monkeypatch):
    """What is read and planned beforehand, and how much is written already, costs it nothing."""
    writing, seen = import_running._Writing(begun(workbook(ROWS)).pk), []
    writing._work_out(ImportBatch.objects.get())
    more = True
    while more:
        with CaptureQueriesContext(connection) as queries:
            more = writing.some()
        seen.append(len(queries))
        assert LedgerEntry.objects.count() == ImportBatch.objects.get().done
    assert len(seen) == 3
    assert seen[0] == seen[1] and max(seen) <= seen[0] + 4  # the last one tells who confirmed


def test_a_slow_machine_writes_fewer_rows_at_a_time(begun, workbook, monkeypatch):
    monkeypatch.setattr(import_slices, "SLOW", timedelta(0))
    batch, seen = begun(workbook(ROWS)), []
    writing, more = import_running._Writing(batch.pk), True
    while more:
        more = writing.some()
        seen.append(LedgerEntry.objects.count())
    assert seen == [10, 15, 20, 25]


def test_the_sweep_rings_for_what_stands_still(begun, workbook, monkeypatch):
    rung = []
    batch = begun(workbook(ROWS))
    monkeypatch.setattr(tasks.write_import, "delay", rung.append)
    assert import_running.tend(timezone.now()) == 0 and rung == []
    import_running.tend(timezone.now() + timedelta(minutes=2))
    assert rung == [batch.pk]
    worked(batch)
    import_running.tend(timezone.now() + timedelta(minutes=9))
    assert rung == [batch.pk]


def test_a_row_changed_by_somebody_meanwhile_is_looked_at_again(
    begun, bring, workbook, campaign, cast, fresh
):
    bring(workbook(ROWS))
    batch = begun(workbook([row | {"mineral": "砂"} for row in ROWS], day=LATER))
    writing = import_running._Writing(batch.pk)
    writing.some()
    entry = campaign.entries.get(party="p20")
    entries.amend_entry(
        by=fresh(cast.liaison), entry=entry, party="p20", place=entry.place, mineral="煤", remark="人写的"
    )
    while writing.some():
        pass
    entry.refresh_from_db()
    assert (entry.mineral, entry.remark_typed) == ("煤", "人写的")
    batch.refresh_from_db()
    assert batch.state == ImportState.WRITTEN and batch.done == 24


def test_meanwhile_the_ledger_says_so_and_nothing_is_submitted(
    begun, workbook, ledger, cast, fresh, sign_in, bring
):
    batch = worked(begun(workbook(ROWS)), slices=1)
    page = sign_in(cast.liaison).get(ledger.get_absolute_url()).content.decode()
    assert "已写 10/25 条。写完以前，这一页的行和合计都不全" in page
    with pytest.raises(Refused, match="写完以前不能提交核对"):
        submitting.prepare_ledger(by=fresh(cast.liaison), ledger=ledger)
    with pytest.raises(Refused, match="写完以前不能核对"):
        checking.check_ledger(by=fresh(cast.checker), ledger=ledger, rest=True)
    with pytest.raises(Refused, match="写完以前不能再导入"):
        bring(workbook([ROW]))
    worked(batch)
    assert "正在写入" not in sign_in(cast.liaison).get(ledger.get_absolute_url()).content.decode()
    submitting.prepare_ledger(by=fresh(cast.liaison), ledger=ledger)


def test_what_was_prepared_before_is_not_reported_half(begun, workbook, ledger, cast, fresh):
    submitting.prepare_ledger(by=fresh(cast.liaison), ledger=ledger)
    worked(begun(workbook(ROWS)), slices=1)
    with pytest.raises(Refused, match="写完以前不能报送"):
        submitting.submit_ledger(by=fresh(cast.checker), ledger=ledger)


def test_the_page_shows_how_far_it_is_until_the_result(begun, workbook, sign_in, cast):
    batch = worked(begun(workbook(ROWS)), slices=1)
    client, url = sign_in(cast.liaison), batch.get_absolute_url()
    page = client.get(url).content.decode()
    assert "10 / 25 条" in page and 'hx-trigger="every 2s"' in page and "撤回这次导入" not in page
    worked(batch)
    assert "查看结果" in client.get(f"{url}progress/").content.decode()
    assert "已新增 25 条" in client.get(url).content.decode()


def test_what_falls_again_and_again_is_taken_back_whole(begun, workbook, bring, monkeypatch, campaign, cast):
    bring(workbook(ROWS[:2]))
    before = [row.values for row in draw(campaign)]
    batch = worked(begun(workbook([row | {"mined_tonnes": 7} for row in ROWS], day=LATER)), slices=2)
    assert LedgerEntry.objects.count() > 2
    monkeypatch.setattr(import_write, "write_rows", lambda *_: 1 / 0)
    for _ in range(import_running.FALLS):
        assert tasks.write_import(batch.pk) is False
    batch.refresh_from_db()
    assert batch.state == ImportState.PREVIEW and "全部撤回" in batch.stopped
    assert [row.values for row in draw(campaign)] == before
    assert (batch.created, batch.undo, batch.done) == ([], {}, 0)
    assert Notice.objects.get(recipient=cast.liaison).title == "台账导入没有写完"


def test_all_or_none_leaves_nothing_where_a_row_turns_bad_on_the_way(
    begun, workbook, bring, cast, fresh, campaign
):
    """Two rows came to mean one entry while the import was under way."""
    bring(workbook([ROWS[20]]))
    batch = worked(
        begun(workbook([row | {"mined_tonnes": 7} for row in ROWS], day=LATER), all_or_none=True), slices=1
    )
    assert LedgerEntry.objects.count() == 11
    entry = campaign.entries.get(party="p20")
    entries.amend_entry(by=fresh(cast.liaison), entry=entry, party="p21", place=entry.place, mineral="石灰岩")
    assert tasks.write_import(batch.pk) is False
    batch.refresh_from_db()
    assert batch.state == ImportState.PREVIEW and "没有写入" in batch.stopped
    assert LedgerEntry.objects.get().party == "p21"


def test_a_long_workbook_by_command_is_written_in_slices_too(run, workbook, monkeypatch):
    held = []
    real = import_running._Writing.some

    def some(self):
        held.append(LedgerEntry.objects.count())
        return real(self)

    monkeypatch.setattr(import_running._Writing, "some", some)
    path = workbook(ROWS)
    dry = run(path, "--dry-run")
    assert run(path) == dry and dry["created"] == 25
    assert held == [0, 10, 20]
    assert ImportBatch.objects.get().state == ImportState.WRITTEN
