"""Shapes of statements that matter to provenance: constants, iterators, replays."""

from __future__ import annotations

import ast

from . import mutation as known
from .calls import dotted, last_name, root
from .facts import Replay
from .items import Place, literal_keys, located
from .nodes import walk

CONSTRUCTORS = frozenset(
    {"int", "float", "str", "bool", "len", "sum", "min", "max", "round", "tuple", "frozenset"}
)


def is_immutable(value: ast.expr) -> bool:
    """Is it certainly a value that cannot be changed in place?"""
    kind = type(value)
    if kind is ast.BinOp:
        return is_immutable(value.left) and is_immutable(value.right)  # type: ignore[attr-defined]
    if type(value) is ast.Call:
        if type(value.func) is not ast.Name or value.func.id not in CONSTRUCTORS:
            return False
        return not (len(value.args) == 2 and type(value.args[1]) is ast.List)
    if type(value) is ast.UnaryOp:
        return is_immutable(value.operand)
    if type(value) is ast.Tuple:
        return all(is_immutable(element) for element in value.elts)
    return kind in _VALUES


_VALUES = frozenset({ast.Constant, ast.JoinedStr, ast.Compare})


def is_sequence(value: ast.expr) -> bool:
    """Is it certainly a list of Python's?"""
    if type(value) is ast.Call:
        return dotted(value.func) in ("list", "sorted")
    return type(value) is ast.List or type(value) is ast.ListComp


def defined_unless(node: ast.stmt) -> str:
    """``x`` of ``try: x`` with ``except NameError: x = ...``, and of ``if "x" not in
    globals(): x = ...``; else nothing."""
    if isinstance(node, ast.Try) and len(node.body) == 1 and len(node.handlers) == 1:
        tried, handler = node.body[0], node.handlers[0]
        caught = isinstance(handler.type, ast.Name) and handler.type.id == "NameError"
        if isinstance(tried, ast.Expr) and isinstance(tried.value, ast.Name) and caught:
            rest = node.orelse or node.finalbody
            return "" if rest else _only_bound(handler.body, tried.value.id)
    if isinstance(node, ast.If) and not node.orelse and isinstance(node.test, ast.Compare):
        test = node.test
        asked = test.left.value if isinstance(test.left, ast.Constant) else None
        around = test.comparators[0]
        inside = isinstance(around, ast.Call) and dotted(around.func) in ("globals", "locals")
        if isinstance(asked, str) and inside and isinstance(test.ops[0], ast.NotIn):
            return _only_bound(node.body, asked)
    return ""


def _only_bound(body: list[ast.stmt], name: str) -> str:
    targets = [one.targets[0] for one in body if isinstance(one, ast.Assign)]
    names = {target.id for target in targets if isinstance(target, ast.Name)}
    return name if len(body) == 1 and names == {name} else ""


def is_consumable(value: ast.expr | None) -> bool:
    """Is it an iterator, an open file or a random generator: changed by every use?"""
    if type(value) is ast.Call:
        last = last_name(value.func)
        if last in known.CONSUMABLE:
            return not (last in known.BUILTIN_ITERATORS and _is_of_table(value))
        return last in MAYBE_CONSUMABLE and _is_used_up(value, last)
    if type(value) is ast.IfExp:
        return is_consumable(value.body) or is_consumable(value.orelse)
    if type(value) is ast.BoolOp:
        return True in [is_consumable(one) for one in value.values]
    if type(value) is ast.Attribute:
        return value.attr == "__next__" or (
            type(value.value) is ast.Call
            and last_name(value.value.func) in known.GENERATORS
            and value.attr not in known.PLAIN_PARTS
        )
    return type(value) is ast.GeneratorExp


MAYBE_CONSUMABLE = known.IN_CHUNKS | known.CONSUMED_OF.keys() | {"partial", "manual_seed"}


def _is_of_table(call: ast.Call) -> bool:
    """Is it a method with the name of a builtin: ``df.filter(items=["a"])``?"""
    of_pool = last_name(call.func) == "map" and len(call.args) > 1
    return type(call.func) is ast.Attribute and not of_pool


