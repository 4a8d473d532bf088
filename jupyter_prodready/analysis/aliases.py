"""Which names share their object, or a part of it, after a statement."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from . import mutation as known
from .builtin_names import BUILTINS
from .calls import dotted, last_name, root
from .chained import among
from .copying import COPYING, handed_over
from .elements import written_elements, written_items
from .facts import Alias, Sharing
from .handles import changing_method
from .nodes import children, names_in
from .results import loop_over_result
from .words import made

_DICT_VIEWS = frozenset({"keys", "values", "items"})
Sources = Sequence[tuple[str, Sharing]]
_PASSING = frozenset(
    ["zip", "enumerate", "reversed", "sorted", "list", "tuple", "iter", "chain", "islice", "cycle",
     "filter", "pairwise", "zip_longest", "takewhile", "dropwhile", "deque", "tee",
     "itertools.chain", "itertools.islice", "itertools.cycle"]
)  # fmt: skip
"""Names of calls whose result goes through the elements of what they are given."""
ADDING = frozenset(
    ["append", "appendleft", "add", "insert", "extend", "update", "setdefault", "put", "push"]
)
_TAKING = frozenset({"extend", "update"})
_COPYING = frozenset({"list", "tuple", "dict", "set", "sorted", "copy.copy", "deque"})
_HOLDING = frozenset(
    ["iter", "partial", "zip", "enumerate", "map", "filter", "reversed", "tee", "chain", "islice",
     "cycle", "starmap", "takewhile", "dropwhile", "pairwise", "zip_longest", "batched"]
)  # fmt: skip
_OF_ELEMENTS = frozenset({"part", "element", "chosen", "kept"})
_WRITERS = frozenset({"writer", "DictWriter", "TextIOWrapper"})
"""Calls whose result writes into the file that they are given."""
_CHOOSING = frozenset({"max", "min", "choice", "pop", "popleft"})
_GIVING = known.GETTERS | _CHOOSING | {"next", "getattr", "memoryview", ""}
SHARING = (
    known.RETURNS_SELF
    | known.VIEWS
    | known.VIEW_FUNCTIONS
    | {"copy", "cursor"}
    | _COPYING
    | _HOLDING
    | _WRITERS
    | _GIVING
)
"""Last names of the calls whose result may share something with what they were given."""

SHARING_KINDS = frozenset({
    ast.Assign, ast.AugAssign, ast.Expr, ast.AnnAssign, ast.NamedExpr, ast.For, ast.AsyncFor,
    ast.With, ast.AsyncWith, ast.Match,
})  # fmt: skip
"""Kinds of nodes that may make names share an object, their branches apart."""


def aliases_of(node: ast.AST) -> list[Alias]:
    """Which names share their object, or something in it, after ``node``, its branches apart."""
    if type(node) is ast.Assign:
        found = [alias for target in node.targets for alias in pair_aliases(target, node.value)]
        return found + among(node.targets) if len(node.targets) > 1 else found
    if type(node) is ast.Expr:
        return added(node.value)
    if type(node) is ast.AnnAssign or type(node) is ast.NamedExpr:
        return [] if node.value is None else pair_aliases(node.target, node.value)
    if type(node) is ast.AugAssign:
        return extended(node)
    if type(node) is ast.For or type(node) is ast.AsyncFor:
        return loop_aliases(node) or loop_over_result(node)
    if type(node) is ast.With or type(node) is ast.AsyncWith:
        pairs = [(item.optional_vars, item.context_expr) for item in node.items]
        found = [alias for into, value in pairs if into for alias in pair_aliases(into, value)]
        return found or [Alias(*names, "managed") for pair in pairs if (names := _managed(*pair))]
    return captures(node) if type(node) is ast.Match else []


def _managed(into: ast.expr | None, value: ast.expr) -> tuple[str, str] | None:
    """The name that `with` binds, and that of the function that it calls."""
    if type(into) is not ast.Name or type(value) is not ast.Call:
        return None
    return (into.id, value.func.id) if type(value.func) is ast.Name else None


def captures(node: ast.Match) -> list[Alias]:
    """Aliases made by the patterns: ``case [x, *rest]``."""
    found = []
    for case in node.cases:
        for name, how in _captured(case.pattern, whole=True):
            found += [Alias(name, source, how or kind) for source, kind in sources_of(node.subject)]
    return found


def _captured(pattern: ast.pattern, *, whole: bool) -> Iterator[tuple[str, Sharing | None]]:
    """(name, what it has of the subject) for each name that the pattern binds; None: all that the
    subject is."""
    if isinstance(pattern, (ast.MatchStar, ast.MatchMapping)):
        name = pattern.name if isinstance(pattern, ast.MatchStar) else pattern.rest
        if name is not None:
            yield name, "copies"
    elif isinstance(pattern, ast.MatchAs) and pattern.name is not None:
        yield pattern.name, None if whole else "part"
    same = whole and isinstance(pattern, (ast.MatchAs, ast.MatchOr))
    for inner in children(pattern):
        if isinstance(inner, ast.pattern):
            yield from _captured(inner, whole=same)


def pair_aliases(target: ast.expr, value: ast.expr) -> list[Alias]:
    """Aliases made by ``target = value``."""
    if type(target) is ast.Name:
        name, find = target.id, _FINDERS.get(type(value))
        found = () if find is None else find(value)
        return [made(Alias, (name, source, how)) for source, how in found] if found else []
    if isinstance(target, ast.Starred):
        return pair_aliases(target.value, value)
    if not isinstance(target, (ast.Tuple, ast.List)):
        into, _ = root(target)
        return [] if into is None else [_held_by(into, *one) for one in sources_of(value)]
    if isinstance(value, (ast.Tuple, ast.List)) and len(value.elts) == len(target.elts):
        pairs = zip(target.elts, value.elts, strict=True)
        return [alias for left, right in pairs for alias in pair_aliases(left, right)]
    every = [alias for left in target.elts for alias in pair_aliases(left, value)]
    if every and type(value) is ast.Call and last_name(value.func) == "tee":
        return every
    return [alias._replace(how="part") for alias in every]


def _held_by(name: str, source: str, how: Sharing) -> Alias:
    return made(Alias, (name, source, _put_away(how)))


def loop_aliases(node: ast.For | ast.AsyncFor) -> list[Alias]:
    """Aliases made by a loop. Kept at the node: who walks through it asks, too."""
    kept: list[Alias] | None = node.__dict__.get("aliases")
    if kept is None:
        kept = node.__dict__["aliases"] = element_aliases(node.target, node.iter)
    return kept


def element_aliases(target: ast.expr, iterable: ast.expr) -> list[Alias]:
    """Aliases made by ``for target in iterable``."""
    if type(target) is ast.Name and type(iterable) is ast.Name:
        return [made(Alias, (target.id, iterable.id, "element"))]
    called, pair = "", None
    given: list[ast.expr] = []
    if type(iterable) is ast.Call:
        called, given = dotted(iterable.func), iterable.args
        if called == "range":
            return []
    if type(target) is ast.Tuple and len(target.elts) == 2:
        pair = target.elts
    if called == "enumerate" and given and pair:
        return element_aliases(pair[1], given[0])
    if called == "zip" and isinstance(target, ast.Tuple) and len(target.elts) == len(given):
        pairs = zip(target.elts, given, strict=True)
        return [alias for left, right in pairs for alias in element_aliases(left, right)]
    if pair and given and called.rpartition(".")[2] == "groupby":
        every = element_aliases(pair[1], given[0])
        return [one._replace(how="copies") if one.how == "element" else one for one in every]
    if called in _PASSING:
        return [alias for argument in given for alias in element_aliases(target, argument)]
    whole = target
    if pair and isinstance(iterable, ast.Call) and isinstance(iterable.func, ast.Attribute):
        target = pair[1] if iterable.func.attr in ("items", "groupby") else target
    source, _ = root(iterable)
    if source is not None:
        return [made(Alias, (name, source, "element")) for name in names_in(target)]
    if type(iterable) is ast.BinOp and type(iterable.op) is ast.Add:
        both = (iterable.left, iterable.right)
        return [alias for one in both for alias in element_aliases(target, one)]
    if type(iterable) is ast.ListComp:
        of = {name for name, _ in _collected(iterable)}
        return [Alias(name, one, "element") for name in names_in(target) for one in of]
    written = [one for one in written_elements(iterable) if type(one) is not ast.Constant]
    return [alias for one in written for alias in _one_of(whole, one)] if written else []


def _one_of(target: ast.expr, element: ast.expr) -> list[Alias]:
    """Aliases made by ``for target in [..., element, ...]``."""
    if type(element) is ast.Starred:
        return element_aliases(target, element.value)
    found = pair_aliases(target, element)
    return [one._replace(how="either") if one.how == "exact" else one for one in found]


def sources_by_name(aliases: Iterable[Alias]) -> dict[str, tuple[str, ...]]:
    """For each loop variable what it is an element of, or one of."""
    found: dict[str, tuple[str, ...]] = {}
    for alias in aliases:
        found[alias.target] = (*found.get(alias.target, ()), alias.source)
    return found


def added(node: ast.expr) -> list[Alias]:
    """Aliases made by a call that puts its arguments into the object: ``a.append(b)``."""
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return []
    if node.func.attr not in ADDING:
        return []
    name, _ = root(node.func.value)
    if name is None:
        return []
    if node.func.attr in _TAKING:
        return [Alias(name, source, "copies") for source, _ in _used_up(node.args)]
    held = [_held_by(name, *one) for one in _of_all(node.args)]
    for value in node.args:
        if type(value) is ast.NamedExpr:
            held.append(Alias(name, value.target.id, "new"))
        elif type(value) is ast.Call and type(maker := value.func) is ast.Name:
            held += [Alias(name, maker.id, "made")] if maker.id not in BUILTINS else []
    return held


def extended(node: ast.AugAssign) -> list[Alias]:
    """Aliases made by ``a += [b]``."""
    if type(node.value) not in (ast.List, ast.Tuple, ast.ListComp):
        return []
    name, _ = root(node.target)
    return [] if name is None else [_held_by(name, *one) for one in sources_of(node.value)]


def sources_of(value: ast.expr) -> Sources:
    """(name, how) for each object that the value may be, be part of, hold or copy."""
    find = _FINDERS.get(type(value))
    return () if find is None else find(value)


def _of_item(value: ast.Subscript) -> Sources:
    if isinstance(value.slice, ast.Slice):
        name, deep = root(value.value)
        return () if name is None else ((name, "part" if deep else "slice"),)
    if _simple_key(value.slice):
        return _of_part(value) or _of_all(written_items(value))
    name = root(value)[0] if type(value.slice) is ast.Name else None
    return () if name is None else ((name, "chosen"),)


def _of_part(value: ast.Attribute | ast.Subscript) -> Sources:
    name, _ = root(value)
    return () if name is None else ((name, "part"),)


def _of_all(values: Iterable[ast.expr]) -> Sources:
    return [source for value in values for source in sources_of(value)]


def _used_up(values: Iterable[ast.expr]) -> Sources:
    """As `_of_all`; a generator is consumed at once, so what it goes through is held no more."""
    return [
        source
        for value in values
        for source in (
            _collected(value) if isinstance(value, ast.GeneratorExp) else sources_of(value)
        )
    ]


def _held(elements: Iterable[ast.expr]) -> Sources:
    """Sources of the elements of a container; of ``*items`` or ``**items`` its elements."""
    found: list[tuple[str, Sharing]] = []
    for element in elements:
        starred = isinstance(element, ast.Starred)
        for name, how in sources_of(element):
            found.append((name, "copies" if starred else _put_away(how)))
    return found


def _put_away(how: Sharing) -> Sharing:
    """What a container has of that of which its element has ``how``."""
    return "copies" if how == "copies" else "kept" if how in _OF_ELEMENTS else "holds"


_Comprehension = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp


def _collected(value: _Comprehension) -> Sources:
    """``[v for v in items]`` holds what ``items`` holds; ``[x for _ in y]`` holds ``x``."""
    found = sources_of(value.value if isinstance(value, ast.DictComp) else value.elt)
    if not found:
        return ()
    every = [one for g in value.generators for one in element_aliases(g.target, g.iter)]
    loops = sources_by_name(every)
    held = [(name, _put_away(how)) for name, how in found if name not in loops]
    names = {name for name, _ in found}
    for name, source, how in every:
        if name in names:
            held.append((source, "holds" if how == "either" else "copies"))
    return held


def _generated(value: ast.GeneratorExp) -> Sources:
    """A generator goes through what it was given when it is consumed, and not before."""
    name, _ = root(value.generators[0].iter)
    held: Sources = () if name is None else ((name, "holds"),)
    return [*_collected(value), *held]


def _call_sources(value: ast.Call) -> Sources:
    func = value.func
    if type(func) is ast.Attribute:
        if type(func.value) is ast.Name and func.value.id in known.ARRAY_MODULES:
            return _of_array(func.attr, value)
        method = func.attr
        if method in known.RETURNS_SELF:
            name, deep = root(func.value)
            return () if name is None else ((name, "part" if deep else "exact"),)
        if method in known.VIEWS:
            name, _ = root(func.value)
            return () if name is None else ((name, "holds" if method in _DICT_VIEWS else "part"),)
        if method == "cursor":
            return _held([func.value])
        if method == "copy" and not value.args:
            return [(name, "copies") for name, _ in sources_of(func.value)]
    called = dotted(func)
    if called in _COPYING:
        found: Sources = [(name, "copies") for name, _ in _used_up(value.args)]
        return [*found, *copied("dict", value)] if called == "dict" and value.keywords else found
    last = last_name(func)
    if last in COPYING:
        return copied(last, value)
    if last in _HOLDING or last in _WRITERS:
        return _held_by_call(last, value)
    return _part_given(last, value) if last in _GIVING else ()


def copied(last: str, call: ast.Call) -> Sources:
    """What the result of a call of `COPYING` has of others."""
    return [
        (name, inner if inner in ("holds", "kept") and how == "copies" else how)
        for value, how in handed_over(last, call)
        for name, inner in sources_of(value)
    ]


def _of_array(function: str, call: ast.Call) -> Sources:
    """A list is copied, an array is not."""
    if function not in known.VIEW_FUNCTIONS or not call.args:
        return ()
    name, deep = root(call.args[0])
    return () if name is None else ((name, "part" if deep else "slice"),)


def _held_by_call(called: str, call: ast.Call) -> Sources:
    if called in _WRITERS:
        return [(name, "part") for name, _ in _of_all(call.args[:1])]
    of_rows = called == "map" and type(call.func) is ast.Attribute
    held = [(n, "kept") for n, _ in _of_all(call.args)] if of_rows else _held(call.args)
    if called == "partial" and (changed := changing_method(call)) is not None:
        name, _ = root(changed)
        return held if name is None else [(name, "part"), *held]
    return held


def _part_given(called: str, call: ast.Call) -> Sources:
    """An element, or an attribute, of what a call is given or called on."""
    func, given = call.func, call.args
    if called in _CHOOSING and type(func) is ast.Attribute and called != "choice":
        given = [func.value]
    if not given:
        return ()
    of = given[0]
    if called in ("getattr", "memoryview") or type(func) is ast.Call:
        name, _ = root(call)
        return () if name is None else ((name, "part"),)
    if called in _CHOOSING and not call.keywords and type(of) is not ast.Name:
        return ()
    found = _collected(of) if type(of) is ast.GeneratorExp else sources_of(of)
    keyed = any(keyword.arg == "key" for keyword in call.keywords)
    how: Sharing = "chosen" if called in _CHOOSING and not keyed else "element"
    return [(name, how) for name, _ in found]


_FINDERS: Mapping[type, Callable[[Any], Sources]] = {
    ast.Name: lambda value: ((value.id, "exact"),),
    ast.Subscript: _of_item,
    ast.Attribute: _of_part,
    **dict.fromkeys([ast.List, ast.Tuple, ast.Set], lambda value: _held(value.elts)),
    ast.Dict: lambda value: _held(value.values),
    ast.IfExp: lambda value: _of_all([value.body, value.orelse]),
    ast.BoolOp: lambda value: _of_all(value.values),
    **dict.fromkeys([ast.Starred, ast.NamedExpr], lambda value: sources_of(value.value)),
    **dict.fromkeys([ast.ListComp, ast.SetComp, ast.DictComp], _collected),
    ast.GeneratorExp: _generated,
    ast.Call: _call_sources,
}


def _simple_key(node: ast.expr) -> bool:
    """An index that may share memory or an element: a constant, a name's slice, a slice."""
    if isinstance(node, ast.UnaryOp):
        return _simple_key(node.operand)
    if isinstance(node, ast.Tuple):
        return all(_simple_key(element) for element in node.elts)
    return isinstance(node, (ast.Constant, ast.Slice))
