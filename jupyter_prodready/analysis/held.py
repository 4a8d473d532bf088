"""Code that an assignment puts away for later: bound methods, generators, lambdas in containers.

It runs when the name is used, not where it is written.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable

from .aliases import pair_aliases
from .calls import dotted, last_name, root
from .expressions import Expressions
from .facts import Alias, Call, DeferredFacts
from .invocations import MAPS
from .words import NOTHING

_HOLDERS = frozenset({"dict", "list", "tuple", "SimpleNamespace", "defaultdict", "OrderedDict"})
_RUN_BY_WITH = ("__enter__", "__exit__")
_LITERALS = (ast.List, ast.Tuple, ast.Set)


class Held(Expressions):
    """Collects what is put away."""

    __slots__ = ()

    def visit_GeneratorExp(self, node: ast.GeneratorExp) -> None:
        """What nothing goes through yet reads, at once, no more than its first iterable."""
        if self.invoking or self.own is not None:
            self.visit_comprehension(node.generators, [node.elt])
            return
        self.invoke_one(node.generators[0].iter)
        later = type(self)(self.hidden, NOTHING, set())
        later.begin(self.said)
        later.visit_comprehension(node.generators, [node.elt], first=False)
        self.anonymous += (later.as_deferred(()),)

    def enter(self, item: ast.withitem) -> None:
        """In a function: what `with` runs of what a name holds, only a call of it can tell."""
        self.body.blocks = True
        manager, into = item.context_expr, item.optional_vars
        if isinstance(manager, ast.Name):
            sure = not (self.dead or self.left)
            runs = self.certain and sure, self.reached and sure
            self.calls += tuple([Call(manager.id, one, (), (), *runs) for one in _RUN_BY_WITH])
        if into is not None:
            self._local_aliases(pair_aliases(into, manager))

    def _local_aliases(self, aliases: Iterable[Alias]) -> None:
        for name, source, how in aliases:
            if how == "made":
                continue
            known = self.body.alias = self.body.alias or {}
            known[name] = known.get(name, NOTHING).union([source], known.get(source, NOTHING))

    def as_deferred(self, params: tuple[str, ...]) -> DeferredFacts:
        raise NotImplementedError

    def hold(self, targets: Iterable[ast.expr], value: ast.expr, before: int) -> None:
        """Lambdas that stand directly in what is assigned belong to the names; ``before`` is how
        many there were before ``value`` was visited."""
        made = self.anonymous[before:]
        places = _functions_in(value)
        plain = isinstance(value, ast.Lambda)
        if len(places) != len(made) or (self.own is not None and not plain):
            return
        for target in targets:
            for name, facts in _pairs(target, value, made):
                if isinstance(target, ast.Name) and plain:
                    self.define(name, facts)
                elif self.own is None:
                    facts.kind = "closure"
                    self.in_body().held += ((name, facts),)
                else:
                    return
        self.anonymous = self.anonymous[:before]


def _functions_in(value: ast.expr) -> list[ast.expr]:
    """Lambdas and their like in a literal container, and in those inside of it."""
    if isinstance(value, (ast.Lambda, ast.GeneratorExp)) or _is_mapped(value):
        return [value]
    return [one for part in held_in(value) for one in _functions_in(part)]


def _is_mapped(value: ast.expr) -> bool:
    return isinstance(value, ast.Call) and dotted(value.func) in MAPS


def held_in(value: ast.expr) -> list[ast.expr]:
    """The elements of a container that is written down."""
    if isinstance(value, ast.Dict):
        return value.values
    if isinstance(value, _LITERALS):
        return value.elts
    if isinstance(value, ast.Call) and last_name(value.func) in _HOLDERS:
        return [*value.args, *[keyword.value for keyword in value.keywords]]
    return []


def _pairs(
    target: ast.expr, value: ast.expr, made: tuple[DeferredFacts, ...]
) -> list[tuple[str, DeferredFacts]]:
    """The name that gets each of the functions; all get all where that is not known."""
    if isinstance(target, (ast.Tuple, ast.List)):
        if isinstance(value, _LITERALS) and len(value.elts) == len(target.elts) == len(made):
            found = zip(target.elts, made, strict=True)
            return [(one.id, facts) for one, facts in found if isinstance(one, ast.Name)]
        return [pair for one in target.elts for pair in _pairs(one, value, made)]
    name, _ = root(target)
    return [] if name is None else [(name, facts) for facts in made]
