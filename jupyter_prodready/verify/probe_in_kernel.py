"""Does a test pass, and fail where it should? This file's text runs in a fresh kernel.

The function is put into its module in versions that give something else back, or change what
goes in: with each of them the test must fail.
"""

from __future__ import annotations

import importlib
import runpy
from collections.abc import Callable
from typing import Any


class ProbeError(Exception):
    pass


def probe(path: str, module: str, function: str, outputs: int, unchanged: list[int]) -> None:
    """Raises `ProbeError` where the test is not worth writing."""
    held = importlib.import_module(module)
    original = getattr(held, function)
    problem = failure(path)
    if problem is not None:
        raise ProbeError(f"it fails with the values of this run: {problem}")
    spoiled = [(other_output(original, outputs, place), "gives") for place in range(outputs)]
    spoiled += [(other_input(original, place), "changes") for place in unchanged]
    for version, what in spoiled:
        setattr(held, function, version)
        try:
            problem = failure(path)
        finally:
            setattr(held, function, original)
        if problem is None or not problem.startswith("AssertionError"):
            seen = problem or "passes"
            raise ProbeError(f"with a copy that {what} something else it does not fail: {seen}")


def failure(path: str) -> str | None:
    try:
        for name, test in runpy.run_path(path).items():
            if name.startswith("test_"):
                test()
    except Exception as error:
        return f"{type(error).__name__}: {error}".splitlines()[0]
    return None


def other_output(original: Callable[..., Any], outputs: int, place: int) -> Callable[..., Any]:
    def version(*args: Any, **keywords: Any) -> Any:
        found = original(*args, **keywords)
        if outputs == 1:
            return other(found)
        return tuple(other(one) if n == place else one for n, one in enumerate(found))

    return version


def other_input(original: Callable[..., Any], place: int) -> Callable[..., Any]:
    def version(*args: Any, **keywords: Any) -> Any:
        found = original(*args, **keywords)
        change(args[place])
        return found

    return version


def other(value: Any) -> Any:
    """Another value of the same kind."""
    kind = type(value).__name__
    if kind in ("DataFrame", "Series"):
        return value.iloc[:-1] if len(value) else value.to_frame() if kind == "Series" else None
    if kind == "ndarray":
        return value[:-1] if value.ndim and len(value) else [value]
    if kind.rstrip("0123456789") in ("int", "uint", "float", "complex"):
        return value + 1 + abs(value)
    if kind in ("str", "bytes", "list", "tuple"):
        return value + type(value)("x" if kind == "str" else [0])
    return {**value, "changed": 0} if kind == "dict" else [value]


def change(value: Any) -> None:
    kind = type(value).__name__
    if kind == "list":
        value.append(0)
    elif kind == "dict":
        value["changed"] = 0
    elif kind == "set":
        value.add("changed")
    elif kind == "DataFrame":
        value["changed"] = 0
    elif kind == "Series":
        value.loc["changed"] = 0
    else:
        value.flat[0] = not value.flat[0] if value.dtype.kind == "b" else value.flat[0] + 1
