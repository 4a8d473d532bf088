"""What statements do to the columns of a frame or the keys of a dict, as far as it is
written literally: which must be there, which are gone and which are known afterwards."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from .calls import dotted
from .facts import Closed, Shape
from .items import literal_keys
from .nodes import walk
from .words import NOTHING

_KEEPING = frozenset(
    [
        "copy",
        "fillna",
        "dropna",
        "sort_values",
        "sort_index",
        "reset_index",
        "head",
        "tail",
        "sample",
        "query",
        "astype",
        "drop_duplicates",
        "replace",
        "round",
        "ffill",
        "bfill",
        "interpolate",
        "convert_dtypes",
        "reindex",
        "nlargest",
        "nsmallest",
        "clip",
        "assign",
        "infer_objects",
        "shift",
    ]
)
"""Methods whose result has all the columns of the object."""
_COLUMNWISE = frozenset(
    [
        "copy", "fillna", "astype", "round", "ffill", "bfill", "head", "tail", "clip", "replace",
        "shift", "convert_dtypes", "infer_objects", "interpolate",
    ]
)  # fmt: skip
"""Of these, methods that treat each column by itself, if their arguments are literal."""


def shapes_of(node: ast.stmt) -> Iterator[Shape]:
    """The `Shape` of each top-level assignment or call on a plain name."""
    if isinstance(node, ast.Assign) and len(node.targets) == 1:
        target = node.targets[0]
        if isinstance(target, ast.Name) and (shape := _of_value(target.id, node.value)):
            yield shape
    elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        yield from _in_place(node.value)


def closed_keys(node: ast.stmt) -> Iterator[Closed]:
    """Names bound to a literal dict, a frame made of one, or a `SimpleNamespace`."""
    if not isinstance(node, ast.Assign) or len(node.targets) != 1:
        return
    target, value = node.targets[0], node.value
    if isinstance(target, ast.Name) and (given := _attributes(value)) is not None:
        yield Closed(target.id, given, attributes=True)
    if isinstance(value, ast.Call) and dotted(value.func) in ("pd.DataFrame", "pandas.DataFrame"):
        if len(value.args) != 1 or any(key.arg == "columns" for key in value.keywords):
            return
        value = value.args[0]
    if not isinstance(target, ast.Name) or not isinstance(value, ast.Dict):
        return
    keys = [key.value for key in value.keys if isinstance(key, ast.Constant)]
    if len(keys) == len(value.keys):
        yield Closed(target.id, frozenset(key for key in keys if isinstance(key, str)))


def _attributes(value: ast.expr) -> frozenset[str] | None:
    """The attributes of a new `SimpleNamespace`, if they are all written there."""
    if not isinstance(value, ast.Call) or value.args:
        return None
    if dotted(value.func).rpartition(".")[2] != "SimpleNamespace":
        return None
    names = [keyword.arg for keyword in value.keywords]
    return None if None in names else frozenset(name for name in names if name)


def _of_value(target: str, value: ast.expr) -> Shape | None:
    """A chain of calls on a plain name, each of which keeps, drops or adds columns."""
    needs, drops, adds = NOTHING, NOTHING, NOTHING
    columnwise, back = True, dict[str, str]()
    for call in _chain(value):
        step = _call(call)
        if step is None:
            return None
        needs = step.needs - adds if needs is NOTHING else needs | (step.needs - adds)
        drops, adds = (drops | step.drops) - step.adds, (adds - step.drops) | step.adds
        columnwise = columnwise and step.columnwise
        back |= {new: back.get(old, old) for new, old in step.renames}
    source = _source(value)
    plain = columnwise and isinstance(value, ast.Call) and isinstance(_base(value), ast.Name)
    if source is None:
        return None
    return Shape(target, source, needs, drops, adds, plain, tuple(back.items()))


def _chain(value: ast.expr) -> list[ast.Call]:
    """Method calls of ``x.a().b()``, first called first."""
    calls: list[ast.Call] = []
    while isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute):
        calls.append(value)
        value = value.func.value
    return calls[::-1]


def _base(value: ast.expr) -> ast.expr:
    """What a chain of method calls begins with."""
    while isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute):
        value = value.func.value
    return value


def _source(value: ast.expr) -> str | None:
    value = _base(value)
    if isinstance(value, ast.Subscript) and isinstance(value.value, ast.Name):
        masks = isinstance(value.slice, (ast.Compare, ast.BinOp, ast.UnaryOp, ast.Call))
        return value.value.id if masks else None
    return value.id if isinstance(value, ast.Name) else None


def _in_place(call: ast.Call) -> Iterator[Shape]:
    func = call.func
    if not isinstance(func, ast.Attribute) or not isinstance(func.value, ast.Name):
        return
    given = {key.arg: key.value for key in call.keywords}
    inplace = given.get("inplace")
    if isinstance(inplace, ast.Constant) and inplace.value is True and (step := _call(call)):
        yield step._replace(target=func.value.id, source=func.value.id)


def _call(call: ast.Call) -> Shape | None:
    """What one method call does to the columns; None where that is not known."""
    assert isinstance(call.func, ast.Attribute)
    name = call.func.attr
    given = {key.arg: key.value for key in call.keywords}
    if name == "drop":
        return _drop(call, given)
    if name == "rename":
        return _rename(given)
    if name == "set_index":
        keys = frozenset(literal_keys(call.args[0]) or ()) if call.args else NOTHING
        kept = "drop" in given or not keys
        return Shape(None, "", keys, NOTHING if kept else keys)
    if name == "assign":
        return Shape(None, "", adds=frozenset(key for key in given if key), columnwise=True)
    if name not in _KEEPING:
        return None
    return Shape(None, "", columnwise=name in _COLUMNWISE and _is_literal(call))


def _is_literal(call: ast.Call) -> bool:
    given = [*call.args, *[keyword.value for keyword in call.keywords]]
    names = (n.id for one in given for n in walk(one) if isinstance(n, ast.Name))
    return all(name in ("int", "float", "str", "bool") for name in names)


def _drop(call: ast.Call, given: dict[str | None, ast.expr]) -> Shape | None:
    axis = given.get("axis")
    by_axis = isinstance(axis, ast.Constant) and axis.value in (1, "columns")
    columns = given.get("columns")
    if columns is None and by_axis:
        columns = given.get("labels", call.args[0] if call.args else None)
    keys = literal_keys(columns) if columns is not None else None
    if keys is None:
        return Shape(None, "") if columns is None else None
    lenient = "errors" in given
    dropped = frozenset(keys)
    return Shape(None, "", NOTHING if lenient else dropped, dropped, columnwise=True)


def _rename(given: dict[str | None, ast.expr]) -> Shape | None:
    columns = given.get("columns")
    if columns is None:
        return None
    if not isinstance(columns, ast.Dict):
        return None
    pairs = [
        (key.value, value.value)
        for key, value in zip(columns.keys, columns.values, strict=True)
        if isinstance(key, ast.Constant) and isinstance(value, ast.Constant)
    ]
    if len(pairs) != len(columns.keys):
        return None
    old = frozenset(str(before) for before, _ in pairs)
    new = frozenset(str(after) for _, after in pairs)
    renames = tuple((str(after), str(before)) for before, after in pairs)
    return Shape(None, "", NOTHING, old - new, new, columnwise=True, renames=renames)
