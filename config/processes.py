"""One tree of processes: the web server, the worker and the ticker under one parent.

A signal to the parent alone ends all, the parent last; a child that ends by itself is started
again after a pause that doubles; children end with a parent that was killed (config/child.py).
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

LOOK_SECONDS = 0.2
GRACE_SECONDS = 20
FIRST_PAUSE, LONGEST_PAUSE = 1, 30
STEADY_SECONDS = 60
GUARD = str(Path(__file__).with_name("child.py"))
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@dataclass
class Child:
    """One process of the tree: its Chinese name and its command line."""

    label: str
    command: list[str]
    process: subprocess.Popen | None = None
    pause: float = FIRST_PAUSE
    started: float = 0.0
    again_at: float = 0.0

    def alive(self) -> bool:
        """Whether it runs now."""
        return self.process is not None and self.process.poll() is None


@dataclass
class Tree:
    """Children kept alive until a signal comes. `say` gets one Chinese line at a time.

    `ready` is asked until it is true, then `when_ready` is called once.
    """

    children: list[Child]
    say: Callable[[str], None]
    environment: dict[str, str] = field(default_factory=dict)
    folder: str = "."
    ready: Callable[[], bool] = lambda: True
    when_ready: Callable[[], None] = lambda: None
    watch: bool = False
    stopping: bool = False

    def run(self) -> int:
        """Start all, keep them running, end all on a signal; 0 when everybody has gone."""
        before = {number: signal.signal(number, self._stop) for number in STOP_SIGNALS}
        waiting = True
        try:
            for child in self.children:
                self._start(child)
            while not self.stopping:
                self._look_after()
                if waiting and self.ready():
                    waiting = False
                    self.when_ready()
                time.sleep(LOOK_SECONDS)
        finally:
            self._end_all()
            for number, handler in before.items():
                signal.signal(number, handler)
        return 0

    def _stop(self, *_):
        self.stopping = True

    def _start(self, child: Child):
        guard = [sys.executable, "-P", GUARD, *(["--watch"] if self.watch else [])]
        child.started, child.again_at = time.monotonic(), 0.0
        # A session of its own: Ctrl-C reaches the parent only, which then ends all in order.
        child.process = subprocess.Popen(  # noqa: S603 - our own commands
            [*guard, str(os.getpid()), *child.command],
            cwd=self.folder,
            env={**os.environ, **self.environment},
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )

    def _look_after(self):
        now = time.monotonic()
        for child in self.children:
            if child.alive() or self.stopping:
                continue
            if not child.again_at:
                self._plan_again(child, now)
            elif now >= child.again_at:
                self._start(child)

    def _plan_again(self, child: Child, now: float):
        if now - child.started > STEADY_SECONDS:
            child.pause = FIRST_PAUSE
        code = child.process.returncode
        _kill_group(child.process)  # what it started itself, for the port to be free
        how = f"被信号 {-code} 结束" if code < 0 else f"已退出（代码 {code}）"
        self.say(f"{child.label}{how}，{child.pause} 秒后重新启动。")
        child.again_at = now + child.pause
        child.pause = min(child.pause * 2, LONGEST_PAUSE)

    def _end_all(self):
        running = [child for child in self.children if child.alive()]
        for child in running:
            child.process.terminate()
        deadline = time.monotonic() + GRACE_SECONDS
        while any(child.alive() for child in running) and time.monotonic() < deadline:
            time.sleep(LOOK_SECONDS / 2)
        for child in running:
            # What a child left behind in its group goes too.
            _kill_group(child.process)
            child.process.wait()


def _kill_group(process: subprocess.Popen):
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
