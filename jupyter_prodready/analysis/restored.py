"""Context managers that set back what they change: after a block of theirs it is as it was.

``self.before, Unit.now = Unit.now, "F"`` in ``__enter__`` and ``Unit.now = self.before`` in
``__exit__``; ``before = Unit.now`` and a ``finally`` in a function with `contextmanager`.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Sequence

from .facts import DeferredFacts, Mutation
from .nodes import last_name, walk
from .scope import MANAGERS, FunctionNode, bound_in, parameters

Place = tuple[str, str]
"""A part of what a name of the page stands for: an attribute, or an item of a literal key."""
BY_HAND = frozenset({"__enter__", "enter_context"})
"""Methods that enter a block which ends elsewhere, if at all."""
_LEAVES = (ast.Return, ast.Raise)


def let_be_restored(defined: DeferredFacts, node: FunctionNode | ast.ClassDef) -> None:
    """Have ``defined``, what ``node`` defines, change nothing that it sets back."""
    if isinstance(node, ast.ClassDef):
        places = _by_class(node)
        elsewhere = [m for key, one in defined.methods for m in _others(key, one)]
    else:
        places, elsewhere = _by_function(node), []
        defined.enters = False
    taken_back = [m for m in defined.mutations if _place(m) in places and m not in elsewhere]
    if taken_back:
        defined.restores = tuple(taken_back)
        defined.mutations = tuple([m for m in defined.mutations if m not in taken_back])


def is_manager(node: FunctionNode) -> bool:
    """Does `with` run it, by a decorator of `contextlib`?"""
    return any(last_name(one) in MANAGERS for one in node.decorator_list)


def _place(mutation: Mutation) -> Place | None:
    items = mutation.items
    if mutation.how != "set" or mutation.deep or items is None or len(items) != 1:
        return None
    return mutation.name, items[0]


def _others(key: str, method: DeferredFacts) -> Sequence[Mutation]:
    return () if key in ("__enter__", "__exit__") else method.mutations


def _by_class(node: ast.ClassDef) -> frozenset[Place]:
    methods = {one.name: one for one in node.body if isinstance(one, ast.FunctionDef)}
    enter, leave = methods["__enter__"], methods["__exit__"]
    names = [parameters(one.args)[:1] for one in (enter, leave)]
    if enter.decorator_list or leave.decorator_list or not all(names):
        return frozenset()
    saved = _saved(enter, names[0][0])
    kept = [one.attr for one in walk(node) if isinstance(one, ast.Attribute) and _is_stored(one)]
    back = dict(_set_back(leave.body, leave, names[1][0]))
    return frozenset(
        [place for place, at in saved.items() if back.get(place) == at and kept.count(at) == 1]
    )


def _by_function(node: FunctionNode) -> frozenset[Place]:
    saved = _saved(node, None)
    kept = [one.id for one in walk(node) if isinstance(one, ast.Name) and _is_stored(one)]
    yields = [one for one in walk(node) if isinstance(one, (ast.Yield, ast.YieldFrom))]
    for one in node.body:
        if isinstance(one, ast.Try) and len(yields) == 1 and yields[0] in _inside(one.body):
            back = dict(_set_back(one.finalbody, node, None))
            return frozenset(
                [p for p, at in saved.items() if back.get(p) == at and kept.count(at) == 1]
            )
    return frozenset()


def _inside(body: Iterable[ast.stmt]) -> list[ast.AST]:
    return [one for child in body for one in walk(child)]


def _saved(function: FunctionNode, own: str | None) -> dict[Place, str]:
    """Where it keeps, before anything else may set it, what it finds at a place: in an attribute of
    ``own``, else in a name."""
    found: dict[Place, str] = {}
    local = bound_in(function.body)[0].union(parameters(function.args))
    passed: set[Place] = set()
    for statement in function.body:
        if not isinstance(statement, ast.Assign) and _sets_any(statement):
            break
        pairs = list(_pairs(statement))
        for target, value in pairs:
            place, at = _place_of(value, local), _keeper(target, own)
            if place is not None and at is not None and place not in passed:
                found.setdefault(place, at)
        passed |= {place for target, _ in pairs if (place := _place_of(target, local))}
    return found


def _set_back(
    body: Sequence[ast.stmt], function: FunctionNode, own: str | None
) -> Iterator[tuple[Place, str]]:
    """What surely gets back there what was kept; the last one counts."""
    local = bound_in(function.body)[0].union(parameters(function.args))
    for statement in body:
        if any(isinstance(one, _LEAVES) for one in walk(statement)):
            return
        for target, value in _pairs(statement):
            if (place := _place_of(target, local)) is not None:
                yield place, _keeper(value, own) or ""


def _sets_any(statement: ast.stmt) -> bool:
    """May it set an attribute or an item?"""
    parts = (ast.Attribute, ast.Subscript)
    return any(isinstance(one, parts) and _is_stored(one) for one in walk(statement))


def _is_stored(node: ast.Attribute | ast.Subscript | ast.Name) -> bool:
    return not isinstance(node.ctx, ast.Load)


def _pairs(statement: ast.stmt) -> Iterator[tuple[ast.expr, ast.expr]]:
    """What an assignment puts where, one by one."""
    if not isinstance(statement, ast.Assign):
        return
    value = statement.value
    for target in statement.targets:
        if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
            yield from zip(target.elts, value.elts, strict=False)
        else:
            yield target, value


def _place_of(node: ast.expr, local: frozenset[str]) -> Place | None:
    """The place of the page that ``node`` is, unless its name is a local one."""
    if not isinstance(node, (ast.Attribute, ast.Subscript)):
        return None
    if not isinstance(node.value, ast.Name) or node.value.id in local:
        return None
    if isinstance(node, ast.Attribute):
        return node.value.id, node.attr
    key = node.slice.value if isinstance(node.slice, ast.Constant) else None
    return (node.value.id, key) if isinstance(key, str) else None


def _keeper(node: ast.expr, own: str | None) -> str | None:
    """The name, or the attribute of ``own``, that ``node`` is."""
    if own is None:
        return node.id if isinstance(node, ast.Name) else None
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        return node.attr if node.value.id == own else None
    return None
