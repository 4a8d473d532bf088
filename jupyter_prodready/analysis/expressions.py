"""Expressions: what is read, called and changed in place."""

from __future__ import annotations

import ast
import re

from ..model import Effect
from .aliases import element_aliases, sources_by_name
from .ambient import environment_key, files_of, is_ambient, is_option, sets_ambient
from .calls import CallFacts, call_facts, dotted, last_name, root, updated_keys
from .facts import RESULT, Call, How, Item, Mutation
from .flow import Scope
from .items import WHOLE_ATTRIBUTES, first_item, literal_keys, located
from .known_names import CALLS_ARGUMENT, NAMESPACE_CALLS, ONLY_LOOK, TEXT_READERS
from .nodes import walk

_HAVE_CODE = TEXT_READERS | {"exec", "eval"}
_LOCAL_IN_TEXT = re.compile(r"@([^\W\d]\w*)")


class Expressions(Scope):
    __slots__ = ()

    def visit_Constant(self, node: ast.Constant) -> None:
        pass

    def visit_Expr(self, node: ast.Expr) -> None:
        self.visit(node.value)

    def visit_keyword(self, node: ast.keyword) -> None:
        self.visit(node.value)

    def visit_Tuple(self, node: ast.Tuple | ast.List) -> None:
        for element in node.elts:
            self.visit(element)

    visit_List = visit_Tuple

    def visit_Name(self, node: ast.Name) -> None:
        if isinstance(node.ctx, ast.Load):
            self.read(node.id, node.lineno)
        elif isinstance(node.ctx, ast.Store):
            self.bind(node.id)
        else:
            self.delete(node.id, node.lineno)

    # --- parts of objects -----------------------------------------------------------

    def visit_Attribute(self, node: ast.Attribute) -> None:
        value = node.value
        if environment_key(node) is not None:
            self.ambient_reads.add("@environ")
        if not isinstance(value, ast.Name):
            self.visit(value)
        else:
            loaded = isinstance(node.ctx, ast.Load)
            self.read(value.id, node.lineno, self._items((node.attr,), attribute=True, used=loaded))
        self._stored(node, (node.attr,) if isinstance(value, ast.Name) else None)

    def visit_Subscript(self, node: ast.Subscript) -> None:
        keys = literal_keys(node.slice)
        if isinstance(node.value, ast.Name) and node.value.id == "Out":
            self.ambient_reads.add(f"@out:{ast.unparse(node.slice)}")
        if keys and (self._namespace_item(node, keys) or self._grouped(node, keys)):
            return
        if (variable := environment_key(node)) is not None:
            self._environment(node, variable)
        elif isinstance(node.value, ast.Name) and keys is not None:
            used = not isinstance(node.ctx, ast.Store)
            self.invoking += 1
            self.read(node.value.id, node.lineno, self._items(keys, attribute=False, used=used))
            self.invoking -= 1
            self._stored(node, keys)
        elif isinstance(node.ctx, ast.Store) and (place := located(node)) is not None:
            self.read(place.name, node.lineno, self._items(place.keys, attribute=True, used=True))
            self.invoke([node.slice])
            how: How = "set" if place.whole else "change"
            self.mutate(Mutation(place.name, False, place.keys, how, store=True))
        else:
            self.invoke([node.value, node.slice])
            self._stored(node, None)

    def _items(
        self, keys: tuple[str, ...], *, attribute: bool, used: bool
    ) -> tuple[Item, ...] | None:
        certain = self.certain and not self.dead
        return tuple(Item(key, attribute, certain) for key in keys) if used else ()

    def _stored(self, node: ast.Attribute | ast.Subscript, keys: tuple[str, ...] | None) -> None:
        """The effect of an assignment to, or ``del`` of, a part of an object."""
        if isinstance(node.ctx, ast.Load):
            return
        if self._names_unseen(node.value):
            return
        if is_option(node):
            self.ambient_writes.add("@options")
            return
        how: How = "set" if isinstance(node.ctx, ast.Store) else "del"
        name, deep = root(node.value)
        if name is not None and isinstance(node.value, ast.Name) and keys is not None:
            attribute = isinstance(node, ast.Attribute)
            if attribute and keys[0] in WHOLE_ATTRIBUTES:
                self.mutate(Mutation(name, store=True))
                return
            self.mutate(Mutation(name, False, keys, how, store=True, attribute=attribute))
        elif name is not None:
            inner = first_item(node.value)
            self.mutate(Mutation(name, deep, inner, store=True))

    def _names_unseen(self, target: ast.expr) -> bool:
        if isinstance(target, ast.Call) and dotted(target.func) in NAMESPACE_CALLS:
            self.opaque = self.opaque or f"`{dotted(target.func)}()` can define names unseen"
            return True
        return False

    def _namespace_item(self, node: ast.Subscript, keys: tuple[str, ...]) -> bool:
        """``globals()["x"]`` is the name ``x``."""
        value = node.value
        if not isinstance(value, ast.Call) or value.args or len(keys) != 1:
            return False
        called = dotted(value.func)
        if called != "globals" and not (called in NAMESPACE_CALLS and self.own is None):
            return False
        name = ast.Name(keys[0], node.ctx, lineno=node.lineno, col_offset=node.col_offset)
        own, self.own = self.own, None
        self.visit_Name(name)
        self.own = own
        return True

    def _grouped(self, node: ast.Subscript, keys: tuple[str, ...]) -> bool:
        """``df.groupby("a")["b"]`` needs these two columns of ``df``."""
        value = node.value
        if not isinstance(value, ast.Call) or not isinstance(value.func, ast.Attribute):
            return False
        frame, given = value.func.value, value.args
        by = literal_keys(given[0]) if len(given) == 1 else None
        if by is None or value.func.attr != "groupby" or not isinstance(frame, ast.Name):
            return False
        self.called = True
        self.invoking += 1
        self.read(frame.id, node.lineno, self._items((*by, *keys), attribute=False, used=True))
        self.invoking -= 1
        return True

    def _environment(self, node: ast.Subscript, variable: str) -> None:
        self.invoke([node.value, node.slice])
        if isinstance(node.ctx, ast.Load):
            self.ambient_reads.add(f"@environ:{variable}")
        else:
            self.ambient_writes.add(f"@environ:{variable}")

    # --- calls ----------------------------------------------------------------------

    def visit_Call(self, node: ast.Call) -> None:
        self.called = True
        last = last_name(node.func)
        if last in _HAVE_CODE and self._code_in_text(node):
            return
        facts = call_facts(node)
        if last == "partial":
            self._kept_for_later(node)
            return
        self.invoking += 1
        self._called(node)
        if last in ("map", "filter"):
            self._mapped(node)
        self._arguments_read(node, last)
        self.invoking -= 1
        self._call_effects(node, facts)
        if facts.mutations and id(node) not in self.pure:
            for mutation in facts.mutations:
                self.mutate(mutation)
        self._direct_call(node)

    def _arguments_read(self, node: ast.Call, last: str) -> None:
        looks = last in ONLY_LOOK and isinstance(node.func, ast.Name)
        calls = last in CALLS_ARGUMENT
        given = node.args
        if node.keywords:
            given = [*given, *[keyword.value for keyword in node.keywords]]
        for argument in given:
            if looks and isinstance(argument, ast.Name):
                self._look_at(argument)
            else:
                self.visit(argument)
            if calls:
                self._called_for_each(argument)

    def _kept_for_later(self, node: ast.Call) -> None:
        invoking, self.invoking = self.invoking, 0
        self.visit_all([node.func, *node.args, *[keyword.value for keyword in node.keywords]])
        self.invoking = invoking

    def _mapped(self, node: ast.Call) -> None:
        """``map(f, rows)`` calls ``f`` with the elements of ``rows``."""
        function = node.args[0] if node.args else None
        if dotted(node.func) in ("map", "filter") and isinstance(function, ast.Name):
            given = [root(argument)[0] for argument in node.args[1:]]
            args = tuple([name and f"*{name}" for name in given])
            self.calls.append(Call(function.id, None, args, (), False, self.reached))

    def _called_for_each(self, argument: ast.expr) -> None:
        """A function that is given to `sorted`, `apply`: called unless there is no element."""
        reached = self.reached and not self.dead
        if isinstance(argument, ast.Lambda):
            self.anonymous[-1].called = reached
        elif isinstance(argument, ast.Name):
            self.calls.append(Call(argument.id, None, (), (), False, reached))

    def _look_at(self, node: ast.Name) -> None:
        invoking, self.invoking = self.invoking, 0
        self.visit(node)
        self.invoking = invoking
        self.looked_at.add(node.id)

    def _called(self, node: ast.Call) -> None:
        func = node.func
        if isinstance(func, ast.Attribute) and isinstance(func.value, ast.Name):
            if environment_key(func) is not None:
                self.ambient_reads.add("@environ")
            keys = literal_keys(node.args[0]) if node.args else None
            if keys and func.attr in ("get", "pop"):
                sure = func.attr == "pop" and len(node.args) == 1
                found = self._items(keys, attribute=not sure, used=True) or ()
                if not sure:
                    found = tuple([i._replace(certain=False, optional=True) for i in found])
                self.read(func.value.id, node.lineno, found)
            elif func.attr == "update" and updated_keys(node):
                self.read(func.value.id, node.lineno, (Item("update", True, False, True),))
            else:
                self.read(func.value.id, node.lineno)
        else:
            self.visit(func)

    def _code_in_text(self, node: ast.Call) -> bool:
        """``exec`` and ``eval`` of a literal text; ``@name`` in the text of a query."""
        called, texts = dotted(node.func), [a for a in node.args if isinstance(a, ast.Constant)]
        text = texts[0].value if texts and texts[0] is node.args[0] else None
        if not isinstance(text, str):
            return False
        if called.rpartition(".")[2] in TEXT_READERS:
            for name in _LOCAL_IN_TEXT.findall(text):
                self.read(name, node.lineno)
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

    def _call_effects(self, node: ast.Call, facts: CallFacts) -> None:
        self.shows = self.shows or facts.shows
        self.silent = self.silent and facts.silent
        if facts.effects:
            self.effects += [Effect(kind, node.lineno, detail) for kind, detail in facts.effects]
            read, written = files_of(node, facts.effects)
            self.ambient_reads |= read
            self.ambient_writes |= written
        for location in facts.draws:
            self.effects.append(Effect("random", node.lineno, dotted(node.func) or location))
        self.draws |= facts.draws
        self.seeds |= facts.seeds
        self.unrepeatable = self.unrepeatable or facts.unrepeatable
        if facts.opaque:
            self.opaque = self.opaque or facts.opaque
            self.effects.append(Effect("opaque", node.lineno, dotted(node.func)))
        if is_ambient(dotted(node.func)):
            read, written = sets_ambient(node)
            self.ambient_reads |= read
            self.ambient_writes |= written

    def _direct_call(self, node: ast.Call) -> None:
        method = None
        func: str | None
        if isinstance(node.func, ast.Attribute):
            func, method = root(node.func.value)[0], node.func.attr
        else:
            func = node.func.id if isinstance(node.func, ast.Name) else None
            if isinstance(node.func, ast.Call) and isinstance(node.func.func, ast.Name):
                func, method = node.func.func.id, RESULT
        if func is None:
            return
        args = tuple([self._given(arg) for arg in node.args])
        keywords = tuple(
            (keyword.arg, name)
            for keyword in node.keywords
            if keyword.arg and (name := self._given(keyword.value))
        )
        sure, reached = self.certain and not self.dead, self.reached and not self.dead
        self.calls.append(Call(func, method, args, keywords, sure, reached))

    def _given(self, argument: ast.expr) -> str | None:
        name, _ = root(argument)
        element = name in self.loops and name in self.hidden
        return f"*{self.loops[name]}" if element and name is not None else name

    # --- operators ------------------------------------------------------------------

    def visit_BinOp(self, node: ast.BinOp) -> None:
        self.invoking += 1
        self.visit(node.left)
        self.visit(node.right)
        self.invoking -= 1

    def visit_UnaryOp(self, node: ast.UnaryOp) -> None:
        self.invoke([node.operand])

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        self.invoke(node.values)

    def visit_FormattedValue(self, node: ast.FormattedValue) -> None:
        self.visit(node.value)
        if node.format_spec is not None:
            self.visit(node.format_spec)

    def visit_Compare(self, node: ast.Compare) -> None:
        if self._asks_for_name(node):
            return
        self.invoke([node.left, *node.comparators[:1]])
        self.invoking += 1
        self.possibly(node.comparators[1:])
        self.invoking -= 1

    def _asks_for_name(self, node: ast.Compare) -> bool:
        """``"x" in globals()`` defines nothing."""
        around = node.comparators[0]
        asked = isinstance(node.left, ast.Constant) and isinstance(node.ops[0], (ast.In, ast.NotIn))
        return asked and isinstance(around, ast.Call) and dotted(around.func) in NAMESPACE_CALLS

    def visit_BoolOp(self, node: ast.BoolOp) -> None:
        self.invoke(node.values[:1])
        self.possibly(node.values[1:])

    def visit_IfExp(self, node: ast.IfExp) -> None:
        self.visit(node.test)
        self.possibly([node.body, node.orelse])

    def visit_NamedExpr(self, node: ast.NamedExpr) -> None:
        self.visit(node.value)
        name = node.target.id
        if self.certain or self.own is not None:
            self.bind(name)
        elif name not in self.hidden:
            self.maybe.add(name)
            self.bound.add(name)

    def visit_Starred(self, node: ast.Starred) -> None:
        self.invoke([node.value]) if isinstance(node.ctx, ast.Load) else self.visit(node.value)

    def visit_Await(self, node: ast.Await) -> None:
        self.invoke([node.value])

    def visit_Yield(self, node: ast.Yield) -> None:
        self.yields = True
        self.visit_all([node.value])

    def visit_YieldFrom(self, node: ast.YieldFrom) -> None:
        self.yields = True
        self.invoke([node.value])

    # --- comprehensions -------------------------------------------------------------

    def visit_ListComp(self, node: ast.ListComp | ast.SetComp) -> None:
        self._comprehension(node.generators, [node.elt])

    visit_SetComp = visit_ListComp

    def visit_GeneratorExp(self, node: ast.GeneratorExp) -> None:
        self._comprehension(node.generators, [node.elt])

    def visit_DictComp(self, node: ast.DictComp) -> None:
        self._comprehension(node.generators, [node.key, node.value])

    def _comprehension(self, generators: list[ast.comprehension], results: list[ast.expr]) -> None:
        self.invoke([generators[0].iter])
        targets = frozenset(
            [
                name.id
                for generator in generators
                for name in walk(generator.target)
                if isinstance(name, ast.Name)
            ]
        )
        elements = [alias for g in generators for alias in element_aliases(g.target, g.iter)]
        outer, self.hidden = self.hidden, self.hidden | targets
        loops, self.loops = self.loops, self.loops | sources_by_name(elements)
        self.invoking += 1
        for number, generator in enumerate(generators):
            self.possibly([generator.iter] if number else [], looped=True)
            self.possibly(generator.ifs, looped=True)
        self.possibly(results, looped=not any(generator.ifs for generator in generators))
        self.invoking -= 1
        self.hidden, self.loops = outer, loops
