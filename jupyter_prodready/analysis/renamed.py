"""Statements that are one and the same but for what they call things."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping

from ..records import dataclass, field
from .bindings import root_name
from .builtin_names import is_builtin
from .facts import StatementFacts

_TELLS_NAMES = re.compile(
    r"\b(locals|globals|vars|dir|eval|exec|inspect|_getframe|currentframe|warn|get_ipython|__main__)\b"
)
"""What may show how things are called, or find them by it."""
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_UNSEEN = ("ctx", "kind", "type_comment")


@dataclass(frozen=True)
class Renames:
    """``names`` of the one statement, each with what the other calls it: those that differ.
    ``handed`` are those of the first that it does more with than to call them."""

    names: Mapping[str, str]
    handed: frozenset[str]

    def new(self, location: str) -> str:
        """What the other calls a name, or a part of what it stands for."""
        root = root_name(location)
        return self.names.get(root, root) + location[len(root) :]


SAME = Renames({}, frozenset())
"""All is called what it is called."""


def renames(one: StatementFacts, two: StatementFacts) -> Renames | None:
    """None where the statements differ in more than names, or where one may be shown.

    A name that the other has as well keeps its meaning. Parameters, attributes, keywords and what
    stands in texts are no names here, nor is a class or a decorated function.
    """
    if type(one.node) is not type(two.node) or one.extra != two.extra:
        return None
    if not one.deferred and one.writes == two.writes and one.said.names == two.said.names:
        return None  # no name is another one
    walk = _Walk()
    if not walk.same(one.node, two.node):
        return None
    if _TELLS_NAMES.search(one.text) or _TELLS_NAMES.search(two.text):
        return None
    found = {mine: its for mine, its in walk.names.items() if mine != its}
    meant = walk.bound | _free(one)
    others = walk.strict | walk.names.keys(), walk.strict | walk.back.keys()
    for mine, its in found.items():
        if its in others[0] or mine in others[1] or mine not in meant:
            return None
        if is_builtin(mine) or is_builtin(its):
            return None
    return Renames(found, frozenset(walk.handed & found.keys()))


def _free(facts: StatementFacts) -> set[str]:
    """Names of the page that it reads, or that what it defines will."""
    reads = {read.name for read in facts.reads}
    for _, inner in facts.deferred:
        reads.update([read.name for read in inner.reads])
    return reads


@dataclass
class _Walk:
    """Goes through both trees at once. ``strict`` are texts of the tree that are names as well."""

    names: dict[str, str] = field(default_factory=dict)
    back: dict[str, str] = field(default_factory=dict)
    strict: set[str] = field(default_factory=set)
    bound: set[str] = field(default_factory=set)
    handed: set[str] = field(default_factory=set)
    in_class: bool = False

    def same(self, one: object, two: object) -> bool:
        if type(one) is not type(two):
            return False
        if isinstance(one, ast.Name) and isinstance(two, ast.Name):
            return self._name(one, two)
        if isinstance(one, list) and isinstance(two, list):
            return len(one) == len(two) and all(map(self.same, one, two))
        if not isinstance(one, ast.AST):
            if isinstance(one, str):
                self.strict.add(one)
            return one == two
        before = self.in_class
        self.in_class = isinstance(one, ast.ClassDef) or (before and not _is_function(one))
        same = self._node(one, two, before)
        self.in_class = before
        return same

    def _node(self, one: ast.AST, two: object, in_class: bool) -> bool:
        if isinstance(one, ast.Constant) and isinstance(two, ast.Constant):
            return type(one.value) is type(two.value) and repr(one.value) == repr(two.value)
        fields = [name for name in one._fields if name not in _UNSEEN]
        if isinstance(one, _FUNCTIONS) and isinstance(two, _FUNCTIONS):
            if not in_class and not one.decorator_list:
                fields.remove("name")
                self.bound.add(one.name)
                if not self._pair(one.name, two.name):
                    return False
        elif isinstance(one, ast.Call) and isinstance(two, ast.Call):
            if isinstance(one.func, ast.Name) and isinstance(two.func, ast.Name):
                fields.remove("func")
                if not self._pair(one.func.id, two.func.id):
                    return False
        elif isinstance(one, (ast.Attribute, ast.keyword)):
            key = fields.pop(fields.index("attr" if isinstance(one, ast.Attribute) else "arg"))
            if getattr(one, key) != getattr(two, key):
                return False
        return all(self.same(getattr(one, key, None), getattr(two, key, None)) for key in fields)

    def _name(self, one: ast.Name, two: ast.Name) -> bool:
        if type(one.ctx) is not type(two.ctx) or not self._pair(one.id, two.id):
            return False
        if isinstance(one.ctx, ast.Load):
            self.handed.add(one.id)
        elif self.in_class:
            self.strict.add(one.id)
            return one.id == two.id
        else:
            self.bound.add(one.id)
        return True

    def _pair(self, mine: str, its: str) -> bool:
        return self.names.setdefault(mine, its) == its and self.back.setdefault(its, mine) == mine


def _is_function(node: ast.AST) -> bool:
    return isinstance(node, (*_FUNCTIONS, ast.Lambda))
