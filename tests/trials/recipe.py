"""A recipe of CONTRIBUTING followed in a copy of the tree: its diff applied, its files counted."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.figures import ROOT

HERE = Path(__file__).parent
# Folders that no commit holds.
LEFT_BEHIND = {"var", "staticfiles", "test-results", "__pycache__"}
OF_THIS_RUN = ("DATABASE_URL", "REDIS_URL", "VAR_DIR", "DJANGO_SETTINGS_MODULE", "RUN_BROWSER", "RUN_DRILLS")


class StaleRecipe(AssertionError):
    """The tree has moved on: the recipe and its diff must be written anew."""


@dataclass
class Hunk:
    """One place in a file: lines that stand there, and lines that are to stand there instead."""

    old: list[str] = field(default_factory=list)
    new: list[str] = field(default_factory=list)

    def add(self, line: str) -> None:
        """A line of the diff, with its mark."""
        mark, text = line[:1], line[1:]
        if mark in ("", " ", "-"):
            self.old.append(text)
        if mark in ("", " ", "+"):
            self.new.append(text)

    def places(self) -> Iterator[tuple[list[str], list[str]]]:
        """What to look for and what to put there, from the surest to the least that will do.

        What only adds lines may go by its neighbour above alone, or by that below.
        """
        yield self.old, self.new
        added = [line for line in self.new if line not in self.old]
        above = next((n for n, line in enumerate(self.new) if line in added), 0)
        if self.new == [*self.old[:above], *added, *self.old[above:]]:
            for anchor, put in ((self.old[:above][-1:], 0), (self.old[above:][:1], 1)):
                yield anchor, [*added, *anchor] if put else [*anchor, *added]


def read_diff(text: str) -> dict[str, list[Hunk]]:
    """{path: hunks} of a unified diff; line numbers aren't asked, a file that isn't there begins."""
    found: dict[str, list[Hunk]] = {}
    for line in text.splitlines():
        if line.startswith("+++ b/"):
            hunks = found.setdefault(line.removeprefix("+++ b/"), [])
        elif line.startswith("@@"):
            hunks.append(Hunk())
        elif not line.startswith("--- "):
            hunks[-1].add(line)
    return found


def apply(text: str, hunk: Hunk, where: str) -> str:
    """A file with one hunk applied; StaleRecipe where its place isn't found, or found twice."""
    lines = text.split("\n")
    for old, new in hunk.places():
        size = len(old)
        at = [n for n in range(len(lines) - size + 1) if old and lines[n : n + size] == old]
        if len(at) == 1:
            return "\n".join([*lines[: at[0]], *new, *lines[at[0] + size :]])
    place = " / ".join(line.strip() for line in hunk.old)
    raise StaleRecipe(
        f"{where} has no single place that reads “{place}”: the recipe is stale, renew its diff"
    )


def files_of(tree: Path) -> Iterator[Path]:
    """Paths of the files of a checkout, without what tools leave in it."""
    for folder, names, files in os.walk(tree):
        names[:] = [
            name
            for name in names
            if not name.startswith(".")
            and name not in LEFT_BEHIND
            and not (Path(folder, name) / "pyvenv.cfg").exists()
        ]
        yield from (Path(folder, name).relative_to(tree) for name in files)


@dataclass
class Trial:
    """A recipe's diff, applied in a copy of the tree."""

    name: str
    tree: Path

    @classmethod
    def begin(cls, name: str, tree: Path) -> "Trial":
        """Copy the checkout to `tree` and apply tests/trials/<name>.diff there."""
        for path in files_of(ROOT):
            (tree / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / path, tree / path)
        for path, hunks in read_diff((HERE / f"{name}.diff").read_text(encoding="utf-8")).items():
            file = tree / path
            if not file.exists():
                file.write_text("\n".join([*hunks[0].new, ""]), encoding="utf-8")
                continue
            text = file.read_text(encoding="utf-8")
            for hunk in hunks:
                text = apply(text, hunk, f"{name}: {path}")
            file.write_text(text, encoding="utf-8")
        return cls(name, tree)

    def run(self, *command: str) -> str:
        """What a command of Python prints, run in the copy; AssertionError with it where it fails."""
        return self._say(sys.executable, *command)

    def _say(self, *command: str) -> str:
        env = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST_")}
        env = {key: value for key, value in env.items() if key not in OF_THIS_RUN}
        env["VAR_DIR"] = str(self.tree / "var")
        done = subprocess.run(command, cwd=self.tree, env=env, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{self.name}: {command}\n{done.stdout[-6000:]}\n{done.stderr[-3000:]}"
        return done.stdout

    def migrate(self, app: str) -> None:
        """The migration that the recipe's model needs."""
        self.run("manage.py", "makemigrations", app, "-n", self.name)

    def print_procedure(self) -> None:
        """docs/procedure.md, printed anew."""
        page = self.run("manage.py", "print_procedure")
        (self.tree / "docs" / "procedure.md").write_text(page, encoding="utf-8")

    def touched(self) -> list[str]:
        """The files that differ from the checkout; tests and migrations aside, nothing else."""
        paths = {*files_of(ROOT), *files_of(self.tree)}
        return sorted(path.as_posix() for path in paths if not _is_aside(path) and self._differs(path))

    def _differs(self, path: Path) -> bool:
        before, after = ROOT / path, self.tree / path
        if not (before.exists() and after.exists()):
            return True
        return before.read_bytes() != after.read_bytes()

    def check(self, *standing: str) -> None:
        """What the new thing must do (checks/<name>.py), and tests that stood before it came."""
        checks = f"tests/trials/checks/{self.name}.py"
        self.run("-m", "pytest", "-n0", "-q", "-p", "no:cacheprovider", checks, *standing)

    def check_house(self) -> None:
        """Floors, lengths and form hold with it as without it."""
        self.run("-m", "tests.figures")
        if (floors := Path(sys.executable).with_name("lint-imports")).exists():
            self._say(str(floors), "--no-cache")
        if (ruff := Path(sys.executable).with_name("ruff")).exists():
            changed = [path for path in self.touched() if path.endswith(".py")]
            self._say(str(ruff), "check", "--no-cache", *changed)
            self._say(str(ruff), "format", "--check", "--no-cache", *changed)


def _is_aside(path: Path) -> bool:
    return path.parts[0] == "tests" or "migrations" in path.parts
