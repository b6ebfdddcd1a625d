"""Do backup, restore and keys survive their worst day? Real houses, real commands, kill -9.

    .venv/bin/python benchmarks/drill_keeping.py [--postgres] [--kills 12] [--seed 1] [--keep]

backup under load   two processes store files and rows without a pause; `backup` into one folder is
                    killed at random moments. After each kill the folder holds a whole backup
                    (`restore --check`); the last, not killed, restores into an empty house row by row.
damaged             a byte of an attachment: named, all else comes back, exit code 1. A byte of the
                    database: refused, nothing there.
failed restore      `restore --force` over a living house with other keys is killed at random moments.
                    After each kill the start succeeds, every table is wholly the old or the new
                    house's, and what is encrypted opens.
lost keys           each key taken away, each foreign (both also where the database has no fingerprints), all
                    taken away: the start ends with a sentence and makes none.

With `--postgres` each house has a database in a cluster of the drill's own, and every third blow crashes the
server as a power cut does instead of killing the command, which then has to end with a sentence.

Everything lies in a temporary folder. Exit code 1 if anything doesn't hold.
"""

import argparse
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from benchmarks.drill_ground import Report, begun, drafts_in, ended, kill
from benchmarks.drill_town import Blows, Town
from tests.config.houses import IDENTITY, OPENED, SETUP, House

LOAD = (
    SETUP
    + """
import os, time
from django.db import Error, connection
from django.core.files.uploadedfile import SimpleUploadedFile
from accounts.models import Agency, User
from accounts.services import files
by, agency = User.objects.get(username="zhangsan"), Agency.objects.get(code="141122-zrzy")
while True:
    paper = b"%PDF-1.7 " + os.urandom(150_000)
    try:
        files.store(by=by, upload=SimpleUploadedFile("现场.pdf", paper), agency=agency)
    except Error:
        connection.close()  # the server was struck; people try again
    time.sleep(0.2)
"""
)
# A restore that is killed just where something is named for the first time.
KILLED_AT = (
    SETUP
    + """
import os, sys
from pathlib import Path
from django.utils import timezone
from config import house_keys
from config.backups import restoring
{point} = lambda *_: os.kill(os.getpid(), 9)
wish = restoring.Wish(Path(sys.argv[1]), Path(sys.argv[2]), force=True)
restoring.restore(wish, now=timezone.now(), say=print)
"""
)
POINTS = {
    "files are there": "restoring.replacing.replaced",
    "loaded, not ready": "restoring._make_ready",
    "ready, keys to come": "house_keys.take_staged",
}
# What opens in a house, whichever files came later.
OPENS = (
    OPENED.replace("StoredFile.objects.get()", 'StoredFile.objects.earliest("pk")')
    .replace('Party.objects.get(name="王某")', 'Party.objects.filter(name="王某").earliest("pk")')
)  # fmt: skip


def opens(house: House) -> bool:
    """Whether an encrypted number and a kept file can be read."""
    said = house.run("-c", OPENS)
    return IDENTITY in said and "%PDF-1.7 paper" in said


def empty(house: House) -> bool:
    """Whether nobody has worked in its database."""
    asked = "from config.backups import engines; print(engines.is_empty())"
    return house.run("-c", SETUP + asked).split()[-1] == "True"


def backup_under_load(town: Town, kills: int, report: Report) -> tuple[Path, Path]:
    """Strike backups while people work; the last backup and its keys."""
    house, kept, keys = town.county("busy"), town.folder / "backup", town.folder / "keys"
    house.manage("backup", kept, "--keys", keys)
    load = [begun(house, "-c", LOAD) for _ in range(2)]
    try:
        began = time.monotonic()
        house.manage("backup", kept)
        whole, unsound = time.monotonic() - began, 0
        blows = Blows(town, kills, (0.2 * whole, whole))
        while blows.more():
            blows.strike(begun(house, "manage.py", "backup", kept))
            code, _ = ended(begun(house, "manage.py", "restore", kept, "--check"))
            unsound += code != 0
    finally:
        alive = sum(process.poll() is None for process in load)
        for process in load:
            kill(process)
    report.line(
        "a whole backup after each blow",
        not unsound and not blows.tracebacks and alive == 2,
        f"{dict(blows.ends)}; {unsound} unsound, {blows.tracebacks} without a sentence",
    )
    house.manage("backup", kept)
    files = len(list((kept / "files").glob("*/*")))
    report.line("no drafts left in the folder", not drafts_in(kept), f"{files} files, {drafts_in(kept)}")
    other = town.plot("restored")
    other.manage("restore", kept, "--keys", keys)
    same = other.digests() == house.digests()
    report.line("restored row by row as it was", same and opens(other), f"{files} files")
    return kept, keys


