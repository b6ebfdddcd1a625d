"""What goes wrong outside: no Redis, no PostgreSQL, a mute mail server, a robot that answers a page, no disk.

    .venv/bin/python benchmarks/drill_outside.py [redis postgres channels disk] [--keep]

redis      `serve` with nobody at REDIS_URL: seconds to the first page; Redis comes: until all is well.
postgres   `serve` with nobody at DATABASE_URL: ends with 75 after DATABASE_WAIT_SECONDS; PostgreSQL comes
           while it waits: seconds to the first page. Then a web unit by itself that starts before PostgreSQL.
channels   200 mails to a server that takes them up to DATA and says nothing more, 50 messages to a robot:
           seconds of one sweep by the clock, and whether it left its sign of life. Then a robot that answers
           a page with status 200 for two hours, and then as it should. Baseline: the seconds that
           one mail by itself takes, times 200.
disk       a house on a disk of 64 MB (a tmpfs; wants root), filled to the last byte: what a form, /health/,
           `health`, `backup` and `restore` say; what they leave behind; whether it works again with room.

Everything is on 127.0.0.1, on spare ports, in a temporary folder. Exit code 1 if anything doesn't hold.
"""

import argparse
import http.cookiejar
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from benchmarks.drill_ground import Report, begun, drafts_in, ended, seconds_until, status, stopped
from benchmarks.drill_servers import Postgres, Redis, spare_port
from tests.config.houses import PASSWORD, House, new_county
from tests.reminders.sinks import HttpSink, MailSink

PAGE, HEALTH = "/accounts/sign-in/", "/health/"
ADMINISTRATOR = (*("--region", "141122"), *("--admin-name", "张三"), *("--admin-username", "zhangsan"))
MAILS, MESSAGES = 200, 50
HTML = b"<html><body>errcode 0</body></html>"


def redis(folder: Path, report: Report) -> None:
    """Nobody at REDIS_URL, then somebody."""
    server, port = Redis(), spare_port()
    server.stop()
    house, address = House(folder / "no-redis"), f"http://127.0.0.1:{port}"
    tree = begun(house, "manage.py", "serve", "--port", port, *ADMINISTRATOR, REDIS_URL=server.url)
    try:
        first = seconds_until(lambda: status(address + PAGE)[0] == 200, 90)
        report.line("pages come without Redis", first < 90, f"after {first:.0f} s, migrations included")
        began = time.monotonic()
        code, _ = status(address + HEALTH)
        report.line("health tells, within a second", code == 503 and time.monotonic() - began < 1, f"{code}")
        server.start()
        again = seconds_until(lambda: status(address + HEALTH)[0] == 200, 150)
        report.line("all well when Redis comes", again < 150, f"after {again:.0f} s")
    finally:
        stopped(tree)
        server.stop()


def postgres(folder: Path, report: Report) -> None:
    """Nobody at DATABASE_URL, then somebody in time."""
    server, port = Postgres(folder), spare_port()
    server.stop()
    house, address = House(folder / "no-postgres", server.url), f"http://127.0.0.1:{port}"
    began = time.monotonic()
    code, said = ended(begun(house, "manage.py", "serve", "--no-serve", DATABASE_WAIT_SECONDS="3"))
    report.line("left to systemd", code == 75, f"code {code} after {time.monotonic() - began:.0f} s")
    tree = begun(house, "manage.py", "serve", "--port", port, *ADMINISTRATOR)
    try:
        time.sleep(8)
        waits = tree.poll() is None
        server.start()
        first = seconds_until(lambda: status(address + PAGE)[0] == 200, 120)
        report.line("waits and comes up", waits and first < 120, f"page {first:.0f} s after PostgreSQL")
        server.stop()
        began = time.monotonic()
        code, _ = status(address + HEALTH)
        quick = time.monotonic() - began
        report.line("gone again: health within a second", code == 503 and quick < 1, f"{code}, {quick:.2f} s")
        server.start()
        again = seconds_until(lambda: status(address + HEALTH)[0] == 200, 150)
        report.line("back: all well by itself", again < 150, f"after {again:.0f} s")
    finally:
        stopped(tree)
        server.stop()
    unit_without_database(house, server, report)


