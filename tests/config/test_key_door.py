"""Nothing is served before the keys were compared, also where the database came after the start."""

import pytest
from django.db import OperationalError

from accounts.models import KeyMark
from common.commands import TRY_AGAIN
from common.errors import NotYet
from config import house_keys, key_door, preflight, serving

SIGN_IN = "/accounts/sign-in/"


@pytest.fixture
def started(monkeypatch, db):
    """Pages that began to serve while the database was away; it has come since."""

    def away():
        raise OperationalError("could not connect to server")

    monkeypatch.setattr(serving.holding, "serve_here", lambda: None)
    monkeypatch.setattr(serving.connections, "close_all", lambda: None)
    with monkeypatch.context() as patch:
        patch.setattr(house_keys, "check", away)
        serving.begin_pages()
    yield away
    key_door._SHUT.clear()


def test_while_the_database_is_away_only_health_answers(client, started, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(house_keys, "check", started)
        answer = client.get(SIGN_IN)
        assert answer.status_code == 503
        assert "系统还没有准备好" in answer.content.decode()
        assert client.get("/health/").content in (b"ok\n", b"degraded\n")
        assert client.get("/static/css/app.css").status_code == 200
    assert client.get(SIGN_IN).status_code == 200


def test_when_it_comes_foreign_keys_keep_the_door_shut(client, started, caplog):
    mark = KeyMark.objects.create(name="fields/index.key", fingerprint="0" * 64)
    for _ in range(2):
        assert client.get(SIGN_IN).status_code == 503
    assert "密钥不对，没有启动：fields/index.key 不是这个数据库的" in caplog.text
    mark.delete()
    assert client.get(SIGN_IN).status_code == 200
    KeyMark.objects.create(name="fields/index.key", fingerprint="0" * 64)
    assert client.get(SIGN_IN).status_code == 200, "compared once, not with every request"


def test_worker_and_ticker_wait_and_then_end_to_be_started_again(monkeypatch, capsys):
    asked = []

    def wait(say):
        asked.append(say)
        raise NotYet("PostgreSQL 连接不上。")

    monkeypatch.setattr(serving.holding, "serve_here", lambda: None)
    monkeypatch.setattr(preflight, "wait_for_database", wait)
    with pytest.raises(SystemExit) as ended:
        serving.begin()
    assert (ended.value.code, len(asked)) == (TRY_AGAIN, 1)
    assert "连接不上" in capsys.readouterr().err


def test_after_waiting_they_compare(monkeypatch, db, capsys):
    monkeypatch.setattr(serving.holding, "serve_here", lambda: None)
    monkeypatch.setattr(serving.connections, "close_all", lambda: None)
    monkeypatch.setattr(preflight, "wait_for_database", lambda say: None)
    KeyMark.objects.create(name="fields/index.key", fingerprint="0" * 64)
    with pytest.raises(SystemExit) as ended:
        serving.begin()
    assert ended.value.code == serving.CANNOT_BOOT
    assert "密钥不对" in capsys.readouterr().err
