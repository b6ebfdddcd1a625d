"""One tree of processes: started together, mended when one falls, gone together."""

import os
import signal
import sys
from pathlib import Path

import pytest

from tests.config.processes import below, running, until

RUN_TREE = """
import sys
from config.processes import Child, Tree
sleeper = [sys.executable, "-c", "import time; time.sleep(600)"]
children = [Child("甲", sleeper), Child("乙", sleeper)]
tree = Tree(children, lambda line: print(line, flush=True), folder=".", watch={watch})
tree.when_ready = lambda: print("ready", flush=True)
sys.exit(tree.run())
"""


pytestmark = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="reads /proc")


def small_tree(start, watch=False):
    """A parent with two sleeping children; (process, pids below)."""
    process = start([sys.executable, "-c", RUN_TREE.format(watch=watch)])
    assert process.stdout.readline() == "ready\n"
    # With a watcher each child has one more process.
    return process, until(lambda: (pids := below(process.pid)) and len(pids) >= 2 + 2 * watch and pids)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_to_the_parent_alone_ends_all(start, number):
    process, children = small_tree(start)
    process.send_signal(number)
    assert process.wait(30) == 0
    assert not running(children)


def test_a_fallen_child_is_started_again_and_the_tree_says_so(start):
    process, children = small_tree(start)
    victim = min(children)
    os.kill(victim, signal.SIGKILL)
    assert process.stdout.readline() == "甲被信号 9 结束，1 秒后重新启动。\n"
    until(lambda: len(below(process.pid)) == 2)
    assert victim not in below(process.pid)


@pytest.mark.parametrize("watch", [False, True], ids=["told by the kernel", "watching"])
def test_children_end_with_a_killed_parent(start, watch):
    process, children = small_tree(start, watch)
    process.kill()
    process.wait()
    until(lambda: not running(children), seconds=20)


def test_a_stubborn_child_is_ended_by_force(start):
    ignore = "import signal, time; signal.signal(15, signal.SIG_IGN); "
    stubborn = ignore + "print('on', flush=True); time.sleep(600)"
    code = RUN_TREE.format(watch=False).replace("import time; time.sleep(600)", stubborn)
    shorter = "import config.processes as processes; processes.GRACE_SECONDS = 1"
    process = start([sys.executable, "-c", shorter + code])
    lines = [process.stdout.readline() for _ in range(3)]
    assert sorted(lines) == ["on\n", "on\n", "ready\n"]
    children = below(process.pid)
    process.terminate()
    assert process.wait(30) == 0
    assert not running(children)
