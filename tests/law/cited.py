"""Every place in the house where a law is cited: string literals, data files, pages."""

import ast
import json
from collections.abc import Iterator
from pathlib import Path

from tests.figures import APPS, ROOT, sources

# About the notation itself: 水法第三条 stands there as an example.
EXAMPLES = ("law/statutes/citations.py", "law/statutes/numerals.py", "law/statutes/parsing.py")


def name(path: Path) -> str:
    """A file as it is named in the checkout."""
    return path.relative_to(ROOT).as_posix()


def said() -> Iterator[tuple[str, str]]:
    """(where, text) of everything that may name an article; the statutes themselves aside."""
    for path in sources(*APPS):
        if name(path) not in EXAMPLES:
            for line, text in literals(path.read_text(encoding="utf-8")):
                yield f"{name(path)}:{line}", text
    for path in sorted(one for app in APPS for one in (ROOT / app).rglob("*.json")):
        for text in _strings(json.loads(path.read_text(encoding="utf-8"))):
            yield name(path), text
    for path in sorted((ROOT / "templates").rglob("*.html")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            yield f"{name(path)}:{number}", line


def literals(source: str) -> Iterator[tuple[int, str]]:
    """Strings of a module; in f"{ORDER}第五条" the constants of the module are put in."""
    tree = ast.parse(source)
    constants = {
        node.targets[0].id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        and isinstance(node.targets[0], ast.Name)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    }
    inside = {id(one) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for one in node.values}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield node.lineno, "".join(_piece(one, constants) for one in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inside:
            yield node.lineno, node.value


def _piece(node: ast.expr, constants: dict[str, str]) -> str:
    if isinstance(node, ast.Constant):
        return str(node.value)
    named = node.value if isinstance(node, ast.FormattedValue) else node
    return constants.get(getattr(named, "id", ""), "§")


def _strings(value) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _strings(one)
    elif isinstance(value, list):
        for one in value:
            yield from _strings(one)
