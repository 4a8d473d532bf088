"""What a container has inside, as it was written down: plain values, or objects that can change?"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from .bindings import Binding, Step
from .elements import is_table
from .nodes import last_name
from .patterns import is_immutable
from .words import words

_OBJECTS = frozenset({"list", "dict", "set"})
_GOING_THROUGH = frozenset({"list", "tuple", "set", "frozenset", "sorted"})
_COPIES = frozenset({"list", "tuple", "set", "dict", "sorted", "reversed", "deque", "copy"})
_PLAIN_VALUES = words("Decimal Fraction date datetime time timedelta Path PurePath Timestamp UUID")
"""Calls of these make what nothing can change."""
_DISPLAYS = (ast.Dict, ast.List, ast.DictComp, ast.ListComp)


def is_display(source: Binding) -> bool:
    """Is it a dict or a list that was written down, of which an element is no view?"""
    node = source.chain.oldest.step.facts.node
    return isinstance(node, ast.Assign) and isinstance(node.value, _DISPLAYS)


def takes_keys(name: str, source: Binding, node: ast.stmt) -> bool:
    """``sorted(d)`` of a dict has its keys alone, which were all written down."""
    call = node.value if isinstance(node, ast.Assign) else None
    if not isinstance(call, ast.Call) or getattr(call.func, "id", None) not in _GOING_THROUGH:
        return False
    if not call.args or getattr(call.args[0], "id", None) != name:
        return False
    *later, first = source.chain.newest_first()
    made = first.step.facts.node
    written = made.value if isinstance(made, ast.Assign) else None
    if not isinstance(written, ast.Dict) or not all(map(_is_constant, written.keys)):
        return False
    return all(_sets_known_key(link.step.facts.node) for link in later)


def _sets_known_key(node: ast.stmt) -> bool:
    target = node.targets[0] if isinstance(node, ast.Assign) else None
    target = node.target if isinstance(node, ast.AugAssign) else target
    while isinstance(target, ast.Subscript) and isinstance(target.slice, ast.Constant):
        target = target.value
    return isinstance(target, ast.Name)


def _is_constant(node: ast.expr | None) -> bool:
    return isinstance(node, ast.Constant)


def has_objects(source: Binding) -> bool:
    """Was it written down with elements that are no plain values?"""
    node = source.chain.oldest.step.facts.node
    value = node.value if isinstance(node, ast.Assign) else None
    if isinstance(value, ast.Dict):
        return any(map(is_object, value.values))
    if isinstance(value, ast.BinOp):
        return any(has_objects(one) for one in _added(value, source.chain.oldest.step))
    if isinstance(value, (ast.List, ast.Tuple, ast.Set)):
        return any(map(is_object, value.elts))
    if isinstance(value, ast.Call):
        return _has_given(value, source.chain.oldest.step)
    return isinstance(value, ast.ListComp) and is_object(value.elt)


def _has_given(call: ast.Call, step: Step) -> bool:
    """Has the result of the call elements that are no plain values?"""
    func, given = call.func, call.args
    if last_name(func) == "defaultdict":
        return last_name(given[0]) in _OBJECTS if given else False
    if last_name(func) == "copy" and type(func) is ast.Attribute and not given:
        given = [func.value]
    elif last_name(func) not in _COPIES or not given:
        return False
    one = step.reads.get(given[0].id) if type(given[0]) is ast.Name else None
    return one is not None and one.chain.oldest.step is not step and has_objects(one)


def has_views(source: Binding) -> bool:
    """Is it an array whose elements are arrays, which see each change of it?"""
    node = source.chain.oldest.step.facts.node
    return isinstance(node, ast.Assign) and is_table(node.value)


def _added(value: ast.BinOp, step: Step) -> Iterator[Binding]:
    """The parts of ``a + b``, as they were then."""
    for part in (value.left, value.right):
        one = step.reads.get(part.id) if isinstance(part, ast.Name) else None
        if one is not None and one.chain.oldest.step is not step:
            yield one


def is_object(node: ast.expr) -> bool:
    if isinstance(node, ast.BinOp):
        return is_object(node.left) or is_object(node.right)
    if isinstance(node, ast.Call) and last_name(node.func) in _PLAIN_VALUES:
        return False
    made = (ast.List, ast.Dict, ast.Set, ast.Call, ast.ListComp, ast.DictComp)
    return isinstance(node, made) and not is_immutable(node)
