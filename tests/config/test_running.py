"""The real thing: `manage.py serve` as a county starts it, on a free port, in an empty folder."""

import ast
import os
import signal
import socket
import sys
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import redis

from tests.config.houses import empty_house
from tests.config.processes import ROOT, below, free_port, running, until

pytestmark = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="reads /proc")
MANAGE = [sys.executable, str(ROOT / "manage.py")]
ADMINISTRATOR = [*("--region", "141122", "--admin-name", "张三", "--admin-username", "zhangsan")]


# A second start that tells when it would change tables.
MIGRATES = """
import django; django.setup()
from config import serving
serving.call_command = lambda *_, **__: print("migrated")
from django.core.management import execute_from_command_line
execute_from_command_line(["manage.py", "serve", "--no-serve"])
"""
# A line from one port to another, for a server that comes late.
CARRY = """
import socket, sys, threading
listener = socket.create_server(("127.0.0.1", int(sys.argv[1])))
def carry(one, other):
    while data := one.recv(65536):
        other.sendall(data)
    other.close()
while True:
    near, _ = listener.accept()
    far = socket.create_connection((sys.argv[2], int(sys.argv[3])))
    for pair in ((near, far), (far, near)):
        threading.Thread(target=carry, args=pair, daemon=True).start()
"""


@pytest.fixture(scope="module")
def embedded(tmp_path_factory):
    """The environment of a new county: nothing set but its folder."""
    return {
        "VAR_DIR": str(tmp_path_factory.mktemp("county") / "var"),
        "ADMIN_PASSWORD": "mei-kuang-2026-an",
        "DJANGO_SETTINGS_MODULE": "config.settings.base",
        "DATABASE_URL": "",
        "REDIS_URL": "",
    }


def status(address: str) -> int:
    """The HTTP status of a page, 0 when nobody answers."""
    try:
        with urllib.request.urlopen(address, timeout=20) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


def served(start, environment, *options):
    """Start, wait for the line with the address; (process, address, lines)."""
    port = free_port()
    process = start([*MANAGE, "serve", "--port", str(port), *options], **environment)
    lines = []
    for line in process.stdout:
        lines.append(line)
        if "请用浏览器打开" in line:
            return process, f"http://127.0.0.1:{port}", lines
    raise AssertionError("".join(lines))


def command_of(pid: int) -> str:
    """A process's command line."""
    return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")


def test_it_starts_from_nothing_mends_itself_and_stops(start, embedded):
    process, address, lines = served(start, embedded, *ADMINISTRATOR)
    assert "已登记系统管理员张三（登录名 zhangsan）。\n" in lines
    assert status(address + "/accounts/sign-in/") == 200
    assert status(address + "/static/css/app.css") == 200
    # The worker sweeps as soon as it is up, so health comes without waiting for a tick.
    until(lambda: status(address + "/health/") == 200, seconds=40)

    web = min(pid for pid in below(process.pid) if "gunicorn" in command_of(pid))
    os.kill(web, signal.SIGKILL)
    until(lambda: "网页服务被信号 9 结束" in process.stdout.readline(), seconds=40)
    until(lambda: status(address + "/health/") == 200, seconds=40)

    everybody = below(process.pid)
    assert len(everybody) >= 5
    process.terminate()
    assert process.wait(60) == 0
    assert process.stdout.read().endswith("已全部停止。\n")
    assert not running(everybody)
    folder = Path(embedded["VAR_DIR"])
    open_to_others = [path for path in [folder, *folder.rglob("*")] if path.stat().st_mode & 0o077]
    assert open_to_others == []


def test_two_do_not_run_on_one_folder_and_nobody_outlives_the_parent(start, embedded):
    process, _, _ = served(start, embedded, *ADMINISTRATOR)
    second = start([*MANAGE, "serve", "--port", str(free_port())], **embedded)
    assert second.wait(60) == 2
    assert "已有矿案通在运行" in second.stdout.read()
    everybody = below(process.pid)
    process.kill()
    process.wait()
    until(lambda: not running(everybody))


@pytest.mark.postgres
@pytest.mark.redis
def test_the_same_tree_runs_on_postgresql_and_redis(start, embedded, tmp_path, ready_database):
    queue = os.environ["REDIS_URL"]
    redis.Redis.from_url(queue).flushdb()
    grown = {"VAR_DIR": str(tmp_path), "DATABASE_URL": ready_database("tree"), "REDIS_URL": queue}
    process, address, _ = served(start, {**embedded, **grown}, *ADMINISTRATOR)
    # Only a sweep that came through Redis and wrote to PostgreSQL makes this well.
    until(lambda: status(address + "/health/") == 200, seconds=40)
    assert not (tmp_path / "db.sqlite3").exists()
    everybody = below(process.pid)
    process.terminate()
    assert process.wait(60) == 0
    assert not running(everybody)


