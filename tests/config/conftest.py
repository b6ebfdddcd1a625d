"""Real processes, ended after each test."""

import os
import signal
import subprocess

import pytest

from tests.config.processes import ROOT, below, running


@pytest.fixture
def start():
    """`start(command, **env)` runs a parent in the checkout; it is ended afterwards."""
    started = []

    def begin(command, **environment):
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**os.environ, **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        started.append(process)
        return process

    yield begin
    for process in started:
        left = below(process.pid)
        if process.poll() is None:
            process.kill()
        for pid in running(left):
            os.kill(pid, signal.SIGKILL)
        process.wait()
