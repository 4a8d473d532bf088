"""What a statement changes and does not look at: a log that it adds to, a count."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator, Sequence

from .bindings import Binding, Step
from .nodes import children, last_name, walk

_ADDING = frozenset(
    {"append", "appendleft", "extend", "extendleft", "add", "update", "discard", "clear"}
)
"""Methods of Python's own containers that can be run on whatever is in there."""
_LATER = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda, ast.GeneratorExp)
_ALL_NAMES = frozenset({"locals", "globals", "vars", "dir", "eval", "exec", "get_ipython"})
MOST_STEPS = 200


def is_blind(name: str, step: Step) -> bool:
    """Does the step, with all that it may call, add to what the name stands for and ask nothing of
    it? Then what it shows does not follow from that."""
    return _is_all(name, step, (_added_to, _waited_for))


def is_waited_for(name: str, step: Step) -> bool:
    """Does it say how long to sleep, and nothing else? Then nothing follows from it."""
    if not step.has_code and "sleep" not in step.facts.text:
        return False
    return _is_all(name, step, (_waited_for,))


def _is_all(name: str, step: Step, uses: Sequence[Callable[[ast.AST, str], int]]) -> bool:
    """Is the name there, and is each mention of it one of these?"""
    binding = step.reads.get(name)
    if binding is None or binding.deferred or binding.consumable or binding.opaque:
        return False
    bodies = _bodies(step) if name.isidentifier() else None
    if bodies is None or step.facts.extra.strip(";"):
        return False
    code = [one for body in (step.facts.node, *bodies) for one in walk(body)]
    known = sum(use(one, name) for one in code for use in uses)
    return 0 < known == sum(_mentions(one, name) for one in code)


def _bodies(step: Step) -> list[ast.AST] | None:
    """All code that the step may call, as it is written; None where that is too much."""
    found: dict[int, list[ast.AST]] = {}
    waiting = list(_makers(step.reads.values()))
    while waiting:
        maker = waiting.pop()
        if maker.value in found:
            continue
        if len(found) >= MOST_STEPS:
            return None
        found[maker.value] = _put_off(maker.facts.node)
        waiting += _makers(maker.reads.values())
    return [body for bodies in found.values() for body in bodies]


def _put_off(node: ast.AST) -> list[ast.AST]:
    """The outermost parts that run later."""
    if isinstance(node, _LATER):
        return [node]
    return [later for child in children(node) for later in _put_off(child)]


def _makers(bindings: Iterable[Binding | None]) -> Iterator[Step]:
    for binding in bindings:
        if binding is not None:
            for link in binding.chain.newest_first():
                yield link.step


def _mentions(node: ast.AST, name: str) -> bool:
    """By its name, in a text that may be code, or with all others?"""
    if isinstance(node, ast.Constant):
        return isinstance(node.value, str) and name in node.value
    return isinstance(node, ast.Name) and (node.id == name or node.id in _ALL_NAMES)


def _added_to(node: ast.AST, name: str) -> int:
    """``name.append(x)`` as a statement, or ``name += 1``."""
    if isinstance(node, ast.AugAssign):
        return isinstance(node.target, ast.Name) and node.target.id == name
    call = node.value if isinstance(node, ast.Expr) else None
    func = call.func if isinstance(call, ast.Call) else None
    if not isinstance(func, ast.Attribute) or func.attr not in _ADDING:
        return False
    return isinstance(func.value, ast.Name) and func.value.id == name


def _waited_for(node: ast.AST, name: str) -> int:
    """``sleep(name)`` as a statement, of `time` or `asyncio`."""
    call = node.value if isinstance(node, ast.Expr) else None
    call = call.value if isinstance(call, ast.Await) else call
    if not isinstance(call, ast.Call) or last_name(call.func) != "sleep":
        return 0
    inside = [one for argument in call.args for one in walk(argument)]
    if any(isinstance(one, (ast.Call, ast.NamedExpr)) for one in inside):
        return 0
    return sum(isinstance(one, ast.Name) and one.id == name for one in inside)
