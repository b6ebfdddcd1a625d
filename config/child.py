"""Runs one command that must not outlive the process that started it.

`python -P config/child.py PARENT_PID COMMAND…`: on Linux the kernel is told to end us with our
parent, and we become the command; elsewhere we stay beside it and watch the parent.
Imports nothing of Django, so that it costs no time.
"""

import ctypes
import os
import signal
import subprocess
import sys
import time

PR_SET_PDEATHSIG = 1
LOOK_SECONDS = 0.5
LAST_SECONDS = 10


def main(argv: list[str]) -> int:
    """Run the command; its exit code. `--watch` first takes the way without the kernel."""
    watch = argv[0] == "--watch"
    parent, command = int(argv[watch]), argv[watch + 1 :]
    if not watch and end_with_parent():
        if os.getppid() != parent:
            return 1  # it ended before we asked
        os.execvp(command[0], command)  # noqa: S606 - the tree names the command
    return stay_beside(command, parent)


def end_with_parent() -> bool:
    """Ask Linux for SIGTERM when our parent ends; False where that isn't known."""
    if not sys.platform.startswith("linux"):
        return False
    try:
        return ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0) == 0
    except (OSError, AttributeError):
        return False


def stay_beside(command: list[str], parent: int) -> int:
    """Start the command, hand signals on, and end it when the parent is gone."""
    process = subprocess.Popen(command)  # noqa: S603 - the tree names the command
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda got, _: process.send_signal(got))
    while process.poll() is None:
        if os.getppid() != parent:
            return end(process)
        time.sleep(LOOK_SECONDS)
    return process.returncode


def end(process: subprocess.Popen) -> int:
    """End the command, with force if it doesn't go."""
    process.terminate()
    try:
        return process.wait(LAST_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        return process.wait()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
