"""Expressions: what is read and changed in place."""

from __future__ import annotations

import ast

from .aliases import element_aliases, pair_aliases, sources_by_name, sources_of
from .ambient import RESULTS, environment_key, is_option
from .asked_names import name_asked
from .calls import dotted, given_by, root
from .column_reads import OF_GROUPS
from .deeds import CHANGED
from .facts import RESULT, Call, How, Item, Mutation
from .flow import METHODS
from .invocations import Invocations
from .items import WHOLE_ATTRIBUTES, first_item, is_place, literal_keys, located
from .known_names import NAMESPACE_CALLS
from .nodes import names_in
from .words import maker

_item, _mutation = maker(Item), maker(Mutation)


class Expressions(Invocations):
    """Collects what expressions read and change."""

    __slots__ = ()

    def visit_Constant(self, node: ast.Constant) -> None:
        self.constant = node.value

    def visit_Expr(self, node: ast.Expr) -> None:
        self.visit(node.value)

    def visit_keyword(self, node: ast.keyword) -> None:
        self.visit(node.value)

    def visit_Tuple(self, node: ast.Tuple | ast.List) -> None:
        for element in node.elts:
            if type(element) is ast.Constant:
                self.constant = element.value
            else:
                METHODS[type(element)](self, element)

    visit_List = visit_Tuple

    def visit_Dict(self, node: ast.Dict) -> None:
        self.visit_all([*node.keys, *node.values])

    def visit_Name(self, node: ast.Name) -> None:
        context = type(node.ctx)
        if context is ast.Load:
            name = node.id
            self.said.names.add(name)
            self.read(name, node)
        elif context is ast.Store:
            self.bind(node.id)
        else:
            self.said.names.add(node.id)
            self.delete(node.id, node)

    # --- parts of objects -----------------------------------------------------------

    def visit_Attribute(self, node: ast.Attribute) -> None:
        value, last, context = node.value, node.attr, type(node.ctx)
        if self.own is not None:
            self.body.attributes |= {last}
        if type(value) is not ast.Name:
            if type(value) is not ast.Attribute:
                METHODS[type(value)](self, value)
            else:
                if value.attr == "environ":
                    self.rarely().ambient_reads |= {"@environ"}
                if not self._of_group(value):
                    self.visit_Attribute(value)
            if context is not ast.Load:
                self._stored(node, value, context, None)
            return
        name = value.id
        self.said.names.add(name)
        if name == "environ":
            self.rarely().ambient_reads |= {"@environ"}
        if context is ast.Load:
            if last == "path" and name == "sys":
                self.rarely().ambient_reads |= {"@path"}
            sure = self.certain and not (self.dead or self.left)
            self.read(name, node, (_item((last, True, sure, self.guarded)),))
        else:
            items = self.items_read((last,), attribute=True) if context is ast.Del else ()
            self.read(name, node, items)
            self._stored(node, value, context, (last,))

    def visit_Subscript(self, node: ast.Subscript) -> None:
        value, place, context = node.value, node.slice, type(node.ctx)
        keys = literal_keys(place)
        name = value.id if type(value) is ast.Name else ""
        if name in RESULTS:
            self.rarely().ambient_reads |= {f"{RESULTS[name]}:{ast.unparse(place)}"}
        if name and keys and name != "environ":
            self.said.names.add(name)
            self.invoked.add(name)
            self.read(name, node, () if context is ast.Store else self.items_read(keys))
            if context is not ast.Load:
                self._stored(node, value, context, keys)
            return
        if keys and type(value) is ast.Call and self._meant(node, value, keys):
            return
        if (variable := environment_key(node)) is not None:
            self._environment(node, variable)
        elif context is ast.Store and (found := located(node)) is not None:
            self.said.names.add(found.name)
            self.read(found.name, node, self.items_read(found.keys, attribute=True))
            self.invoke_one(place)
            how: How = "set" if found.whole else "change"
            self.mutate(Mutation(found.name, False, found.keys, how, store=True))
        else:
            self.invoking += 1
            self.visit(value)
            self.visit(place)
            self.invoking -= 1
            if context is not ast.Load:
                self._stored(node, value, context, None)

    def _stored(
        self,
        node: ast.Attribute | ast.Subscript,
        value: ast.expr,
        context: type,
        keys: tuple[str, ...] | None,
    ) -> None:
        """The effect of an assignment to, or ``del`` of, a part of an object."""
        if type(value) is ast.Call and self._names_unseen(value):
            return
        if is_option(node):
            self.rarely().ambient_writes |= {"@options"}
            return
        how: How = "set" if context is ast.Store else "del"
        if type(value) is ast.Name and keys is not None:
            name, attribute = value.id, type(node) is ast.Attribute
            if attribute and keys[0] in WHOLE_ATTRIBUTES:
                self.mutate(Mutation(name, store=True))
                return
            self.mutate(_mutation((name, False, keys, how, True, attribute, "")))
            return
        of, deep = root(value)
        if of is not None:
            deep = deep and not is_place(value)
            self.mutate(Mutation(of, deep, first_item(value), store=True))
        elif (giver := _giver(value)) is not None:
            self.calls += (Call(giver, f"{RESULT}.{CHANGED}", (), (), False),)

    def _names_unseen(self, target: ast.Call) -> bool:
        if not target.args and dotted(target.func) in NAMESPACE_CALLS:
            self.hide_names(f"`{dotted(target.func)}()` can define names unseen")
            return True
        return False

    def _meant(self, node: ast.Subscript, value: ast.Call, keys: tuple[str, ...]) -> bool:
        return self._namespace_item(node, value, keys) or self._grouped(node, value, keys)

    def _namespace_item(self, node: ast.Subscript, value: ast.Call, keys: tuple[str, ...]) -> bool:
        """``globals()["x"]`` is the name ``x``."""
        if value.args or len(keys) != 1 or not keys[0]:
            return False
        called = dotted(value.func)
        if called != "globals" and not (called in NAMESPACE_CALLS and self.own is None):
            return False
        self.said.odd = True
        name = ast.Name(keys[0], node.ctx, lineno=node.lineno, col_offset=node.col_offset)
        own, self.own = self.own, None
        self.visit_Name(name)
        self.own = own
        return True

    def _grouped(self, node: ast.expr, value: ast.Call, keys: tuple[str, ...]) -> bool:
        """``df.groupby("a")["b"]`` needs these two columns of ``df``."""
        if not isinstance(value.func, ast.Attribute):
            return False
        frame, given = value.func.value, value.args
        by = literal_keys(given[0]) if len(given) == 1 else None
        if by is None or value.func.attr != "groupby" or not isinstance(frame, ast.Name):
            return False
        self.called = True
        self.invoking += 1
        self.said.names.add(frame.id)
        self.said.calls.append((value, self.certain and self.sure))
        self.read(frame.id, node, self.items_read(keys))
        if self.own is None:
            self._need_columns(value, "groupby")
        self.invoking -= 1
        return True

    def _of_group(self, node: ast.Attribute) -> bool:
        """``df.groupby("a").b.sum()`` needs the column ``b``, too."""
        call, key = node.value, node.attr
        if type(call) is not ast.Call or key[:1] == "_" or key in OF_GROUPS:
            return False
        return self._grouped(node, call, (key,))

    def _environment(self, node: ast.Subscript, variable: str) -> None:
        self.invoke([node.value, node.slice])
        self.said.calls.append((node, self.certain and self.sure))
        if isinstance(node.ctx, ast.Load):
            self.rarely().ambient_reads |= {f"@environ:{variable}"}
        else:
            self.rarely().ambient_writes |= {f"@environ:{variable}"}

    # --- operators ------------------------------------------------------------------

    def visit_BinOp(self, node: ast.BinOp) -> None:
        invoking = self.invoking
        self.invoking = invoking + 1
        for side in (node.left, node.right):
            if type(side) is ast.Name:
                self.said.names.add(side.id)
                self.read(side.id, side)
            elif type(side) is ast.Constant:
                self.constant = side.value
            else:
                METHODS[type(side)](self, side)
        self.invoking = invoking

    def visit_UnaryOp(self, node: ast.UnaryOp) -> None:
        self.invoke_one(node.operand)

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        self.invoking += 1
        for part in node.values:
            if type(part) is ast.Constant:
                self.constant = part.value
            else:
                METHODS[type(part)](self, part)
        self.invoking -= 1

    def visit_FormattedValue(self, node: ast.FormattedValue) -> None:
        value = node.value
        if type(value) is ast.Name:
            self.load(value)
        else:
            METHODS[type(value)](self, value)
        if node.format_spec is not None:
            self.visit(node.format_spec)

    def visit_Compare(self, node: ast.Compare) -> None:
        if self._asks_for_name(node):
            self.said.odd = True
            return
        left, right = node.left, node.comparators[0]
        self.rarely().identifies = True
        self.invoking += 1
        METHODS[type(left)](self, left)
        METHODS[type(right)](self, right)
        if len(node.comparators) > 1:
            self.said.odd = True
            self.possibly(node.comparators[1:])
        self.invoking -= 1

    def _asks_for_name(self, node: ast.Compare) -> bool:
        """``"x" in globals()`` defines nothing."""
        asked = name_asked(node, inside=self.own is not None)
        if asked:
            self.rarely().ambient_reads |= asked
        return asked is not None

    def visit_BoolOp(self, node: ast.BoolOp) -> None:
        self.invoke(node.values[:1])
        self.possibly(node.values[1:])

    def visit_IfExp(self, node: ast.IfExp) -> None:
        self.visit(node.test)
        self.possibly([node.body, node.orelse])

    def visit_NamedExpr(self, node: ast.NamedExpr) -> None:
        self.visit(node.value)
        name = node.target.id
        self.rarely().named += tuple(pair_aliases(node.target, node.value))
        if self.certain or self.own is not None:
            self.bind(name)
        elif name not in self.hidden:
            self.rarely().maybe_writes |= {name}
            self.bound.add(name)

    def visit_Starred(self, node: ast.Starred) -> None:
        self.invoke_one(node.value) if isinstance(node.ctx, ast.Load) else self.visit(node.value)

    def visit_Await(self, node: ast.Await) -> None:
        self.invoke_one(node.value)

    def visit_Yield(self, node: ast.Yield) -> None:
        self.visit_all([node.value])
        if node.value is not None:
            self.in_body().passes |= frozenset([name for name, _ in sources_of(node.value)])
        self._first_given()

    def visit_YieldFrom(self, node: ast.YieldFrom) -> None:
        self.invoke_one(node.value)
        self.in_body().passes |= frozenset([name for name, _ in sources_of(node.value)])
        self._first_given()

    def _first_given(self) -> None:
        body = self.in_body()
        if body.yields is None:
            body.yields = {**self.reads}, len(self.calls)

    # --- comprehensions -------------------------------------------------------------

    def visit_ListComp(self, node: ast.ListComp | ast.SetComp) -> None:
        self.visit_comprehension(node.generators, [node.elt])

    visit_SetComp = visit_ListComp

    def visit_GeneratorExp(self, node: ast.GeneratorExp) -> None:
        self.visit_comprehension(node.generators, [node.elt])

    def visit_DictComp(self, node: ast.DictComp) -> None:
        self.visit_comprehension(node.generators, [node.key, node.value])

    def visit_comprehension(
        self, generators: list[ast.comprehension], results: list[ast.expr], *, first: bool = True
    ) -> None:
        """``first``: what the first generator goes through is read here, too."""
        self.invoking += 1
        begin = generators[0]
        if first:
            METHODS[type(begin.iter)](self, begin.iter)
        outer, loops = self.hidden, self.loops
        for one in generators:
            target, through = one.target, one.iter
            self.hidden = self.hidden.union(names_in(target))
            if elements := element_aliases(target, through):
                self.loops = {**self.loops, **sources_by_name(elements)}
        filtered = False
        for one in generators:
            if one is not begin:
                self.said.odd = True
                self.possibly([one.iter], True)
            if one.ifs:
                filtered = True
                self.possibly(one.ifs, True)
        self.possibly(results, not filtered)
        self.invoking -= 1
        self.hidden, self.loops = outer, loops


def _giver(target: ast.expr) -> str | None:
    """The name, or the method of one, that is called in ``f(a)["k"]["n"]``."""
    while type(target) is ast.Attribute or type(target) is ast.Subscript:
        target = target.value
    return given_by(target, CHANGED) if type(target) is ast.Call else None
