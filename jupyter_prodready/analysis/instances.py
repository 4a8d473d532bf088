"""Which methods of an instance a statement may run, where that can be told."""

from __future__ import annotations

import ast
from collections.abc import Iterable

from .arguments import Look
from .bindings import Binding
from .facts import DeferredFacts, Read, StatementFacts
from .followed import Functions, methods_named
from .identity import class_of
from .nodes import walk
from .special import ORDERING, is_special, put_into

_REACHES_ANY = frozenset({"getattr", "vars", "eval", "exec", "operator", "methodcaller", "super"})
FACTORIES = "default_factory"
"""In the place of a method: what makes the values of new instances."""
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_AT_ANY_TIME = frozenset({"__del__", "__get__", "__set__"})
_FINDS_ANY = frozenset({"__getattr__", "__getattribute__"})


def methods_used(
    name: str, made_by: DeferredFacts, facts: StatementFacts, functions: Functions
) -> list[DeferredFacts] | None:
    """The methods of the class that ``facts`` can come to through ``name``, of which it uses
    parts alone; None where it may be any of them."""
    methods = dict(made_by.methods)
    if made_by.bases or not _FINDS_ANY.isdisjoint(methods):
        return None
    if is_called(name, facts) or _reaches_any(facts.reads):
        return None
    parts = methods_named(name, facts.node, functions=functions)
    if parts is None:
        return None
    called = [one.attr for one in walk(facts.node) if isinstance(one, ast.Attribute)]
    unseen = [key for key, body in methods.items() if _runs_by_others(key, body)]
    return _reached([*parts, *called, *unseen], made_by)


def definitions(look: Look) -> Functions:
    """What gives a function of the page that is what its one definition says."""

    def definition(name: str) -> ast.FunctionDef | None:
        binding = look(name)
        if binding is None or binding.chain.before is not None:
            return None
        made = binding.chain.step.facts.node
        return made if isinstance(made, ast.FunctionDef) and made.name == name else None

    return definition


def has_kept(facts: StatementFacts) -> bool:
    """Does it put off more than the lambdas that are written in it?"""
    if not facts.anonymous:
        return False
    return len(facts.anonymous) != sum(isinstance(one, ast.Lambda) for one in walk(facts.node))


def read_by_name(facts: StatementFacts, look: Look) -> list[str]:
    """Names of which the statement reads an attribute that a method of the page may compute:
    ``bill.late``."""
    found: list[str] = []
    for read in facts.reads:
        binding = look(read.name)
        if binding is None or binding.bare or read.name in facts.invoked:
            continue
        if any(one.kind == "class" and _computes(one, read) for one in binding.deferred):
            found.append(read.name)
    return found


def _computes(code: DeferredFacts, read: Read) -> bool:
    named = [item.key for item in read.items or () if item.attribute]
    for key, body in code.methods:
        if key in _FINDS_ANY or (body.decorated and (read.items is None or key in named)):
            return True
    return bool(code.bases)


def runs_nothing(name: str, defined: DeferredFacts, facts: StatementFacts) -> bool:
    """Does ``facts`` use the class that ``name`` stands for by attributes alone that are no
    methods: ``print(A.n)``?"""
    if defined.bases or is_called(name, facts) or _reaches_any(facts.reads):
        return False
    parts = _attributes(name, facts.node)
    return parts is not None and all(defined.method(part) is None for part in parts)


def reads_values(read: Read, binding: Binding) -> bool:
    """Does a function that reads no more of the name than this have attributes of a class that are
    no methods: ``A.n``?"""
    defined = class_of(read.name, binding)
    if defined is None or defined.bases or len(binding.deferred) > 1:
        return False
    for key, attribute, _, _ in read.items or ():
        if not attribute or defined.method(key) is not None or key[:2] == "__":
            return False
    return True


