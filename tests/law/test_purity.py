"""The law is pure: nothing in it reaches for rows, and nothing asks what day it is but its pages."""

import ast

from tests.figures import ROOT, sources

PAGES = {"law/views.py", "law/templatetags/articles.py"}


def imported(path) -> set[str]:
    """Every module that a file names in an import."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {one.name for one in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {node.module or "", *(f"{node.module}.{one.name}" for one in node.names)}
    return found


def test_no_module_of_the_law_imports_models():
    reaching = {
        path.name: sorted(
            name for name in imported(path) if "models" in name.split(".") or name == "django.db"
        )
        for path in sources("law")
    }
    assert {name: found for name, found in reaching.items() if found} == {}


def test_only_the_pages_know_what_day_it_is():
    asking = {
        path.relative_to(ROOT).as_posix()
        for path in sources("law")
        if any(word in path.read_text(encoding="utf-8") for word in ("date.today(", "timezone.", "now("))
    }
    assert asking <= PAGES
