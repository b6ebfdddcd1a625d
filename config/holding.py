"""Who holds the house: one tree of processes, or one restore, or any number of serving processes.

Locks lie in the data folder and go with the process that took them, however it ends.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db import connection

from common.errors import Refused
from config.backups import postgresql

# Kept open for as long as the process serves.
_SERVING: list[IO] = []


def take_place() -> IO:
    """Hold the data folder for this process tree; the handle, to be kept open, or Refused."""
    handle = locked("running.lock", fcntl.LOCK_EX)
    if handle is None:
        raise Refused(f"数据目录 {settings.VAR_DIR} 已有矿案通在运行。请先停止它，或用 VAR_DIR 换一个目录。")
    return handle


@contextmanager
def alone() -> Iterator[None]:
    """Nobody else serves from this folder or this database, and nobody begins to; else Refused."""
    with take_place():
        handle = locked("serving.lock", fcntl.LOCK_EX)
        if handle is None:
            raise Refused("网页服务、后台任务或定时器还在运行，没有恢复。请先把它们都停止。")
        with handle:
            if connection.vendor == "postgresql" and (others := postgresql.others()):
                raise Refused(
                    f"还有程序连着这个数据库（{'、'.join(others)}），没有恢复。"
                    "请先停止各台主机上的网页、后台任务和定时器。"
                )
            yield


def serve_here() -> None:
    """This process serves from now on; Refused while a restore is at work."""
    if _SERVING:
        return
    handle = locked("serving.lock", fcntl.LOCK_SH)
    if handle is None:
        raise Refused("正在从备份恢复，没有启动。请等恢复完成。")
    _SERVING.append(handle)


def locked(name: str, how: int) -> IO | None:
    """A lock of the data folder, held while the handle is open; None where somebody else holds it."""
    path = Path(settings.VAR_DIR) / name
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = path.open("a")
    try:
        fcntl.flock(handle, how | fcntl.LOCK_NB)
    except OSError:
        handle.close()
        return None
    return handle
