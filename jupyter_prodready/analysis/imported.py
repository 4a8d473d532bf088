"""Functions and classes of the project's modules, as a page that imports them meets them.

Their bodies read names of their own module, which are none of the page's. What is left of
them here is what a call does to its caller: which arguments it changes, keeps and hands back,
what it does beside names, and whether it changes anything of the module.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from ..records import dataclass, replace
from .deeds import UNSEEN
from .facts import NOT_BEGUN, NOTHING, Call, DeferredFacts, facts_of
from .given import MODULE, given_for
from .words import joined

Functions = Mapping[str, DeferredFacts]
_NO_FUNCTIONS: Functions = {}


def functions_of(source: str, others: Callable[[str], Functions]) -> Functions:
    """What calls of the functions and classes that the module defines do; ``others`` has those
    of modules that it imports, by the name that it imports them by. Left out is what the module
    binds more than once. What it imports by name is its own, too. Empty where the source does
    not parse."""
    return _Module(source, others).closed()


def as_module(functions: Functions) -> DeferredFacts:
    """A module that is imported as a whole: its functions are parts of it."""
    methods = [
        (name, replace(one, params=(MODULE, *one.params)))
        for name, one in functions.items()
        if one.kind == "function"
    ]
    return DeferredFacts("module", methods=tuple(methods))


@dataclass(slots=True, eq=False)
class _Known:
    """One function or method while it is not yet known what those that it calls do."""

    body: DeferredFacts
    owner: str = ""
    """The class whose method it is."""
    changes: frozenset[str] = NOTHING
    state: bool = False


class _Module:
    def __init__(self, source: str, others: Callable[[str], Functions]) -> None:
        self.others = others
        self.defined: dict[str, DeferredFacts] = {}
        self.imported: dict[str, DeferredFacts] = {}
        bound: list[str] = []
        for statement in facts_of(source).statements:
            bound += [*statement.writes, *statement.maybe_writes]
            self.defined.update(statement.deferred)
            for item in statement.imports:
                self._import(item.module, item.name, item.asname)
        for name in {name for name in bound if bound.count(name) > 1}:
            self.defined.pop(name, None)
        self.known = dict(self._bodies())
        self._settle()

    def _import(self, module: str, name: str | None, asname: str) -> None:
        found = self.others(module)
        if name is None and found:
            self.imported[asname] = as_module(found)
        elif name is not None and name in found:
            self.imported[asname] = found[name]
        elif name == "*":
            self.imported.update(found)

    def _bodies(self) -> Iterator[tuple[str, _Known]]:
        for name, body in self.defined.items():
            if body.kind == "class":
                for key, method in body.methods:
                    yield f"{name}.{key}", self._begun(method, name)
            else:
                yield name, self._begun(body, "")

    def _begun(self, body: DeferredFacts, owner: str) -> _Known:
        outside = [one.name for one in body.mutations if one.name not in self.imported]
        state = bool(body.writes or outside or body.changes_class or body.own_state)
        return _Known(body, owner, body.changes_params, state)

    def _settle(self) -> None:
        """Hand what is changed up to those who gave it, until nothing more is."""
        unsettled = True
        while unsettled:
            unsettled = False
            for one in self.known.values():
                changes, state = one.changes, one.state
                for call in one.body.calls:
                    for callee, changed, offset in self._callees(call, one):
                        given = given_for(call, callee, changed, offset=offset)
                        own = [call.func] if offset and callee.params[0] in changed else []
                        changes |= frozenset(one.body.params).intersection([*given, *own])
                        state = state or MODULE in callee.own_state
                state = state or any(self.known[name].state for name in self._used(one))
                if (changes, state) != (one.changes, one.state):
                    one.changes, one.state, unsettled = changes, state, True

    def _callees(
        self, call: Call, one: _Known
    ) -> Iterator[tuple[DeferredFacts, frozenset[str], int]]:
        """(what is called, the parameters that it changes, how many come before the arguments)"""
        for name, offset in self._names(call, one):
            known = self.known.get(name)
            if known is not None:
                yield known.body, known.changes, offset
        imported = self.imported.get(call.func)
        if imported is not None and call.method is not None:
            imported = imported.method(call.method)
        if imported is not None:
            yield imported, imported.changes_params, 0 if call.method is None else 1

    def _names(self, call: Call, one: _Known) -> Iterator[tuple[str, int]]:
        if call.method is None:
            yield call.func, 0
            yield f"{call.func}.__init__", 1
        elif one.owner and call.func in one.body.params[:1]:
            classes = [one.owner, *self._bases(one.owner)]
            names = [f"{owner}.{call.method}" for owner in classes]
            yield from [(name, 1) for name in names if name in self.known][:1]

    def _bases(self, name: str) -> Iterator[str]:
        """The classes of the module that the class takes its methods from, nearest first."""
        seen = {name}
        waiting = list(self.defined[name].bases)
        while waiting:
            base = waiting.pop(0)
            if base in self.defined and base not in seen:
                seen.add(base)
                waiting += self.defined[base].bases
                yield base

    def _used(self, one: _Known) -> Iterator[str]:
        """Functions of the module that it may call."""
        for read in one.body.reads:
            if read.name in self.known:
                yield read.name
        for call in one.body.calls:
            for name, _ in self._names(call, one):
                if name in self.known:
                    yield name

    def closed(self) -> Functions:
        found = {name: one for name, one in self.imported.items() if one.kind != "module"}
        for name, body in self.defined.items():
            if body.kind == "class":
                found[name] = self._class(name, body)
            else:
                found[name] = self._closed(name)
        return found

    def _class(self, name: str, body: DeferredFacts) -> DeferredFacts:
        methods: dict[str, DeferredFacts] = {}
        for owner in (name, *self._bases(name)):
            for key, _ in self.defined[owner].methods:
                methods.setdefault(key, self._closed(f"{owner}.{key}"))
        every = tuple(methods.items())
        return DeferredFacts("class", methods=every, keeps=body.keeps, closures=True)

    def _closed(self, name: str) -> DeferredFacts:
        one, every = self.known[name], [self.known[other].body for other in self._reached(name)]
        body = one.body
        every += [found for read in body.reads if (found := self.imported.get(read.name))]
        return DeferredFacts(
            body.kind,
            body.params,
            changes_params=one.changes,
            returns=body.returns.intersection(body.params),
            keeps=body.keeps,
            lazy=NOT_BEGUN if body.lazy else None,
            consumable=body.consumable,
            own_state=frozenset([MODULE]) if one.state else NOTHING,
            shows=any(other.shows for other in every),
            unrepeatable=any(other.unrepeatable for other in every),
            draws=joined(*[other.draws for other in every]),
            seeds=joined(*[other.seeds for other in every]),
            ambient_reads=joined(*[_texts(other.ambient_reads) for other in every]),
            ambient_writes=joined(*[_texts(other.ambient_writes) for other in every]),
        )

    def _reached(self, name: str) -> list[str]:
        found: dict[str, None] = {}
        waiting = [name]
        while waiting:
            one = waiting.pop()
            if one not in found:
                found[one] = None
                waiting += self._used(self.known[one])
        return list(found)


def _texts(locations: frozenset[str]) -> frozenset[str]:
    """Without what is of the module's own names: files whose path is in one, and new ones."""
    return frozenset([one for one in locations if one[:6] not in ("@file$", UNSEEN[:6])])
