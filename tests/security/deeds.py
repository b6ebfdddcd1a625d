"""Reads from the source which deed writes into the trail on every way through it, without running any.

A way through a function records if a call on it, always made, is trail.record or a function that
itself records on every way. A loop may run no times, both sides of a branch must record; a function
written inside and handed on is taken to be run.
"""

import ast
from dataclasses import dataclass, field
from pathlib import Path

from tests.figures import APPS, ROOT, sources

RECORDS = {"accounts.services.trail.record", "accounts.services.trail.record_many"}


@dataclass
class Function:
    """A function of the product: its tree and what the names in it stand for."""

    name: str
    node: ast.FunctionDef
    names: dict[str, str] = field(repr=False, default_factory=dict)
    local: set[str] = field(repr=False, default_factory=set)

    def called(self, call: ast.Call) -> str:
        """The full name of what a call calls; "" where only running could tell."""
        target = call.func
        if isinstance(target, ast.Name):
            module = self.name.rpartition(".")[0]
            return f"{module}.{target.id}" if target.id in self.local else self.names.get(target.id, "")
        if isinstance(target, ast.Attribute) and isinstance(target.value, ast.Name):
            module = self.names.get(target.value.id, "")
            return f"{module}.{target.attr}" if module else ""
        return ""


def functions_of(text: str, module: str) -> list[Function]:
    """Every function at the top of a module."""
    tree = ast.parse(text)
    names = {}
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and node.module:
            names |= {each.asname or each.name: f"{node.module}.{each.name}" for each in node.names}
    defined = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    local = {node.name for node in defined}
    return [Function(f"{module}.{node.name}", node, names, local) for node in defined]


def product() -> dict[str, Function]:
    """Every function at the top of a module of the product, by its full name."""
    found = {}
    for path in sources(*APPS):
        module = ".".join(Path(path).relative_to(ROOT).with_suffix("").parts)
        for function in functions_of(path.read_text(encoding="utf-8"), module):
            found[function.name] = function
    return found


def is_deed(function: Function) -> bool:
    """A public service that somebody does: `by` first among its keywords."""
    words = [each.arg for each in function.node.args.kwonlyargs]
    public = not function.node.name.startswith("_")
    return public and ".services." in function.name and words[:1] == ["by"]


def recorders(functions: dict[str, Function], looping=False) -> set[str]:
    """The functions that record on every way through them; `looping`: where loops find something."""
    known, grown = set(RECORDS), True
    while grown:
        unknown = {name: each for name, each in functions.items() if name not in known}
        fresh = {name for name, each in unknown.items() if not _Ways(each, known, looping).silent}
        known |= fresh
        grown = bool(fresh)
    return known


class _Ways:
    """The ways through one function; `silent` are the lines where one ends without a record."""

    def __init__(self, function: Function, known: set[str], looping: bool):
        self.function, self.known, self.silent = function, known, []
        self.looping, self.inner = looping, set()
        if self._block(function.node.body, False) is False:
            self.silent.append(function.node.end_lineno)

    def _block(self, statements, recorded):
        """Whether it is recorded behind these statements; None where nothing comes behind them."""
        for statement in statements:
            recorded = self._statement(statement, recorded)
            if recorded is None:
                return None
        return recorded

    def _statement(self, node, recorded):
        if isinstance(node, ast.Return):
            if not (recorded or self._in(node.value)):
                self.silent.append(node.lineno)
            return None
        if isinstance(node, ast.Raise | ast.Continue | ast.Break):
            return None
        if isinstance(node, ast.If):
            recorded = recorded or self._in(node.test)
            return both(self._block(node.body, recorded), self._block(node.orelse, recorded))
        if isinstance(node, ast.For | ast.While):
            before = recorded or self._in(node.iter if isinstance(node, ast.For) else node.test)
            inside = self._block(node.body, before)
            return bool(inside) if self.looping else before
        if isinstance(node, ast.With):
            recorded = recorded or any(self._in(item.context_expr) for item in node.items)
            return self._block(node.body, recorded)
        if isinstance(node, ast.Try):
            return self._try(node, recorded)
        if isinstance(node, ast.FunctionDef):
            inner = Function(self.function.name, node, self.function.names, self.function.local)
            if not _Ways(inner, self.known, self.looping).silent:
                self.inner.add(node.name)
            return recorded
        return recorded or self._in(node)

    def _try(self, node, recorded):
        behind = self._block([*node.body, *node.orelse], recorded)
        for handler in node.handlers:
            behind = both(behind, self._block(handler.body, recorded))
        if node.finalbody:
            last = self._block(node.finalbody, bool(recorded))
            return None if last is None or behind is None else behind or last
        return behind

    def _in(self, node) -> bool:
        """Whether a call that records is always made when this is worked out."""
        if node is None or isinstance(node, ast.Lambda):
            return False
        if isinstance(node, COMPREHENSIONS) and not self.looping:
            return False
        if isinstance(node, ast.BoolOp):
            return self._in(node.values[0])
        if isinstance(node, ast.IfExp):
            return self._in(node.test) or (self._in(node.body) and self._in(node.orelse))
        if isinstance(node, ast.Call) and (self.function.called(node) in self.known or self._hands_on(node)):
            return True
        return any(self._in(each) for each in ast.iter_child_nodes(node))

    def _hands_on(self, call) -> bool:
        """A deed written inside this function and handed to what runs it."""
        return any(isinstance(each, ast.Name) and each.id in self.inner for each in call.args)


COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


def both(one, other):
    """Recorded on both ways, of those that go on."""
    ways = [way for way in (one, other) if way is not None]
    return all(ways) if ways else None