def damaged(town: Town, kept: Path, keys: Path, report: Report) -> None:
    """Bytes that turned over in the backup, and a folder where an attachment was."""
    copy = town.folder / "damaged"
    shutil.copytree(kept, copy)
    bad, taken = sorted((copy / "files").glob("*/*"))[:2]
    turn_a_byte(bad)
    taken.unlink()
    taken.mkdir()
    house = town.plot("from-damaged")
    code, said = ended(begun(house, "manage.py", "restore", copy, "--keys", keys))
    back = len([path for path in (house.folder / "files").rglob("*") if path.is_file()])
    wanted = len(list((kept / "files").glob("*/*"))) - 2
    _, health = ended(begun(house, "manage.py", "health"))
    report.line(
        "attachments damaged or unreadable are named, the rest comes back, code 1, health tells",
        code == 1 and bad.name in said and taken.name in said and back == wanted and "故障  附件" in health,
        f"code {code}, {back} of {wanted} others",
    )
    turn_a_byte(max(copy.glob("database-*")))
    house = town.plot("from-worse")
    code, said = ended(begun(house, "manage.py", "restore", copy, "--keys", keys))
    untouched = empty(house) and not list((house.folder / "files").rglob("*.*"))
    report.line(
        "a damaged database is refused with nothing changed, code 2", code == 2 and untouched, f"code {code}"
    )


def turn_a_byte(path: Path) -> None:
    """One bit in the middle."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(bytes(content))


def failed_restore(town: Town, kills: int, kept: Path, keys: Path, report: Report) -> None:
    """Strike a restore over a house that lives; what stands there then."""
    living = town.county("living")
    old = started(living)
    whole = town.copy(living, "trial")
    began = time.monotonic()
    restore = ("manage.py", "restore", kept, "--keys", keys, "--force")
    code, said = ended(begun(whole, *restore))
    assert code == 0, said
    seconds = time.monotonic() - began
    new = whole.digests()
    found, blows = Counter(), Blows(town, kills, (0.4 * seconds, 1.1 * seconds))
    while blows.more():
        house = town.copy(living, "struck")
        blows.strike(begun(house, *restore))
        found[what_stands(house, old, new)] += 1
        town.clear(house)
    report.line(
        "wholly the old house or the new, and it opens",
        set(found) <= {"old", "new"} and not blows.tracebacks,
        f"{dict(blows.ends)}; {dict(found)}; {blows.tracebacks} without a sentence",
    )
    for label, point in POINTS.items():
        house = town.copy(living, "struck")
        code, _ = ended(begun(house, "-c", KILLED_AT.format(point=point), kept, keys))
        stands = what_stands(house, old, new)
        report.line(f"killed when {label}", code == -9 and stands in ("old", "new"), stands)
        town.clear(house)


def what_stands(house: House, old: dict, new: dict) -> str:
    """Start a house that was struck: "old" or "new" where it wholly is, and opens."""
    code, said = ended(begun(house, "manage.py", "serve", "--no-serve"))
    if code:
        return f"neither ({code}: {said[:80]})"
    stands = house.digests()
    name = {True: "old"}.get(stands == old, "new" if stands == new else "neither")
    return name if opens(house) else f"{name}, doesn't open"


def started(house: House) -> dict:
    """The digests of a house after a start, which may settle something."""
    house.manage("serve", "--no-serve")
    return house.digests()


def lost_keys(town: Town, report: Report) -> None:
    """Take keys away, put foreign ones in their place; also where no fingerprint stands in the database."""
    home = House(town.folder / "living", town.database_of("living"))
    theirs = town.county("foreign").folder / "keys"
    names = sorted(path.relative_to(home.folder / "keys") for path in (home.folder / "keys").glob("*/*.key"))
    stopped = 0
    for name in names:
        for how in ("lost", "foreign", "lost unmarked", "foreign unmarked"):
            house = town.copy(home, "robbed")
            (house.folder / "keys" / name).unlink()
            if how.startswith("foreign"):
                shutil.copy(theirs / name, house.folder / "keys" / name)
            if how.endswith("unmarked"):
                house.run("-c", SETUP + "from accounts.models import KeyMark; KeyMark.objects.all().delete()")
            code, said = ended(begun(house, "manage.py", "serve", "--no-serve"))
            there = (house.folder / "keys" / name).exists()
            stopped += code == 2 and "密钥" in said and there == how.startswith("foreign")
            town.clear(house)
    tried = 4 * len(names)
    report.line("each key lost or foreign stops the start", stopped == tried, f"{stopped} of {tried}")
    house = town.copy(home, "robbed")
    shutil.rmtree(house.folder / "keys" / "fields")
    code, said = ended(begun(house, "manage.py", "serve", "--no-serve"))
    made = list((house.folder / "keys").glob("fields/*"))
    report.line(
        "all lost: stopped, none made anew",
        code == 2 and "密钥" in said and not made,
        f"code {code}, made {len(made)}",
    )


def main() -> int:
    """Print the figures; 1 if anything didn't hold."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--postgres", action="store_true", help="each house in PostgreSQL")
    parser.add_argument("--kills", type=int, default=12)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", action="store_true", help="keep the folder")
    options = parser.parse_args()
    random.seed(options.seed)
    folder, report = Path(tempfile.mkdtemp(prefix="kuangantong-drill-")), Report()
    began, town = time.monotonic(), Town(folder, postgres=options.postgres)
    try:
        print("backup under load:")
        kept, keys = backup_under_load(town, options.kills, report)
        print("damaged:")
        damaged(town, kept, keys, report)
        print("failed restore:")
        failed_restore(town, options.kills, kept, keys, report)
        print("lost keys:")
        lost_keys(town, report)
    finally:
        town.stop()
        if not options.keep:
            shutil.rmtree(folder, ignore_errors=True)
    print(f"{'it held' if report.well else 'IT DID NOT HOLD'}, {time.monotonic() - began:.0f} s")
    return 0 if report.well else 1


if __name__ == "__main__":
    sys.exit(main())
