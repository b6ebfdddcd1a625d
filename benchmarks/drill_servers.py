"""Servers and workers of the drill's own, on spare ports, killed and started as it likes."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def spare_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(port: int, seconds: float = 20) -> None:
    """Until somebody listens there."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise SystemExit(f"nobody listens on {port}")


class Postgres:
    """A cluster of the drill's own; as root it runs as user postgres."""

    def __init__(self, folder: Path):
        self.data, self.port = folder / "pg", spare_port()
        folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
        self.bin = folders[-1] if folders else Path(shutil.which("initdb") or "initdb").parent
        if not self.data.exists():
            self._make(folder)
        self.start()
        self.url = f"postgres://postgres@127.0.0.1:{self.port}/postgres"

    def _make(self, folder: Path) -> None:
        self.data.mkdir()
        if os.geteuid() == 0:
            folder.chmod(0o755)
            shutil.chown(self.data, "postgres", "postgres")
        self._run("initdb", "-U", "postgres", "-A", "trust", "--no-sync", "-E", "UTF8")

    def _run(self, program: str, *arguments: str) -> None:
        user = {"user": "postgres"} if os.geteuid() == 0 else {}
        subprocess.run(
            [self.bin / program, "-D", self.data, *arguments],
            check=True,
            cwd=self.data,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            **user,
        )

    def start(self) -> None:
        """Listen on its port only."""
        options = f"-p {self.port} -k '' -c listen_addresses=127.0.0.1"
        self._run("pg_ctl", "-w", "-l", str(self.data / "log"), "-o", options, "start")

    def ask(self, statement: str) -> None:
        """One statement outside of any transaction."""
        subprocess.run(
            [self.bin / "psql", "--no-psqlrc", "--quiet", self.url, "-v", "ON_ERROR_STOP=1", "-c", statement],
            check=True,
            stderr=subprocess.DEVNULL,
        )

    def crash(self) -> None:
        """Stop as a power cut would (no checkpoint), start again."""
        self._run("pg_ctl", "-w", "-m", "immediate", "stop")
        self.start()

    def stop(self, *, clean: bool = False) -> None:
        """For good; `clean` writes down what is to be opened again."""
        self._run("pg_ctl", "-w", "-m", "fast" if clean else "immediate", "stop")


class Redis:
    """A server without a file: killed, it comes back empty."""

    def __init__(self):
        self.port = spare_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.start()

    def start(self) -> None:
        """Keep nothing."""
        self.process = subprocess.Popen(
            [
                "redis-server",
                "--port",
                str(self.port),
                "--bind",
                "127.0.0.1",
                "--save",
                "",
                "--appendonly",
                "no",
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        wait_for(self.port)

    def crash(self) -> None:
        """kill -9, back empty."""
        self.process.kill()
        self.process.wait()
        self.start()

    def stop(self) -> None:
        """For good."""
        self.process.kill()
        self.process.wait()


class Crew:
    """Workers and beats, each a process group of its own; who dies is replaced."""

    def __init__(self, folder: Path, environment: dict, workers: int = 2, beats: int = 2):
        self.folder, self.environment = folder, environment
        self.wanted = [f"worker{n}" for n in range(workers)] + [f"beat{n}" for n in range(beats)]
        self.processes: dict[str, subprocess.Popen] = {}
        self.deaths: Counter[str] = Counter()

    @property
    def workers_killed(self) -> int:
        """How often a worker died of -9, by its own hand at a point or by ours."""
        return self.deaths["workers killed"]

    def keep(self) -> None:
        """Start whoever isn't running, and count who had died of what."""
        for name in self.wanted:
            process = self.processes.get(name)
            if process is None or process.poll() is not None:
                if process is not None:
                    how = "killed" if process.returncode == -signal.SIGKILL else "ended"
                    self.deaths[f"{name[:-1]}s {how}"] += 1
                self.processes[name] = self._start(name)

    def _start(self, name: str) -> subprocess.Popen:
        command = [sys.executable, "-m", "celery", "--app", "benchmarks.drill_app", "--quiet"]
        if name.startswith("beat"):
            command += ["beat", "--pidfile=", "-s", str(self.folder / name), "--loglevel", "ERROR"]
        else:
            command += [
                "worker",
                "-c",
                "1",
                "-n",
                f"{name}@drill",
                "-Q",
                "celery,naive",
                "--without-gossip",
                "--without-mingle",
                "--without-heartbeat",
                "--loglevel",
                "ERROR",
            ]
        log = (self.folder / f"{name}.log").open("ab")
        return subprocess.Popen(
            command, cwd=ROOT, env=self.environment, stdout=log, stderr=log, start_new_session=True
        )

    def kill(self, name: str) -> None:
        """-9 to the whole group, wherever it is."""
        process = self.processes[name]
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def stop(self) -> None:
        """Everybody, for good."""
        for name in list(self.processes):
            self.kill(name)
