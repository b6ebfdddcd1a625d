"""The house rules, held by checks rather than by memory."""

import ast
import re
import sys
from functools import partial
from pathlib import Path

import pytest
from django.core.management import call_command
from django.urls import URLPattern, URLResolver, get_resolver

from config import procedure
from config.policy import POLICY
from tests.figures import APPS, ROOT, figures, sources

MAX_FILE, MAX_FUNCTION, MAX_TEMPLATE = 400, 50, 150
LONG_ON_PURPOSE: dict[str, str] = {}
MAX_TEMPLATE_LINE = 160
MAX_VALUES = 8
BESIDES = {"by", "version", "now", "self", "cls"}  # what a deed always takes tells nothing of this one


def name(path):
    """A file as it is named in the checkout."""
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", list(sources(*APPS, "tests")), ids=name)
def test_a_file_can_be_read_in_one_sitting(path):
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= MAX_FILE or name(path) in LONG_ON_PURPOSE, f"{lines} lines"


def functions():
    """Every function of the product with its length, from signature to last line."""
    for path in sources(*APPS):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield path, node, node.end_lineno - node.lineno + 1


def test_no_function_is_longer_than_a_screen():
    long = [
        f"{name(path)}:{node.name} {length}" for path, node, length in functions() if length > MAX_FUNCTION
    ]
    assert not long


def values_into(node: ast.FunctionDef) -> list[str]:
    """The names of what a function takes, without what every deed takes."""
    taken = node.args
    every = [*taken.posonlyargs, *taken.args, taken.vararg, *taken.kwonlyargs, taken.kwarg]
    return [each.arg for each in every if each is not None and each.arg not in BESIDES]


def crowded(where: str, node: ast.FunctionDef) -> list[str]:
    """A public function into which more values come than a reader keeps apart."""
    count = len(values_into(node))
    return [f"{where}:{node.name} {count}"] if count > MAX_VALUES and not node.name.startswith("_") else []


def test_a_service_takes_few_values_or_one_dataclass():
    found = []
    for path, node, _ in functions():
        if "services" in path.relative_to(ROOT).parts:
            found += crowded(name(path), node)
    assert found == []


@pytest.mark.parametrize(
    "seeded",
    [
        "def add(*, by, version=None, now=None, a, b, c, d, e, f, g, h, i): ...",
        "def add(a, b, c, /, d, e, *f, g, h, **i): ...",
    ],
)
def test_the_check_itself_sees_a_crowded_service(seeded):
    (node,) = ast.parse(seeded).body
    assert crowded("x.py", node) == ["x.py:add 9"]


def test_no_template_is_longer_than_it_can_be_read():
    long = [
        f"{name(path)} {len(path.read_text(encoding='utf-8').splitlines())}"
        for path in sorted((ROOT / "templates").rglob("*.html"))
        if len(path.read_text(encoding="utf-8").splitlines()) > MAX_TEMPLATE
    ]
    assert not long


@pytest.mark.parametrize("app", APPS)
def test_an_app_keeps_its_files_and_functions_short(app):
    row = figures(app)
    assert not row.past, row


