"""Calls: what they read, run, change and do beside names."""

from __future__ import annotations

import ast
import re

from ..model import Effect
from .ambient import files_of, is_ambient, sets_ambient
from .calls import (
    KINDS,
    CallFacts,
    CallKind,
    call_facts,
    changes_by_keyword,
    mutated,
    reached_by,
    root,
    updated_keys,
)
from .column_reads import columns_needed
from .deeds import ANY, ON_THE_SPOT, UNSEEN
from .facts import EVERY, Call, DeferredFacts, Item, Mutation
from .filled import FILLING, fields_of, fills
from .flow import METHODS, Scope
from .handles import GRIPS, changing_method, direct, grip, put_off
from .items import literal_keys
from .known_names import CALLS_ARGUMENT, ONLY_LOOK, STORING, TEXT_READERS
from .mutation import RETURNS_NONE
from .nodes import dotted, last_name, walk
from .sql import changes_data
from .words import maker

_HAVE_CODE = TEXT_READERS | {"exec", "eval"}
_ASKS_FOR_CLASS = frozenset({"isinstance", "issubclass", "type"})
MAPS = frozenset({"map", "filter"})
"""Builtins that call nothing until their result is consumed."""
_LATER = _HAVE_CODE | FILLING | {"partial"}
_SPECIAL = _LATER | MAPS | CALLS_ARGUMENT | ONLY_LOOK | STORING
"""Last names of calls that do not simply read their arguments."""
_Names = tuple[str | None, ...]
_Named = tuple[tuple[str, str], ...]
_NAMED = frozenset({ast.Name, ast.Attribute, ast.Subscript, ast.Call, ast.Starred})
"""Kinds of arguments that may be known by a name."""
_BY_KEY = frozenset({"get", "pop", "update"})
"""Methods that need only those items of the object that they name."""
_call = maker(Call)
_LOCAL_IN_TEXT = re.compile(r"@([^\W\d]\w*)")


