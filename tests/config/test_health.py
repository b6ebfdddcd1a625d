"""What the health checks see, and how little the public address tells."""

from datetime import datetime, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.urls import reverse
from django.utils import timezone

from accounts.models import CalendarDay
from accounts.services import second_place
from config import health, preflight
from reminders.models import Outbox, OutboxState
from reminders.services import heartbeats, outbox
from reminders.tasks import sweep

NOW = datetime(2026, 10, 20, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture(autouse=True)
def folders(db):
    """The folders that the start makes."""
    preflight.make_folders()


def found(now=NOW):
    """The checks by name."""
    return {check.name: check for check in health.checks(now)}


@pytest.fixture
def swept(cast, monkeypatch):
    """A sweep a minute ago, a backup yesterday, the second place on another disk."""
    monkeypatch.setattr(second_place, "beside_data", lambda: False)
    heartbeats.beat(name=heartbeats.SWEEP, now=NOW - timedelta(minutes=1))
    heartbeats.beat(name=heartbeats.BACKUP, now=NOW - timedelta(days=1))


def test_a_system_that_runs_is_well_in_every_point(swept):
    assert [check.name for check in found().values() if not check.well] == []


def test_a_sweep_that_stopped_is_a_fault(swept):
    late = found(NOW + timedelta(minutes=10))["定时任务"]
    assert late.word == "故障"
    assert "请确认后台任务和定时器在运行" in late.says


def test_a_sweep_that_never_ran_is_a_fault(cast):
    assert found()["定时任务"].word == "故障"


def test_the_sweep_itself_leaves_the_sign_of_life(cast):
    sweep()
    assert found(timezone.now())["定时任务"].well


def test_a_message_overdue_is_a_fault_and_one_for_tomorrow_is_not(swept, cast):
    outbox.owe(
        recipients=[cast.handler],
        meaning="later",
        kind="test",
        title="明天",
        not_before=NOW + timedelta(days=1),
    )
    assert found()["待送消息"].well
    outbox.owe(
        recipients=[cast.handler],
        meaning="late",
        kind="test",
        title="过时",
        not_before=NOW - timedelta(hours=1),
    )
    check = found()["待送消息"]
    assert check.word == "故障"
    assert "有 1 条待送，最早应于 2026-10-20 08:00 送出" in check.says


def test_a_message_that_cannot_be_delivered_is_a_warning(swept, cast):
    outbox.owe(recipients=[cast.handler], meaning="dead", kind="test", title="送不出")
    Outbox.objects.update(state=OutboxState.DEAD)
    assert found()["送不出的消息"].word == "提醒"


def test_the_coming_year_is_asked_for_from_november(swept):
    CalendarDay.objects.create(day="2026-01-01", kind="off")
    assert found()["工作日历"].well
    november = found(NOW.replace(month=11))["工作日历"]
    assert november.word == "提醒"
    assert "2027年" in november.says


def test_no_backup_for_a_week_is_a_warning(swept):
    assert found(NOW + timedelta(days=8))["备份"].word == "提醒"


def test_an_attachment_that_no_backup_found_is_a_fault_until_one_finds_it(swept):
    heartbeats.beat(name=heartbeats.BACKUP, now=NOW)
    heartbeats.beat(name=heartbeats.BACKUP_LACKING, now=NOW)
    assert found()["附件"].word == "故障"
    heartbeats.beat(name=heartbeats.BACKUP, now=NOW + timedelta(minutes=1))
    assert found()["附件"].well


def test_the_second_place_is_a_warning_until_it_is_on_another_disk(swept, settings, tmp_path, monkeypatch):
    monkeypatch.undo()
    settings.VAR_DIR, settings.TRAIL_COPY_DIR = tmp_path, tmp_path / "trail"
    check = found()["封存第二处"]
    assert (check.word, "和数据在同一块磁盘上，请用 TRAIL_COPY_DIR" in check.says) == ("提醒", True)
    disks = {tmp_path: 1, tmp_path / "trail": 2}
    monkeypatch.setattr(second_place, "_disk_of", disks.get)
    assert found()["封存第二处"].well


@pytest.mark.parametrize(("free", "word"), [(3 << 30, "正常"), (1 << 30, "提醒"), (1 << 20, "故障")])
def test_a_disk_that_fills_is_told_before_it_is_full(swept, monkeypatch, free, word):
    monkeypatch.setattr(health.shutil, "disk_usage", lambda path: SimpleNamespace(free=free))
    check = found()["磁盘空间"]
    assert check.word == word
    assert f"还剩 {free >> 20} MB" in check.says


def test_a_files_folder_that_is_gone_is_a_fault(swept, settings, tmp_path):
    settings.FILES_DIR = tmp_path / "gone" / "files"
    assert found()["文件目录"].word == "故障"


def test_a_queue_folder_that_is_gone_is_a_fault(swept, settings, tmp_path):
    settings.REDIS_URL, settings.BROKER_DIR = "", tmp_path / "gone"
    assert found()["任务队列"].word == "故障"


def test_a_redis_that_does_not_answer_is_a_fault(swept, settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    assert found()["任务队列"].word == "故障"


def test_a_database_that_does_not_answer_is_one_fault(swept, monkeypatch):
    def refuse():
        raise DatabaseError

    with monkeypatch.context() as patch:
        patch.setattr(connection, "ensure_connection", refuse)
        checks = found()
    assert checks["数据库"].word == "故障"
    assert "定时任务" not in checks


def test_anybody_may_ask_and_learns_one_word(client, cast):
    response = client.get(reverse("health"))
    assert (response.status_code, response.content) == (503, b"degraded\n")
    sweep()
    response = client.get(reverse("health"))
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert "no-cache" in response["Cache-Control"]


def test_the_command_says_all_and_ends_with_1_on_a_fault(cast, capsys):
    with pytest.raises(SystemExit) as ended:
        call_command("health")
    assert ended.value.code == 1
    assert "故障  定时任务：还没有运行过。" in capsys.readouterr().out
    sweep()
    call_command("health")
    assert "提醒  备份：还没有备份过。" in capsys.readouterr().out