def shows_values(name: str, made_by: DeferredFacts, facts: StatementFacts) -> bool:
    """Can it be seen from the text alone that ``facts`` uses the class, or an instance of it, by
    attributes that are no methods?"""
    text = facts.text
    uses = text.count(name)
    if not uses or uses != text.count(f"{name}.") or facts.rare.extra or not text.isascii():
        return False
    if made_by.bases or not made_by.methods or _reaches_any(facts.reads):
        return False
    return not [1 for key, body in made_by.methods if key in text or _runs_unseen(key, body)]


def only_makes(name: str, facts: StatementFacts) -> bool:
    """Does it make instances alone, and put them into a list: ``xs = [a, C(1), C(2)]``?"""
    node = facts.node
    made = put_into(node.value) if isinstance(node, ast.Assign) else ()
    calls = [one.func for one in made if isinstance(one, ast.Call)]
    plain = [one for one in calls if isinstance(one, ast.Name) and one.id == name]
    if not plain:
        return False
    uses = [one for one in walk(node) if isinstance(one, ast.Name) and one.id == name]
    return len(plain) == len(uses)


def is_called(name: str, facts: StatementFacts) -> bool:
    """May what it stands for be called itself, and so used otherwise than by its attributes?"""
    if not [1 for call in facts.calls if call.func == name and call.method is None]:
        return False
    if ORDERING.isdisjoint([call.func for call in facts.calls]):
        return True
    nodes = walk(facts.node)
    uses = sum(isinstance(one, ast.Name) and one.id == name for one in nodes)
    calls = [one for one in nodes if isinstance(one, ast.Call)]
    ordered = [one for one in calls if getattr(one.func, "id", None) in ORDERING]
    given = [getattr(argument, "id", None) for one in ordered for argument in one.args]
    return uses != given.count(name)


def _reaches_any(reads: Iterable[Read]) -> bool:
    return not _REACHES_ANY.isdisjoint([read.name for read in reads])


def _attributes(name: str, node: ast.stmt) -> list[str] | None:
    """The attributes by which ``node`` uses the name; None where it uses it otherwise, too."""
    uses, parts = 0, []
    for one in walk(node):
        if isinstance(one, ast.Name):
            uses += one.id == name
        elif isinstance(one, ast.Attribute) and getattr(one.value, "id", None) == name:
            parts.append(one.attr)
    return parts if len(parts) == uses else None


def _runs_unseen(key: str, body: DeferredFacts) -> bool:
    """Does Python, or a decorator, call it where nothing names it?"""
    return body.decorated or (key[:2] == "__" and key != "__init__")


def _runs_by_others(key: str, body: DeferredFacts) -> bool:
    """May what uses the object in a way that is seen call the method by a way that is not?"""
    return (body.decorated and not body.by_name) or key in _AT_ANY_TIME


def _reached(names: Iterable[str], made_by: DeferredFacts) -> list[DeferredFacts] | None:
    """The methods of these names, with those that their bodies come to."""
    methods = dict(made_by.methods)
    body_of_class = made_by.node.body if made_by.node is not None else ()
    code = {one.name: one for one in body_of_class if isinstance(one, _FUNCTIONS)}
    waiting = list(names)
    found: dict[str, DeferredFacts] = {}
    while waiting:
        name = waiting.pop()
        body = methods.get(name)
        if body is None or name in found:
            continue
        own = _used_of_own(body, code[name], methods) if name in code else None
        if own is None or _reaches_any(body.reads):
            return None
        found[name] = body
        waiting += [*body.attributes, *own]
    return [body for _, body in sorted(found.items())]


def _used_of_own(
    body: DeferredFacts, node: ast.stmt, methods: Iterable[str]
) -> Iterable[str] | None:
    """The methods of its own object that a method may come to; None where it may be any."""
    if not body.params or "__class__" in body.attributes:
        return () if not body.params else None
    back = [one for one in methods if is_special(one)]
    used = methods_named(body.params[0], node, back)
    return None if used is not None and body.decorated and "__call__" in used else used