class Invocations(Scope):
    """Collects what the calls of one scope do."""

    __slots__ = ()

    def visit_Call(self, node: ast.Call) -> None:
        self.called = True
        func, given, keywords = node.func, node.args, node.keywords
        of, method, name, last = "", None, "", ""
        if type(func) is ast.Name:
            name = last = of = func.id
        elif type(func) is ast.Attribute:
            value, last = func.value, func.attr
            if type(value) is ast.Name:
                of, method = value.id, last
                name = f"{of}.{last}"
            elif type(value) is ast.Attribute:
                name = dotted(func)
        elif type(func) is ast.Call and (meant := direct(node, func)) is not None:
            self.said.odd = True
            self.visit(func.func)
            self.visit_Call(meant)
            return
        special = last in _SPECIAL
        if special and last in _LATER and self._is_read_later(node, last):
            return
        args: _Names | None = ()
        invoking = self.invoking
        self.invoking = invoking + 1
        if not of:
            METHODS[type(func)](self, func)
        elif method is None:
            self.said.names.add(of)
            self.read(of, func)
        else:
            self._asked_of(node, of, method)
        if given or keywords:
            args = self._arguments_read(node, last) if special else self._all_read(given, keywords)
        self.invoking = invoking
        kind = KINDS[name or f"().{last}"]
        self.silent = self.silent and kind.facts.silent
        if keywords or kind.does_more:
            self._done(node, kind, name, last)
        self.said.calls.append((node, self.certain and self.sure))
        self._direct_call(node, of, method, args)

    def _all_read(self, given: list[ast.expr], keywords: list[ast.keyword]) -> _Names | None:
        """Returns the names that are given, None where that takes more than a look."""
        args: _Names = ()
        plain, names = not self.loops and not keywords, self.said.names
        for one in given:
            if type(one) is ast.Name:
                name = one.id
                names.add(name)
                self.read(name, one)
                args += (name,)
            elif type(one) is ast.Constant:
                self.constant = one.value
                args += (None,)
            else:
                METHODS[type(one)](self, one)
                args += (None,)
                plain = plain and type(one) not in _NAMED
        for keyword in keywords:
            value = keyword.value
            METHODS[type(value)](self, value)
        return args if plain else None

    def _done(self, node: ast.Call, kind: CallKind, name: str, last: str) -> None:
        """What it does, beside what it reads."""
        facts, keywords = kind.facts, node.keywords
        if facts.beside:
            self._call_effects(node, call_facts(node, kind, name, last), name)
        changes = kind.changes or (keywords and changes_by_keyword(keywords))
        if changes and not (node is self.assigned and _gives_another(node.func, last)):
            for mutation in mutated(node, kind, last):
                self.mutate(self._locally(mutation) if mutation.how == "told" else mutation)
        if kind.columns and self.own is None and not self.guarded and (node.args or keywords):
            self._need_columns(node, last)

    def _need_columns(self, node: ast.Call, last: str) -> None:
        sure = not (self.dead or self.left)
        certain, reached = self.certain and sure, self.reached and sure
        for need in columns_needed(node, last, certain, reached):
            if need.name not in self.hidden and need.name not in self.bound:
                self.rarely().needs += (need,)

    def _is_read_later(self, node: ast.Call, last: str) -> bool:
        """Does it run a text, or keep what it was given for later?"""
        if last in _HAVE_CODE:
            if self._code_in_text(node):
                return True
            if last == "eval" and type(node.func) is ast.Name and len(node.args) == 1:
                self.rarely().ambient_reads |= {ANY}
        if last in FILLING and fills(node, inside=self.own is not None):
            self._filled(node)
        elif last == "partial":
            self._merely_read([node.func, *node.args, *[one.value for one in node.keywords]])
        else:
            return False
        self.said.calls.append((node, self.certain and self.sure))
        return True

    def _filled(self, node: ast.Call) -> None:
        """A text that takes its values from all names of the page."""
        if (fields := fields_of(node)) is None:
            self.rarely().ambient_reads |= {ANY}
            METHODS[type(node.func)](self, node.func)
        for name in fields or ():
            self.read(name, node)

    def _arguments_read(self, node: ast.Call, last: str) -> _Names | None:
        """As `_all_read`, of a call of `_SPECIAL`."""
        if last in _ASKS_FOR_CLASS:
            self.rarely().identifies = True
        if last in ONLY_LOOK and type(node.func) is ast.Name:
            return self._looked_at(node.args, node.keywords)
        if last in MAPS:
            if self.invoking == 1 and self.own is None and len(node.args) > 1:
                self._mapped_later(node)
                return None
            self._mapped(node)
        given, keywords = node.args, node.keywords
        if last in STORING and type(node.func) is ast.Attribute:
            invoking, self.invoking = self.invoking, 0
            args = self._all_read(given, [])
            self.invoking = invoking
            return None if keywords else args
        if last not in CALLS_ARGUMENT:
            return self._all_read(given, keywords)
        names: _Names | None = ()
        for argument in [*given, *[keyword.value for keyword in keywords]] if keywords else given:
            args = self._all_read([argument], [])
            names = None if names is None or args is None else names + args
            self._called_for_each(argument)
        return None if keywords else names

    def _looked_at(self, given: list[ast.expr], keywords: list[ast.keyword]) -> _Names | None:
        """As `_all_read`, of what is only printed, measured or compared by type."""
        names: _Names = ()
        plain, invoking = not self.loops and not keywords, self.invoking
        for argument in [*given, *[keyword.value for keyword in keywords]] if keywords else given:
            if type(argument) is ast.Name:
                name = argument.id
                names += (name,)
                self.said.names.add(name)
                self.invoking = 0
                self.read(name, argument)
                self.invoking = invoking
                self.looked_at |= {name}
            else:
                names += (None,)
                METHODS[type(argument)](self, argument)
                plain = plain and type(argument) not in _NAMED
        return names if plain else None

    def _merely_read(self, nodes: list[ast.expr]) -> None:
        invoking, self.invoking = self.invoking, 0
        self.visit_all(nodes)
        self.invoking = invoking

    def _mapped(self, node: ast.Call) -> None:
        """``map(f, rows)`` calls ``f`` with the elements of ``rows``."""
        function = node.args[0] if node.args else None
        if function is not None and (of := changing_method(function)) is not None:
            name, deep = root(of)
            if name is not None:
                self.mutate(Mutation(name, deep))
        if type(function) is ast.Attribute and (later := put_off(function)) is not None:
            self.anonymous += (later,)
        if dotted(node.func) in ("map", "filter") and isinstance(function, (ast.Name, ast.Lambda)):
            called = function.id if isinstance(function, ast.Name) else ON_THE_SPOT
            args = tuple([name and f"*{name}" for name, _ in map(root, node.args[1:])])
            self.calls += (Call(called, None, args, (), False, self.reached),)

    def _mapped_later(self, node: ast.Call) -> None:
        """``map(f, rows)`` that nothing goes through yet."""
        function, *rows = node.args
        self._merely_read([function])
        self.visit_all(rows)
        if isinstance(function, ast.Lambda):
            return
        made = grip(function) or DeferredFacts("closure")
        if isinstance(function, ast.Name):
            args = tuple([name and f"*{name}" for name, _ in map(root, rows)])
            made.calls = (Call(function.id, None, args, (), False),)
        self.anonymous += (made,)

    def _called_for_each(self, argument: ast.expr) -> None:
        """A function that is given to `sorted`, `apply`: called unless there is no element."""
        reached = self.reached and not (self.dead or self.left)
        if isinstance(argument, ast.Lambda):
            self.anonymous[-1].called = reached
        elif isinstance(argument, ast.Name):
            self.calls += (Call(argument.id, None, (), (), False, reached),)

    def _asked_of(self, node: ast.Call, name: str, method: str) -> None:
        """What a method needs of the object that it is called on."""
        self.said.names.add(name)
        if self.own is not None:
            self.body.attributes |= {method}
        if name == "environ":
            self.rarely().ambient_reads |= {"@environ"}
        self.read(name, node, self._asked(node, method) if method in _BY_KEY else None)

    def _asked(self, node: ast.Call, method: str) -> tuple[Item, ...] | None:
        """The items that a call of one of `_BY_KEY` needs, None for the whole object."""
        if method == "update":
            return (Item("update", True, False, True),) if updated_keys(node) else None
        if not node.args or not (keys := literal_keys(node.args[0])):
            return None
        if method == "get" or len(node.args) > 1:
            return tuple([Item(key, True, False, True) for key in keys])
        return self.items_read(keys)

    def _code_in_text(self, node: ast.Call) -> bool:
        """``exec`` and ``eval`` of a literal text; ``@name`` in the text of a query."""
        called, texts = dotted(node.func), [a for a in node.args if isinstance(a, ast.Constant)]
        text = texts[0].value if texts and texts[0] is node.args[0] else None
        if not isinstance(text, str):
            return False
        self.said.odd = True
        if called.rpartition(".")[2] in TEXT_READERS:
            for name in _LOCAL_IN_TEXT.findall(text):
                self.read(name, node)
        if called not in ("exec", "eval") or len(node.args) > 1 or node.keywords:
            return False
        try:
            tree = ast.parse(text if called == "exec" else f"({text})")
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return False
        for inner in walk(tree):
            if hasattr(inner, "lineno"):
                inner.lineno = node.lineno
        self.invoke(tree.body)
        return True

    def _call_effects(self, node: ast.Call, facts: CallFacts, name: str) -> None:
        line = node.lineno
        self.shows = self.shows or facts.shows
        if facts.effects:
            rare = self.rarely()
            rare.effects += tuple([Effect(kind, line, detail) for kind, detail in facts.effects])
            read, written = files_of(node, facts.effects)
            rare.ambient_reads |= read
            rare.ambient_writes |= written
        if facts.draws or facts.seeds:
            rare = self.rarely()
            for location in facts.draws:
                rare.effects += (Effect("random", line, name or location),)
            rare.draws |= facts.draws
            rare.seeds |= facts.seeds
        if facts.unrepeatable:
            self.rarely().unrepeatable = True
        if facts.opaque:
            self.hide_names(facts.opaque)
            if name == "globals":
                self.rarely().ambient_reads |= {ANY}
            self.rarely().effects += (Effect("opaque", line, name),)
        if is_ambient(name or last_name(node.func)):
            read, written = sets_ambient(node, inside=self.own is not None)
            rare = self.rarely()
            rare.ambient_reads |= read
            rare.ambient_writes |= written

    def _locally(self, mutation: Mutation) -> Mutation:
        """What SQL does whose text a name of the function holds; a parameter asks."""
        name, text = mutation.name, mutation.guess
        if self.own is None or text not in self.own:
            return mutation
        known = self.body.texts.get(text)
        if text in self.params or (known and not changes_data(known)):
            return Mutation(name, how="ask")
        return Mutation(name, deep=True)

    def hide_names(self, why: str) -> None:
        """It may define names unseen, here or where it is called."""
        rare = self.rarely()
        rare.opaque = rare.opaque or why
        if self.own is not None:
            self.rarely().ambient_writes |= {UNSEEN}

    def _direct_call(
        self, node: ast.Call, func: str | None, method: str | None, args: _Names | None
    ) -> None:
        if not func:
            func, method = reached_by(node.func)
            if func is None:
                return
        named: _Named = ()
        if args is None:
            args, named = self._names_given(node)
        if self.dead or self.left or func[0] == "*":
            certain = reached = False
        else:
            certain, reached = self.certain, self.reached
        call = _call((func, method, args, named, certain, reached))
        self.calls += (call,)
        if node is self.assigned and method is None:
            self.result_of = call
        if self.loops:
            self._called_for_others(call)

    def _names_given(self, node: ast.Call) -> tuple[_Names, _Named]:
        """The names behind its arguments, by place and by keyword."""
        args: _Names = ()
        named: _Named = ()
        called, loops = node.func, self.loops
        for one in node.args:
            if type(one) is ast.Name and not loops:
                args += (one.id,)
            else:
                args += (self._given(one, called) if type(one) in _NAMED else None,)
        for keyword in node.keywords:
            if name := self._given(keyword.value, called):
                named += ((keyword.arg or EVERY, name),)
        return args, named

    def _called_for_others(self, call: Call) -> None:
        """The call once more for each that a loop variable may be in it."""
        for source in self.loops.get(call.func, ()):
            self.calls += (Call(f"*{source}", call.method, call.args, call.keywords, False),)
        given = {name for name in (*call.args, *dict(call.keywords).values()) if name}
        for first, *others in self.loops.values():
            for other in others if f"*{first}" in given else ():
                meant = {f"*{first}": f"*{other}"}
                args = tuple([one and meant.get(one, one) for one in call.args])
                named = tuple([(key, meant.get(one, one)) for key, one in call.keywords])
                self.calls += (call._replace(args=args, keywords=named, certain=False),)

    def _given(self, argument: ast.expr, called: ast.expr) -> str | None:
        if type(argument) is ast.Attribute and argument.attr in GRIPS:
            self._grip_given(argument, called)
        if type(argument) is ast.Starred:
            return (name := root(argument.value)[0]) and EVERY + name
        name = argument.id if type(argument) is ast.Name else root(argument)[0]
        if self.loops and name in self.loops and name in self.hidden and name is not None:
            return f"*{self.loops[name][0]}"
        return name

    def _grip_given(self, method: ast.Attribute, called: ast.expr) -> None:
        """``each(a.append)``: it is taken to be called there, as a lambda is."""
        if last_name(called) not in _SPECIAL and (made := grip(method)) is not None:
            self.anonymous += (made,)


def _gives_another(func: ast.expr, last: str) -> bool:
    """Does it leave alone what it is of, where it is kept? ``X = shuffle(X)`` is scikit-learn's."""
    return last == "shuffle" or (last in RETURNS_NONE and type(func) is ast.Attribute)
