"""Values as they can be kept in files. This file's text is sent to kernels and runs there.

It stands alone and runs no code of the person's own: only builtins, arrays, their numbers and
tables are kept, exactly as they are, and never by pickling. A table is read back before it
counts.
"""

from __future__ import annotations

import base64
import io
import json
import math
import sys
from typing import Any

MOST_BYTES = 1_000_000
"""Of all values together."""

DEEPEST = 20
PLAIN = (bool, int, str, bytes)


class NotKept(Exception):
    pass


def values(namespace: dict[str, Any], names: Any) -> str:
    """JSON: for each of ``names`` how it is written, or ``{"why": ...}`` where it is not."""
    found: dict[str, Any] = {}
    size = 0
    for name in names:
        try:
            found[name] = kept(namespace[name])
            size += len(json.dumps(found[name]))
        except KeyError:
            found[name] = {"why": "is not there"}
        except NotKept as error:
            found[name] = {"why": str(error)}
        if size > MOST_BYTES:
            found[name] = {"why": "makes more than a megabyte"}
            size = 0
    return json.dumps(found)


def kept(value: Any) -> dict[str, Any]:
    numpy, pandas = sys.modules.get("numpy"), sys.modules.get("pandas")
    if numpy is not None and type(value) is numpy.ndarray:
        return array(value, numpy)
    if pandas is not None and type(value) is pandas.DataFrame:
        return table(value, pandas)
    if pandas is not None and type(value) is pandas.Series:
        if value.name is not None and type(value.name) is not str:
            raise NotKept("is a column whose name is no text")
        frame = value.to_frame("value")
        return {**table(frame, pandas), "kind": "series", "name": value.name}
    if is_number(value, numpy):
        return {"kind": "number", "type": type(value).__name__, "text": repr(value.item())}
    check(value, 0, [MOST_BYTES], numpy)
    return {
        "kind": "literal",
        "text": written(value, numpy),
        "numpy": holds_number(value, numpy),
    }


def is_number(value: Any, numpy: Any) -> bool:
    """Is it a number of an array, as ``frame["x"].mean()`` gives, and finite?"""
    if numpy is None or not isinstance(value, numpy.generic):
        return False
    by_name = type(value) is getattr(numpy, type(value).__name__, None)
    return by_name and value.dtype.kind in "biuf" and math.isfinite(value) and is_exact(value)


def is_exact(value: Any) -> bool:
    """Is it the same as a number of Python's? A long double need not be."""
    return bool(value.dtype.itemsize <= 8)


def holds_number(value: Any, numpy: Any) -> bool:
    if type(value) is dict:
        return any(holds_number(one, numpy) for pair in value.items() for one in pair)
    if type(value) in (list, tuple, set, frozenset):
        return any(holds_number(one, numpy) for one in value)
    return is_number(value, numpy)


def written(value: Any, numpy: Any) -> str:
    """As `repr`, but numbers of arrays always with their type."""
    kind = type(value)
    if is_number(value, numpy):
        return f"np.{kind.__name__}({value.item()!r})"
    if kind is dict:
        pairs = [f"{written(k, numpy)}: {written(one, numpy)}" for k, one in value.items()]
        return "{" + ", ".join(pairs) + "}"
    if kind not in (list, tuple, set, frozenset) or not value:
        return repr(value)
    text = ", ".join([written(one, numpy) for one in value])
    if kind is list:
        return f"[{text}]"
    if kind is tuple:
        return f"({text},)" if len(value) == 1 else f"({text})"
    return "{" + text + "}" if kind is set else "frozenset({" + text + "})"


def check(value: Any, depth: int, left: list[int], numpy: Any) -> None:
    """Is what is `written` Python that gives an equal value, of at most ``left`` characters?"""
    kind = type(value)
    if depth > DEEPEST:
        raise NotKept("is nested too deep")
    left[0] -= len(value) if kind in (str, bytes) else 1
    if left[0] < 0:
        raise NotKept("makes more than a megabyte")
    if value is None or kind in PLAIN:
        return
    if (kind is float and math.isfinite(value)) or is_number(value, numpy):
        return
    if kind in (list, tuple, set, frozenset):
        for one in value:
            check(one, depth + 1, left, numpy)
    elif kind is dict:
        for key, one in value.items():
            check(key, depth + 1, left, numpy)
            check(one, depth + 1, left, numpy)
    else:
        name = type.__getattribute__(kind, "__qualname__")
        raise NotKept(f"holds `{name}`, which cannot be written to a file")


def array(value: Any, numpy: Any) -> dict[str, Any]:
    if value.dtype.hasobject or value.nbytes > MOST_BYTES:
        raise NotKept("is an array of objects" if value.dtype.hasobject else "is too large")
    buffer = io.BytesIO()
    numpy.save(buffer, value, allow_pickle=False)
    data = base64.b64encode(buffer.getvalue()).decode()
    return {"kind": "array", "data": data, "inexact": value.dtype.kind in "fc"}


def table(frame: Any, pandas: Any) -> dict[str, Any]:
    """As text; only where reading it back gives an equal table with equal types."""
    if frame.memory_usage(deep=False).sum() > 4 * MOST_BYTES:
        raise NotKept("is too large")
    columns = list(frame.columns)
    if any(type(name) is not str for name in columns) or len(set(columns)) < len(columns):
        raise NotKept("is a table whose columns are not named by texts")
    if len(frame.index.names) > 1 or type(frame.index.name) not in (str, type(None)):
        raise NotKept("is a table with more than one index")
    dtypes = {name: column_type(frame[name]) for name in columns}
    for name, dtype in [*dtypes.items(), ("the index", column_type(frame.index))]:
        if dtype is None:
            raise NotKept(f"is a table of which {name} holds other than numbers and texts")
    text = frame.to_csv()
    for options in ({}, {"dtype": dtypes}):
        back = pandas.read_csv(
            io.StringIO(text), index_col=0, float_precision="round_trip", **options
        )
        if is_same(back, frame):
            return {"kind": "frame", "text": text, "options": options}
    raise NotKept("is a table that is not the same when read from a file")


def is_same(back: Any, frame: Any) -> bool:
    same = back.equals(frame) and list(back.dtypes) == list(frame.dtypes)
    index = back.index.dtype == frame.index.dtype and back.index.name == frame.index.name
    return bool(same and index)


def column_type(values: Any) -> str | None:
    if values.dtype.kind in "biuf" and type(values.dtype).__module__.startswith("numpy"):
        return str(values.dtype)
    texts = all(type(one) is str or (type(one) is float and one != one) for one in values.array)
    return str(values.dtype) if texts and str(values.dtype) in ("object", "str") else None
