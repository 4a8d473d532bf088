"""Statements other than definitions: assignments, branches, loops, imports."""

from __future__ import annotations

import ast
import sys
from collections.abc import Sequence
from typing import TypeGuard

from .aliases import added, loop_aliases, pair_aliases, sources_by_name
from .chained import behind
from .copying import NEW_OBJECTS
from .elements import made_anew
from .facts import DeferredFacts, Import, Mutation
from .flow import LEFT_FUNCTION, LEFT_LOOP, METHODS
from .held import Held
from .mutation import MUTATING_METHODS, PLAIN_PARTS
from .nodes import last_name, walk
from .patterns import is_consumable
from .returned import passed_by, shared_by
from .sql import beginning, changes_data
from .stocks import is_asked, is_opened
from .verbs import guessed

_PART_ERRORS = {"KeyError", "IndexError", "LookupError", "AttributeError"}
_NAME_ERRORS = {"NameError", "Exception", "BaseException", "UnboundLocalError"}


class Control(Held):
    """Collects the facts of one scope, definitions apart."""

    __slots__ = ()
    in_class = False

    def visit_Global(self, node: ast.Global) -> None:
        self.in_body().declared |= set(node.names)

    def visit_Nonlocal(self, node: ast.Nonlocal) -> None:
        self.in_body().outer |= set(node.names)

    def visit_Assign(self, node: ast.Assign) -> None:
        value, targets = node.value, node.targets
        before, self.assigned = self.anonymous, value
        target = targets[0]
        if type(target) is ast.Name and len(targets) == 1:
            METHODS[type(value)](self, value)
            self.bind(target.id)
        else:
            unpacks = 0
            for target in targets:
                if type(target) is ast.Tuple or type(target) is ast.List:
                    unpacks = 1
            self.invoking += unpacks
            METHODS[type(value)](self, value)
            self.invoking -= unpacks
            for target in targets:
                self.visit_target(target)
        if self.anonymous is not before:
            self.hold(targets, value, len(before))
        if self.own is not None:
            self._assign_locally(targets, value)
        if self.loops and self.reached and (name := made_anew(node)) in self.loops:
            self._let_go(name)

    def _let_go(self, name: str) -> None:
        """A loop variable that is bound to a new object is no element any more."""
        self.loops = {one: sources for one, sources in self.loops.items() if one != name}
        if self.own is not None:
            alias = self.body.alias
            self.body.alias = {one: of for one, of in alias.items() if one != name}
        self.let_go |= {name}

    def visit_target(self, target: ast.expr) -> None:
        """What is called for a place comes after what is put there, as it is evaluated, but
        `written` says it first."""
        before = len(self.said.calls)
        METHODS[type(target)](self, target)
        if len(self.said.calls) > before:
            self.said.odd = True

    def _assign_locally(self, targets: list[ast.expr], value: ast.expr) -> None:
        if self.params and self.certain:
            self._rebind(targets, value)
        kind = type(value)
        plain = kind is ast.Constant or kind is ast.JoinedStr
        if plain or self.body.texts:
            self._text_held(targets[0], value)
        if plain:
            return
        if is_consumable(value) or (type(value) is ast.Name and value.id in self.body.iterators):
            self._stocked(targets)
        if type(value) is ast.Attribute and value.attr in MUTATING_METHODS:
            names = [target.id for target in targets if isinstance(target, ast.Name)]
            self.body.grips |= frozenset(names)
        if type(value) is ast.Call and last_name(value.func) in NEW_OBJECTS:
            return
        for target in targets:
            self._local_aliases(pair_aliases(target, value))
        if len(targets) > 1:
            self._local_aliases(behind(targets))

    def _stocked(self, targets: list[ast.expr]) -> None:
        body = self.body
        for target in targets:
            if type(target) is ast.Name:
                body.iterators |= {target.id}
            elif self._is_part(target) and not is_opened(self.assigned):
                body.stocks |= {target.attr}

    def _is_part(self, target: ast.expr) -> TypeGuard[ast.Attribute]:
        """Is it an attribute of a parameter?"""
        of = target.value if type(target) is ast.Attribute else None
        return type(of) is ast.Name and of.id in self.params

    def _text_held(self, target: ast.expr, value: ast.expr) -> None:
        """Of the texts that a name may hold, one that changes data counts."""
        known = self.body.texts
        text = beginning(value)
        if not isinstance(target, ast.Name) or not (text or target.id in known):
            return
        before = known.get(target.id)
        if before is None or (before and not changes_data(before)):
            self.body.texts = {**known, target.id: text}

    def _rebind(self, targets: list[ast.expr], value: ast.expr) -> None:
        """A parameter that is bound to a new object is the caller's no more."""
        for target in targets:
            if type(target) is ast.Name and target.id in self.params and not shared_by(value):
                self.body.rebound |= {target.id}

    def visit_Expr(self, node: ast.Expr) -> None:
        value = node.value
        METHODS[type(value)](self, value)
        if type(value) is ast.Await:
            value = value.value
        if type(value) is ast.Call and type(value.func) is ast.Attribute:
            change = guessed(value.func)
            if change is not None:
                self.mutate(change)
        if self.own is not None:
            self._local_aliases(added(node.value))

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        self.said.odd = True
        if self.own is None or self.in_class:
            self._note([node.annotation])
        if node.value is not None:
            self.assigned = node.value
            self.visit(node.value)
            self.visit(node.target)
            if self.own is not None and is_consumable(node.value):
                self._stocked([node.target])

    def _note(self, notes: list[ast.expr | None]) -> None:
        """Annotations at the top level are evaluated at once, unless that is put off."""
        if self.own is not None and not self.in_class:
            self.possibly(notes)
            return
        before = self.begin_notes()
        if sys.version_info < (3, 14):
            self.visit_all(notes)
        else:
            self.possibly(notes)
        self.reads = before

    def visit_AugAssign(self, node: ast.AugAssign) -> None:
        self.invoke_one(node.value)
        if isinstance(node.target, ast.Name):
            self.read(node.target.id, node)
            if node.target.id in self.params - self.body.rebound:
                self.body.param_changes |= {node.target.id}
            self.bind(node.target.id)
            self.rarely().augmented |= {node.target.id}
            if node.target.id in self.loops:
                self._element_augmented(node.target.id, node.value)
        else:
            self.invoke_one(as_read(node.target))
            self.visit_target(node.target)

    def _element_augmented(self, name: str, value: ast.expr) -> None:
        """``for row in rows: row += 1`` changes the rows, unless they are numbers."""
        if isinstance(value, (ast.List, ast.ListComp)):
            self.mutate(Mutation(name))
        elif self.own is None:
            self.mutate(Mutation(name, how="added"))

    def visit_If(self, node: ast.If) -> None:
        self.invoke_one(node.test)
        self.branch(node.body, node.orelse)

    def visit_For(self, node: ast.For | ast.AsyncFor) -> None:
        self.invoke_one(node.iter)
        self.visit_target(node.target)
        elements = loop_aliases(node)
        if self.own is not None:
            self._local_aliases(elements)
        outer = self.loops, self.let_go
        if elements:
            self.loops = {**self.loops, **sources_by_name(elements)}
        self._loop(node.body, node.orelse)
        self.loops, self.let_go = outer

    visit_AsyncFor = visit_For

    def visit_While(self, node: ast.While) -> None:
        self.invoke_one(node.test)
        self._loop(node.body, node.orelse)

    def _loop(self, body: Sequence[ast.AST], orelse: Sequence[ast.AST]) -> None:
        dead, left = self.dead, self.left
        self.possibly(body, True)
        self.left = left | (self.left & LEFT_FUNCTION)
        if orelse:
            self.dead = dead
            self.branch(orelse, [])
        self.dead = dead

    def visit_With(self, node: ast.With | ast.AsyncWith) -> None:
        self.said.odd = True
        for item in node.items:
            self.invoke_one(item.context_expr)
            self.visit_all([item.optional_vars])
            if self.own is not None:
                self.enter(item)
        caught = [one.context_expr for one in node.items if _suppresses(one.context_expr)]
        if caught:
            self._guarded(node.body, caught)
        else:
            self.visit_all(node.body)

    visit_AsyncWith = visit_With

    def visit_Try(self, node: ast.Try) -> None:
        self.said.odd = True
        start = set(self.bound)
        self._guarded([*node.body, *node.orelse], [handler.type for handler in node.handlers])
        dead, normal = self.dead, set(self.bound)
        ends = [] if dead else [normal]
        every = set(normal)
        for handler in node.handlers:
            self.bound, self.dead = set(start), False
            self.possibly([handler])
            every |= self.bound
            if not self.dead:
                ends.append(self.bound)
        self.dead = not ends
        self.bound = set.intersection(*ends) if ends else every
        if len(every) > len(self.bound):
            self.rarely().maybe_writes |= every - self.bound
        self.visit_all(node.finalbody)

    visit_TryStar = visit_Try

    def _guarded(self, body: Sequence[ast.stmt], caught: Sequence[ast.expr | None]) -> None:
        """Visit what does no harm where it raises what is ``caught``; None is everything."""
        names = {one.id for kind in caught if kind for one in walk(kind) if type(one) is ast.Name}
        catches = None in caught or not names.isdisjoint(_NAME_ERRORS)
        before = self.certain, self.reached, self.guarded
        self.certain, self.reached = self.certain and not catches, self.reached and not catches
        self.guarded = self.guarded or catches or not names.isdisjoint(_PART_ERRORS)
        self.visit_all(body)
        self.certain, self.reached, self.guarded = before

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> None:
        self.visit_all([node.type])
        if node.name:
            self.bind(node.name)
        self.visit_all(node.body)
        if node.name:
            self.bound.discard(node.name)
            if not self.is_local(node.name):
                self.rarely().unbinds |= {node.name}

    def visit_Match(self, node: ast.Match) -> None:
        self.rarely().identifies = self.said.odd = True
        self.invoke_one(node.subject)
        self._first_pattern(node.cases[0].pattern)
        catch_all = any(_matches_all(case) for case in node.cases)
        self.branch(*[[case] for case in node.cases], *([] if catch_all else [[]]))

    def _first_pattern(self, pattern: ast.pattern) -> None:
        """What the first pattern reads is read whatever the subject is."""
        if isinstance(pattern, ast.MatchValue):
            self.visit(pattern.value)
        elif isinstance(pattern, ast.MatchClass):
            self.visit(pattern.cls)

    def visit_MatchAs(self, node: ast.MatchAs) -> None:
        self.visit_all([node.pattern])
        if node.name:
            self.bind(node.name)

    def visit_MatchStar(self, node: ast.MatchStar) -> None:
        if node.name:
            self.bind(node.name)

    def visit_MatchMapping(self, node: ast.MatchMapping) -> None:
        self.visit_all([*node.keys, *node.patterns])
        if node.rest:
            self.bind(node.rest)

    def visit_Import(self, node: ast.Import) -> None:
        self.said.odd = True
        for alias in node.names:
            name = alias.asname or alias.name.split(".")[0]
            self.rarely().imports += (Import(alias.name, None, name, node.lineno),)
            self.bind(name)

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        self.said.odd = True
        module = "." * node.level + (node.module or "")
        for alias in node.names:
            name = alias.asname or alias.name
            self.rarely().imports += (Import(module, alias.name, name, node.lineno),)
            if (module, alias.name) == ("__future__", "annotations"):
                self.rarely().ambient_writes |= {"@future:annotations"}
            if alias.name == "*":
                self.rarely().opaque = f"`from {module} import *` defines names unseen"
            else:
                self.bind(name)

    def visit_Raise(self, node: ast.Raise) -> None:
        self.invoke([node.exc, node.cause])
        self.dead = True

    def visit_Return(self, node: ast.Return) -> None:
        value = node.value
        if value is not None:
            METHODS[type(value)](self, value)
            body = self.in_body()
            body.returned |= shared_by(value)
            body.passes |= passed_by(value)
            body.hands_out = body.hands_out or self._hands_out(value)
            if type(value) is ast.Lambda:
                body.handed += (self.last_lambda(),)
        self.dead = True
        self.left |= LEFT_FUNCTION

    def _hands_out(self, value: ast.expr) -> bool:
        """Does it return an iterator, or a function with a state of its own?"""
        if is_consumable(value):
            return True
        if type(value) is ast.Attribute and type(value.value) is ast.Name:
            return value.value.id in self.body.iterators and value.attr not in PLAIN_PARTS
        if isinstance(value, ast.Name):
            return value.id in self.body.iterators or self._has_state(self.deferred.get(value.id))
        if isinstance(value, ast.Lambda):
            return self._has_state(self.anonymous[-1])
        return isinstance(value, (ast.Tuple, ast.List)) and any(map(self._hands_out, value.elts))

    def _has_state(self, inner: DeferredFacts | None) -> bool:
        own = self.own or set()
        if inner is None:
            return False
        if inner.stateful or any(m.name in own for m in inner.mutations):
            return True
        return any(is_asked(name, inner.calls) for name in self.body.iterators)

    def visit_Break(self, node: ast.Break | ast.Continue) -> None:
        self.dead = True
        self.left |= LEFT_LOOP

    visit_Continue = visit_Break

    def visit_Assert(self, node: ast.Assert) -> None:
        self.invoke_one(node.test)
        if node.msg is not None:
            self.said.odd = True
            self.possibly([node.msg])


def as_read(target: ast.Attribute | ast.Subscript) -> ast.expr:
    """``target`` of an augmented assignment, as it is read."""
    if isinstance(target, ast.Attribute):
        read: ast.expr = ast.Attribute(target.value, target.attr, ast.Load())
    else:
        read = ast.Subscript(target.value, target.slice, ast.Load())
    return ast.copy_location(read, target)


def _suppresses(manager: ast.expr) -> bool:
    """Is it ``suppress(...)`` of `contextlib`?"""
    return isinstance(manager, ast.Call) and last_name(manager.func) == "suppress"


def _matches_all(case: ast.match_case) -> bool:
    taken = case.pattern
    return isinstance(taken, ast.MatchAs) and taken.pattern is None and case.guard is None
