"""How long the house's files and functions are: `python -m tests.figures` prints it per app.

Exit code 1 where a ninetieth percentile is past its limit; migrations and empty files aside.
"""

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
APPS = ("common", "law", "accounts", "clues", "cases", "ledgers", "config")
FILE_P90, FUNCTION_P90 = 200, 20


@dataclass(frozen=True)
class Figures:
    """One app: how many files and lines, the ninetieth percentile of file and function lengths."""

    app: str
    files: int
    lines: int
    file_p90: int
    function_p90: int

    @property
    def past(self) -> bool:
        """Whether the app has outgrown its limits."""
        return self.file_p90 > FILE_P90 or self.function_p90 > FUNCTION_P90


def sources(*folders: str) -> Iterator[Path]:
    """Python files of the product, migrations left out."""
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path


def function_lengths(text: str) -> list[int]:
    """The lines of every function in a source, from signature to last line."""
    return [
        node.end_lineno - node.lineno + 1
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def p90(lengths: list[int]) -> int:
    """The length that nine of ten do not exceed."""
    return sorted(lengths)[max(0, -(-len(lengths) * 9 // 10) - 1)] if lengths else 0


def figures(app: str) -> Figures:
    """The figures of one app as it stands in the checkout."""
    texts = [text for path in sources(app) if (text := path.read_text(encoding="utf-8")).strip()]
    lengths = [len(text.splitlines()) for text in texts]
    functions = [length for text in texts for length in function_lengths(text)]
    return Figures(app, len(texts), sum(lengths), p90(lengths), p90(functions))


def main() -> int:
    """Print the table; 1 when an app is past its limits."""
    rows = [figures(app) for app in APPS]
    sys.stdout.write(f"{'app':<10} {'files':>5} {'lines':>6} {'file p90':>9} {'function p90':>13}\n")
    for row in rows:
        sys.stdout.write(
            f"{row.app:<10} {row.files:>5} {row.lines:>6} {row.file_p90:>9} {row.function_p90:>13}"
            f"{'  past' if row.past else ''}\n"
        )
    return int(any(row.past for row in rows))


if __name__ == "__main__":
    sys.exit(main())