def unit_without_database(house: House, server: Postgres, report: Report) -> None:
    """A web unit by itself that starts before PostgreSQL: the keys are compared before any page."""
    port = spare_port()
    address = f"http://127.0.0.1:{port}"
    command = ("-m", "gunicorn", "config.wsgi:application", "--no-control-socket")
    key = house.folder / "keys" / "fields" / "index.key"
    kept = key.read_bytes()
    key.write_bytes(b"QUJD")  # another house's
    unit = begun(house, *command, "--bind", f"127.0.0.1:{port}")
    try:
        # Asked before anybody listens, a port from the kernel's own range would answer itself.
        while "Booting worker" not in unit.stdout.readline() and unit.poll() is None:
            pass
        seconds_until(lambda: status(address + HEALTH)[0], 60)
        began = time.monotonic()
        codes = status(address + HEALTH)[0], status(address + PAGE)[0]
        quick = time.monotonic() - began
        report.line("a unit by itself: health answers, no page does", codes == (503, 503), f"{quick:.2f} s")
        server.start()
        seconds_until(lambda: False, 5)
        shut = status(address + PAGE)[0]
        report.line("PostgreSQL comes, the key is another's: still none", shut == 503, f"status {shut}")
        key.write_bytes(kept)
        again = seconds_until(lambda: status(address + PAGE)[0] == 200, 30)
        report.line("the right key: pages come", again < 30, f"after {again:.1f} s, not restarted")
    finally:
        stopped(unit)
        server.stop()


def channels(folder: Path, report: Report) -> None:
    """A mute mail server, then a robot that answers a page; in a house of this process's own."""
    os.environ |= {"VAR_DIR": str(folder / "told"), "QUIET_HOURS": "0-0"}
    from benchmarks import house

    house.open_house()
    from django.utils import timezone

    from reminders.models import Heartbeat, Outbox
    from reminders.services import delivery
    from reminders.tasks import sweep

    with MailSink() as mail, HttpSink() as robot:
        mail.mute_at = "DATA"
        post, group = owed(mail, robot, timezone.now())
        began = time.monotonic()
        sweep()
        took = time.monotonic() - began
        alive = Heartbeat.objects.filter(name="sweep").exists()
        sent = Outbox.objects.filter(state="sent").count()
        figures = f"{took:.1f} s, {mail.connections} connection, {sent} of {MESSAGES} by the robot"
        report.line(
            "a sweep beside it", took < 45 and alive and mail.connections == 1 and sent == MESSAGES, figures
        )
        print(f"  baseline, one by one: {MAILS} × {took:.1f} s = {MAILS * took / 60:.0f} min")
        mail.mute_at = None
        delivery.send_out(now=timezone.now() + timedelta(minutes=1), limit=MAILS)
        got = Outbox.objects.filter(channel="email", state="sent").count()
        report.line("all mails when it speaks again", got == MAILS, f"{got} of {MAILS}")
        page_for_two_hours(group, robot, timezone.now(), report)


def owed(mail: MailSink, robot: HttpSink, now: datetime) -> tuple:
    """Two channels and what is owed by them."""
    from accounts.models import Agency, User
    from benchmarks import scene
    from reminders.models import Channel

    top, _ = scene.build(1, addresses=True)
    person = User.objects.filter(contact_points__isnull=False).first()
    agency = Agency.objects.get(pk=person.agency_id)
    one = Channel.objects.create(kind="email", name="邮件", address=mail.address, agency=top)
    other = Channel.objects.create(kind="wecom", name="群", address=robot.address, agency=top)
    owe(one, MAILS, now, agency, recipient=person)
    owe(other, MESSAGES, now, agency)
    return one, other


def owe(channel, count: int, now: datetime, agency, **more) -> None:
    """So many messages by a channel."""
    from reminders.models import Outbox

    begin = Outbox.objects.count()
    Outbox.objects.bulk_create(
        Outbox(
            meaning=f"drill:{begin + n}:{channel.kind}{channel.pk}:x", channel=channel.kind, target=channel,
            kind="x", title="提醒 一", not_before=now, agency=agency, **more,
        )
        for n in range(count)
    )  # fmt: skip


def page_for_two_hours(channel, robot: HttpSink, now: datetime, report: Report) -> None:
    """Status 200 and a page: none counts as sent, none is lost."""
    from reminders.models import Outbox
    from reminders.services import delivery

    owe(channel, MESSAGES, now, channel.agency)
    asked, robot.answers = len(robot.requests), [(200, HTML, {})] * 500
    mine = Outbox.objects.filter(target=channel)
    for minutes in range(120):
        delivery.send_out(now=now + timedelta(minutes=minutes), limit=100)
    asked, lost = len(robot.requests) - asked, mine.filter(state="dead").count()
    none = mine.filter(state="sent").count() == MESSAGES and not lost
    report.line(
        "two hours of a page with 200", none and asked < 20, f"asked {asked} times, sent 0, dead {lost}"
    )
    robot.answers = []
    for minutes in (150, 180):
        delivery.send_out(now=now + timedelta(minutes=minutes), limit=100)
    got = mine.filter(state="sent").count() - MESSAGES
    report.line("all of them when it answers", got == MESSAGES, f"{got} of {MESSAGES}")


