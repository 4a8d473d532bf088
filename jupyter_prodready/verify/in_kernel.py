"""Fingerprints of a namespace. This file's text is sent to kernels and runs there.

It stands alone: the standard library and what the kernel has imported already. It never
calls code of the person's own: types are compared by identity, and what is no builtin, array,
table, function or class is *not comparable*. Nothing is pickled, nothing is bound or changed.
"""

from __future__ import annotations

import json
import sys
import time
import types
import zlib
from typing import Any

MOST_ITEMS = 400_000
"""Elements of containers that are looked at, of all names together."""

PLAIN = (type(None), bool, int, float, complex, str, bytes)
WHOLE_BYTES = 1 << 24
"""Larger buffers are summed in columns, which is five times as fast as a checksum."""

COLUMNS = 61


class NotComparable(Exception):
    pass


def fingerprints(namespace: dict[str, Any], hidden: Any = (), seconds: float = 1.5) -> str:
    """JSON: for each public name [type, shape, mark]; ``mark`` is null where not comparable.

    Equal marks mean equal values. ``shape`` is for people. What is not reached within
    ``seconds`` is not comparable.
    """
    ends = time.monotonic() + seconds
    walk = Walk(ends)
    found = {}
    for name in list(namespace):
        if type(name) is not str or name.startswith("_") or name in hidden:
            continue
        value = namespace[name]
        try:
            mark = format(walk.mark(value), "08x")
        except NotComparable:
            mark = None
        except Exception:
            mark = None  # a library of another version: unknown, not equal
        found[name] = [type_name(value), shape_of(value), mark]
    return json.dumps(found)


def type_name(value: Any) -> str:
    kind = type(value)
    module = type.__getattribute__(kind, "__module__")
    name = type.__getattribute__(kind, "__qualname__")
    short = type(module) is not str or module in ("builtins", "__main__")
    return str(name) if short else f"{module.partition('.')[0]}.{name}"


def shape_of(value: Any) -> str:
    """``3 x 2``, ``5 items``, or the value itself where it is short."""
    kind = type(value)
    if kind in (bool, int, float, type(None)) and not (kind is int and value.bit_length() > 200):
        return repr(value)
    if kind in (str, bytes):
        text = repr(value[:40])
        return text if len(value) <= 40 else f"{len(value)} characters"
    if kind in (list, tuple, dict, set, frozenset):
        return f"{len(value)} item{'' if len(value) == 1 else 's'}"
    if is_from(value, "numpy", "ndarray") or is_from(value, "pandas", "DataFrame", "Series"):
        return " x ".join(map(str, value.shape))
    return ""


def is_from(value: Any, module: str, *names: str) -> bool:
    """Is it exactly of one of these classes of a library that is imported already?"""
    library = sys.modules.get(module)
    if type(library) is not types.ModuleType and library is None:
        return False
    return any(type(value) is vars(library).get(name) for name in names)


