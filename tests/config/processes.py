"""What the tests of real process trees share: ports, who is below whom, waiting."""

import socket
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def free_port() -> int:
    """A port nobody uses now."""
    with socket.socket() as asker:
        asker.bind(("127.0.0.1", 0))
        return asker.getsockname()[1]


def below(pid: int) -> set[int]:
    """Every process under `pid`, from /proc."""
    parents = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if fields[0] != "Z":
            parents[int(path.parent.name)] = int(fields[1])
    found, more = set(), {pid}
    while more:
        more = {child for child, parent in parents.items() if parent in more} - found
        found |= more
    return found


def running(pids: set[int]) -> set[int]:
    """Those of `pids` that haven't ended."""
    alive = set()
    for pid in pids:
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            continue
        if state != "Z":
            alive.add(pid)
    return alive


def until(what, seconds=15):
    """The first true value of `what()`, asked again and again."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if value := what():
            return value
        time.sleep(0.05)
    raise AssertionError(f"not within {seconds} s")
