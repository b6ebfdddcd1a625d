"""Houses by name, on SQLite or each with a database of its own in a PostgreSQL of the drill's."""

import os
import random
import shutil
import subprocess
from collections import Counter
from pathlib import Path

from benchmarks.drill_ground import ended, kill
from benchmarks.drill_servers import Postgres
from tests.config.houses import House, new_county

EVERY_THIRD = 3


class Town:
    """Where houses stand; `server` is None on SQLite."""

    def __init__(self, folder: Path, *, postgres: bool):
        self.folder, self.server = folder, Postgres(folder) if postgres else None
        if self.server:
            # backup and restore call its tools, of the same version.
            os.environ["PATH"] = f"{self.server.bin}:{os.environ['PATH']}"

    def plot(self, name: str) -> House:
        """A house in which nothing is yet."""
        return House(self.folder / name, self._database(name, "template0"))

    def county(self, name: str) -> House:
        """One with people, files and secrets."""
        return new_county(self.folder / name, self._database(name, "template0"), anew=True)

    def copy(self, house: House, name: str) -> House:
        """The same again."""
        shutil.copytree(house.folder, self.folder / name)
        return House(self.folder / name, self._database(name, _name_of(house.folder.name)))

    def clear(self, house: House) -> None:
        """It isn't needed any more."""
        shutil.rmtree(house.folder)
        if self.server:
            self.server.ask(f'DROP DATABASE "{_name_of(house.folder.name)}" WITH (FORCE)')

    def stop(self) -> None:
        """For good."""
        if self.server:
            self.server.stop()

    def database_of(self, name: str) -> str:
        """The address of a house's database; "" on SQLite."""
        return self.server.url.rpartition("/")[0] + "/" + _name_of(name) if self.server else ""

    def _database(self, name: str, template: str) -> str:
        if self.server:
            encoding = " ENCODING 'UTF8'" if template == "template0" else ""
            self.server.ask(f'CREATE DATABASE "{_name_of(name)}" TEMPLATE "{template}"{encoding}')
        return self.database_of(name)


class Blows:
    """As many as wanted that land, at random moments between two; a command that was done before isn't
    counted, but no more than as many of those are tried.

    A blow kills the command, or (PostgreSQL, every third) crashes the server.
    """

    def __init__(self, town: Town, wanted: int, moments: tuple[float, float]):
        self._server, self._wanted, self._moments = town.server, wanted, moments
        self.ends, self.tracebacks = Counter(), 0

    def more(self) -> bool:
        """Whether another one is wanted."""
        return max(self.ends["done"], self.ends.total() - self.ends["done"]) < self._wanted

    def strike(self, process: subprocess.Popen) -> None:
        """Deal one; how it ended is counted."""
        try:
            process.wait(random.uniform(*self._moments))
            self.ends["done"] += 1
        except subprocess.TimeoutExpired:
            if self._server and self.ends.total() % EVERY_THIRD == EVERY_THIRD - 1:
                self._server.crash()
                code, said = ended(process)
                self.ends["server crashed" if code else "done"] += 1
                self.tracebacks += "Traceback" in said
            else:
                kill(process)
                self.ends["killed"] += 1


def _name_of(name: str) -> str:
    return name.replace("-", "_")