class Walk:
    """Checksums of values; bounded in time and elements."""

    def __init__(self, ends: float) -> None:
        self.ends = ends
        self.left = MOST_ITEMS
        self.inside: list[int] = []

    def mark(self, value: Any) -> int:
        self.left -= 1
        if self.left < 0 or (self.left % 256 == 0 and time.monotonic() > self.ends):
            raise NotComparable
        kind = type(value)
        if kind in PLAIN:
            return self.plain(value)
        if id(value) in self.inside:
            return self.text(f"cycle {len(self.inside) - self.inside.index(id(value))}")
        self.inside.append(id(value))
        try:
            return self.opened(value, kind)
        finally:
            self.inside.pop()

    def plain(self, value: Any) -> int:
        if type(value) is bytes:
            return self.buffer(value, "bytes")
        if type(value) is str:
            return self.buffer(value.encode("utf-8", "surrogatepass"), "str")
        if type(value) is int and value.bit_length() > 10_000:
            size = value.bit_length() // 8 + 1
            return self.buffer(value.to_bytes(size, "little", signed=True), "int")
        return self.text(f"{type(value).__name__} {value!r}")

    def opened(self, value: Any, kind: type) -> int:
        if kind in (list, tuple):
            return self.all(kind.__name__, [self.mark(one) for one in value])
        if kind in (set, frozenset):
            return self.all(kind.__name__, sorted(self.mark(one) for one in value))
        if kind is dict:
            pairs = [(self.mark(key), self.mark(one)) for key, one in value.items()]
            return self.all("dict", [part for pair in sorted(pairs) for part in pair])
        if kind is types.ModuleType:
            return self.text(f"module {vars(value).get('__name__')!r}")
        if kind is types.FunctionType:
            return self.function(value)
        if kind in (types.BuiltinFunctionType, types.BuiltinMethodType):
            return self.text(f"builtin {value.__name__}")
        if kind is range:
            return self.text(repr(value))
        if kind is type:
            return self.defined(value)
        return self.table(value)

    def function(self, value: types.FunctionType) -> int:
        cells = [self.mark(cell.cell_contents) for cell in value.__closure__ or ()]
        marks = [self.code(value.__code__), self.mark(value.__defaults__), *cells]
        return self.all("function", [*marks, self.mark(value.__kwdefaults__)])

    def code(self, code: types.CodeType) -> int:
        consts = [
            self.code(one) if type(one) is types.CodeType else self.mark(one)
            for one in code.co_consts
            if one is not Ellipsis
        ]
        names = repr((code.co_names, code.co_varnames, code.co_freevars, code.co_cellvars))
        return self.all("code", [zlib.crc32(code.co_code), self.text(names), *consts])

    def defined(self, value: type) -> int:
        """A class of the page by its body, another one by its name."""
        space = type.__getattribute__(value, "__dict__")
        name = f"{space.get('__module__')}.{type.__getattribute__(value, '__qualname__')}"
        marks = [self.text(name)]
        if space.get("__module__") == "__main__":
            for key in sorted(key for key in space if type(key) is str and _own(key)):
                marks += [self.text(key), self.mark(_plain_function(space[key]))]
        return self.all("class", marks)

    def table(self, value: Any) -> int:
        if is_from(value, "numpy", "ndarray"):
            return self.array(value)
        numpy = sys.modules.get("numpy")
        if numpy is not None and numpy.generic in type.mro(type(value))[1:]:
            return self.text(f"{type(value).__name__} {value.item()!r}")
        if is_from(value, "pandas", "DataFrame"):
            parts = [self.mark(value.columns), self.mark(value.index)]
            width = value.shape[1]
            columns = (value.iloc[:, place]._values for place in range(width))
            return self.all("frame", [*parts, *(self.values(one) for one in columns)])
        if is_from(value, "pandas", "Series"):
            parts = [self.mark(value.name), self.mark(value.index)]
            return self.all("series", [*parts, self.values(value._values)])
        if is_from(value, "pandas", "RangeIndex"):
            return self.text(repr((value.start, value.stop, value.step)))
        if is_from(value, "pandas", "Index", "DatetimeIndex", "CategoricalIndex", "TimedeltaIndex"):
            names = self.mark(list(value.names))
            return self.all("index", [names, self.values(value._values)])
        if is_from(value, "pandas", "MultiIndex"):
            levels = [self.mark(one) for one in (*value.levels, *value.codes)]
            return self.all("levels", [self.mark(list(value.names)), *levels])
        raise NotComparable

    def values(self, values: Any) -> int:
        """A column: an array of numpy, or one of pandas' own."""
        if is_from(values, "numpy", "ndarray"):
            return self.array(values)
        if type(values).__module__.split(".")[0] != "pandas":
            raise NotComparable
        dtype = self.text(str(values.dtype))
        name = type(values).__name__
        if name == "Categorical":
            return self.all(name, [dtype, self.array(values.codes), self.mark(values.categories)])
        if name in ("DatetimeArray", "TimedeltaArray"):
            return self.all(name, [dtype, self.array(values.asi8)])
        if name in ("IntegerArray", "FloatingArray", "BooleanArray"):
            return self.all(name, [dtype, self.array(values._data), self.array(values._mask)])
        if "StringArray" in name:
            return self.all(name, [dtype, self.array(values.to_numpy(object, na_value=None))])
        raise NotComparable

    def array(self, value: Any) -> int:
        dtype = value.dtype
        head = self.text(f"{dtype!r} {value.shape}")
        if dtype.hasobject:
            if dtype.char != "O":
                raise NotComparable
            return self.all("objects", [head, *(self.mark(one) for one in value.flat)])
        if not value.flags.c_contiguous:
            value = sys.modules["numpy"].ascontiguousarray(value)
        return self.all("array", [head, self.buffer(value.reshape(-1).view("u1"), "")])

    def buffer(self, value: Any, kind: str) -> int:
        view = memoryview(value)
        if time.monotonic() > self.ends:
            raise NotComparable
        if view.nbytes <= WHOLE_BYTES:
            return zlib.crc32(view, zlib.crc32(kind.encode()))
        numpy = sys.modules.get("numpy")
        if numpy is None:
            raise NotComparable
        words = numpy.frombuffer(view[: view.nbytes // 8 * 8], dtype="u8")
        rows = len(words) // COLUMNS
        sums = zlib.crc32(view[rows * COLUMNS * 8 :])
        step = 1 << 16
        for start in range(0, rows, step):
            if time.monotonic() > self.ends:
                raise NotComparable
            part = words[start * COLUMNS : min(rows, start + step) * COLUMNS]
            sums = zlib.crc32(part.reshape(-1, COLUMNS).sum(axis=0).tobytes(), sums)
        return self.all(kind, [view.nbytes, sums])

    def text(self, text: str) -> int:
        return zlib.crc32(text.encode("utf-8", "surrogatepass"))

    def all(self, kind: str, marks: list[int]) -> int:
        return zlib.crc32(repr(marks).encode(), self.text(kind))


_GIVEN = ("__dict__", "__weakref__", "__module__", "__doc__", "__qualname__", "__firstlineno__")


def _own(key: str) -> bool:
    return key not in _GIVEN


def _plain_function(value: Any) -> Any:
    return value.__func__ if type(value) in (staticmethod, classmethod) else value