class Browser:
    """Signs in as a person does, with the form's own token."""

    def __init__(self, address: str):
        jar = http.cookiejar.CookieJar()
        self.address, self.opener = (
            address,
            urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar)),
        )

    def sign_in(self) -> tuple[int, str]:
        """What came of it."""
        _, page = status(self.address + PAGE, opener=self.opener)
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]
        form = {"username": "zhangsan", "password": PASSWORD, "csrfmiddlewaretoken": token}
        return status(self.address + PAGE, urlencode(form).encode(), self.opener)


def disk(folder: Path, report: Report) -> None:
    """A house whose disk is full."""
    place = folder / "disk"
    place.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", place], check=False).returncode:
        report.line("a disk of our own", False, "mount wants root")
        return
    try:
        on_a_full_disk(place, folder, report)
    finally:
        subprocess.run(["umount", "-l", place], check=True)


def on_a_full_disk(place: Path, folder: Path, report: Report) -> None:
    """Fill it while the house runs, ask, make room, ask again."""
    house = new_county(place / "house", anew=True)
    house.manage("backup", folder / "kept", "--keys", folder / "kept-keys")
    port = spare_port()
    address = f"http://127.0.0.1:{port}"
    low = {"DISK_LOW_BYTES": str(8 << 20)}
    tree = begun(house, "manage.py", "serve", "--port", port, **low)
    try:
        seconds_until(lambda: status(address + HEALTH)[0] == 200, 90)
        before = files_in(house.folder)
        fill(place)
        code, page = Browser(address).sign_in()
        report.line("a form says that the disk is full", code == 507 and "磁盘满了" in page, f"status {code}")
        report.line("/health/ says degraded", status(address + HEALTH)[0] == 503)
        code, said = ended(begun(house, "manage.py", "health", **low))
        report.line("health names it", code == 1 and "故障  磁盘空间" in said, f"code {code}")
        code, said = ended(begun(house, "manage.py", "backup", place / "backup"))
        report.line("a backup onto it is refused", code == 2 and "磁盘空间" in said, f"code {code}")
        left = drafts_in(place) + sorted(map(str, (place / "backup").rglob("database-*")))
        report.line("nothing half-written", not left, f"{left}")
        (place / "filler").unlink()
        code, _ = Browser(address).sign_in()
        report.line("with room it works again, not restarted", code == 200, f"status {code}")
        more = files_in(house.folder) - before
        report.line("no file more than before", not more, f"{sorted(more)}")
    finally:
        stopped(tree)
    old = house.digests()
    fill(place)
    code, said = ended(begun(house, "manage.py", "restore", folder / "kept", "--force"))
    (place / "filler").unlink()
    same = house.digests() == old and not drafts_in(house.folder)
    report.line("a restore onto it changes nothing", code == 2 and same, f"code {code}")


def files_in(folder: Path) -> set[str]:
    """What lies there, but for what the queue and the database make and take away all the time."""
    passing = ("broker/", "db.sqlite3-", "ticks")
    names = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    return {name for name in names if not name.startswith(passing)}


def fill(place: Path) -> None:
    """To the last byte."""
    with (place / "filler").open("wb", buffering=0) as filler:
        for size in (1 << 20, 4096, 1):
            try:
                while True:
                    filler.write(b"\0" * size)
            except OSError:
                continue


PARTS = {"redis": redis, "postgres": postgres, "channels": channels, "disk": disk}


def main() -> int:
    """Print the figures; 1 if anything didn't hold."""
    parser = argparse.ArgumentParser()
    parser.add_argument("parts", nargs="*", default=list(PARTS), metavar="part", help=", ".join(PARTS))
    parser.add_argument("--keep", action="store_true", help="keep the folder")
    options = parser.parse_args()
    folder, report = Path(tempfile.mkdtemp(prefix="kuangantong-drill-")), Report()
    began = time.monotonic()
    try:
        for name in options.parts:
            print(f"{name}:", flush=True)
            PARTS[name](folder, report)
    finally:
        if not options.keep:
            shutil.rmtree(folder, ignore_errors=True)
    print(f"{'it held' if report.well else 'IT DID NOT HOLD'}, {time.monotonic() - began:.0f} s")
    return 0 if report.well else 1


if __name__ == "__main__":
    sys.exit(main())
