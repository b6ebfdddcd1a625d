"""From an empty folder to a running system: checks, tables, then the tree of processes."""

import os
import sys
from collections.abc import Callable

from django.conf import settings
from django.core.management import call_command
from django.db import connections

from config import listening, preflight
from config.processes import Child, Tree

WEB_WORKERS, WEB_THREADS = 2, 4
JOBS_AT_ONCE = 2


def prepare() -> None:
    """Folders, database and queue are there and the tables are up to date; else Refused."""
    preflight.make_folders()
    preflight.check_database()
    preflight.check_queue()
    call_command("migrate", verbosity=0, interactive=False)


def run(*, host: str, port: int, say: Callable[[str], None], greet: Callable[[], None]) -> int:
    """Run everything until a signal comes; `greet` is called when the first page can be had."""
    listening.check_port(host, port)
    if os.geteuid() == 0:
        say("现在是以 root 身份运行。正式使用请建一个专用用户，见 docs/deploy/README.md。")
    connections.close_all()  # the children open their own
    with preflight.take_place():
        tree = Tree(
            children=children(host, port),
            say=say,
            environment={
                "ALLOWED_HOSTS": ",".join(listening.allowed_hosts(host)),
                "PYTHONWARNINGS": "ignore:You're running the worker",  # said above, in Chinese
            },
            folder=str(settings.BASE_DIR),
            ready=lambda: listening.answers(nearest(host), port),
            when_ready=greet,
        )
        return tree.run()


def nearest(host: str) -> str:
    """The address to reach ourselves by."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - compared, not bound


def address(host: str, port: int) -> str:
    """What to type into a browser on this machine."""
    name = nearest(host)
    return f"http://{f'[{name}]' if ':' in name else name}:{port}/"


def children(host: str, port: int) -> list[Child]:
    """The web server, the worker and the ticker."""
    bind = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    web = [
        *("gunicorn", "config.wsgi:application", "--bind", bind, "--no-control-socket"),
        *("--workers", str(WEB_WORKERS), "--threads", str(WEB_THREADS)),
        *("--timeout", "120", "--graceful-timeout", "5", "--log-level", "warning"),
    ]
    celery = ["celery", "--app", "config", "--quiet"]
    worker = [
        *(*celery, "worker", "--loglevel", "WARNING"),
        # Processes, not threads: only they can be stopped when a task outruns its time limit.
        *("--pool", "prefork", "--concurrency", str(JOBS_AT_ONCE)),
        *("--without-mingle", "--without-gossip", "--without-heartbeat"),
    ]
    ticker = [
        *(*celery, "beat", "--loglevel", "WARNING", "--pidfile="),
        *("--schedule", str(settings.VAR_DIR / "ticks")),
    ]
    python = [sys.executable, "-m"]
    return [
        Child("网页服务", [*python, *web]),
        Child("后台任务", [*python, *worker]),
        Child("定时器", [*python, *ticker]),
    ]
