"""Keys that reading a `defaultdict` makes.

They are told where the key is written down (``per["b"]``, ``[per[k] for k in ("a", "b")]``) or is a
text that a name holds, and all keys before it were.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

from .arguments import Look
from .bindings import Columns, Step
from .deeds import Read
from .facts import StatementFacts
from .nodes import children, names_in, walk

DEFAULTS = frozenset({"defaultdict", "dd"})
"""Names under which `defaultdict` is called."""
_Known = Mapping[str, tuple[str, ...]]
_LATER = (ast.Lambda, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Try)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


def first_keys(call: ast.Call) -> frozenset[str] | None:
    """The keys of a new `defaultdict`; None where these are not known, or it makes none."""
    given, names = call.args, [keyword.arg for keyword in call.keywords]
    if not given or isinstance(given[0], (ast.Constant, ast.Starred)) or len(given) > 2:
        return None
    held = given[1] if len(given) == 2 else ast.Dict([], [])
    if not isinstance(held, ast.Dict) or None in names:
        return None
    keys = [key.value for key in held.keys if isinstance(key, ast.Constant)]
    if len(keys) != len(held.keys):
        return None
    return frozenset([key for key in [*keys, *names] if isinstance(key, str)])


def makes_keys(step: Step) -> bool:
    """Is what the step calls the `defaultdict` of `collections`?"""
    node = step.facts.node
    value = node.value if isinstance(node, (ast.Assign, ast.AnnAssign)) else None
    func = value.func if isinstance(value, ast.Call) else None
    if isinstance(func, ast.Attribute):
        func = func.value
    binding = step.reads.get(func.id) if isinstance(func, ast.Name) else None
    for one in binding.chain.step.facts.rare.imports if binding is not None else ():
        if one.module == "collections" and one.name in (None, "defaultdict"):
            return True
    return False


def keys_read(read: Read, facts: StatementFacts, look: Look) -> tuple[list[str], bool]:
    """(the keys that the statement surely goes for, does it need no more of the object?)"""
    name = read.name
    if read.items is not None:
        return [one.key for one in read.items if one.certain and not one.attribute], True
    found = list(_keys_in(facts.node, name, {}, look))
    every = [1 for one in walk(facts.node) if isinstance(one, ast.Name) and one.id == name]
    return [key for keys in found for key in keys], len(every) == len(found)


def new_keys(keys: list[str], name: str, columns: Columns, facts: StatementFacts) -> list[str]:
    """Those that are not there yet, and that the statement does not remove."""
    changes = [one for one in facts.mutations if one.how == "del" and one.name == name]
    gone = {key for one in changes for key in one.items or ()}
    return [key for key in dict.fromkeys(keys) if not columns.there.get(key) and key not in gone]


def _keys_in(node: ast.AST, name: str, known: _Known, look: Look) -> Iterator[tuple[str, ...]]:
    """For each place the keys of ``name`` that ``node`` surely goes for; ``known``: what its loops
    go through."""
    parts = children(node)
    if isinstance(node, _LATER):
        return
    if isinstance(node, ast.Subscript):
        of = node.value.id if isinstance(node.value, ast.Name) else ""
        if of == name and isinstance(node.ctx, ast.Load) and _texts(node.slice, known, look):
            yield _texts(node.slice, known, look)
    elif isinstance(node, (ast.If, ast.While, ast.IfExp)):
        parts = [node.test]
    elif isinstance(node, ast.BoolOp):
        parts = node.values[:1]
    elif isinstance(node, _COMPREHENSIONS):
        every = node.generators
        known = {**known, **{k: v for one in every for k, v in _gone_through(one).items()}}
        tested = [one for one in every if one.ifs]
        parts = [every[0].iter, *every[0].ifs[:1], *([] if tested else parts[: -len(every)])]
    elif isinstance(node, (ast.For, ast.AsyncFor)):
        known = {**known, **_gone_through(node)}
    for part in parts:
        yield from _keys_in(part, name, known, look)


def _gone_through(loop: ast.For | ast.AsyncFor | ast.comprehension) -> dict[str, tuple[str, ...]]:
    """The texts that a loop variable is one after the other, if these are written down."""
    target, through = loop.target, loop.iter
    found: tuple[str, ...] = ()
    if isinstance(target, ast.Name) and isinstance(through, (ast.List, ast.Tuple, ast.Set)):
        values = [one.value for one in through.elts if isinstance(one, ast.Constant)]
        found = tuple([one for one in values if isinstance(one, str)])
    return dict.fromkeys(names_in(target), found)


def _texts(key: ast.expr, known: _Known, look: Look) -> tuple[str, ...]:
    if isinstance(key, ast.Constant):
        return (key.value,) if isinstance(key.value, str) else ()
    if not isinstance(key, ast.Name):
        return ()
    if key.id in known:
        return known[key.id]
    held = look(key.id)
    return (held.constant,) if held is not None and isinstance(held.constant, str) else ()
