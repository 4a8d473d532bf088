"""What calls of the page's functions change: what they are given, and what they are called on."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator

from ..records import dataclass, field
from .bindings import Binding
from .deeds import CHANGED
from .effect_tables import DRAWS
from .facts import NOTHING, RESULT, Call, DeferredFacts
from .given import MODULE, given_for, left_out
from .identity import class_of
from .mutation import MUTATING_METHODS
from .nodes import last_name
from .own_parts import changes_given

_CHANGING = MUTATING_METHODS | {CHANGED}
Look = Callable[[str], Binding | None]
_Callee = tuple[DeferredFacts, DeferredFacts | None]
"""What is called, and the class that it is a method of."""


@dataclass(slots=True, eq=False)
class Arguments:
    """The names whose objects calls change; ``*rows``: something that ``rows`` holds."""

    look: Look
    changed: dict[int, frozenset[str]] = field(default_factory=dict)

    def changed_by(self, call: Call, called: Binding) -> Iterator[str]:
        """``called`` is what ``call`` goes to."""
        if not called.chain.step.facts.deferred:
            call = _as_made(call, called)
        for body, owner in self.callees(call, called):
            yield from self.changed_of(call, body, owner)
            if owner is not None and call.method is not None:
                if len(called.deferred) > 1:
                    yield from self._of_stocks(call, called, body, owner)
                if body.calls and self._changes_held(body, owner, called):
                    yield f"*{call.func}"

    def _of_stocks(
        self, call: Call, called: Binding, body: DeferredFacts, owner: DeferredFacts
    ) -> Iterator[str]:
        """What a method uses up that its instance was given."""
        for held in called.deferred:
            if held.kind == "stock":
                every = (body, *self._own_methods(body, owner))
                if [1 for one in every if not held.stocks.isdisjoint(one.attributes)]:
                    yield call.func
                    yield from self.same(held, called)

    def _changes_held(self, body: DeferredFacts, owner: DeferredFacts, called: Binding) -> bool:
        """Does a method run one of an object that its own holds, and that changes that?"""
        for one in (body, *self._own_methods(body, owner)):
            own = one.params[0] if one.params else ""
            asked = [c for c in one.calls if c.func.lstrip("*") == own and c.method]
            for other in self._classes(called, owner) if asked else ():
                for call in asked:
                    if other is owner and call.func[0] != "*":
                        continue
                    held = self.method(other, call.method or "")
                    if held is not None and self.changes_own(held, other):
                        return True
        return False

    def _classes(self, called: Binding, owner: DeferredFacts) -> list[DeferredFacts]:
        """The classes of what an instance may hold: those that it was given objects of, and those
        that its methods name."""
        found = {id(one): one for one in (owner, *called.deferred)}
        for read in owner.reads:
            binding = self.look(read.name)
            for one in binding.deferred if binding is not None and not binding.bare else ():
                found[id(one)] = one
        return [one for one in found.values() if one.kind == "class"]

    def same(self, held: DeferredFacts, holder: Binding) -> Iterator[str]:
        """Names of the page that still have what a stock holds."""
        for name in sorted(held.returns):
            binding = self.look(name)
            if binding is not None and not binding.own.isdisjoint(holder.holds):
                yield name

    def returned(self, call: Call, called: Binding) -> Iterator[str]:
        """Names of what the call may hand back: arguments, and names of the page."""
        for deferred in called.deferred:
            if deferred.kind == "function":
                yield from given_for(call, deferred, deferred.returns)
                yield from sorted(deferred.returns.difference(deferred.params))

    def passed(self, call: Call, called: Binding) -> Iterator[str]:
        """Names of what the result of the call may hold the elements of."""
        for body, owner in self.callees(call, called):
            params = body.params
            if owner is None:
                yield from given_for(call, body, body.passes | body.returns)
            elif params[:1] and params[0] in body.passes | body.returns:
                yield call.func
            yield from sorted((body.passes | body.returns).difference(params))

    def changes_result(self, call: Call, name: str) -> bool:
        """Does the method that is called of a result change it, if that is of what the name has?"""
        method, binding = (call.method or "")[3:], self.look(name)
        if method in _CHANGING:
            return True
        for owner in binding.deferred if binding is not None else ():
            body = self.method(owner, method) if owner.kind == "class" else None
            if body is not None and self.changes_own(body, owner):
                return True
        return False

    def method(self, deferred: DeferredFacts, name: str, depth: int = 0) -> DeferredFacts | None:
        """A method of the class or of the nearest base class of the notebook."""
        found = deferred.method(name)
        if found is not None or depth > 20:
            return found
        for base in deferred.bases:
            binding = self.look(base)
            for facts in binding.deferred if binding else ():
                found = found or self.method(facts, name, depth + 1)
        return found

    def callees(self, call: Call, called: Binding | None) -> Iterator[_Callee]:
        """What the call runs."""
        for deferred in called.deferred if called is not None else ():
            if call.method is None and deferred.kind != "class":
                yield deferred, None
                continue
            method = (call.method or "__init__").removeprefix(f"{RESULT}.")
            found = self.method(deferred, method)
            if found is not None:
                yield found, deferred

    def changed_of(
        self, call: Call, body: DeferredFacts, owner: DeferredFacts | None = None
    ) -> Iterator[str]:
        """The same where it is known what runs: ``body``, a method of ``owner``."""
        is_method, params = call.method is not None, body.params
        offset = 1 if params and (is_method or params[0] == "self") else 0
        if MODULE in body.own_state:
            yield call.func
        if body.own_state and body.own_state.difference(
            params[: len(call.args) + offset], [keyword for keyword, _ in call.keywords], [MODULE]
        ):
            yield f"*{call.func}" if is_method else call.func
        if changed := self._params(body):
            yield from given_for(call, body, changed, offset=offset)
            inside = frozenset([one[1:] for one in body.changes_params if one[0] == "*"])
            for given in given_for(call, body, inside, offset=offset) if inside else ():
                yield f"*{given.lstrip('*')}"
            if body.takes is not None:
                yield from self._of_defaults(call, body, changed)
        if owner is not None:
            yield from self._of_owner(call, body, owner)
        if params and body.calls and (call.args or call.keywords):
            yield from self._through_parameters(call, body, params[offset:])

    def _of_defaults(
        self, call: Call, body: DeferredFacts, changed: frozenset[str]
    ) -> Iterator[str]:
        for param, name in left_out(call, body):
            binding = self.look(name)
            if param in changed and binding is not None and not binding.immutable:
                yield f"*{call.func}"

    def _of_owner(self, call: Call, body: DeferredFacts, owner: DeferredFacts) -> Iterator[str]:
        """What a method changes of its own object, and of its class."""
        if call.method is None:
            if body.changes_class:
                yield call.func
        elif not call.method.startswith(RESULT) and self.changes_own(body, owner):
            every = (body, *self._own_methods(body, owner))
            deep = body.changes_class or any(changes_given(one, owner) for one in every)
            yield f"*{call.func}" if deep else call.func

    def changes_own(self, body: DeferredFacts, owner: DeferredFacts) -> bool:
        """Does the method, or one that it calls on its own object, change that?"""
        own = body.params[:1]
        if not own:
            return False
        if own[0] in self._params(body):
            return True
        stocks = self._inherited_stocks(owner) if owner.bases else NOTHING
        if stocks & body.attributes:
            return True
        return any(
            one.params[:1] and (one.params[0] in self._params(one) or stocks & one.attributes)
            for one in self._own_methods(body, owner)
        )

    def _inherited_stocks(self, owner: DeferredFacts, depth: int = 0) -> frozenset[str]:
        """Attributes of its instances that hold what every use changes."""
        found = owner.stocks
        for base in owner.bases if depth < 20 else ():
            binding = self.look(base)
            for facts in binding.deferred if binding is not None else ():
                found |= self._inherited_stocks(facts, depth + 1)
        return found

    def _own_methods(self, body: DeferredFacts, owner: DeferredFacts) -> list[DeferredFacts]:
        """The methods that it calls on its own object, and those that they do."""
        found: dict[int, DeferredFacts] = {}
        waiting = [body]
        while waiting:
            one = waiting.pop()
            for call in one.calls if one.params else ():
                inner = self.method(owner, call.method) if call.method else None
                if call.func == one.params[0] and inner is not None and id(inner) not in found:
                    found[id(inner)] = inner
                    waiting.append(inner)
        return list(found.values())

    def changing_specials(
        self, name: str, instance: Binding
    ) -> Iterator[tuple[str, DeferredFacts]]:
        """The methods that Python calls where none is named, and that change their object."""
        for owner in instance.deferred:
            for key, body in owner.methods if owner.kind == "class" else ():
                if not body.decorated and (key[:2] != "__" or key in ("__init__", "__call__")):
                    continue
                if class_of(name, instance) is None and self.changes_own(body, owner):
                    yield key, owner

    def _through_parameters(
        self, call: Call, body: DeferredFacts, params: tuple[str, ...]
    ) -> Iterator[str]:
        """``def f(x): x.go()`` changes what it is given if that has such a method."""
        offset = len(body.params) - len(params)
        for inner in body.calls:
            name = inner.func if inner.func[0] != "*" else inner.func[1:]
            if name not in params:
                continue
            for given in given_for(call, body, frozenset([name]), offset=offset):
                binding = self.look(given.lstrip("*"))
                for owner in binding.deferred if binding is not None else ():
                    method = self.method(owner, inner.method or "__call__")
                    drawn = owner.stocks and inner.method in DRAWS
                    if drawn or (method is not None and self.changes_own(method, owner)):
                        yield given if inner.func == name else f"*{given.lstrip('*')}"

    def _params(self, body: DeferredFacts) -> frozenset[str]:
        """Parameters that the function changes, or hands to a function that does."""
        if not body.calls:
            return body.changes_params
        known = self.changed.get(id(body))
        if known is None:
            handed = self._handed(body)
            unsettled = bool(handed)
            while unsettled:
                unsettled = False
                for giver, call, callee in handed:
                    more = self.changed[id(giver)].union(
                        given_for(call, callee, self.changed[id(callee)])
                    )
                    if more & frozenset(giver.params) > self.changed[id(giver)]:
                        self.changed[id(giver)] = more & frozenset(giver.params)
                        unsettled = True
            known = self.changed[id(body)]
        return known

    def _handed(self, body: DeferredFacts) -> list[tuple[DeferredFacts, Call, DeferredFacts]]:
        """Every hand-over of a parameter, in all that ``body`` calls: giver, call, callee."""
        found = []
        waiting = [body]
        while waiting:
            giver = waiting.pop()
            if id(giver) in self.changed:
                continue
            self.changed[id(giver)] = giver.changes_params
            params = frozenset(giver.params)
            for call in giver.calls:
                if not params.isdisjoint([*call.args, *[name for _, name in call.keywords]]):
                    callees = [callee for callee, _ in self.callees(call, self.look(call.func))]
                    found += [(giver, call, callee) for callee in callees]
                    waiting += callees
        return found


def _as_made(call: Call, called: Binding) -> Call:
    """``go(1)`` as ``b.go(1)`` after ``go = b.go``, and as ``f(a, 1)`` after
    ``go = partial(f, a)``; an instance is called by its ``__call__``."""
    value, origin = _made_of(called)
    of_class = any(one.kind == "class" for one in called.deferred)
    if isinstance(value, ast.Attribute) and call.method is None and of_class:
        return call._replace(method=value.attr)
    if isinstance(value, ast.Call) and last_name(value.func) == "partial":
        held = f"*{call.func}"
        keywords = tuple([(one.arg, held) for one in value.keywords if one.arg])
        args = (held,) * (len(value.args) - 1) + call.args
        return call._replace(args=args, keywords=keywords + call.keywords)
    if _is_instance(origin) and of_class and call.method is None:
        return call._replace(method="__call__")
    return call


def _made_of(called: Binding) -> tuple[ast.expr | None, tuple[str, Binding]]:
    """The expression that made what is called, and where it got its name first."""
    name = ""
    for _ in range(9):
        step = called.chain.oldest.step
        node = step.facts.node
        if not isinstance(node, ast.Assign):
            break
        if not isinstance(node.value, ast.Name):
            return node.value, (name, called)
        name = node.value.id
        before = step.reads.get(name)
        if before is None:
            return node.value, (name, called)
        called = before
    return None, (name or getattr(called.chain.oldest.step.facts.node, "name", ""), called)


def _is_instance(origin: tuple[str, Binding]) -> bool:
    """Is it none of the classes themselves, which the page defines or imports?"""
    return class_of(*origin) is None and not origin[1].chain.oldest.step.facts.imports
