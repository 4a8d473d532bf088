"""What statements do to the columns of a frame or the keys of a dict, as far as it is
written literally: which must be there, which are gone and which are known afterwards."""

from __future__ import annotations

import ast

from .facts import Shape
from .items import literal_keys
from .nodes import dotted, names_in
from .words import NOTHING, joined, made

_KEEPING = frozenset(
    [
        "copy",
        "fillna",
        "dropna",
        "sort_values",
        "sort_index",
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
_CHANGING = frozenset({"drop", "rename", "assign", "with_columns", "set_index", "reset_index"})
_ADDING = frozenset({"assign", "with_columns"})
SHAPING = _KEEPING | _CHANGING
"""Methods of whose result the columns are known."""
_FRAMES = frozenset({"pd.DataFrame", "pandas.DataFrame", "pl.DataFrame", "polars.DataFrame"})
_RENAMES = frozenset({"columns", "schema"})
"""Arguments of these that name the columns in another way."""
_TYPES = frozenset({"int", "float", "str", "bool"})


def closed_keys(value: ast.expr) -> tuple[frozenset[str], bool] | None:
    """(keys, are they attributes?) of a literal dict, a frame made of one, or a
    `SimpleNamespace`."""
    if isinstance(value, ast.Call):
        called = dotted(value.func)
        if called.endswith("SimpleNamespace") and (given := _attributes(value, called)) is not None:
            return given, True
        if called not in _FRAMES:
            return None
        if len(value.args) != 1 or any(key.arg in _RENAMES for key in value.keywords):
            return None
        value = value.args[0]
    if not isinstance(value, ast.Dict):
        return None
    keys = [key.value for key in value.keys if isinstance(key, ast.Constant)]
    if len(keys) != len(value.keys):
        return None
    return frozenset([key for key in keys if isinstance(key, str)]), False


def _attributes(value: ast.Call, called: str) -> frozenset[str] | None:
    """The attributes of a new `SimpleNamespace`, if they are all written there."""
    if value.args or called.rpartition(".")[2] != "SimpleNamespace":
        return None
    names = [keyword.arg for keyword in value.keywords]
    return None if None in names else frozenset([name for name in names if name])


def shape_of(target: str, value: ast.expr) -> Shape | None:
    """A chain of calls on a plain name, each of which keeps, drops or adds columns."""
    base, calls = _chain(value)
    source = _source(base)
    if source is None:
        return None
    if not calls:
        return made(Shape, (target, source, NOTHING, NOTHING, NOTHING, False, ()))
    needs, drops, adds = NOTHING, NOTHING, NOTHING
    columnwise = True
    back: dict[str, str] = {}
    for name, call in calls:
        if name in _KEEPING:
            columnwise = columnwise and _is_columnwise(name, call)
            continue
        step = _call(name, call)
        if step is None:
            return None
        needs = joined(needs, step.needs - adds) if step.needs else needs
        drops, adds = joined(drops, step.drops) - step.adds, joined(adds - step.drops, step.adds)
        columnwise = columnwise and step.columnwise
        back |= {new: back.get(old, old) for new, old in step.renames}
    plain = columnwise and type(base) is ast.Name
    renames = tuple(back.items()) if back else ()
    return made(Shape, (target, source, needs, drops or NOTHING, adds or NOTHING, plain, renames))


def _chain(value: ast.expr) -> tuple[ast.expr, list[tuple[str, ast.Call]]]:
    """What a chain of method calls begins with, and (method, call), first called first."""
    calls: list[tuple[str, ast.Call]] = []
    while type(value) is ast.Call and type(value.func) is ast.Attribute:
        calls.append((value.func.attr, value))
        value = value.func.value
    calls.reverse()
    return value, calls


def of_a_table(value: ast.expr) -> str | None:
    """The name of the table that the expression gives, with all of its columns: itself, rows of it,
    a copy."""
    base, calls = _chain(value)
    for name, _ in calls:
        if name not in _KEEPING:
            return None
    return _source(base)


def _source(value: ast.expr) -> str | None:
    if type(value) is ast.Name:
        return value.id
    if type(value) is ast.Subscript and type(value.value) is ast.Name:
        masks = isinstance(value.slice, (ast.Compare, ast.BinOp, ast.UnaryOp, ast.Call))
        return value.value.id if masks else None
    return None


def shape_in_place(call: ast.Call) -> Shape | None:
    """What a call by itself does to the plain name that it is called on."""
    func = call.func
    if not isinstance(func, ast.Attribute) or not isinstance(func.value, ast.Name):
        return None
    name = func.value.id
    if func.attr == "insert" and len(call.args) == 3 and (keys := literal_keys(call.args[1])):
        return Shape(name, name, adds=frozenset(keys))
    given = {key.arg: key.value for key in call.keywords} if call.keywords else {}
    inplace = given.get("inplace")
    if not isinstance(inplace, ast.Constant) or inplace.value is not True:
        return None
    step = _call(func.attr, call)
    return step and step._replace(target=name, source=name)


def _call(name: str, call: ast.Call) -> Shape | None:
    """What one call of the method does to the columns; None where that is not known."""
    if name not in _CHANGING:
        if name not in _KEEPING:
            return None
        return Shape(None, "", columnwise=_is_columnwise(name, call))
    given = {key.arg: key.value for key in call.keywords}
    if name == "drop":
        return _drop(call, given)
    if name == "rename":
        return _rename(given)
    if name == "reset_index":
        drop = given.get("drop")
        gone = isinstance(drop, ast.Constant) and drop.value is True
        return Shape(None, "") if gone else None
    if name in _ADDING and (None in given or call.args):
        return None
    if name in _ADDING:
        return Shape(None, "", adds=frozenset([key for key in given if key]), columnwise=True)
    keys = frozenset(literal_keys(call.args[0]) or ()) if call.args else NOTHING
    kept = "drop" in given or not keys
    return Shape(None, "", keys, NOTHING if kept else keys)


def _is_columnwise(name: str, call: ast.Call) -> bool:
    if name not in _COLUMNWISE:
        return False
    if not call.args and not call.keywords:
        return True
    given = [*call.args, *[keyword.value for keyword in call.keywords]]
    return all(name in _TYPES for one in given for name in names_in(one))


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
