"""What must be right before the processes start; a fault is a sentence that says what to do."""

import os
import time
from collections.abc import Callable
from pathlib import Path

import redis
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader

from common.errors import NotYet, Refused
from config import trouble

WAIT_STEP = 0.5

NETWORK_FILE_SYSTEMS = {
    *("nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "ceph", "glusterfs", "lustre"),
    *("fuse.sshfs", "fuse.glusterfs", "fuse.cephfs", "fuse.davfs", "fuse.rclone", "davfs"),
}


def make_folders() -> None:
    """The data folder with what belongs in it, for nobody else to read; or Refused."""
    os.umask(0o077)
    folder = Path(settings.VAR_DIR)
    broker = Path(settings.BROKER_DIR)
    places = [folder, Path(settings.FILES_DIR), Path(settings.STATIC_ROOT)]
    places += [broker / name for name in ("queue", "done", "control")]
    try:
        for place in places:
            place.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
        for place in places[:2]:
            probe = place / f".probe-{os.getpid()}"
            probe.write_bytes(b"")
            probe.unlink()
    except OSError as error:
        raise Refused(
            f"数据目录 {place} 不能写入。请核对目录的属主、权限和磁盘空间，"
            "或用环境变量 VAR_DIR（附件用 FILES_DIR）换一个目录。"
        ) from error
    if settings.IS_SQLITE:
        refuse_network_folder(folder)


def refuse_network_folder(folder: Path, mounts: str = "/proc/self/mountinfo") -> None:
    """SQLite's locks don't hold on a network file system: Refused there."""
    try:
        lines = Path(mounts).read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return
    place, mount = folder.resolve(), ("", "")
    for line in lines:
        fields = line.split()
        point, kind = fields[4].replace("\\040", " "), fields[fields.index("-") + 1]
        if place.is_relative_to(point) and len(point) >= len(mount[0]):
            mount = (point, kind)
    if mount[1] in NETWORK_FILE_SYSTEMS:
        raise Refused(
            f"数据目录 {folder} 在网络盘上（{mount[1]}），SQLite 数据库放在网络盘上会损坏。"
            "请用 VAR_DIR 换到本机磁盘，或用 DATABASE_URL 改用 PostgreSQL。"
        )


def wait_for_database(say: Callable[[str], None]) -> None:
    """Wait for a database that may still be starting, DATABASE_WAIT_SECONDS at most; then NotYet."""
    end = time.monotonic() + settings.DATABASE_WAIT_SECONDS
    waiting = False
    while True:
        try:
            check_database()
        except NotYet:
            if time.monotonic() >= end:
                raise
        else:
            return
        if not waiting:
            say(f"{_database()}还连接不上，等待中，最多 {settings.DATABASE_WAIT_SECONDS} 秒。")
            waiting = True
        time.sleep(WAIT_STEP)


def check_database() -> None:
    """Reach the database, in UTF-8 and not written by a newer program; else Refused.

    NotYet where it doesn't answer at all: a server that is starting will.
    """
    try:
        connection.ensure_connection()
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SHOW server_encoding")
                encoding = cursor.fetchone()[0]
            else:
                cursor.execute("SELECT count(*) FROM sqlite_master")
                encoding = "UTF8"
    except (Error, ImproperlyConfigured) as error:
        kind = NotYet if _may_come(error) else Refused
        raise kind(f"{_database()}连接不上。{_first_line(error)}") from error
    if encoding != "UTF8":
        raise Refused(
            f"{_database()}的编码是 {encoding}，存不了中文。"
            "请新建编码为 UTF8、区域为 C.UTF-8 的数据库，再改 DATABASE_URL。"
        )
    if newer := unknown_migrations(MigrationLoader(connection).applied_migrations):
        raise Refused(f"{_database()}由更新的程序建立（{'、'.join(newer)}），本程序读不了。请换用新版程序。")


def take_time() -> None:
    """What a command does to whole tables may last: no limits on this process's statements."""
    if settings.IS_SQLITE:
        return
    connection.settings_dict["OPTIONS"].pop("options", None)
    if connection.connection is not None:
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = 0")
            cursor.execute("SET statement_timeout = 0")


def unknown_migrations(applied) -> list[str]:
    """Of the applied (app, name) pairs, those that this program doesn't have."""
    loader = MigrationLoader(None)
    ours = {app for app, _ in loader.disk_migrations}
    packaged = set(loader.disk_migrations) | set(loader.replacements)
    return sorted(f"{app}.{name}" for app, name in applied if app in ours and (app, name) not in packaged)


def _database() -> str:
    values = connection.settings_dict
    if settings.IS_SQLITE:
        return f"数据库文件 {values['NAME']} "
    return f"PostgreSQL {values['HOST'] or '本机'}:{values['PORT'] or 5432}/{values['NAME']} "


def _may_come(error: Exception) -> bool:
    message = str(error)
    return not settings.IS_SQLITE and "does not exist" not in message and "password" not in message


def _first_line(error: Exception) -> str:
    if trouble.page_of(error) == trouble.FULL:
        return "磁盘满了，请腾出磁盘空间后再运行。"
    if settings.IS_SQLITE:
        return "请确认它是矿案通的数据库文件并可读写；已损坏时请从备份恢复。"
    if "does not exist" in str(error):
        return "库名或用户名不存在。请先建库建用户，核对 DATABASE_URL。"
    if "password" in str(error):
        return "用户名或密码不对。请核对 DATABASE_URL。"
    return "请确认数据库已启动、网络可通，并核对 DATABASE_URL。"


def check_queue() -> str:
    """Why Redis can't be reached, or ""; Refused where its address is none.

    It is only a doorbell: pages work without it, and what is owed is told when it is back.
    """
    if not settings.REDIS_URL:
        return ""
    try:
        client = redis.Redis.from_url(settings.REDIS_URL, socket_connect_timeout=3, socket_timeout=3)
    except ValueError as error:
        raise Refused("REDIS_URL 写得不对。请写成 redis://127.0.0.1:6379/0。") from error
    try:
        client.ping()
    except (redis.RedisError, OSError):
        return (
            "Redis 连接不上，先不等它：网页照常，提醒在 Redis 恢复后补发。"
            "请确认 Redis 已启动，核对 REDIS_URL。"
        )
    finally:
        client.close()
    return ""
