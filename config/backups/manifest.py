"""What a backup says of itself: format, migrations, row counts, and the SHA-256 of everything."""

import hashlib
import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path

from common import digests
from common.errors import Refused

NAME = "manifest.json"
FORMAT = 1
PRODUCT = "kuangantong"


@dataclass(frozen=True)
class Manifest:
    """`files` maps SHA-256 to bytes, `rows` tables to counts, `keys` key files to check values.

    `unreadable` are files that were gone or damaged already when the backup was made.
    `gone` are files that the backup holds from before, while the house had lost them.
    `trail` is the newest daily root of the trail, kept here because a backup leaves the machine.
    """

    made_at: str
    engine: str
    database: str
    database_sha256: str
    migrations: list[list[str]]
    rows: dict[str, int]
    files: dict[str, int]
    keys: dict[str, str]
    trail: dict[str, str]
    unreadable: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    format: int = FORMAT
    product: str = PRODUCT


def write(manifest: Manifest, folder: Path) -> None:
    """Put the manifest in place whole; from then on the backup is the new one."""
    body = asdict(manifest)
    content = json.dumps({**body, "sha256": digests.digest_of(body)}, ensure_ascii=False, indent=1).encode()
    write_whole(folder / name_of(generation_of(manifest.database)), content)
    write_whole(folder / NAME, content)


def generations(folder: Path) -> list[str]:
    """The backups that a folder holds, by the moment they were made; the newest last."""
    return sorted(path.name[len("manifest-") : -len(".json")] for path in folder.glob("manifest-*.json"))


def generation_of(database: str) -> str:
    """Which backup a dump belongs to: the moment in its name."""
    return database.removeprefix("database-").partition(".")[0]


def name_of(generation: str) -> str:
    """The file of an earlier backup's manifest."""
    return f"manifest-{generation}.json"


def read(folder: Path, generation: str = "") -> Manifest:
    """The manifest of a folder's newest backup, or of an earlier one.

    Refused if it isn't one, is damaged or of a newer program.
    """
    name = name_of(generation) if generation else NAME
    try:
        content = json.loads((folder / name).read_bytes())
        sha256 = content.pop("sha256")
    except OSError:
        there = generations(folder) if generation else []
        others = f"这里有：{'、'.join(there)}。" if there else ""
        raise Refused(f"{folder} 里没有备份（缺 {name}）。{others}请核对目录。") from None
    except (ValueError, KeyError, AttributeError):
        raise damaged(name) from None
    if content.get("product") != PRODUCT:
        raise Refused(f"{folder} 里的备份不是矿案通的。请核对目录。")
    if content.get("format", 0) > FORMAT:
        raise Refused("这份备份由更新的程序制作，本程序读不了。请换用新版程序再恢复。")
    if sha256 != digests.digest_of(content):
        raise damaged(name)
    return Manifest(**content)


def damaged(name: str) -> Refused:
    """The refusal of a backup in which `name` isn't what was written."""
    return Refused(f"备份已损坏：{name} 与制作时不一致。没有恢复任何内容，请换一份备份。")


def digest_of(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def write_whole(path: Path, content: bytes) -> None:
    """Write a file for nobody else to read, so that it is there whole or not at all."""
    draft = path.with_name(f".{path.name}.draft")
    try:
        draft.write_bytes(content)
        sync(draft)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    sync(path.parent)


def sync(path: Path) -> None:
    """What was written to a file, or which names a folder has, is on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