def _is_used_up(call: ast.Call, last: str) -> bool:
    if last in known.IN_CHUNKS:
        return any(keyword.arg in ("chunksize", "iterator") for keyword in call.keywords)
    if last == "partial":
        called = call.args[0] if call.args else None
        return is_consumable(called) or (type(called) is ast.Name and called.id == "next")
    if last == "manual_seed":
        return type(call.func) is ast.Attribute and is_consumable(call.func.value)
    return dotted(call.func) == f"{known.CONSUMED_OF[last]}.{last}"


def consumables_of(node: ast.AST) -> list[str]:
    """Names that ``node`` binds to such an object, its branches apart."""
    names: list[ast.expr | None] = []
    if type(node) is ast.Assign or type(node) is ast.AnnAssign:
        if is_consumable(node.value):
            names += node.targets if isinstance(node, ast.Assign) else [node.target]
    elif type(node) is ast.With or type(node) is ast.AsyncWith:
        names += [one.optional_vars for one in node.items if is_consumable(one.context_expr)]
    return [name.id for name in names if isinstance(name, ast.Name)] if names else []


SAYING = frozenset({"assign", "rename", "drop"})
"""Methods of a frame that may change nothing when repeated."""


# --- replays --------------------------------------------------------------------------------


def named_replay(target: ast.Name, value: ast.expr) -> Replay | None:
    """Of ``name = value``, if doing it again changes nothing."""
    again = _idempotent_on(value, target) or _says_the_same(value, target.id)
    return Replay(target.id) if again else None


def call_replay(call: ast.Call) -> Replay | None:
    """Of a call by itself that changes nothing more when it is made again."""
    func = call.func
    if isinstance(func, ast.Attribute) and isinstance(func.value, ast.Name):
        return Replay(func.value.id)
    return None


def part_replay(target: ast.expr, value: ast.expr) -> Replay | None:
    """Of an assignment to what is no plain name, if doing it again changes nothing."""
    if type(value) not in _REPLAYED:
        return None
    if type(target) is ast.Subscript:
        return _item_replay(target, value)
    if _names_all(target) and _is_literal(value):
        return Replay(str(root(target)[0]))
    return None


_REPLAYED = frozenset({ast.Call, ast.Subscript, ast.Constant, ast.List, ast.Tuple})
"""Kinds of values whose assignment to a part may change nothing when repeated."""


def _item_replay(target: ast.Subscript, value: ast.expr) -> Replay | None:
    if (place := located(target)) is not None:
        return _located_replay(target, place, value)
    keys = literal_keys(target.slice)
    if not isinstance(target.value, ast.Name) or not keys or len(keys) != 1:
        return None
    return Replay(target.value.id, keys[0]) if _idempotent_on(value, target) else None


def _located_replay(target: ast.Subscript, place: Place, value: ast.expr) -> Replay | None:
    """``df.loc[mask, "a"] = 0`` whose mask does not look at ``a``."""
    if len(place.keys) != 1 or not _is_literal(value):
        return None
    texts = [n.value for n in walk(target.slice) if isinstance(n, ast.Constant)]
    return Replay(place.name, place.keys[0]) if texts.count(place.keys[0]) == 1 else None


def _says_the_same(value: ast.expr, name: str) -> bool:
    """Is ``value`` a call of the named frame's `assign`, `rename` or `drop` that gives the
    same again?"""
    if not isinstance(value, ast.Call) or not isinstance(value.func, ast.Attribute):
        return False
    if not isinstance(value.func.value, ast.Name) or value.func.value.id != name:
        return False
    given = {keyword.arg: keyword.value for keyword in value.keywords}
    if value.func.attr == "assign":
        texts = {n.value for v in given.values() for n in walk(v) if isinstance(n, ast.Constant)}
        plain = all(not isinstance(n, ast.Lambda) for v in given.values() for n in walk(v))
        return plain and texts.isdisjoint(given)
    if value.func.attr == "rename" and isinstance(names := given.get("columns"), ast.Dict):
        old = [key.value for key in names.keys if isinstance(key, ast.Constant)]
        new = [one.value for one in names.values if isinstance(one, ast.Constant)]
        return len(old) == len(new) == len(names.keys) and not set(old) & set(new)
    return value.func.attr == "drop" and "errors" in given


