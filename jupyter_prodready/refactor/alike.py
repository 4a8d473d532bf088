"""Are two runs of statements the same code under other names, and with other literals?"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

_DISPLAYS = (ast.List, ast.Tuple, ast.Set, ast.Dict)
_AGAIN = (
    *(ast.For, ast.AsyncFor, ast.While, ast.Lambda, ast.FunctionDef, ast.AsyncFunctionDef),
    *(ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp),
)
"""What may evaluate its parts more than once."""
_NAMES = {"ExceptHandler": "name", "MatchAs": "name", "MatchStar": "name", "MatchMapping": "rest"}
_UNSEEN = ("ctx", "kind", "type_comment")


@dataclass(frozen=True)
class Alike:
    """``names`` of the first and what they are called in the other; ``literals``: by the
    number of an expression of the first (as `expressions` counts) what the other has there."""

    names: dict[str, str]
    literals: dict[int, ast.expr]


@dataclass(frozen=True)
class Unlike:
    """The first two nodes that differ in more than a name or a literal."""

    one: ast.AST
    other: ast.AST


def compare(one: Sequence[ast.stmt], other: Sequence[ast.stmt]) -> Alike | Unlike:
    """Both are not empty. Every name has one counterpart, and is that of one name only."""
    walk = _Walk()
    if len(one) != len(other):
        return Unlike(one[-1], other[-1])
    for mine, its in zip(one, other, strict=True):
        found = walk.difference(mine, its)
        if found is not None:
            return found
    numbers = {id(node): number for number, node in enumerate(expressions(one))}
    literals = {numbers[id(node)]: its for node, its in walk.literals}
    return Alike(walk.names, literals)


def expressions(statements: Sequence[ast.stmt]) -> Iterator[ast.expr]:
    """All expressions, in an order that does not change when one becomes a name."""
    for statement in statements:
        yield from (node for node in ast.walk(statement) if isinstance(node, ast.expr))


def is_literal(node: ast.AST) -> bool:
    """A value that is written out: it says the same wherever it stands."""
    if isinstance(node, ast.UnaryOp):
        return isinstance(node.operand, ast.Constant) and not isinstance(node.op, ast.Not)
    if isinstance(node, ast.Dict):
        return all(key is not None and is_literal(key) for key in node.keys) and all(
            map(is_literal, node.values)
        )
    if isinstance(node, ast.List | ast.Tuple | ast.Set):
        return all(map(is_literal, node.elts))
    return isinstance(node, ast.Constant)


@dataclass
class _Walk:
    """``is_fixed``: a literal may not become a name here. ``is_once``: it is evaluated once
    at most, so that a list may come from outside."""

    names: dict[str, str] = field(default_factory=dict)
    back: dict[str, str] = field(default_factory=dict)
    literals: list[tuple[ast.expr, ast.expr]] = field(default_factory=list)
    is_fixed: bool = False
    is_once: bool = True

    def difference(self, one: ast.AST, other: ast.AST) -> Unlike | None:
        if isinstance(one, ast.expr) and is_literal(one) and is_literal(other):
            return self._literal(one, other)
        if type(one) is not type(other):
            return Unlike(one, other)
        before = self.is_fixed, self.is_once
        self.is_fixed = self.is_fixed or _keeps_literals(one)
        self.is_once = self.is_once and not isinstance(one, _AGAIN)
        found = self._fields(one, other)
        self.is_fixed, self.is_once = before
        return found

    def _literal(self, one: ast.expr, other: ast.AST) -> Unlike | None:
        assert isinstance(other, ast.expr)
        if ast.dump(one) == ast.dump(other):
            return None
        if not self.is_fixed and (self.is_once or _cannot_change(one, other)):
            self.literals.append((one, other))
            return None
        same = type(one) is type(other) and isinstance(one, _DISPLAYS)
        return self._fields(one, other) if same else Unlike(one, other)

    def _fields(self, one: ast.AST, other: ast.AST) -> Unlike | None:
        if not self._same_names(one, other):
            return Unlike(one, other)
        for name, mine in ast.iter_fields(one):
            its = getattr(other, name)
            pairs = [(mine, its)] if not isinstance(mine, list) else list(zip(mine, its))  # noqa: B905
            if isinstance(mine, list) and len(mine) != len(its):
                return Unlike(one, other)
            for left, right in pairs:
                found = self._value(one, other, name, left, right)
                if found is not None:
                    return found
        return None

    def _value(
        self, one: ast.AST, other: ast.AST, name: str, mine: object, its: object
    ) -> Unlike | None:
        if isinstance(mine, ast.AST) and isinstance(its, ast.AST):
            before = self.is_fixed
            self.is_fixed = before or name in ("annotation", "returns")
            found = self.difference(mine, its)
            self.is_fixed = before
            return found
        is_name = isinstance(one, ast.Name) or _NAMES.get(type(one).__name__) == name
        same = (type(mine), mine) == (type(its), its)
        if name in _UNSEEN or same or (is_name and mine is not None and its is not None):
            return None
        return Unlike(one, other)

    # --- names ----------------------------------------------------------------------

    def _same_names(self, one: ast.AST, other: ast.AST) -> bool:
        key = "id" if isinstance(one, ast.Name) else _NAMES.get(type(one).__name__)
        if key is not None:
            mine, its = getattr(one, key), getattr(other, key)
            return mine is None or its is None or self._pair(mine, its)
        return all(self._pair(name, name) for name in _kept_names(one))

    def _pair(self, mine: str, its: str) -> bool:
        return self.names.setdefault(mine, its) == its and self.back.setdefault(its, mine) == mine


def _kept_names(node: ast.AST) -> list[str]:
    """Names that are called by others, or imported: they must be the same in both."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return [node.name]
    if isinstance(node, ast.arg):
        return [node.arg]
    if isinstance(node, ast.alias):
        return [(node.asname or node.name).partition(".")[0]]
    return list(node.names) if isinstance(node, ast.Global | ast.Nonlocal) else []


def _keeps_literals(node: ast.AST) -> bool:
    """Where a name instead of a literal would mean something else, or is not Python."""
    if isinstance(node, ast.Compare):
        return any(isinstance(op, ast.Is | ast.IsNot) for op in node.ops)
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant)
    return isinstance(node, ast.JoinedStr | ast.pattern)


def _cannot_change(*nodes: ast.AST) -> bool:
    mutable = (ast.List, ast.Set, ast.Dict)
    return not any(isinstance(inner, mutable) for node in nodes for inner in ast.walk(node))
