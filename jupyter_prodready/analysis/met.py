"""Methods that code surely runs though it calls none: ``__iter__``, and properties."""

from __future__ import annotations

import ast
import operator
from collections.abc import Iterator
from functools import partial

from .arguments import Look
from .bindings import Binding
from .consumed import asked_of, is_named, sure_parts
from .facts import DeferredFacts
from .nodes import last_name

_COMPREHENDED = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_PROPERTIES = frozenset({"property", "cached_property"})


def class_that_made(binding: Binding) -> DeferredFacts | None:
    """The class of the page whose call surely made the object: ``x = C()``."""
    step = binding.chain.oldest.step
    call = step.facts.result_of
    return _one_class(step.reads.get(call.func), binding) if call is not None else None


def class_of_elements(binding: Binding) -> DeferredFacts | None:
    """The class that made all elements of a list that is as it was written: ``[C(1), C(2)]``."""
    node, reads = binding.chain.step.facts.node, binding.chain.step.reads
    if binding.chain.before is not None or not isinstance(node, ast.Assign):
        return None
    value = node.value
    every = [value.elt] if isinstance(value, ast.ListComp) else getattr(value, "elts", [])
    if not every or not isinstance(value, (ast.ListComp, ast.List, ast.Tuple)):
        return None
    names = {_called(one) for one in every}
    return _one_class(reads.get(names.pop()), binding) if len(names) == 1 else None


def _called(node: ast.expr) -> str:
    func = node.func if isinstance(node, ast.Call) else None
    return func.id if isinstance(func, ast.Name) else ""


def _one_class(owner: Binding | None, of: Binding) -> DeferredFacts | None:
    classes = [one for one in owner.deferred if one.kind == "class"] if owner is not None else []
    if len(classes) != 1 or classes[0] not in of.deferred:
        return None
    return classes[0] if classes[0].method("__new__") is None else None


def is_property(body: DeferredFacts | None) -> bool:
    decorators = body.node.decorator_list if body is not None and body.node is not None else ()
    return [last_name(one) in _PROPERTIES for one in decorators] == [True]


def parts_of_elements(name: str, node: ast.AST, look: Look) -> Iterator[str]:
    """Attributes that ``node`` surely reads of the elements of what ``name`` stands for, unless
    there are none."""
    for loop, target in _loops(name, node, look):
        for one in sure_parts(loop, loops=True):
            of = one.value if isinstance(one, ast.Attribute) else None
            if isinstance(one, ast.Attribute) and isinstance(of, ast.Name) and of.id == target:
                yield one.attr


def _loops(name: str, node: ast.AST, look: Look) -> Iterator[tuple[ast.AST, str]]:
    """The loops over what ``name`` stands for, each with its variable."""
    is_it = is_named(name)
    for one in sure_parts(node, loops=True):
        first = one.generators[0] if isinstance(one, _COMPREHENDED) else one
        if not isinstance(first, (ast.For, ast.comprehension)) or not is_it(first.iter):
            continue
        if not isinstance(first.target, ast.Name):
            continue
        if not isinstance(one, ast.GeneratorExp):
            yield one, first.target.id
        elif asked_of(node, partial(operator.is_, one), look, loops=True):
            yield ast.ListComp(one.elt, one.generators), first.target.id