def test_a_line_of_a_template_can_be_read():
    wide = [
        f"{name(path)}:{number} {len(line)}"
        for path in sorted((ROOT / "templates").rglob("*.html"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if len(line) > MAX_TEMPLATE_LINE
    ]
    assert not wide


def test_every_module_and_public_function_says_what_it_is():
    silent = []
    for path in sources(*APPS):
        text = path.read_text(encoding="utf-8")
        if not text.strip():
            continue
        tree = ast.parse(text)
        if not ast.get_docstring(tree):
            silent.append(name(path))
        silent += [
            f"{name(path)}:{node.name}"
            for node in tree.body
            if isinstance(node, ast.FunctionDef | ast.ClassDef)
            and not node.name.startswith("_")
            and not ast.get_docstring(node)
        ]
    assert not silent


# What an address of accounts or reminders is about was fetched by the middleware; books that everybody reads.
OF_THE_SUBJECT = re.compile(r"\b(agency|person|actor|deputy)=(subject|agency|user|request\.(subject|user))\b")
FOR_EVERYBODY = re.compile(r"\b(CalendarDay|Standard)\.objects\.|\.objects\.managed_by\(")
READS_ON_PURPOSE = {
    "accounts/views/audit.py": "the auditor's own rule stands there: entries_for",
    "accounts/views/books.py:IssuedNumber.objects.values(": "narrows offices that are visible",
}


def unseen_reads(where: str, text: str) -> list[str]:
    """Lines of a view that reach for rows without asking who may see them."""
    return [
        f"{where}:{number}: {line.strip()}"
        for number, line in enumerate(text.splitlines(), 1)
        if re.search(r"\.objects\.(?!visible_to)", line)
        and not (where.startswith(("accounts/", "reminders/")) and _reads_its_own(line))
        and where not in READS_ON_PURPOSE
        and not any(f"{where}:" in key and key.split(":")[1] in line for key in READS_ON_PURPOSE)
    ]


def _reads_its_own(line) -> bool:
    return bool(OF_THE_SUBJECT.search(line) or FOR_EVERYBODY.search(line))


def test_views_start_from_visible_rows():
    """No view reaches rows but through `visible_to` (or a service that does)."""
    found = []
    for app in ("accounts", "reminders", "registry", "clues", "cases", "campaigns", "ledgers"):
        for path in sources(f"{app}/views"):
            found += unseen_reads(name(path), path.read_text(encoding="utf-8"))
    assert not found


def test_the_check_itself_sees_a_view_that_reads_everything():
    seeded = "rows = User.objects.filter(pk=pk)\nmine = Absence.objects.filter(person=request.user)"
    assert unseen_reads("accounts/views/seeded.py", seeded) == [
        "accounts/views/seeded.py:1: rows = User.objects.filter(pk=pk)"
    ]
    assert len(unseen_reads("cases/views/seeded.py", seeded)) == 2


WRITERS = {"services", "models", "migrations"}
WRITES_ON_PURPOSE = {"config/backups": "a restore puts back what services wrote"}
ALWAYS = {
    "create",
    "bulk_create",
    "bulk_update",
    "get_or_create",
    "update_or_create",
    "_raw_delete",
    "save_base",
}


def writes_of(where: str, text: str) -> list[str]:
    """Calls that write rows. A workbook is saved to something, a dict updated with something: a
    row is saved and deleted with nothing, rows are updated by keywords."""
    found = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            method, bare = node.func.attr, not node.args
            if (
                method in ALWAYS
                or (method in ("save", "delete") and bare)
                or (method == "update" and bare and node.keywords)
            ):
                found.append(f"{where}:{node.lineno}: {ast.unparse(node.func)}")
    return found


def test_only_services_and_models_write():
    """Views, forms, receivers, commands are traffic: what writes is a service."""
    found = []
    for path in sources(*APPS):
        where = name(path)
        if not WRITERS & set(path.parts) and not where.startswith(tuple(WRITES_ON_PURPOSE)):
            found += writes_of(where, path.read_text(encoding="utf-8"))
    assert not found


@pytest.mark.parametrize(
    "seeded",
    [
        "Clue.objects.create(agency=a)",
        "clue.save()",
        "clue.save(update_fields=['state'])",
        "clue.delete()",
        "Clue.objects.filter(pk=1).update(state='x')",
        "Clue.objects.bulk_create(rows)",
        "Clue.objects.get_or_create(pk=1)",
    ],
)
def test_the_check_itself_sees_a_view_that_writes(seeded):
    assert writes_of("clues/views/seeded.py", seeded) != []
    assert writes_of("x", "book.save(stream)\nwords.update(more)\nset().update(a, b)") == []


def test_no_template_carries_a_script_or_a_style():
    """The strict content policy would silently drop them."""
    inline = re.compile(
        r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)|javascript:|https?://", re.IGNORECASE
    )
    found = [
        f"{name(path)}:{number}: {line.strip()[:80]}"
        for path in sorted((ROOT / "templates").rglob("*.html"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if inline.search(line) and "http://www.w3.org" not in line
    ]
    assert not found


def patterns_of(patterns=None, prefix=""):
    """(name, pattern) of every address of the house."""
    for pattern in patterns if patterns is not None else get_resolver().url_patterns:
        if isinstance(pattern, URLResolver):
            space = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from patterns_of(pattern.url_patterns, space)
        elif isinstance(pattern, URLPattern):
            yield f"{prefix}{pattern.name}", pattern


def addresses():
    """Every named address of the house."""
    return [address for address, _ in patterns_of()]


def is_findable(view) -> bool:
    """Whether a view is what its module defines by `def` under the name it has."""
    module = sys.modules.get(getattr(view, "__module__", ""))
    if module is None or getattr(module, getattr(view, "__name__", ""), None) is not view:
        return False
    tree = ast.parse(Path(module.__file__).read_text(encoding="utf-8"))
    return any(isinstance(node, ast.FunctionDef) and node.name == view.__name__ for node in tree.body)


def test_a_view_is_found_by_its_name():
    """No view is put together at run time: searching for the name leads to its `def`."""
    made = [address for address, pattern in patterns_of() if not is_findable(pattern.callback)]
    assert made == []


def test_the_check_itself_sees_a_view_without_a_name():
    assert not is_findable(partial(is_findable, None))
    assert not is_findable(lambda request: None)
    assert is_findable(is_findable)


def test_every_address_has_a_policy():
    assert sorted(set(addresses()) - set(POLICY)) == []


def test_no_policy_is_left_over():
    assert sorted(set(POLICY) - set(addresses())) == []


def test_the_procedure_page_is_the_acts_table():
    page = (ROOT / "docs" / "procedure.md").read_text(encoding="utf-8")
    assert page == procedure.text(), "run: manage.py print_procedure > docs/procedure.md"


def test_models_and_migrations_agree(db):
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_the_procedure_page_has_every_table_of_acts():
    """A table that is forgotten there is one that no legal reviewer reads."""
    forgotten = []
    for path in sources(*APPS):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "ActTable":
                (title,) = [word.value.value for word in node.keywords if word.arg == "title"]
                if title not in {table.title for table in procedure.TABLES}:
                    forgotten.append(f"{name(path)}: {title}")
    assert forgotten == []
