"""A full disk: a page that says so, nothing half-written left behind, and old sessions go."""

import errno
import os
import sqlite3
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings as configured
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from accounts.services import files, staging
from config import trouble
from reminders.tasks import sweep

SIGN_IN = "/accounts/sign-in/"
on_sqlite = pytest.mark.skipif(not configured.IS_SQLITE, reason="SQLite's own limit")


def full(*_):
    """What a write says on a full disk."""
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.fixture
def asking(client):
    """A browser that gets the page of a fault."""
    client.raise_request_exception = False
    return client


@on_sqlite
@pytest.mark.django_db(transaction=True)
def test_a_database_without_room_gives_the_page_and_works_again_when_there_is(asking):
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        cursor.execute(f"PRAGMA max_page_count = {cursor.fetchone()[0]}")
        try:
            with pytest.raises(DatabaseError) as no:
                fill(cursor)
        finally:
            cursor.execute("PRAGMA max_page_count = 1073741823")
    assert trouble.page_of(no.value) == trouble.FULL
    assert asking.get(SIGN_IN).status_code == 200


def fill(cursor):
    """Write until there is no room."""
    for _ in range(2000):
        cursor.execute(
            "INSERT INTO django_session (session_key, session_data, expire_date) "
            "VALUES (hex(randomblob(16)), hex(randomblob(8000)), '2026-01-01')"
        )


@pytest.mark.parametrize(
    "code", [sqlite3.SQLITE_IOERR_SHMSIZE, sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_CANTOPEN]
)
@pytest.mark.parametrize(("free", "page"), [(0, trouble.FULL), (100_000, trouble.FULL), (1 << 30, "")])
def test_a_database_that_cannot_begin_its_log_is_a_full_disk_only_where_there_is_no_room(
    monkeypatch, code, free, page
):
    """Opened on a full disk SQLite says "disk I/O error", and so it does of a broken one."""
    monkeypatch.setattr(trouble.shutil, "disk_usage", lambda _: SimpleNamespace(free=free))
    no = sqlite3.OperationalError("disk I/O error")
    no.sqlite_errorcode = code
    assert trouble.page_of(no) == page


@pytest.mark.postgres
@pytest.mark.parametrize(
    ("code", "page"), [("53100", trouble.FULL), ("55P03", trouble.BUSY), ("57014", trouble.SLOW)]
)
def test_what_postgresql_says_is_told_apart(db, code, page):
    with pytest.raises(DatabaseError) as no, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DO $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '{code}'; END $$")
    assert trouble.page_of(no.value) == page


@pytest.mark.parametrize(
    "where", ["django.contrib.sessions.backends.db.SessionStore.save", "config.home.render"]
)
def test_a_full_disk_has_its_page_wherever_it_is_met(asking, cast, monkeypatch, where):
    asking.force_login(cast.handler)
    monkeypatch.setattr(where, full)
    answer = asking.get("/")
    assert answer.status_code == 507
    assert "服务器的磁盘满了，这一步没有保存" in answer.content.decode()


def test_any_other_fault_has_the_usual_page(asking, cast, monkeypatch):
    def fail(*_, **__):
        raise RuntimeError("no")

    asking.force_login(cast.handler)
    monkeypatch.setattr("config.home.render", fail)
    answer = asking.get("/")
    assert answer.status_code == 500
    assert "系统出了故障" in answer.content.decode()


def test_no_draft_is_left_of_a_file_for_which_there_was_no_room(cast, settings, tmp_path, monkeypatch):
    settings.FILES_DIR = tmp_path
    upload = SimpleUploadedFile("立案.pdf", b"%PDF-1.7 paper")
    with monkeypatch.context() as patch:
        patch.setattr(files.os, "fsync", full)
        with pytest.raises(OSError, match="No space"):
            files.store(by=cast.handler, upload=upload)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "chmod", full)
        with pytest.raises(OSError, match="No space"):
            staging.hold(by=cast.handler, address="/x/", field="scan", uploads=[upload])
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_the_sweep_clears_sessions_that_have_ended_and_no_other(cast):
    now = timezone.now()
    for key, hours in (("old", -1), ("new", 1)):
        Session.objects.create(session_key=key, session_data="x", expire_date=now + timedelta(hours=hours))
    assert sweep()["sessions"] == 1
    assert [session.session_key for session in Session.objects.all()] == ["new"]