@pytest.mark.parametrize(
    ("options", "environment", "sentence"),
    [
        (["--port", "{taken}"], {}, "端口 {taken} 已被别的程序占用。"),
        (["--port", "0"], {}, "端口 0 不对"),
        (["--bind", "203.0.113.9"], {}, "地址 203.0.113.9 不是本机的地址。"),
        ([], {"DATABASE_URL": "postgres"}, "DATABASE_URL 写得不对。"),
        ([], {"REDIS_URL": "amqp://127.0.0.1"}, "REDIS_URL 写得不对。"),
        ([], {"VAR_DIR": "/proc/nobody/var"}, "不能读写。"),
    ],
    ids=["port taken", "no port", "not ours", "bad database", "bad queue", "folder"],
)
def test_what_cannot_start_says_why_in_a_sentence(start, embedded, options, environment, sentence):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        taken = listener.getsockname()[1]
        options = [option.format(taken=taken) for option in options]
        process = start(
            [*MANAGE, "demo", "--port", str(free_port()), *options], **{**embedded, **environment}
        )
        assert process.wait(60) == 2
    said = process.stdout.read()
    assert sentence.format(taken=taken) in said
    assert len(said.splitlines()) == 1


def test_a_database_that_does_not_answer_is_waited_for_and_then_left_to_systemd(start, embedded, tmp_path):
    process = start(
        [*MANAGE, "serve", "--port", str(free_port())],
        **{**embedded, "VAR_DIR": str(tmp_path), "DATABASE_URL": "postgres://a@127.0.0.1:1/b"},
        DATABASE_WAIT_SECONDS="1",
    )
    assert process.wait(60) == 75
    waiting, said = process.stdout.read().splitlines()
    assert waiting == "PostgreSQL 127.0.0.1:1/b 还连接不上，等待中，最多 1 秒。"
    assert said.startswith("PostgreSQL 127.0.0.1:1/b 连接不上。")
    unit = (ROOT / "docs" / "deploy" / "kuangantong.service").read_text()
    assert "RestartPreventExitStatus=2\n" in unit and "StartLimitIntervalSec=0" in unit


@pytest.mark.postgres
def test_a_database_that_comes_late_is_used(start, embedded, tmp_path, ready_database):
    there = urlsplit(ready_database("late"))
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    address = there._replace(netloc=f"{there.username}:{there.password or ''}@127.0.0.1:{port}").geturl()
    process = start(
        [*MANAGE, "serve", "--no-serve", *ADMINISTRATOR],
        **{**embedded, "VAR_DIR": str(tmp_path), "DATABASE_URL": address},
    )
    assert "还连接不上，等待中" in process.stdout.readline()
    line = start([sys.executable, "-c", CARRY, str(port), there.hostname, str(there.port)])
    assert process.wait(90) == 0, process.stdout.read()
    line.kill()


def test_it_starts_without_redis_and_says_so(start, embedded, tmp_path):
    away = {"VAR_DIR": str(empty_house(tmp_path / "var").folder), "REDIS_URL": "redis://127.0.0.1:1/0"}
    process, address, lines = served(start, {**embedded, **away}, *ADMINISTRATOR)
    assert any("Redis 连接不上，先不等它" in line for line in lines)
    assert status(address + "/accounts/sign-in/") == 200
    assert status(address + "/health/") == 503
    process.terminate()
    assert process.wait(60) == 0


def test_nothing_is_changed_beside_a_running_tree(start, embedded, tmp_path):
    house = {**embedded, "VAR_DIR": str(empty_house(tmp_path / "var").folder)}
    served(start, house, *ADMINISTRATOR)
    second = start([sys.executable, "-c", MIGRATES], **house)
    assert second.wait(60) == 2
    said = second.stdout.read()
    assert "已有矿案通在运行" in said
    assert "migrated" not in said


def test_a_python_too_old_is_told_so(start):
    ast.parse((ROOT / "manage.py").read_text(encoding="utf-8"), feature_version=(3, 7))
    older = "import sys, runpy; sys.version_info = (3, 9, 2, 'final', 0); "
    process = start([sys.executable, "-c", older + "runpy.run_path('manage.py', None, '__main__')"])
    assert process.wait(60) == 2
    assert process.stdout.read().startswith("需要 Python 3.11 或更高版本，当前是 ")


def test_missing_packages_are_named_with_the_command_that_installs_them(start):
    process = start([sys.executable, "-S", "manage.py", "demo"])
    assert process.wait(60) == 2
    said = "还没有安装依赖。请先运行：.venv/bin/pip install -r requirements.txt\n"
    assert process.stdout.read() == said
