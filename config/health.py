"""Is everything well? The same checks for `manage.py health` and for the address /health/.

A fault means that the work itself suffers; a warning is for somebody to look at today. The
address tells only which of the two it is, because anybody may ask.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import redis
from django.conf import settings
from django.db import Error, connection
from django.db.models import Q
from django.utils import timezone

from accounts.models import TrailSeal
from accounts.services import calendar, second_place
from config import house_keys
from config.backups import keys
from ledgers.services import setting_aside
from reminders.models import Channel, Outbox, OutboxState
from reminders.services import heartbeats, patience

OUTBOX_LATE = timedelta(minutes=10)
BACKUP_LATE = timedelta(days=7)
SEAL_LATE = timedelta(hours=2)
MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Check:
    """One thing looked at: well, or what is wrong and what to do; `grave` makes it a fault."""

    name: str
    well: bool
    says: str
    grave: bool = True

    @property
    def word(self) -> str:
        """正常, 提醒 or 故障."""
        if self.well:
            return "正常"
        return "故障" if self.grave else "提醒"


def checks(now: datetime) -> Iterator[Check]:
    """Every check, the database first: without it the others that need it are left out."""
    yield files()
    yield disk()
    yield queue()
    try:
        connection.ensure_connection()
        yield from in_database(now)
    except Error:
        yield Check("数据库", False, "数据库连接不上。请确认数据库已启动。")


def in_database(now: datetime) -> Iterator[Check]:
    """What the tables tell."""
    yield own_keys()
    yield sweep(now)
    yield outbox(now)
    yield channels(now)
    yield dead()
    yield undrawn()
    yield working_days(now)
    yield backup(now)
    yield backed_up_whole()
    yield sealed(now)
    yield second()
    yield Check("数据库", True, "可以读写。")


def files() -> Check:
    """The files folder can be written."""
    folder = Path(settings.FILES_DIR)
    place = folder if folder.exists() else folder.parent
    well = os.access(place, os.W_OK | os.X_OK)
    return Check("文件目录", well, "可以写入。" if well else f"{folder} 不能写入，请核对权限。")


def disk() -> Check:
    """There is room where we write; a fault while what is left may go within the day."""
    places = {Path(each) for each in (settings.VAR_DIR, settings.FILES_DIR, tempfile.gettempdir())}
    free, folder = min((shutil.disk_usage(each).free, each) for each in places if each.exists())
    sentence = f"{folder} 所在磁盘还剩 {free // MEGABYTE} MB。"
    if free >= settings.DISK_LOW_BYTES:
        return Check("磁盘空间", True, sentence)
    full = free < settings.DISK_LOW_BYTES // 10
    return Check("磁盘空间", False, sentence + "请腾出空间，满了就存不进任何内容。", grave=full)


def queue() -> Check:
    """The broker can be reached; without it work waits for nobody to ring."""
    try:
        if settings.REDIS_URL:
            with redis.Redis.from_url(
                settings.REDIS_URL, socket_connect_timeout=2, socket_timeout=2
            ) as client:
                client.ping()
        elif not os.access(Path(settings.BROKER_DIR) / "queue", os.W_OK | os.X_OK):
            raise OSError
    except (redis.RedisError, ValueError, OSError):
        return Check("任务队列", False, "连接不上。请确认 Redis 已启动，或数据目录可以写入。")
    return Check("任务队列", True, "可以连接。")


def own_keys() -> Check:
    """The keys here are those of the database."""
    wrong = house_keys.faults()
    says = f"{wrong}。请把密钥备份放回 {settings.KEYS_DIR} 后重新启动。" if wrong else "是这个数据库的。"
    if keys.waiting():
        wrong, says = "waiting", "上次恢复的密钥还没有放到位，请重新启动矿案通，启动时会接着做完。"
    return Check("密钥", not wrong, says)


def sweep(now: datetime) -> Check:
    """The minutely sweep is alive; if not, whether the ticker or the worker has stopped."""
    why = heartbeats.stopped(now, heartbeats.signs())
    return Check("定时任务", not why, why or f"最近一次 {_local(heartbeats.last(heartbeats.SWEEP))}。")


def outbox(now: datetime) -> Check:
    """No message waits long after its time."""
    waiting = Outbox.objects.filter(state=OutboxState.WAITING, not_before__lte=now)
    oldest = waiting.order_by("not_before").values_list("not_before", flat=True).first()
    if oldest is None:
        return Check("待送消息", True, "没有积压。")
    words = f"有 {waiting.count()} 条待送，最早应于 {_local(oldest)} 送出。"
    return Check("待送消息", now - oldest < OUTBOX_LATE, words)


def channels(now: datetime) -> Check:
    """Every channel takes messages, or has not for a short while only."""
    down = Channel.objects.filter(is_active=True, down_since__lte=now - patience.HAND_ON)
    names = "、".join(f"“{channel}”" for channel in down)
    says = f"{names}送不出，消息在等它恢复。请查看渠道页面上的原因。" if names else "都能送出。"
    return Check("提醒渠道", not names, says, grave=False)


def dead() -> Check:
    """Messages that could not be delivered at all."""
    count = Outbox.objects.filter(state=OutboxState.DEAD).count()
    says = f"有 {count} 条消息多次送不出，请查看原因。" if count else "没有。"
    return Check("送不出的消息", not count, says, grave=False)


def undrawn() -> Check:
    """Every row of the ledgers can be drawn, or it is told which one not."""
    several = setting_aside.within(Q())
    names = setting_aside.words_of(several)
    says = (
        f"{names}算不出来，其余条目不受影响。请运行 manage.py verify_ledgers 查看原因。"
        if names
        else "都能算出来。"
    )
    return Check("台账计算", not several, says, grave=False)


def working_days(now: datetime) -> Check:
    """This year's working days are in, and in November next year's."""
    years = calendar.missing_years(timezone.localdate(now))
    says = f"{calendar.warning(years)}请按国务院办公厅通知录入。" if years else "已录入。"
    return Check("工作日历", not years, says, grave=False)


def backup(now: datetime) -> Check:
    """The last backup is not older than a week."""
    last = heartbeats.last(heartbeats.BACKUP)
    if last is None:
        return Check("备份", False, "还没有备份过。请运行 manage.py backup。", grave=False)
    well = now - last < BACKUP_LATE
    words = f"最近一次 {_local(last)}。"
    return Check("备份", well, words if well else words + "已超过七天，请尽快备份。", grave=False)


def backed_up_whole() -> Check:
    """The last backup found every file, and so did a restore since."""
    last, lacking = heartbeats.last(heartbeats.BACKUP), heartbeats.last(heartbeats.BACKUP_LACKING)
    well = lacking is None or (last is not None and lacking < last)
    if well:
        return Check("附件", True, "没有缺失。")
    sentence = f"{_local(lacking)} 备份或恢复时有附件找不到、读不出来或已损坏。"
    return Check("附件", False, sentence + "请运行 manage.py backup 看是哪些，从以前的备份恢复。")


def sealed(now: datetime) -> Check:
    """The trail is sealed every hour; the key may be missing."""
    last = TrailSeal.objects.order_by("-number").values_list("at", flat=True).first()
    if last is None:
        return Check("记录封存", True, "还没有封存过，有记录后每小时自动封存。", grave=False)
    well = now - last < SEAL_LATE
    words = f"最近一次 {_local(last)}。"
    late = "已超过两小时，请核对后台任务和封存用的密钥（KEYS_DIR 里的 trail/sign.key）。"
    return Check("记录封存", well, words if well else words + late, grave=False)


def second() -> Check:
    """Every seal stands in the second place too, and that is another place."""
    made = TrailSeal.objects.order_by("-number").values_list("number", flat=True).first() or 0
    folder = settings.TRAIL_COPY_DIR
    try:
        well, beside = second_place.last() >= made, second_place.beside_data()
    except OSError:
        well, beside = False, False
    if not well:
        says = f"写不进 {folder}，请核对权限和磁盘空间；写得进后会自动补上。"
    elif beside:
        says = f"{folder} 和数据在同一块磁盘上，请用 TRAIL_COPY_DIR 换到另一块磁盘或别的机器上。"
    else:
        says = "已写到。"
    return Check("封存第二处", well and not beside, says, grave=False)


def _local(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}"


def all_well(now: datetime) -> bool:
    """Whether there is no fault."""
    return not any(check.grave and not check.well for check in checks(now))
