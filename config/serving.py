"""From an empty folder to a running system: checks, tables, then the tree of processes."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO

from django.conf import settings
from django.core.management import call_command
from django.db import Error, connections
from django.utils import timezone

from common.commands import TRY_AGAIN
from common.errors import NotYet, Refused
from config import holding, house_keys, key_door, listening, preflight
from config.processes import Child, Tree

WEB_WORKERS, WEB_THREADS = 2, 4
# gunicorn's own code for a worker that can't begin: it gives up instead of trying on.
CANNOT_BOOT = 3
JOBS_AT_ONCE = 2


def prepare(say: Callable[[str], None]) -> IO:
    """Folders, database and keys are there and the tables are up to date; else Refused.

    Returns our hold on the data folder, to be kept open for as long as we run: nothing is
    changed beside another tree. A queue that is away is told and not waited for.
    """
    preflight.make_folders()
    place = holding.take_place()
    preflight.take_time()
    preflight.wait_for_database(say)
    if trouble := preflight.check_queue():
        say(trouble)
    call_command("migrate", verbosity=0, interactive=False)
    house_keys.settle(timezone.now())
    return place


def begin() -> None:
    """What the worker and the ticker do first: hold the house, and have its keys; else they end.

    A database that is away is waited for: nothing is done before the keys were compared.
    """
    with _ending_on_refusal():
        holding.serve_here()
        preflight.wait_for_database(_complain)
        house_keys.check()


def begin_pages() -> None:
    """The same for pages, but that without a database /health/ answers: the door stays shut till then."""
    with _ending_on_refusal():
        holding.serve_here()
        try:
            house_keys.check()
        except Error:
            key_door.shut()


@contextmanager
def _ending_on_refusal() -> Iterator[None]:
    try:
        yield
    except Refused as refusal:
        _complain(refusal.sentence)
        sys.exit(TRY_AGAIN if isinstance(refusal, NotYet) else CANNOT_BOOT)
    finally:
        connections.close_all()


def _complain(sentence: str) -> None:
    sys.stderr.write(sentence + "\n")


def run(*, host: str, port: int, say: Callable[[str], None], greet: Callable[[], None]) -> int:
    """Run everything until a signal comes; `greet` is called when the first page can be had."""
    listening.check_port(host, port)
    if os.geteuid() == 0:
        say("现在是以 root 身份运行。正式使用请建一个专用用户，见 docs/deploy/README.md。")
    connections.close_all()  # the children open their own
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
