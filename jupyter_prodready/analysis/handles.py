"""Other ways to write a call or an attribute: `getattr`, `partial`, a method under a name."""

from __future__ import annotations

import ast

from .calls import KINDS, call_facts, dotted, root
from .facts import DeferredFacts, Mutation
from .known_names import ONLY_LOOK
from .mutation import MUTATING_METHODS, SHALLOW_COPIES
from .nodes import last_name, walk
from .words import words

BOUND = DeferredFacts("bound")
"""What a method that changes its object does when it is called by a name of its own."""
BOUND.changes_params = BOUND.own_state = frozenset({"self"})
GETTER = DeferredFacts("function", ("thing",))
"""``itemgetter("k")``, once it has a name."""
GETTER.returns = frozenset({"thing"})
RECORD = DeferredFacts("class", keeps=frozenset({"*"}), closures=True)
"""The class that `namedtuple` makes: it keeps all that it is called with."""
GRIPS = words(
    """
    append appendleft extend extendleft insert add discard remove update setdefault popitem popleft
    put put_nowait writelines
    """
)
"""Methods of Python's containers that change them, and whose names are no names of data."""


def grip(method: ast.expr) -> DeferredFacts | None:
    """What calls of a method do that changes its object, and is not called where it stands."""
    of = changing_method(method)
    name, deep = root(of) if of is not None else (None, False)
    if name is None:
        return None
    made = DeferredFacts("grip")
    made.mutations = (Mutation(name, deep),)
    return made


def put_off(value: ast.expr) -> DeferredFacts | None:
    """What calls of ``random.random``, or of ``partial(random.randint, 1, 6)``, do when they come:
    None where nothing is drawn or seeded, and no clock is asked."""
    func, given = value, ast.Call(value, [], [])
    if isinstance(value, ast.Call):
        if last_name(value.func) != "partial" or not value.args:
            return None
        func, *first = value.args
        given = ast.Call(func, first, value.keywords)
    name, last = dotted(func), last_name(func)
    kind = KINDS[name]
    if not kind.facts.beside or "." not in name:
        return None
    facts = call_facts(given, kind, name, last)
    if not (facts.draws or facts.seeds or facts.unrepeatable):
        return None
    made = DeferredFacts("function", draws=facts.draws, seeds=facts.seeds)
    made.unrepeatable = facts.unrepeatable
    return made


_LOOKS = ONLY_LOOK | SHALLOW_COPIES | {"dict", "keys"}


def runs_held(name: str, node: ast.stmt) -> bool:
    """May ``node`` call what the container ``name`` holds, and not look at it alone?"""
    for one in walk(node):
        if type(one) is ast.Call:
            if type(one.func) is not ast.Attribute and root(one.func)[0] == name:
                return True
            if last_name(one.func) not in _LOOKS and any(
                root(given)[0] == name for given in one.args
            ):
                return True
        elif isinstance(one, (ast.For, ast.AsyncFor, ast.comprehension)) and (
            root(one.iter)[0] == name
        ):
            return True
    return False


def changing_method(value: ast.expr) -> ast.expr | None:
    """The object of a method that changes it and is not called here: ``a`` of ``a.append``,
    of ``getattr(a, "append")`` and of ``partial(a.append, 1)``."""
    if isinstance(value, ast.Call):
        if last_name(value.func) == "partial" and value.args:
            return changing_method(value.args[0])
        value = as_attribute(value) or value
    if isinstance(value, ast.Attribute) and value.attr in MUTATING_METHODS:
        return value.value
    return None


def as_attribute(call: ast.Call) -> ast.Attribute | None:
    """``a.x`` for ``getattr(a, "x")``."""
    if not isinstance(call.func, ast.Name) or call.func.id != "getattr" or len(call.args) < 2:
        return None
    name = call.args[1]
    if not isinstance(name, ast.Constant) or not isinstance(name.value, str):
        return None
    return ast.copy_location(ast.Attribute(call.args[0], name.value, ast.Load()), call)


def direct(call: ast.Call, called: ast.Call) -> ast.Call | None:
    """``a.append(1)`` for ``getattr(a, "append")(1)``, ``f(1, 2)`` for ``partial(f, 1)(2)``;
    ``called`` is what ``call`` calls."""
    func: ast.expr | None = as_attribute(called)
    args, keywords = call.args, call.keywords
    if last_name(called.func) == "partial" and called.args:
        func, *first = called.args
        args, keywords = [*first, *args], [*called.keywords, *keywords]
    return None if func is None else ast.copy_location(ast.Call(func, args, keywords), call)
