"""A real worker, a real ticker, a real queue: whichever stops, health and banner say which."""

import os
import re
import shlex
import shutil
import socket
import sys
import threading
from contextlib import suppress
from datetime import timedelta
from urllib.parse import quote, urlsplit

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from config import health, preflight
from reminders.services import heartbeats
from reminders.services.banners import banners
from tests.cast import build_cast
from tests.config.processes import ROOT, until

pytestmark = [pytest.mark.postgres, pytest.mark.redis, pytest.mark.django_db(transaction=True)]
LATE = timedelta(seconds=4)
QUICK = "tests.config.quick_ticks"


class Line:
    """A line to Redis that can be cut: `up` or not."""

    def __init__(self, host, port):
        self.target, self.up, self.open = (host, port), True, []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.take, daemon=True).start()

    def take(self):
        with suppress(OSError):
            while True:
                near, _ = self.listener.accept()
                if not self.up:
                    near.close()
                    continue
                far = socket.create_connection(self.target)
                self.open += [near, far]
                for one, other in ((near, far), (far, near)):
                    threading.Thread(target=self.carry, args=(one, other), daemon=True).start()

    def carry(self, one, other):
        with suppress(OSError):
            while data := one.recv(65536):
                other.sendall(data)
        self.close(one, other)

    def cut(self):
        self.up = False
        self.close(*self.open)

    def close(self, *sockets):
        for one in sockets:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()


def command_of(unit, folder):
    """What the unit of the grown setup starts, with the quick ticks."""
    text = (ROOT / "docs" / "deploy" / f"{unit}.service").read_text(encoding="utf-8")
    line = re.search(r"^ExecStart=(.+)$", text, re.MULTILINE)[1]
    line = line.replace("%i", "1").replace("%%", "%").replace("--app config", f"--app {QUICK}")
    python, *rest = shlex.split(line.replace("${VAR_DIR}", str(folder)))
    assert python == "/opt/kuangantong/.venv/bin/python"
    return [sys.executable, *rest]


@pytest.fixture
def line():
    """A line to the Redis of this run."""
    address = urlsplit(os.environ["REDIS_URL"])
    made = Line(address.hostname, address.port or 6379)
    made.url = f"redis://127.0.0.1:{made.port}{address.path}"
    yield made
    made.cut()
    made.listener.close()


@pytest.fixture
def run(start, line, tmp_path, monkeypatch, settings):
    """`run(unit)` starts what the unit starts, on this test's database and the line."""
    values = connection.settings_dict
    password = f":{quote(values['PASSWORD'], safe='')}" if values["PASSWORD"] else ""
    host = f"{quote(values['USER'], safe='')}{password}@{values['HOST']}:{values['PORT'] or 5432}"
    monkeypatch.setattr(heartbeats, "LATE", LATE)
    settings.REDIS_URL = line.url
    preflight.make_folders()
    shutil.copytree(settings.KEYS_DIR, tmp_path / "keys", dirs_exist_ok=True)  # one house, one set of keys
    return lambda unit: start(
        command_of(unit, tmp_path),
        VAR_DIR=str(tmp_path),
        REDIS_URL=line.url,
        DATABASE_URL=f"postgres://{host}/{values['NAME']}",
        DJANGO_SETTINGS_MODULE="config.settings.base",
    )


def faults():
    """{check: what it says} of the faults there are now."""
    found = health.checks(timezone.now())
    return {check.name: check.says for check in found if check.word == "故障"}


def test_a_stopped_worker_ticker_or_queue_is_told_and_so_is_its_return(run, line, client):
    cast = build_cast()

    def told(word):
        person = User.objects.get(pk=cast.system_admin.pk)  # as each request reads them
        said = " ".join(one["text"] for one in banners(person, timezone.now()))
        return word in faults().get("定时任务", "") and word in said

    def well():
        return not faults()

    worker, beat = run("kuangantong-worker@"), run("kuangantong-beat")
    until(well, 40)
    assert client.get(reverse("health")).status_code == 200

    worker.kill()
    until(lambda: told("后台任务没有运行"), 20)
    assert client.get(reverse("health")).status_code == 503
    run("kuangantong-worker@")
    until(well, 40)

    beat.kill()
    until(lambda: told("定时器没有走"), 20)
    run("kuangantong-beat")
    until(well, 40)

    line.cut()
    assert "连接不上" in faults()["任务队列"]
    until(lambda: told("任务队列连接不上"), 20)
    line.up = True
    until(well, 60)