def _names_all(target: ast.expr) -> bool:
    """``df.columns = ...``"""
    inner = target.value if isinstance(target, ast.Attribute) else None
    return isinstance(inner, ast.Name) and isinstance(target, ast.Attribute)


def _is_literal(node: ast.expr) -> bool:
    return all(
        isinstance(part, (ast.Constant, ast.List, ast.Tuple, ast.expr_context))
        for part in walk(node)
    )


def _idempotent_on(value: ast.expr, target: ast.expr) -> bool:
    """Is ``value`` a chain of idempotent calls and filters that starts at the target?"""
    steps = 0
    while not _same_place(value, target):
        inner = _before(value)
        if inner is None:
            return False
        value, steps = inner, steps + 1
    return steps > 0


def _before(value: ast.expr) -> ast.expr | None:
    """What an idempotent step of a chain is applied to."""
    if type(value) is ast.Subscript and type(value.value) is ast.Name:
        return value.value if is_mask(value.slice, value.value.id) else None
    if type(value) is not ast.Call:
        return None
    func = value.func
    if type(func) is ast.Attribute and func.attr in known.IDEMPOTENT:
        inner = func.value
        if type(inner) is ast.Attribute and inner.attr in ("str", "dt"):
            return inner.value
        module = type(inner) is ast.Name and inner.id in ("np", "pd", "numpy", "pandas")
        return value.args[0] if module and value.args else inner
    if type(func) is ast.Name and func.id in known.IDEMPOTENT and value.args:
        return value.args[0]
    return None


def _same_place(value: ast.expr, target: ast.expr) -> bool:
    if type(value) is ast.Name and type(target) is ast.Name:
        return value.id == target.id
    if type(value) is ast.Subscript and type(target) is ast.Subscript:
        keys = literal_keys(target.slice)
        same = keys is not None and keys == literal_keys(value.slice)
        return same and _same_place(value.value, target.value)
    return False


_ROWWISE = frozenset(
    [
        "isin",
        "isna",
        "notna",
        "isnull",
        "notnull",
        "between",
        "contains",
        "startswith",
        "endswith",
        "eq",
        "ne",
        "lt",
        "le",
        "gt",
        "ge",
    ]
)


def is_mask(node: ast.expr, name: str) -> bool:
    """Is ``node`` a condition on each row of ``name`` by itself, so that filtering the
    result again keeps it all?"""
    if isinstance(node, ast.BinOp) and isinstance(node.op, (ast.BitAnd, ast.BitOr)):
        return is_mask(node.left, name) and is_mask(node.right, name)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Invert):
        return is_mask(node.operand, name)
    if isinstance(node, ast.Compare):
        return all(_rowwise(side, name) for side in [node.left, *node.comparators])
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        value = node.func.value
        if isinstance(value, ast.Attribute) and value.attr == "str":
            value = value.value
        return node.func.attr in _ROWWISE and _is_column(value, name)
    return _is_column(node, name)


def _rowwise(node: ast.expr, name: str) -> bool:
    if _is_column(node, name) or isinstance(node, ast.Constant):
        return True
    if isinstance(node, ast.BinOp):
        return _rowwise(node.left, name) and _rowwise(node.right, name)
    if isinstance(node, ast.UnaryOp):
        return _rowwise(node.operand, name)
    return isinstance(node, ast.Name) and node.id != name


def _is_column(node: ast.expr, name: str) -> bool:
    if isinstance(node, ast.Subscript) and literal_keys(node.slice) is None:
        return False
    if not isinstance(node, (ast.Subscript, ast.Attribute)):
        return False
    return isinstance(node.value, ast.Name) and node.value.id == name
